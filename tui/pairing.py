"""Two articles side by side: which segment stands beside which, and a plot of it in braille dots."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_SHADES = " ·░▒▓█"
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of two columns: places in the left and in the right article, and how they are linked.

    `link` is the unit that links them, None for segments that nothing links; `crossing` says that the right
    side comes earlier in its article than what stands above it.
    """

    left: tuple[int, ...]
    right: tuple[int, ...]
    link: int | None
    crossing: bool = False


def rows(left: Sequence[int | None], right: Sequence[int | None]) -> list[Row]:
    """Lay two articles out side by side, in the order of the left one.

    Args:
        left: For each segment of the left article the unit that holds it, or None.
        right: The same of the right article.
    """
    partners, own = _places(right), _places(left)
    linked = own.keys() & partners.keys()
    result: list[Row] = []
    reached = 0
    done: set[int] = set()
    for place, unit in enumerate(left):
        if unit is None or unit not in linked:
            result.append(Row((place,), (), None))
            continue
        if unit in done:
            continue
        done.add(unit)
        mine = tuple(own[unit])
        theirs = tuple(partners[unit])
        crossing = theirs[0] < reached
        if not crossing:
            result += [Row((), (n,), None) for n in range(reached, theirs[0]) if right[n] not in linked]
            reached = theirs[-1] + 1
        result.append(Row(mine, theirs, unit, crossing))
    result += [Row((), (n,), None) for n in range(reached, len(right)) if right[n] not in linked]
    return result


def _places(units: Sequence[int | None]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for place, unit in enumerate(units):
        if unit is not None:
            found.setdefault(unit, []).append(place)
    return found


def shades(cells: Sequence[Sequence[float]], width: int, height: int) -> list[str]:
    """Draw numbers in [0, 1] as shades on a grid of characters; of several in one character the highest counts."""
    if not cells or not cells[0]:
        return []
    width, height = min(width, len(cells)), min(height, len(cells[0]))
    drawn = []
    for y in range(height):
        across = range(y * len(cells[0]) // height, (y + 1) * len(cells[0]) // height)
        line = ""
        for x in range(width):
            down = range(x * len(cells) // width, (x + 1) * len(cells) // width)
            best = max(cells[i][j] for i in down for j in across)
            line += _SHADES[min(int(best**2 * len(_SHADES)), len(_SHADES) - 1)]
        drawn.append(line)
    return drawn


def braille(points: Iterable[tuple[float, float]], width: int, height: int) -> list[str]:
    """Plot points of the unit square as braille, two dots by four a character; (0, 0) is at the top left."""
    grid: dict[tuple[int, int], int] = {}
    for x, y in points:
        column = min(int(x * width * 2), width * 2 - 1)
        row = min(int(y * height * 4), height * 4 - 1)
        key = (row // 4, column // 2)
        grid[key] = grid.get(key, 0) | _DOTS[row % 4][column % 2]
    return ["".join(chr(0x2800 + grid.get((row, column), 0)) for column in range(width)) for row in range(height)]
