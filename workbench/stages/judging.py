"""Embedding the English and asking how near it is to its source.

Invented English is looked at first, and the vectors of the English help to align: two renderings are in one language.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.database import Database, renderings, units
from workbench.embedding import Encoder, views
from workbench.languages import EN
from workbench.model import UnitQuery
from workbench.progress import Progress
from workbench.stages import english
from workbench.stages.rendering import REMEMBERED
from workbench.translation.quality import seconded

if TYPE_CHECKING:
    import numpy as np

# Texts whose answers are stored in one transaction: a stop loses at most this many.
_BATCH = 512


def judge(database: Database, encoder: Encoder, progress: Progress) -> int:
    """Embed renderings and compare them with their sources where it was not done yet; return how many.

    Sources must have been embedded by the same encoder. The quality of human English is not touched.

    Raises:
        Cancelled: The user stopped it; finished batches are stored.
    """
    waiting = renderings.uncompared(database, encoder.id)
    if not waiting:
        return 0
    encoder.encode([])  # reads the weights, which has a bar of its own the first time
    progress.start("Judging the English", len(waiting))
    try:
        waiting.sort(key=lambda one: (len(one.text), one.hash, one.language))
        for start in range(0, len(waiting), _BATCH):
            batch = waiting[start : start + _BATCH]
            vectors = encoder.encode([one.text for one in batch]).astype("<f2")
            near = _near(encoder.id, batch, vectors)
            judged = [(one, value, _quality(one, value)) for one, value in zip(batch, near, strict=True)]
            stored = [(one.english_hash, vector.tobytes()) for one, vector in zip(batch, vectors, strict=True)]
            renderings.save_vectors(database, encoder.id, stored)
            renderings.save_similarity(database, judged)
            progress.advance(len(batch))
    finally:
        progress.finish()
        english.refresh(database, units.ids(database, UnitQuery()))
    return len(waiting)


def _quality(one: renderings.Uncompared, near: float) -> float:
    """Return the estimate of a rendering's quality, the encoder's word included if it is the first time."""
    return one.quality if REMEMBERED in one.flags or one.compared else seconded(one.quality, near)


def _near(encoder_id: str, batch: Sequence[renderings.Uncompared], vectors: "np.ndarray") -> list[float]:
    """Return the cosine of each rendering with its source, in [0, 1]; `vectors` are the renderings'."""
    import numpy as np

    rows = np.stack([np.frombuffer(one.vector, dtype="<f2") for one in batch]).astype(np.float32)
    sources = np.concatenate([_finest(encoder_id, one.language, rows[[at]]) for at, one in enumerate(batch)])
    rendered = _finest(encoder_id, EN, vectors.astype(np.float32))
    near: list[float] = np.clip((sources * rendered).sum(axis=1), 0, 1).tolist()
    return near


def _finest(encoder_id: str, language: str, vectors: "np.ndarray") -> "np.ndarray":
    plain, fine = views(encoder_id, language, vectors)
    return plain if fine is None else fine
