"""Writes encoder and decoder as one CTranslate2 model in int8, with the sentencepiece model that goes with it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from workbench.embedding.bundled import normalisation_map
from workbench.translation.starter.training import vocabulary
from workbench.translation.starter.training.corpus import read_pairs
from workbench.translation.starter.training.decoder import GUIDED_HEADS, GUIDED_LAYER, HEADS, Decoder
from workbench.translation.starter.training.model import POSITIONS
from workbench.translation.starter.training.start import blended, read_weights
from workbench.translation.starter.training.states import load_encoder_layers
from workbench.translation.starter.training.train import average

_LATIN_END, _CYRILLIC = 0x180, range(0x400, 0x530)


def convert(
    corpora: Path,
    work: Path,
    encoder: Path,
    package: Path,
    last: int,
    blend: tuple[Path, float] | None = None,
    size: int = 40_000,
) -> None:
    """Write `package` from the mean of the `last` saved weights; its encoder reads `size` pieces.

    `blend` is another package and the share of its weights in the mean.
    """
    import json

    import torch
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(encoder)
    backend, known = tokenizer.backend_tokenizer, tokenizer.get_vocab()
    writes = vocabulary.read_pieces(work / "target.txt")
    if not (work / "source.txt").exists():
        reads = source_pieces(backend, (pair.source for pair in read_pairs(corpora)), writes, size)
        vocabulary.write_pieces(reads, work / "source.txt")
    reads = vocabulary.read_pieces(work / "source.txt")
    scores = dict(json.loads(backend.to_str())["model"]["vocab"])
    weights = average(sorted(work.glob("weights-*.pt"))[-last:])
    if blend:
        weights = blended(weights, read_weights(blend[0], encoder), blend[1])
    decoder = Decoder(len(writes), POSITIONS)
    decoder.load_state_dict(weights["decoder"])
    bert = load_encoder_layers(encoder, torch.float32)
    if "encoder" in weights:
        bert.load_state_dict(weights["encoder"])
    package.mkdir(parents=True, exist_ok=True)
    write_sentencepiece(reads, scores, package / "sentencepiece.model")
    rows = [known.get(piece, vocabulary.UNKNOWN) for piece in reads]
    write_model(bert, rows, decoder, reads, writes, package / "model")


def source_pieces(tokenizer: Any, sentences: Iterable[str], english: Sequence[str], size: int) -> list[str]:
    """Choose what the encoder reads: the decoder's pieces, single characters, and the commonest source pieces."""
    counts = Counter(piece for found in tokenizer.encode_batch(list(sentences)) for piece in found.tokens)
    chosen = dict.fromkeys(english)
    known = tokenizer.get_vocab()
    for piece in known:
        letter = piece.removeprefix("▁")
        if len(letter) == 1 and (ord(letter) < _LATIN_END or ord(letter) in _CYRILLIC or not letter.isalpha()):
            chosen.setdefault(piece)
    for piece, _ in counts.most_common():
        if len(chosen) >= size:
            break
        if piece in known:
            chosen.setdefault(piece)
    return list(chosen)


def write_sentencepiece(pieces: Sequence[str], scores: dict[str, float], path: Path) -> None:
    """Write a unigram sentencepiece model over `pieces`, which begin with the four special tokens."""
    from sentencepiece import sentencepiece_model_pb2 as protobuf

    proto: Any = protobuf.ModelProto()  # type: ignore[attr-defined]
    proto.normalizer_spec.name = "nmt_nfkc"
    proto.normalizer_spec.precompiled_charsmap = normalisation_map()
    proto.normalizer_spec.add_dummy_prefix = True
    proto.normalizer_spec.remove_extra_whitespaces = True
    proto.normalizer_spec.escape_whitespaces = True
    proto.trainer_spec.model_type = 1
    proto.trainer_spec.vocab_size = len(pieces)
    proto.trainer_spec.bos_id, proto.trainer_spec.pad_id = vocabulary.BOS, vocabulary.PAD
    proto.trainer_spec.eos_id, proto.trainer_spec.unk_id = vocabulary.EOS, vocabulary.UNKNOWN
    lowest = min(scores.values())
    for number, piece in enumerate(pieces):
        kind = 1 if number >= len(vocabulary.SPECIAL) else 2 if number == vocabulary.UNKNOWN else 3
        proto.pieces.add(piece=piece, score=scores.get(piece, lowest) if kind == 1 else 0.0, type=kind)
    path.write_bytes(proto.SerializeToString())


def write_model(
    bert: Any,
    rows: Sequence[int],
    decoder: Any,
    reads: Sequence[str],
    writes: Sequence[str],
    out: Path,
    quantization: str | None = "int8",
) -> None:
    """Write the CTranslate2 model; `rows` are the encoder's word vectors of the pieces it `reads`."""
    from ctranslate2.specs import common_spec, transformer_spec

    gelu = common_spec.Activation.GELU
    count = len(bert.encoder.layer)
    encoder_spec = transformer_spec.TransformerEncoderSpec(
        count, HEADS, pre_norm=False, activation=gelu, layernorm_embedding=True
    )
    decoder_spec = transformer_spec.TransformerDecoderSpec(
        len(decoder.layers), HEADS, pre_norm=False, activation=gelu, layernorm_embedding=True,
        alignment_layer=GUIDED_LAYER, alignment_heads=GUIDED_HEADS,
    )  # fmt: skip
    _fill_encoder(encoder_spec, bert, rows)
    _fill_decoder(decoder_spec, decoder)
    spec = transformer_spec.TransformerSpec(encoder_spec, decoder_spec)
    spec.register_source_vocabulary(list(reads))
    spec.register_target_vocabulary(list(writes))
    spec.config.bos_token, spec.config.eos_token, spec.config.unk_token = "<s>", "</s>", "<unk>"
    spec.config.decoder_start_token = "<s>"
    spec.config.add_source_bos = spec.config.add_source_eos = True
    spec.config.layer_norm_epsilon = 1e-12
    spec.validate()
    spec.optimize(quantization=quantization)
    out.mkdir(parents=True, exist_ok=True)
    spec.save(str(out))


def _fill_encoder(spec: Any, bert: Any, rows: Sequence[int]) -> None:
    spec.scale_embeddings = False
    embeddings = bert.embeddings
    spec.embeddings[0].weight = _array(embeddings.word_embeddings.weight)[list(rows)]
    places = _array(embeddings.position_embeddings.weight) + _array(embeddings.token_type_embeddings.weight)[0]
    spec.position_encodings.encodings = places
    _norm(spec.layernorm_embedding, embeddings.LayerNorm)
    for to, layer in zip(spec.layer, bert.encoder.layer, strict=True):
        inside, after = layer.attention.self, layer.attention.output
        _fuse(to.self_attention.linear[0], inside.query, inside.key, inside.value)
        _fuse(to.self_attention.linear[1], after.dense)
        _norm(to.self_attention.layer_norm, after.LayerNorm)
        _fuse(to.ffn.linear_0, layer.intermediate.dense)
        _fuse(to.ffn.linear_1, layer.output.dense)
        _norm(to.ffn.layer_norm, layer.output.LayerNorm)


def _fill_decoder(spec: Any, decoder: Any) -> None:
    spec.scale_embeddings = False
    spec.embeddings.weight = _array(decoder.words.weight)
    spec.position_encodings.encodings = _array(decoder.places.weight)
    _norm(spec.layernorm_embedding, decoder.norm)
    _fuse(spec.projection, decoder.project)
    for to, layer in zip(spec.layer, decoder.layers, strict=True):
        own, other = layer.self_attention, layer.attention
        _fuse(to.self_attention.linear[0], own.query, own.key, own.value)
        _fuse(to.self_attention.linear[1], own.output)
        _norm(to.self_attention.layer_norm, layer.self_norm)
        _fuse(to.attention.linear[0], other.query)
        _fuse(to.attention.linear[1], other.key, other.value)
        _fuse(to.attention.linear[2], other.output)
        _norm(to.attention.layer_norm, layer.norm)
        _fuse(to.ffn.linear_0, layer.rise)
        _fuse(to.ffn.linear_1, layer.fall)
        _norm(to.ffn.layer_norm, layer.final_norm)


def _array(tensor: Any) -> Any:
    return tensor.detach().float().numpy()


def _fuse(spec: Any, *linears: Any) -> None:
    """Stack linear maps that read the same states."""
    import numpy as np

    spec.weight = np.concatenate([_array(linear.weight) for linear in linears])
    spec.bias = np.concatenate([_array(linear.bias) for linear in linears])


def _norm(spec: Any, norm: Any) -> None:
    spec.gamma, spec.beta = _array(norm.weight), _array(norm.bias)
