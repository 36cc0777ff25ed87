"""What a dot plot of two documents shows: similarities, links and how well they keep the order."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from workbench.alignment.scores import blocks, similarity
from workbench.alignment.values import Document, PairAlignment


@dataclass(frozen=True, slots=True, eq=False)
class DotPlot:
    """Data for a dot plot.

    Attributes:
        cells: Similarity in [0, 1] of stretches of the left (rows) and right document (columns): 0 for the least
            and 1 for the most similar pair. Stretches are single sentences where the plot has room for them.
        row_bounds: First sentence of each stretch of the left document, and their number at the end.
        column_bounds: The same for the right document.
        links: Cells of the links, each once, with their probability.
        order: Order score of the links, in [0, 1].
    """

    cells: NDArray[np.float32]
    row_bounds: tuple[int, ...]
    column_bounds: tuple[int, ...]
    links: tuple[tuple[int, int, float], ...]
    order: float


def dot_plot(left: Document, right: Document, aligned: PairAlignment | None = None, size: int = 200) -> DotPlot:
    """Return the dot plot of two documents, at most `size` cells on a side.

    A cell that stands for several sentences shows the most similar pair among them. Memory is bounded by one
    stretch of rows.
    """
    rows, columns = _bounds(len(left), size), _bounds(len(right), size)
    cells = np.zeros((len(rows) - 1, len(columns) - 1), dtype=np.float32)
    if cells.size:
        for place, (start, stop) in enumerate(pairwise(rows)):
            for low, high in blocks(stop - start, 256):
                cosines = similarity(left.vectors[start + low : start + high], right.vectors).max(axis=0)
                best = np.maximum.reduceat(cosines, columns[:-1])
                cells[place] = np.maximum(cells[place], best) if low else best
        low_value, high_value = float(cells.min()), float(cells.max())
        cells = (cells - low_value) / max(high_value - low_value, 1e-9)
    links = _cells_of(aligned, rows, columns) if aligned else ()
    return DotPlot(cells, rows, columns, links, aligned.order if aligned else 0.0)


def _bounds(count: int, size: int) -> tuple[int, ...]:
    stretches = min(count, size)
    return tuple(count * place // stretches for place in range(stretches + 1)) if stretches else (0,)


def _cells_of(
    aligned: PairAlignment, rows: Sequence[int], columns: Sequence[int]
) -> tuple[tuple[int, int, float], ...]:
    best: dict[tuple[int, int], float] = {}
    for link in aligned.links:
        for i in link.left:
            for j in link.right:
                cell = int(np.searchsorted(rows, i, "right")) - 1, int(np.searchsorted(columns, j, "right")) - 1
                best[cell] = max(link.probability, best.get(cell, 0.0))
    return tuple((row, column, value) for (row, column), value in sorted(best.items()))
