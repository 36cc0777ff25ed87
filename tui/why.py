"""Why a unit is as it is, in lines: its standing, the evidence in words, contradictions, findings, the note."""

from collections.abc import Iterable, Sequence

from rich.text import Text

from tui.texts import shown, wrap
from tui.widgets.unit_list import LETTERS
from workbench.model import Finding, Origin, Unit
from workbench.review.reasons import why


def why_lines(unit: Unit, findings: Iterable[Finding], width: int, most: int | None = None) -> list[Text]:
    """Return what is told of a unit in lines of at most `width` cells; with `most`, the rest is cut off.

    What a reviewer must know comes first: findings and contradictions before the evidence.
    """
    standing = Text(end="")
    standing.append(f"{LETTERS[unit.status]} {unit.status.value}", "bold")
    reviewed = unit.origin is Origin.REVIEWER
    standing.append(", put together by a reviewer" if reviewed else f", {unit.confidence:.0%} sure")
    if unit.note:
        standing.append(f"  ✎ {shown(unit.note)}", "italic")
    told = why(unit)
    parts = [standing]
    parts += [_part("⚑", f"{finding.where}: {finding.message}") for finding in findings]
    if told.contradiction:
        parts.append(_part("≠", told.contradiction))
    elif told.pairs:
        parts.append(_part("=", ", ".join(told.pairs)))
    parts += [
        _part(sign, "; ".join(words)) for sign, words in (("-", told.speaks_against), ("+", told.speaks_for)) if words
    ]
    return _cut([line for part in parts for line in wrap(part, width)], most)


def _part(sign: str, words: str) -> Text:
    line = Text(end="")
    line.append(f"{sign} ", "bold")
    line.append(shown(words))
    return line


def _cut(lines: Sequence[Text], most: int | None) -> list[Text]:
    if most is None or len(lines) <= most:
        return list(lines)
    kept = [line.copy() for line in lines[:most]]
    kept[-1].append(" …")
    return kept
