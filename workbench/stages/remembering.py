"""What the project's memory of human English has for a text."""

from workbench.database import Database, memory, units
from workbench.glossary.lemmas import lemma
from workbench.languages import EN
from workbench.model import Unit
from workbench.translation import Match, fuzzy


class Memory:
    """The human English of one language, read once: from files, and what reviewers wrote.

    Attributes:
        language: The language of its source texts.
        texts: Them with their English, by searchable form.
    """

    def __init__(self, database: Database, language: str) -> None:
        self.language = language
        self.texts = memory.of_language(database, language)

    def similar(self, text: str, limit: int = 5, least: float = 0.7) -> list[Match]:
        """Return the texts that are most like one, with their English and difference, the likest first.

        Args:
            text: The source text.
            limit: How many to return at most.
            least: The least similarity, in [0, 1].
        """
        return fuzzy(text, self.texts, limit, least, lambda word: lemma(word, self.language))


def for_unit(database: Database, unit_id: int, limit: int, least: float) -> list[tuple[str, Match]]:
    """Return what the memory has for the variants of a unit: pairs of language and match, the likest first.

    The unit's own English, where a reviewer wrote it, is not among them.
    """
    found = [
        (variant.language, match)
        for unit in units.load(database, [unit_id])
        for variant in unit.variants
        if variant.language != EN
        for match in Memory(database, variant.language).similar(variant.text, limit + 1, least)
        if not _own(unit, match)
    ]
    return sorted(found, key=lambda pair: -pair[1].similarity)[:limit]


def _own(unit: Unit, match: Match) -> bool:
    return match.similarity == 1 and match.english == unit.english
