"""Turns texts into unit vectors with a sentence-transformers model, the one that ships or another.

Batches are limited by tokens and sorted by length, so that little is spent on padding; the arithmetic is bfloat16
where the processor has it. Vectors come back in the order of the texts.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from workbench.embedding.bundled import NAME, bundled_encoder
from workbench.embedding.quiet import quiet
from workbench.embedding.wheel import SHA256
from workbench.errors import ModelError
from workbench.progress import Progress, Silent

#: Padded tokens in a batch: enough to keep two to eight cores busy, little enough for a small laptop.
BATCH_TOKENS = 2048
#: Texts that are sorted together; cancelling waits for one batch, never for a window.
WINDOW = 4096
#: The middle layer of the encoder that ships whose words are averaged too.
MIDDLE = 8

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The sub-words of a text.

    Attributes:
        spans: Start and end of each in the text, shape (sub-words, 2).
        vectors: What each means in the text, of unit length, shape (sub-words, dimensions).
    """

    spans: npt.NDArray[np.int64]
    vectors: Vectors


class Encoder(Protocol):
    """What the other rooms need of a sentence encoder."""

    @property
    def id(self) -> str:
        """Name and short hash of the weights, for signatures and for the cache of vectors."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return one unit vector for each text, as float32 of shape (texts, dimension).

        Raises:
            Cancelled: The user asked to stop, between two batches.
        """

    def encode_words(self, texts: Sequence[str]) -> Sequence[Words]:
        """Return the sub-words of each text, in the order of the texts.

        Raises:
            ModelError: The encoder does not tell where its sub-words stand.
        """


class SentenceEncoder:
    """A sentence-transformers model on the CPU, loaded when it is first asked for a vector.

    Texts longer than the model's limit (512 tokens, some 2,000 letters, for the one that ships) are cut there:
    the meaning of a sentence that long is plain from its beginning.
    """

    def __init__(self, load: Callable[[], Any], identity: str) -> None:
        self.id = identity
        self._load = load

    @cached_property
    def _model(self) -> Any:
        return self._load()

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._model.get_embedding_dimension())

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return one unit vector for each text, as float32 of shape (texts, dimension); equal texts share one.

        Raises:
            Cancelled: The user asked to stop, between two batches.
        """
        if not len(texts):
            return np.zeros((0, self.dimension), dtype=np.float32)
        watcher = progress or Silent()
        places: dict[str, list[int]] = {}
        for place, text in enumerate(texts):
            places.setdefault(text, []).append(place)
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        different = list(places)
        watcher.start("Embedding", len(texts))
        try:
            for start in range(0, len(different), WINDOW):
                window = different[start : start + WINDOW]
                for numbers, batch in self._batches(window):
                    for number, vector in zip(numbers, batch, strict=True):
                        vectors[places[window[number]]] = vector
                    watcher.advance(sum(len(places[window[number]]) for number in numbers))
        finally:
            watcher.finish()
        return vectors

    def encode_words(self, texts: Sequence[str]) -> list[Words]:
        """Return the sub-words of each text, in the order of the texts; what the model's limit cuts off has none.

        Raises:
            ModelError: The model's tokenizer does not tell where its sub-words stand.
        """
        if not self._model.tokenizer.is_fast:
            raise ModelError(f"{self.id} does not tell where words stand", "Use the encoder that ships.")
        words: list[Words | None] = [None] * len(texts)
        tokens = self._tokens(texts, return_offsets_mapping=True)
        for numbers, features in self._features(tokens):
            states = self._word_states(features)
            # The mask tells where the padding is, on whichever side.
            for number, row, mask in zip(numbers, states, features["attention_mask"].numpy() > 0, strict=True):
                spans = self._spans(tokens["offset_mapping"][number], texts[number])
                real = spans[:, 1] > spans[:, 0]
                words[number] = Words(spans[real], row[mask][real])
        return [each for each in words if each is not None]

    def _spans(self, offsets: Sequence[tuple[int, int]], text: str) -> npt.NDArray[np.int64]:
        """Return where sub-words stand in a text without its prompt and the spaces before them, empty where nowhere."""
        spans = np.maximum(np.array(offsets, dtype=np.int64) - len(self._prompt), 0)
        for span in spans:
            while span[0] < span[1] and text[span[0]].isspace():
                span[0] += 1
        return spans

    @cached_property
    def _prompt(self) -> str:
        return str(self._model.prompts.get(self._model.default_prompt_name or "", ""))

    def _batches(self, texts: Sequence[str]) -> Iterator[tuple[list[int], Vectors]]:
        """Yield the numbers of the texts in a batch and their vectors, short texts first."""
        for numbers, features in self._features(self._tokens(texts)):
            yield numbers, self._vectors(features)

    def _tokens(self, texts: Sequence[str], **wanted: bool) -> Any:
        limit, prompt = self._model.max_seq_length, self._prompt
        return self._model.tokenizer([prompt + text for text in texts], truncation=True, max_length=limit, **wanted)

    def _features(self, tokens: Any) -> Iterator[tuple[list[int], Any]]:
        """Yield the numbers of the texts in a batch and what the model takes of them, short texts first."""
        every = tokens["input_ids"]
        for numbers in batches_by_length([len(ids) for ids in every], BATCH_TOKENS):
            yield numbers, self._model.tokenizer.pad({"input_ids": [every[n] for n in numbers]}, return_tensors="pt")

    def _word_states(self, features: Any) -> Vectors:
        """Return the vectors of all sub-words of a batch, of unit length: (texts, sub-words, dimensions)."""
        import torch

        with torch.inference_mode(), quiet():
            raw = self._word_layer(features).float()
            vectors: Vectors = torch.nn.functional.normalize(raw, dim=2).numpy()
        return vectors

    def _word_layer(self, features: Any) -> Any:
        """Return the layer of the model whose vectors stand for sub-words: the last, where nothing is known of it."""
        return self._model(dict(features))["token_embeddings"]

    def _vectors(self, features: Any) -> Vectors:
        import torch

        with torch.inference_mode(), quiet():
            raw = self._model(dict(features))["sentence_embedding"].float()
            vectors: Vectors = torch.nn.functional.normalize(raw, dim=1).numpy()
        return vectors


class BundledEncoder(SentenceEncoder):
    """The encoder that ships: the mean over the words of its last layer, and beside it that of a middle layer.

    The last layer was trained to tell passages apart by topic; in the middle ones words of different languages that
    mean the same lie closest. `space.views` makes use of both.
    """

    @property
    def dimension(self) -> int:
        """Length of a vector: of both means."""
        return 2 * super().dimension

    def _word_layer(self, features: Any) -> Any:
        return self._layers(features)[MIDDLE]

    def _layers(self, features: Any) -> Any:
        return self._model[0].auto_model(**features, output_hidden_states=True).hidden_states

    def _vectors(self, features: Any) -> Vectors:
        import torch

        with torch.inference_mode(), quiet():
            states = self._layers(features)
            mask = features["attention_mask"].unsqueeze(-1).float()
            sums = [(states[layer].float() * mask).sum(dim=1) for layer in (-1, MIDDLE)]
            halves = [torch.nn.functional.normalize(total, dim=1) for total in sums]
            vectors: Vectors = (torch.cat(halves, dim=1) * 0.5**0.5).numpy()
        return vectors


def batches_by_length(lengths: Sequence[int], tokens: int) -> Iterator[list[int]]:
    """Group the positions of texts so that a batch, padded to its longest text, has at most `tokens` tokens.

    A text that is longer than that alone makes a batch of its own. The order depends on the lengths alone.
    """
    batch: list[int] = []
    for position in sorted(range(len(lengths)), key=lambda position: (lengths[position], position)):
        if batch and lengths[position] * (len(batch) + 1) > tokens:
            yield batch
            batch = []
        batch.append(position)
    if batch:
        yield batch


def load_encoder(
    name_or_path: str | None = None, progress: Progress | None = None, *, bfloat16: bool | None = None
) -> SentenceEncoder:
    """Load a sentence encoder: the one that ships, or a sentence-transformers model by path or by name.

    A name is looked up among the models that are on this machine already; nothing is fetched. `bfloat16` None
    means wherever the processor has it. The weights are read when the first vector is asked for.

    Raises:
        ModelError: The model is not on this machine, is damaged, or is no sentence-transformers model.
        Cancelled: The user asked to stop while the encoder that ships was being built.
    """

    def load(path: Path) -> Any:
        return _load(path, has_bfloat16() if bfloat16 is None else bfloat16)

    if name_or_path is None:
        return BundledEncoder(lambda: load(bundled_encoder(progress)), f"{NAME}@{SHA256[:8]}+{MIDDLE}")
    path = _find(name_or_path)
    identity = f"{Path(name_or_path).name}@{_weights_hash(path)[:8]}"
    return SentenceEncoder(lambda: load(path), identity)


def has_bfloat16() -> bool:
    """Tell whether this processor multiplies bfloat16 in hardware (otherwise float32 is faster)."""
    with quiet():
        import torch

    capabilities = torch.cpu.get_capabilities()
    return any(capabilities.get(flag, False) for flag in ("avx512_bf16", "amx_bf16", "bf16", "arm_bf16"))


def _find(name_or_path: str) -> Path:
    """Return the directory of a model that is on this machine."""
    path = Path(name_or_path).expanduser()
    if path.is_dir():
        return path
    with quiet():
        from huggingface_hub import snapshot_download

        try:
            return Path(snapshot_download(name_or_path, local_files_only=True))
        except (OSError, ValueError) as error:
            raise ModelError(
                f"the encoder '{name_or_path}' is not on this machine",
                "Give the directory of a sentence-transformers model, or leave it out to use the one that ships.",
            ) from error


def _weights_hash(path: Path) -> str:
    """Hash the weight files of a model: what its vectors depend on."""
    digest = hashlib.sha256()
    files = sorted(path.rglob("*.safetensors")) or sorted(path.rglob("pytorch_model.bin"))
    if not files:
        raise ModelError(f"{path} holds no model weights", "Give the directory of a sentence-transformers model.")
    for file in files:
        with file.open("rb") as content:
            digest.update(hashlib.file_digest(content, "sha256").digest())
    return digest.hexdigest()


def _load(path: Path, bfloat16: bool) -> Any:
    """Load the model of a directory for inference on the CPU, in one of the two precisions."""
    import torch

    with quiet():
        from sentence_transformers import SentenceTransformer

        try:
            model = SentenceTransformer(
                str(path),
                device="cpu",
                local_files_only=True,
                model_kwargs={"dtype": torch.bfloat16 if bfloat16 else torch.float32},
            )
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise ModelError(
                f"{path} cannot be loaded as a sentence-transformers model: {str(error).splitlines()[0]}",
                "Give the directory of a sentence-transformers model, or leave it out to use the one that ships.",
            ) from error
    return model.eval()
