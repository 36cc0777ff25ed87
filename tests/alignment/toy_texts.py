"""Small documents with known meanings: equal meanings have near vectors, whatever the language."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from workbench.alignment import Document
from workbench.alignment.scores import passage_vectors

WIDTH = 64


def meaning_vector(meaning: int, language: str, noise: float = 0.3) -> np.ndarray:
    """A unit vector that is common to all languages, and a little noise of the language's own."""
    own = np.random.default_rng([meaning, sum(map(ord, language))]).normal(size=WIDTH)
    common = np.random.default_rng(meaning).normal(size=WIDTH)
    topic = np.random.default_rng(999_999).normal(size=WIDTH)
    vector = 2.0 * topic + common + noise * own
    return vector / np.linalg.norm(vector)


def sentence(meaning: int, language: str) -> str:
    """A sentence whose words depend on the meaning and whose endings depend on the language."""
    letters = "абвгдежзиклмнопрстуф"
    rng = np.random.default_rng(meaning + 7)
    ending = {"bg": "та", "uk": "ій", "ru": "ый"}.get(language, "")
    stems = ["".join(rng.choice(list(letters), 5)) for _ in range(8)]
    return " ".join(stem + ending for stem in stems) + f" {1000 + meaning}."


def document(key: int, language: str, meanings: Sequence[int]) -> Document:
    """A document of one sentence a meaning."""
    texts = tuple(sentence(meaning, language) for meaning in meanings)
    vectors = np.array([meaning_vector(meaning, language) for meaning in meanings]).reshape(-1, WIDTH)
    return Document(key, language, texts, vectors.astype(np.float16))


def joined(left: Document, first: int, second: int) -> Document:
    """Return a document in which one sentence says what two of it said, in the place of the first."""
    vectors = np.asarray(left.vectors, dtype=np.float32)
    lengths = np.array([len(text) for text in left.texts], dtype=np.float32)
    vectors[first] = passage_vectors(vectors, lengths, [(first, second)])[0]
    texts = [f"{left.texts[first]} {left.texts[second]}" if i == first else text for i, text in enumerate(left.texts)]
    kept = [i for i in range(len(texts)) if i != second]
    return replace(left, texts=tuple(texts[i] for i in kept), vectors=vectors[kept])
