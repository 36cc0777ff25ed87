"""The similarity of two articles as a picture needs it, from the vectors that are stored."""

from typing import TYPE_CHECKING

from workbench.database import Database, articles, segments, settings
from workbench.stages import vectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def similarities(database: Database, left_id: int, right_id: int, size: int) -> "NDArray[np.float32] | None":
    """Return how similar stretches of two articles are, in [0, 1], of shape (rows of left, columns of right).

    At most `size` stretches on a side; None where an article is not embedded yet.
    """
    from workbench.alignment import Document
    from workbench.alignment.dotplot import dot_plot

    encoder_id = settings.get(database, "encoder")
    found = articles.by_ids(database, [left_id, right_id])
    documents = []
    for key in (left_id, right_id):
        parts = segments.aligned_of_article(database, key)
        try:
            views = vectors.compared(database, encoder_id, found[key].language, [text_hash for _, text_hash in parts])
        except KeyError:
            return None
        documents.append(Document(key, found[key].language, tuple(segment.text for segment, _ in parts), *views))
    return dot_plot(documents[0], documents[1], size=size).cells
