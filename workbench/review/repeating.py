"""A correction applied to the other places where it is due: the same text again, or the same wrong term.

Pure functions: `repeats` says what would change and why, `repeat` makes one undoable `Change` of those that the
reviewer wants.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from workbench.languages import EN
from workbench.model import Origin, Status, Unit
from workbench.review.states import Change
from workbench.text import norm

SAME_TEXT, SAME_TERM = "same text", "same term"
_WORD = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]")
_LONGEST_TERM = 8  # words: a longer stretch that was rewritten is no term

#: Keys of the glossary's concepts that the English of a unit does not keep.
Broken = Callable[[Unit], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Repeat:
    """What a correction would make of another unit: the unit as it stands, its English then, and the reason."""

    unit: Unit
    english: str
    reason: str


@dataclass(frozen=True, slots=True)
class Rewording:
    """The one stretch of words that a correction replaced."""

    old: str
    new: str

    def applied(self, english: str) -> str:
        """Return English with the new words wherever the old ones stand, a first capital kept."""
        pattern = re.compile(rf"(?<!\w){re.escape(self.old)}(?!\w)", re.IGNORECASE)
        return pattern.sub(lambda match: self._cased(match.group()), english)

    def _cased(self, found: str) -> str:
        raised = found[0].isupper() and not self.old[0].isupper()
        return self.new[0].upper() + self.new[1:] if raised else self.new


def rewording(before: str, after: str) -> Rewording | None:
    """Return the stretch that differs between two texts; None where there are several, or one was only added."""
    old, new = list(_WORD.finditer(before)), list(_WORD.finditer(after))
    matcher = SequenceMatcher(None, [one.group() for one in old], [one.group() for one in new], autojunk=False)
    steps = [step for step in matcher.get_opcodes() if step[0] != "equal"]
    if len(steps) != 1 or steps[0][0] != "replace":
        return None
    _, start, stop, new_start, new_stop = steps[0]
    if stop - start > _LONGEST_TERM:
        return None
    return Rewording(
        before[old[start].start() : old[stop - 1].end()], after[new[new_start].start() : new[new_stop - 1].end()]
    )


def repeats(corrected: Unit, before: str, others: Iterable[Unit], broken: Broken) -> Iterator[Repeat]:
    """Yield the units that a correction would change in the same way, in the order given.

    A unit that says the same in a language, with the same English of the machine, gets the corrected English. Where
    the correction replaced one stretch of words and so mended a term of the glossary, a unit that breaks the same
    term with the same words gets the new words, provided that they mend it there too.

    Args:
        corrected: The unit with its corrected English.
        before: Its English before the correction.
        others: The units to look at; only those that no reviewer has decided on or written are taken.
        broken: Which concepts of the glossary a unit's English does not keep.
    """
    change = rewording(before, corrected.english)
    mended = broken(replace(corrected, english=before)) - broken(corrected) if change else frozenset()
    sources = _sources(corrected)
    for unit in others:
        if unit.id == corrected.id or not _open(unit) or norm(unit.english) == norm(corrected.english):
            continue
        if norm(unit.english) == norm(before) and sources & _sources(unit):
            yield Repeat(unit, corrected.english, SAME_TEXT)
        elif change and mended and (wrong := broken(unit) & mended):
            english = change.applied(unit.english)
            if english != unit.english and not broken(replace(unit, english=english)) & wrong:
                yield Repeat(unit, english, SAME_TERM)


def repeat(found: Sequence[Repeat]) -> Change:
    """Write the English of repeats into their units, as one action of the reviewer's."""
    return Change(
        "repeat correction",
        tuple((one.unit, replace(one.unit, english=one.english, english_origin=Origin.REVIEWER)) for one in found),
    )


def _open(unit: Unit) -> bool:
    return unit.english_origin is not Origin.REVIEWER and unit.status in (Status.PROPOSED, Status.FLAGGED)


def _sources(unit: Unit) -> set[tuple[str, str]]:
    return {(variant.language, norm(variant.text)) for variant in unit.variants if variant.language != EN}
