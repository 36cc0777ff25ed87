"""Corpus text made fit for the screen: styled pieces, never markup, nothing that a terminal would obey."""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.style import Style
from rich.text import Text

from workbench.model import Span
from workbench.text import visible

_BREAKS = re.compile(r"[\n\t\r\x0b\x0c\u2028\u2029]")
COMMANDING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
#: What an input line takes: anything that only prints.
PRINTING = r"[^\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]*"
# They have no width in a terminal, or one that terminals disagree about.
_WIDTHLESS = re.compile("[\u00ad\u200b\u2060\ufeff]")
CONSOLE = Console(width=200, color_system=None, legacy_windows=False)
#: Names of styles -> what they look like in the current theme.
Palette = Mapping[str, Style]


def shown(text: str) -> str:
    """Return text as it may be printed: visible, on one line, without characters of no width."""
    return visible(_WIDTHLESS.sub("", _BREAKS.sub(" ", text)))


def cleaned(text: str) -> str:
    """Return text fit for an editor: without characters that a terminal would obey or that have no width."""
    return COMMANDING.sub("", _WIDTHLESS.sub("", _BREAKS.sub(" ", text)))


def clip(text: str, width: int) -> str:
    """Cut text to a number of cells, with an ellipsis where something is lost."""
    line = shown(text[: width * 4 + 8])
    if cell_len(line) <= width and len(text) <= width * 4 + 8:
        return line
    return set_cell_size(line, max(0, width - 1)).rstrip() + "…" if width > 0 else ""


def pad(text: str, width: int) -> str:
    """Cut or fill text to exactly a number of cells."""
    return set_cell_size(clip(text, width), width)


def styled(text: str, marks: Iterable[tuple[Span, str]], palette: Palette, base: Style | str = "") -> Text:
    """Return text with stretches of it in the styles of a palette; marks that overlap are laid over each other."""
    spans = [(span, palette.get(name, Style())) for span, name in marks]
    cuts = sorted({0, len(text), *(edge for span, _ in spans for edge in (span.start, span.end) if edge <= len(text))})
    result = Text(style=base, end="")
    for start, end in pairwise(cuts):
        style = Style.combine([Style(), *(look for span, look in spans if span.start <= start and end <= span.end)])
        result.append(shown(text[start:end]), style)
    return result


def wrap(text: Text, width: int, most: int | None = None) -> list[Text]:
    """Break text into lines of at most `width` cells; with `most`, what does not fit ends in an ellipsis."""
    lines = list(text.wrap(CONSOLE, max(1, width), overflow="fold")) or [Text()]
    for line in lines:
        line.rstrip()
    if most is not None and len(lines) > most:
        lines = lines[:most]
        lines[-1].truncate(max(1, width - 1))
        lines[-1].append("…")
    return lines


def fit(line: Text, width: int) -> Text:
    """Return a line cut or filled to exactly `width` cells."""
    copy = line.copy()
    copy.truncate(width, pad=True)
    return copy
