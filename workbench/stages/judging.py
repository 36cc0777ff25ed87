"""Asking the sentence encoder how near English and source are, so that invented English is looked at first."""

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
    """Compare renderings with their sources where it was not done yet; return how many.

    Sources must have been embedded by the same encoder. Human English is not judged.

    Raises:
        Cancelled: The user stopped it; finished batches are stored.
    """
    found = renderings.uncompared(database, encoder.id)
    waiting = [one for one in found if REMEMBERED not in one.flags]
    if not waiting:
        return 0
    encoder.encode([])  # reads the weights, which has a bar of its own the first time
    progress.start("Judging the English", len(waiting))
    try:
        waiting.sort(key=lambda one: (len(one.text), one.hash, one.language))
        for start in range(0, len(waiting), _BATCH):
            batch = waiting[start : start + _BATCH]
            near = _near(encoder, batch)
            judged = [(one, value, seconded(one.quality, value)) for one, value in zip(batch, near, strict=True)]
            renderings.save_similarity(database, judged)
            progress.advance(len(batch))
    finally:
        progress.finish()
        english.refresh(database, units.ids(database, UnitQuery()))
    return len(waiting)


def _near(encoder: Encoder, batch: Sequence[renderings.Uncompared]) -> list[float]:
    """Return the cosine of each rendering with its source, in [0, 1]."""
    import numpy as np

    rows = np.stack([np.frombuffer(one.vector, dtype="<f2") for one in batch]).astype(np.float32)
    sources = np.concatenate([_finest(encoder.id, one.language, rows[[at]]) for at, one in enumerate(batch)])
    rendered = _finest(encoder.id, EN, encoder.encode([one.text for one in batch]))
    near: list[float] = np.clip((sources * rendered).sum(axis=1), 0, 1).tolist()
    return near


def _finest(encoder_id: str, language: str, vectors: "np.ndarray") -> "np.ndarray":
    plain, fine = views(encoder_id, language, vectors)
    return plain if fine is None else fine
