"""How like the sentences of an article are to those of a unit, by the vectors that are stored."""

from collections.abc import Iterable

from workbench.database import Database, renderings, segments, settings
from workbench.text import text_hash


def likeness(database: Database, segment_ids: Iterable[int], article_id: int) -> dict[int, float]:
    """Return, for each segment of an article that has a vector, its highest cosine with any of the given segments.

    Empty where nothing is embedded yet.
    """
    import numpy as np

    own = [text_hash(segment.text) for segment in segments.by_ids(database, segment_ids).values()]
    parts = segments.aligned_of_article(database, article_id)
    stored = renderings.vectors(database, settings.get(database, "encoder"), [*own, *(key for _, key in parts)])
    wanted = [stored[key] for key in own if key in stored]
    offered = [(segment.id, stored[key]) for segment, key in parts if key in stored]
    if not wanted or not offered:
        return {}
    left = np.stack([np.frombuffer(vector, dtype="<f2") for vector in wanted]).astype(np.float32)
    right = np.stack([np.frombuffer(vector, dtype="<f2") for _, vector in offered]).astype(np.float32)
    lengths = np.outer(np.linalg.norm(left, axis=1), np.linalg.norm(right, axis=1))
    cosines = (left @ right.T) / np.maximum(lengths, 1e-9)
    return {key: float(value) for (key, _), value in zip(offered, cosines.max(axis=0), strict=True)}
