"""Putting texts into batches and renderings back in their order: what every engine shares."""

from collections.abc import Iterable, Iterator, Sequence

from workbench.model import Rendering
from workbench.progress import Progress, Silent

#: What an engine yields: places in the list of texts, each with its rendering.
Batch = list[tuple[int, Rendering]]


def places(texts: Iterable[str]) -> dict[str, list[int]]:
    """Return where each text stands, identical ones together."""
    found: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        found.setdefault(text, []).append(place)
    return found


def by_length(texts: Iterable[str], characters: int) -> Iterator[list[str]]:
    """Yield texts of like length together, the longest first, about `characters` in a batch, at least one text."""
    batch: list[str] = []
    size = 0
    for text in sorted(texts, key=lambda text: (-len(text), text)):
        if batch and size + len(text) > characters:
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text)
    if batch:
        yield batch


def collect(found: Iterator[Batch], total: int, progress: Progress | None) -> list[Rendering]:
    """Run an engine to its end and return its renderings in the order of the texts.

    Raises:
        Cancelled: `progress` was asked to stop.
    """
    progress = progress or Silent()
    progress.start("Translating", total)
    renderings: dict[int, Rendering] = {}
    try:
        for batch in found:
            renderings.update(batch)
            progress.advance(len(batch))
    finally:
        progress.finish()
    return [renderings[place] for place in range(total)]


def in_chunks(texts: Sequence[str], size: int) -> Iterator[list[tuple[int, str]]]:
    """Yield texts with their places, `size` at a time."""
    for start in range(0, len(texts), size):
        yield list(enumerate(texts[start : start + size], start))
