"""A real Argos package in a second: a Transformer whose weights are set by hand to translate word for word.

Token and position are one-hot in the residual stream. The decoder's cross-attention, at step t, looks at source
position t (query and key read the positions only) and writes the translation's logits; the end of the source maps
to the end of the target. So what comes out, its n-best list and its probabilities are known beforehand.

A word may have several translations, the likelier first. Letters, digits and marks that belong to no known word
are copied. Two words misbehave on purpose: `LOOP` is said for ever, `NOTHING` ends the sentence.
"""

import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

LOOP, NOTHING = "loop", "</s>"
SPECIAL = ["<unk>", "<s>", "</s>"]
POSITIONS = 320
#: Logits of a word's translations before the final normalisation, the likelier first.
LOGITS = (10.0, 9.0, 8.5)
CHARACTERS = (
    "▁ абвгґдеєжзиіїйклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИКЛМНОПРСТУХabcdefghijklmnopqrstuvwxyz0123456789.,:;!?–-%«»“”\"'()"
)

UK_EN: dict[str, Sequence[str]] = {
    "дім": ["house", "home"],
    "малий": ["small"],
    "великий": ["big", "large"],
    "кіт": ["cat"],
    "бачить": ["sees"],
    "і": ["and"],
    "пес": ["dog", "hound"],
    "спить": ["sleeps"],
    "добрий": ["good"],
    "день": ["day"],
    "світе": ["world"],
    "коло": [LOOP, "circle"],
    "тиша": [NOTHING, "silence"],
    "років": ["years"],
}


def build(
    directory: Path,
    from_code: str = "uk",
    to_code: str = "en",
    dictionary: Mapping[str, Sequence[str]] = UK_EN,
    version: str = "1.9",
    **metadata: object,
) -> Path:
    """Write a package directory and return it."""
    import ctranslate2  # noqa: F401  (its absence must fail here, not later)

    pieces = _pieces(dictionary)
    directory.mkdir(parents=True)
    (directory / "sentencepiece.model").write_bytes(_sentencepiece(pieces, dictionary))
    (directory / "model").mkdir()
    model = _model(pieces, dictionary)
    model.save(str(directory / "model"))
    described = {
        "package_version": version,
        "argos_version": "1.9",
        "from_code": from_code,
        "from_name": from_code,
        "to_code": to_code,
        "to_name": to_code,
        **metadata,
    }
    (directory / "metadata.json").write_text(json.dumps(described), encoding="utf-8")
    return directory


def pack(directory: Path, file: Path) -> Path:
    """Zip a package directory as Argos does, with the directory at the top."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(directory.rglob("*")):
            if path.is_file():
                archive.write(path, f"{directory.name}/{path.relative_to(directory).as_posix()}")
    return file


def _pieces(dictionary: Mapping[str, Sequence[str]]) -> list[str]:
    words = [*dictionary, *(word for several in dictionary.values() for word in several if word not in SPECIAL)]
    return list(dict.fromkeys([*SPECIAL, *("▁" + word for word in words), *CHARACTERS.replace(" ", "")]))


def _sentencepiece(pieces: Sequence[str], dictionary: Mapping[str, Sequence[str]]) -> bytes:
    from sentencepiece import sentencepiece_model_pb2 as proto

    model = proto.ModelProto()
    model.trainer_spec.model_type = proto.TrainerSpec.UNIGRAM
    model.trainer_spec.vocab_size = len(pieces)
    model.normalizer_spec.name = "identity"
    model.normalizer_spec.add_dummy_prefix = True
    model.normalizer_spec.remove_extra_whitespaces = True
    kinds = {"<unk>": 2, "<s>": 3, "</s>": 3}
    for piece in pieces:
        model.pieces.add(piece=piece, score=-1.0 if len(piece) > 1 else -10.0, type=kinds.get(piece, 1))
    return bytes(model.SerializeToString())


def _translations(pieces: Sequence[str], dictionary: Mapping[str, Sequence[str]]) -> NDArray[np.float32]:
    """Return the matrix of logits, target by source."""
    place = {piece: at for at, piece in enumerate(pieces)}
    logits = np.zeros((len(pieces), len(pieces)), np.float32)
    for piece, at in place.items():
        targets = dictionary.get(piece[1:], []) if piece.startswith("▁") else []
        for target, logit in zip(targets, LOGITS, strict=False):
            logits[place[target] if target in SPECIAL else place["▁" + target], at] = logit
        if not targets:
            logits[at, at] = LOGITS[0]
    return logits


def _model(pieces: Sequence[str], dictionary: Mapping[str, Sequence[str]]):  # type: ignore[no-untyped-def]
    from ctranslate2.specs import TransformerSpec

    known = len(pieces)
    size = 2 * known + POSITIONS
    token, position, target = slice(0, known), slice(known, known + POSITIONS), slice(known + POSITIONS, size)
    zeros = lambda *shape: np.zeros(shape, np.float32)  # noqa: E731

    embedding = zeros(known, size)
    embedding[:, token] = np.eye(known)
    positions = zeros(POSITIONS, size)
    positions[:, position] = np.eye(POSITIONS)
    mean = 2 / size
    deviation = np.sqrt(mean * (1 - mean))

    spec = TransformerSpec.from_config((1, 1), 1)
    for side in (spec.encoder, spec.decoder):
        side.scale_embeddings = False
        side.position_encodings.encodings = positions
        side.layer_norm.gamma, side.layer_norm.beta = np.ones(size, np.float32), zeros(size)
        layer = side.layer[0]
        for norm in (layer.self_attention.layer_norm, layer.ffn.layer_norm):
            norm.gamma, norm.beta = np.ones(size, np.float32), zeros(size)
        layer.self_attention.linear[0].weight, layer.self_attention.linear[0].bias = (
            zeros(3 * size, size),
            zeros(3 * size),
        )
        layer.self_attention.linear[1].weight, layer.self_attention.linear[1].bias = zeros(size, size), zeros(size)
        layer.ffn.linear_0.weight, layer.ffn.linear_0.bias = zeros(4, size), zeros(4)
        layer.ffn.linear_1.weight, layer.ffn.linear_1.bias = zeros(size, 4), zeros(size)
    spec.encoder.embeddings[0].weight = embedding

    spoken = embedding.copy()
    if "▁" + LOOP in pieces:
        # Once said, the word asks for itself louder than any translation.
        spoken[pieces.index("▁" + LOOP), target.start + pieces.index("▁" + LOOP)] = 2 * LOGITS[0]
    spec.decoder.embeddings.weight = spoken
    cross = spec.decoder.layer[0].attention
    cross.layer_norm.gamma, cross.layer_norm.beta = np.ones(size, np.float32), zeros(size)
    query, key_value, out = zeros(size, size), zeros(2 * size, size), zeros(size, size)
    query[position, position] = 100 * np.eye(POSITIONS)
    key_value[position, position] = np.eye(POSITIONS)
    # A step past the end of the source finds no position of its own and looks at the source's end.
    ask, spare = zeros(size), target.start
    ask[spare], key_value[spare, pieces.index(NOTHING)] = 50, 1
    key_value[size : size + known, token] = np.eye(known)
    logits = _translations(pieces, dictionary)
    out[target, token] = logits * deviation
    bias = zeros(size)
    bias[target] = mean * logits.sum(axis=1)
    for linear, weight, offset in zip(cross.linear, (query, key_value, out), (ask, zeros(2 * size), bias), strict=True):
        linear.weight, linear.bias = weight, offset
    spec.decoder.projection.weight = zeros(known, size)
    spec.decoder.projection.weight[:, target] = np.eye(known)
    spec.decoder.projection.bias = zeros(known)

    spec.config.add_source_eos = True
    spec.register_source_vocabulary(list(pieces))
    spec.register_target_vocabulary(list(pieces))
    spec.validate()
    spec.optimize(quantization=None)
    return spec
