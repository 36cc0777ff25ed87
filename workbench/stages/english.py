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
    return {key: text for key, (_, text) in _best(database, wanted).items()}


def _best(database: Database, wanted: Sequence[Unit]) -> dict[int, tuple[float, str]]:
    """Return quality and text of the best English by unit id; a unit without English is the worst."""
    found = renderings.of_segments(
        database, (key for unit in wanted for variant in unit.variants for key in variant.segment_ids)
    )
    chosen = {}
    for unit in wanted:
        candidates = [_candidate(variant, found) for variant in unit.variants]
        rendered = [candidate for candidate in candidates if candidate is not None]
        chosen[unit.id] = max(rendered, key=lambda pair: pair[0]) if rendered else (0.0, "")
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
    """Write the machine's English of units anew, and its quality, after renderings or passages have changed."""
    wanted = list(unit_ids)
    for start in range(0, len(wanted), 400):
        part = units.load(database, wanted[start : start + 400])
        best = _best(database, part)
        texts = [(unit.id, best[unit.id][1]) for unit in part if unit.english != best[unit.id][1]]
        units.set_english(database, texts)
        units.set_english_quality(database, [(key, min(1.0, quality)) for key, (quality, _) in best.items()])
