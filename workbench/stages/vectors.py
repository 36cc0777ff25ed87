"""Embedding what has no vector yet, and handing vectors out."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.database import Database, renderings, segments, settings
from workbench.embedding import Encoder, views
from workbench.languages import EN
from workbench.progress import Progress

if TYPE_CHECKING:
    import numpy as np

# Texts whose vectors are stored in one transaction: a stop loses at most this many.
_BATCH = 512


def embed(database: Database, encoder: Encoder, progress: Progress) -> int:
    """Embed all texts that have no vector of this encoder yet; return how many there were.

    Raises:
        Cancelled: The user stopped it; finished batches are stored.
    """
    settings.put(database, "encoder", encoder.id)
    texts = segments.without_vector(database, encoder.id)
    if not texts:
        return 0
    encoder.encode([])  # reads the weights, which has a bar of its own the first time
    progress.start("Embedding", len(texts))
    try:
        # Sorted by length, so that a batch holds texts of one length and little padding.
        texts.sort(key=lambda pair: (len(pair[1]), pair[0]))
        for start in range(0, len(texts), _BATCH):
            batch = texts[start : start + _BATCH]
            vectors = encoder.encode([text for _, text in batch]).astype("<f2")
            rows = [(key, vector.tobytes()) for (key, _), vector in zip(batch, vectors, strict=True)]
            renderings.save_vectors(database, encoder.id, rows)
            progress.advance(len(batch))
    finally:
        progress.finish()
    return len(texts)


def compared(
    database: Database, encoder_id: str, language: str, hashes: Sequence[str]
) -> "tuple[np.ndarray, np.ndarray | None]":
    """Return the plain and the fine view of stored vectors of texts in one language, one row a hash.

    Raises:
        KeyError: A text was not embedded; `embed` comes first.
    """
    return views(encoder_id, language, fetch(database, encoder_id, hashes))


def compared_english(database: Database, encoder_id: str, hashes: Sequence[str]) -> "np.ndarray | None":
    """Return the fine view of stored vectors of English, one row a hash, zeros where the hash is empty.

    None where no hash is given, or the encoder has no fine view.
    """
    import numpy as np

    present = [place for place, key in enumerate(hashes) if key]
    if not present:
        return None
    _, fine = compared(database, encoder_id, EN, [hashes[place] for place in present])
    if fine is None:
        return None
    rows = np.zeros((len(hashes), fine.shape[1]), dtype=np.float32)
    rows[present] = fine
    return rows


def fetch(database: Database, encoder_id: str, hashes: Sequence[str]) -> "np.ndarray":
    """Return stored vectors, one row a hash, as float32 of shape (n, dimension).

    Raises:
        KeyError: A text was not embedded; `embed` comes first.
    """
    import numpy as np

    found = renderings.vectors(database, encoder_id, hashes)
    if not hashes:
        return np.zeros((0, 0), dtype=np.float32)
    return np.stack([np.frombuffer(found[key], dtype="<f2") for key in hashes]).astype(np.float32)
