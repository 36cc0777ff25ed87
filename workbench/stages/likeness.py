"""How like the sentences of an article are to those of a unit, by the vectors that are stored."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from workbench.database import Database, articles, renderings, segments, settings
from workbench.embedding import views
from workbench.text import text_hash

if TYPE_CHECKING:
    import numpy as np


def likeness(database: Database, segment_ids: Iterable[int], article_id: int) -> dict[int, float]:
    """Return, for each segment of an article that has a vector, its highest cosine with any of the given segments.

    Empty where nothing is embedded yet.
    """
    import numpy as np

    encoder_id = settings.get(database, "encoder")
    own = list(segments.by_ids(database, segment_ids).values())
    parts = segments.aligned_of_article(database, article_id)
    hashes = [*(text_hash(segment.text) for segment in own), *(key for _, key in parts)]
    stored = renderings.vectors(database, encoder_id, hashes)
    languages = {
        a.id: a.language for a in articles.by_ids(database, [article_id, *{s.article_id for s in own}]).values()
    }
    wanted = [(languages[s.article_id], stored[text_hash(s.text)]) for s in own if text_hash(s.text) in stored]
    offered = [(segment.id, stored[key]) for segment, key in parts if key in stored]
    if not wanted or not offered:
        return {}
    left = np.concatenate([_rows(encoder_id, language, [vector]) for language, vector in wanted])
    cosines = left @ _rows(encoder_id, languages[article_id], [vector for _, vector in offered]).T
    return {key: float(value) for (key, _), value in zip(offered, cosines.max(axis=0), strict=True)}


def _rows(encoder_id: str, language: str, stored: Sequence[bytes]) -> "np.ndarray":
    """The vectors that tell sentences apart best, of unit length."""
    import numpy as np

    raw = np.stack([np.frombuffer(vector, dtype="<f2") for vector in stored]).astype(np.float32)
    plain, fine = views(encoder_id, language, raw)
    chosen = plain if fine is None else fine
    return np.asarray(chosen / np.maximum(np.linalg.norm(chosen, axis=1, keepdims=True), 1e-9))
