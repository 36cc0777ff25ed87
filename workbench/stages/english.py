"""Which English a unit shows while no reviewer has written it."""

from collections.abc import Iterable, Sequence

from workbench.database import Database, renderings, units
from workbench.languages import EN
from workbench.model import Rendering, Unit, Variant


def machine_english(database: Database, wanted: Sequence[Unit]) -> dict[int, str]:
    """Return, by unit id, the English of the variant that is rendered best.

    A variant that is English itself wins; otherwise the one whose renderings have the highest mean quality. A unit
    of which no variant is rendered whole has no English yet.
    """
    found = renderings.of_segments(
        database, (key for unit in wanted for variant in unit.variants for key in variant.segment_ids)
    )
    chosen = {}
    for unit in wanted:
        candidates = [_candidate(variant, found) for variant in unit.variants]
        rendered = [candidate for candidate in candidates if candidate is not None]
        chosen[unit.id] = max(rendered, key=lambda pair: pair[0])[1] if rendered else ""
    return chosen


def _candidate(variant: Variant, found: dict[int, Rendering]) -> tuple[float, str] | None:
    if variant.language == EN:
        return 2.0, variant.text
    parts = [found.get(key) for key in variant.segment_ids]
    whole = [part for part in parts if part is not None]
    if len(whole) < len(parts):
        return None
    return sum(part.quality for part in whole) / len(whole), " ".join(part.text for part in whole)


def refresh(database: Database, unit_ids: Iterable[int]) -> None:
    """Write the machine's English of units anew, after renderings or passages have changed."""
    wanted = list(unit_ids)
    for start in range(0, len(wanted), 400):
        part = units.load(database, wanted[start : start + 400])
        fresh = machine_english(database, part)
        units.set_english(database, [(unit.id, fresh[unit.id]) for unit in part if unit.english != fresh[unit.id]])
