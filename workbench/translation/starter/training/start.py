"""Takes vocabulary and weights out of a package, so that training goes on from what ships.

The weights come back as they were rounded to int8. The encoder's word vectors are not among them: a package holds
those of its own pieces only, and they are the sentence encoder's unless all of it was thawed.
"""

import json
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from workbench.translation.starter.training import vocabulary
from workbench.translation.starter.training.decoder import Decoder
from workbench.translation.starter.training.model import POSITIONS
from workbench.translation.starter.training.states import load_encoder_layers

Weights = dict[str, dict[str, Tensor]]
Arrays = Mapping[str, np.ndarray[Any, Any]]
#: CTranslate2's numbers for types that a package of ours can hold.
_TYPES = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}


def start_from(package: Path, encoder: Path, work: Path) -> None:
    """Write `target.txt`, `source.txt` and a checkpoint into `work`; `prepare` and `train` take them up."""
    work.mkdir(parents=True, exist_ok=True)
    for side in ("source", "target"):
        pieces = json.loads((package / f"model/{side}_vocabulary.json").read_text(encoding="utf-8"))
        vocabulary.write_pieces(pieces, work / f"{side}.txt")
    weights = read_weights(package, encoder)
    torch.save({**weights, "optimisers": [], "spent": 0.0, "step": 0, "written": 0}, work / "checkpoint.pt")


def read_weights(package: Path, encoder: Path) -> Weights:
    """Return the weights of a package as training saves them: of the decoder and of the encoder."""
    arrays = read_arrays(package / "model/model.bin")
    decoder = Decoder(len(arrays["decoder/embeddings/weight"]), POSITIONS)
    bert = load_encoder_layers(encoder, torch.float32)
    with torch.no_grad():
        _fill_decoder(decoder, arrays)
        _fill_encoder(bert, arrays)
    return {"decoder": decoder.state_dict(), "encoder": bert.state_dict()}


def blended(weights: Weights, others: Weights, share: float) -> Weights:
    """Return the weighted mean of two sets of weights, `share` of it the others'.

    The mean of two ends of training from one start is often better than either (Wortsman et al. 2022).
    """
    return {
        part: {name: (1 - share) * value + share * others[part][name] for name, value in named.items()}
        for part, named in weights.items()
    }


def read_arrays(path: Path) -> dict[str, np.ndarray[Any, Any]]:
    """Read a CTranslate2 `model.bin` (binary version 6), int8 weights as float32.

    Raises:
        ValueError: The file holds a type that no package of ours has.
    """
    content = memoryview(path.read_bytes())
    place = 0

    def take(kind: str) -> int:
        nonlocal place
        (value,) = struct.unpack_from(f"<{kind}", content, place)
        place += struct.calcsize(kind)
        return int(value)

    def take_string() -> str:
        nonlocal place
        length = take("H")
        text = bytes(content[place : place + length - 1]).decode()
        place += length
        return text

    take("I"), take_string(), take("I")
    stored: dict[str, np.ndarray[Any, Any]] = {}
    for _ in range(take("I")):
        name = take_string()
        shape = [take("I") for _ in range(take("B"))]
        kind, size = take("B"), take("I")
        if kind not in _TYPES:
            raise ValueError(f"{path} holds {name} as type {kind}")
        stored[name] = np.frombuffer(content[place : place + size], _TYPES[kind]).reshape(shape)
        place += size
    for _ in range(take("I")):  # of arrays that are equal, one is stored
        alias, name = take_string(), take_string()
        stored[alias] = stored[name]
    return {name: _widened(stored, name) for name in stored if not name.endswith("_scale")}


def _widened(stored: Arrays, name: str) -> np.ndarray[Any, Any]:
    array = stored[name]
    if array.dtype != np.int8 or f"{name}_scale" not in stored:
        return array
    return array.astype(np.float32) / stored[f"{name}_scale"][:, None]


def _fill_encoder(bert: Any, arrays: Arrays) -> None:
    for number, layer in enumerate(bert.encoder.layer):
        name = f"encoder/layer_{number}"
        inside, after = layer.attention.self, layer.attention.output
        _split(arrays, f"{name}/self_attention/linear_0", inside.query, inside.key, inside.value)
        _split(arrays, f"{name}/self_attention/linear_1", after.dense)
        _norm(arrays, f"{name}/self_attention/layer_norm", after.LayerNorm)
        _split(arrays, f"{name}/ffn/linear_0", layer.intermediate.dense)
        _split(arrays, f"{name}/ffn/linear_1", layer.output.dense)
        _norm(arrays, f"{name}/ffn/layer_norm", layer.output.LayerNorm)


def _fill_decoder(decoder: Decoder, arrays: Arrays) -> None:
    _copy(decoder.words.weight, arrays["decoder/embeddings/weight"])
    _copy(decoder.places.weight, arrays["decoder/position_encodings/encodings"])
    _norm(arrays, "decoder/layernorm_embedding", decoder.norm)
    _split(arrays, "decoder/projection", decoder.project)
    layers: Any = decoder.layers
    for number, layer in enumerate(layers):
        name = f"decoder/layer_{number}"
        own, other = layer.self_attention, layer.attention
        _split(arrays, f"{name}/self_attention/linear_0", own.query, own.key, own.value)
        _split(arrays, f"{name}/self_attention/linear_1", own.output)
        _norm(arrays, f"{name}/self_attention/layer_norm", layer.self_norm)
        _split(arrays, f"{name}/attention/linear_0", other.query)
        _split(arrays, f"{name}/attention/linear_1", other.key, other.value)
        _split(arrays, f"{name}/attention/linear_2", other.output)
        _norm(arrays, f"{name}/attention/layer_norm", layer.norm)
        _split(arrays, f"{name}/ffn/linear_0", layer.rise)
        _split(arrays, f"{name}/ffn/linear_1", layer.fall)
        _norm(arrays, f"{name}/ffn/layer_norm", layer.final_norm)


def _copy(to: Tensor, array: np.ndarray[Any, Any]) -> None:
    to.copy_(torch.from_numpy(array.astype(np.float32)))


def _split(arrays: Arrays, name: str, *linears: Any) -> None:
    """Undo the stacking of linear maps that read the same states."""
    weights, biases = (np.split(arrays[f"{name}/{part}"], len(linears)) for part in ("weight", "bias"))
    for linear, weight, bias in zip(linears, weights, biases, strict=True):
        _copy(linear.weight, weight)
        _copy(linear.bias, bias)


def _norm(arrays: Arrays, name: str, norm: nn.Module) -> None:
    _copy(norm.weight, arrays[f"{name}/gamma"])  # type: ignore[arg-type]
    _copy(norm.bias, arrays[f"{name}/beta"])  # type: ignore[arg-type]
