"""Vectors of the encoder that ships as they compare across languages: two views of each sentence.

The encoder gives every sentence two means over its words, of the last layer and of a middle one (`encoder.py`). What
a language adds to all of its sentences says nothing about meaning and is taken off. From there,

- the *plain* view is the last layer's mean alone: sums of it stand for passages;
- the *fine* view weighs all directions of both by how little translations differ in them (within-class covariance
  normalisation, Hatch et al. 2006): it tells a sentence from its rivals.

Means and weights were learned from news sentences written in four languages (`training.py`).
"""

from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from workbench.embedding.bundled import NAME

Vectors = npt.NDArray[np.float32]

SPACE = Path(__file__).with_name("space.npz")


def views(encoder_id: str, language: str, vectors: Vectors) -> tuple[Vectors, Vectors | None]:
    """Return the plain and the fine view of sentences in one language, of unit length.

    Vectors of other encoders than the one that ships are returned as they are, without a fine view.
    """
    if not encoder_id.startswith(f"{NAME}@") or not len(vectors):
        return vectors, None
    means, directions = _space()
    centred = vectors - means.get(language, means[""])
    return unit(centred[:, : vectors.shape[1] // 2]), unit(centred @ directions)


def unit(vectors: npt.NDArray[np.floating]) -> Vectors:
    """Bring vectors to unit length."""
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), dtype=np.float32)


@cache
def _space() -> tuple[dict[str, Vectors], Vectors]:
    """Mean vector by language, that of all under the empty name; and the directions, one a column."""
    with np.load(SPACE, allow_pickle=False) as stored:
        rows = stored["means"].astype(np.float32)
        means = dict(zip(stored["languages"].tolist(), rows, strict=True))
        return means | {"": rows.mean(axis=0)}, stored["directions"].astype(np.float32)
