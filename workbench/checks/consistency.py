"""Texts that are the same in two units and rendered differently, and the reverse."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from workbench.checks.texts import texts_of
from workbench.languages import EN
from workbench.model import Finding, Severity, Unit
from workbench.text import norm, words

_FEWEST_WORDS = 3  # of a text that must always be rendered alike; shorter ones depend on their surroundings
_LONGEST_EXCERPT = 60


@dataclass(slots=True)
class _Group:
    """Units that share a text, by the text on the other side: its first spelling, and the units that have it."""

    shown: str
    others: dict[str, tuple[str, list[int]]] = field(default_factory=dict)


def check_consistency(units: Iterable[Unit]) -> Iterator[Finding]:
    """Yield units whose text another unit has with different English, or whose English stands for different texts.

    One pass collects, a second one reports; memory grows with the texts. The finding goes to every unit but those
    of the commonest choice (the earliest where there is none).
    """
    by_source: dict[tuple[str, str], _Group] = {}
    by_english: dict[tuple[str, str], _Group] = {}
    for unit in units:
        texts = texts_of(unit)
        english = next((text.text for text in texts if text.english), "")
        if not english:
            continue
        for text in texts:
            if not text.english:
                _note(by_source, text.where, text.text, english, unit.id)
                _note(by_english, text.where, english, text.text, unit.id)
    yield from _differing(by_source, EN, "The same {language} is “{common}” elsewhere. Should both read alike?")
    yield from _differing(by_english, "", "The same English stands for “{common}” elsewhere. Is that meant?")


def _note(groups: dict[tuple[str, str], _Group], language: str, key: str, other: str, unit_id: int) -> None:
    if len(words(key)) < _FEWEST_WORDS:
        return
    group = groups.setdefault((language, norm(key)), _Group(key))
    group.others.setdefault(norm(other), (other, []))[1].append(unit_id)


def _differing(groups: dict[tuple[str, str], _Group], where: str, message: str) -> Iterator[Finding]:
    from workbench.languages import name

    check = "inconsistent" if where else "reused"
    severity = Severity.WARNING if where else Severity.INFO
    for (language, _), group in groups.items():
        if len(group.others) < 2:
            continue
        common = max(group.others.values(), key=lambda choice: len(choice[1]))
        told = message.format(language=name(language), common=_excerpt(common[0]))
        for choice in group.others.values():
            if choice is not common:
                for unit_id in choice[1]:
                    yield Finding(check, severity, told, where or language, unit_id=unit_id)


def _excerpt(text: str) -> str:
    return text if len(text) <= _LONGEST_EXCERPT else text[: _LONGEST_EXCERPT - 1].rstrip() + "…"
