"""The verbs of `Project` that check units and look things up in its memory of human English."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.clock import now
from workbench.database import Database, concepts
from workbench.model import Finding, Unit, UnitQuery

if TYPE_CHECKING:
    from workbench.glossary import Matcher
    from workbench.stages.checking import Checked
    from workbench.stages.remembering import Memory
    from workbench.translation import Match

ALL = UnitQuery()


class CheckingVerbs:
    """What can be checked and looked up in an open project; `Project` inherits it."""

    _database: Database

    def memory(self, language: str) -> "Memory":
        """Return the human English of a language, as it is now; `similar` finds texts in it."""
        from workbench.stages.remembering import Memory

        return Memory(self._database, language)

    def similar_to_unit(self, unit_id: int, *, limit: int = 5, least: float = 0.7) -> "list[tuple[str, Match]]":
        """Return what the memory has for the texts of a unit: pairs of language and match, the likest first."""
        from workbench.stages import remembering

        return remembering.for_unit(self._database, unit_id, limit, least)

    def check(
        self,
        query: UnitQuery = ALL,
        *,
        profile: Path | None = None,
        rules: Path | None = None,
        off: Sequence[str] = (),
    ) -> "Checked":
        """Return what the checks find in units, dismissed findings left out.

        Args:
            query: Which units.
            profile: A TOML file that says which checks run, how strictly, and has rules of the user's own.
            rules: A TOML file of further rules.
            off: Names of further checks that do not run.

        Raises:
            UsageError: The profile or the rules cannot be read, a check is unknown, or a pattern takes too long.
        """
        from workbench.stages import checking

        return checking.check(self._database, query, profile, rules, off)

    def check_units(self, wanted: Iterable[Unit], matcher: "Matcher | None" = None) -> list[Finding]:
        """Return what the checks find in units at hand, with a glossary that is ready; dismissed findings left out."""
        from workbench.stages import checking

        return checking.check_units(self._database, wanted, matcher)

    def dismiss_key(self, key: str) -> None:
        """Wave the finding with this key through until the unit that it is about changes."""
        concepts.dismiss(self._database, key, now())

    def dismiss(self, finding: Finding) -> None:
        """Wave a finding through until the text that it is about changes."""
        from workbench.stages import checking

        checking.dismiss(self._database, finding, now())
