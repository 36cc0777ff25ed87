"""What names of the three languages are called in English: known ones from a table, others by their sound.

The table (`name_tables/cyrillic.tsv`) maps names in the folded alphabet of `languages.fold` to their English; the list
(`name_tables/english.tsv`) holds English names with how common they are. Both are built by the training code's `names`.
A name that neither knows is written by its language's official romanisation.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from workbench.languages import fold, romanise
from workbench.translation.name_sounds import likeness, plain, skeleton, spoken
from workbench.translation.nominative import nominatives

_HERE = Path(__file__).parent / "name_tables"
_CACHE = 50_000
# How like two phonetic spellings of one name are at least; chosen on news that was not trained on.
_LIKE = 0.9
# Surnames and towns of these endings are Slavic: their English is their romanisation.
_SLAVIC = re.compile(
    r"(?:[ое]ва?|[єї]ва?|ина?|ін|[сц]ь?к(?:ий|ая|ая|а|и|ой)|енко|[чщ]ук|юк|ич|ець|ко|іч|ів|[іое]вк[аи]|[ое]во|[ое]ве|с[ьк]?к|ськ|град|город|поле?)$"
)
_ENGLISH_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True)
class NameLexicon:
    """Known names: English by folded Cyrillic name, best first, and how common English names are."""

    table: dict[str, tuple[str, ...]]
    frequency: dict[str, float]

    @cached_property
    def _by_sound(self) -> dict[str, list[tuple[str, str, float]]]:
        found: dict[str, list[tuple[str, str, float]]] = {}
        for name, often in self.frequency.items():
            sounds = spoken(name, "en")
            found.setdefault(skeleton(sounds), []).append((name, sounds, math.log(often)))
        return found

    @cached_property
    def _plain(self) -> frozenset[str]:
        listed = (word for names in self.table.values() for name in names for word in re.split("[ -]", name))
        return frozenset(map(plain, (*self.frequency, *listed)))

    def is_english(self, word: str) -> bool:
        """Whether an English word, or what it is the possessive of, is a known name."""
        return plain(_ENGLISH_POSSESSIVE.sub("", word)) in self._plain

    def known(self, forms: Sequence[str]) -> tuple[str, ...]:
        """Return the English of the first form that the table has."""
        return next((self.table[key] for key in map(fold, forms) if key in self.table), ())

    def by_sound(self, forms: Sequence[str], language: str) -> str:
        """Return the English name that sounds most like a foreign name in Cyrillic, empty where none does."""
        best, found = 0.0, ""
        for form in forms:
            sounds = spoken(form, language)
            for name, other, often in self._by_sound.get(skeleton(sounds), ()):
                alike = likeness(sounds, other)
                if alike >= _LIKE and 6 * alike + 0.1 * often > best:
                    best, found = 6 * alike + 0.1 * often, name
        return found

    def english(self, name: str, language: str) -> tuple[str, ...]:
        """Return what a name may be called in English, the best first: known, else guessed.

        Args:
            name: The name as it stands in the text, in any case.
            language: The language of the text.
        """
        return self.known(nominatives(name, language)) or (self.guess(name, language),)

    def is_certain(self, name: str, language: str) -> bool:
        """Whether the English of a name is beyond doubt: a table has it, or it is Slavic and so romanised."""
        forms = nominatives(name, language)
        return bool(self.known(forms) or _SLAVIC.search(forms[0]))

    def guess(self, name: str, language: str) -> str:
        """Return the English name that an unknown name sounds like, or else its romanisation."""
        forms = nominatives(name, language)
        guess = "" if _SLAVIC.search(forms[0]) else self.by_sound(forms, language)
        if not guess and "-" in name:
            return "-".join(self.english(part, language)[0] for part in name.split("-") if part)
        return guess or capitalised(romanise(forms[0], language))


def capitalised(name: str) -> str:
    """Return a name with a capital at the start of each of its parts."""
    return re.sub(r"(?:^|(?<=[\s-]))\w", lambda match: match.group().upper(), name)


@lru_cache(maxsize=1)
def shipped() -> NameLexicon:
    """Return the names that ship with the product, read once."""
    table, frequency = {}, {}
    for line in (_HERE / "cyrillic.tsv").read_text(encoding="utf-8").splitlines():
        key, *names = line.split("\t")
        table[key] = tuple(names)
    for line in (_HERE / "english.tsv").read_text(encoding="utf-8").splitlines():
        name, often = line.split("\t")
        frequency[name] = float(often)
    return NameLexicon(table, frequency)
