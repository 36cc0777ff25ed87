"""States of units, segments and articles as JSON values, for the audit trail and for undo."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.model import Kind, Origin, Status, Unit, Variant

#: What an action touched: `unit:7`, `segment:12` or `article:3` -> its state, None where it did not exist.
States = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """A correction that was thought out but not made yet.

    Attributes:
        kind: The verb, e.g. `accept`; shown in the history.
        units: Pairs (before, after); None stands for a unit that does not exist. A new unit has id 0.
        kinds: Segment id -> (kind before, kind after).
        languages: Article id -> (language before, language after).
    """

    kind: str
    units: tuple[tuple[Unit | None, Unit | None], ...] = ()
    kinds: tuple[tuple[int, Kind, Kind], ...] = ()
    languages: tuple[tuple[int, str, str], ...] = ()

    def __bool__(self) -> bool:
        """Whether anything would differ afterwards."""
        return (
            any(before != after for before, after in self.units)
            or any(before is not after for _, before, after in self.kinds)
            or any(before != after for _, before, after in self.languages)
        )


def unit_state(unit: Unit) -> dict[str, Any]:
    """Return a unit as a JSON value; its revision, which only ever grows, stays out."""
    return {
        "variants": [
            {
                "article": variant.article_id,
                "language": variant.language,
                "segments": list(variant.segment_ids),
                "text": variant.text,
                "corrected": variant.corrected,
            }
            for variant in unit.variants
        ],
        "confidence": unit.confidence,
        "status": unit.status.value,
        "origin": unit.origin.value,
        "english": unit.english,
        "english_origin": unit.english_origin.value,
        "note": unit.note,
        "bookmarked": unit.bookmarked,
        "reasons": dict(unit.reasons),
        "story": unit.story_id,
        "position": unit.position,
        "changed": unit.changed,
    }


def unit_from(state: Mapping[str, Any], unit_id: int, revision: int) -> Unit:
    """Return the unit that a state describes."""
    return Unit(
        variants=_variants(state["variants"]),
        confidence=state["confidence"],
        status=Status(state["status"]),
        origin=Origin(state["origin"]),
        english=state["english"],
        english_origin=Origin(state["english_origin"]),
        note=state["note"],
        bookmarked=state["bookmarked"],
        reasons=state["reasons"],
        story_id=state["story"],
        position=state["position"],
        revision=revision,
        changed=state["changed"],
        id=unit_id,
    )


def _variants(states: Sequence[Mapping[str, Any]]) -> tuple[Variant, ...]:
    return tuple(
        Variant(
            article_id=state["article"],
            language=state["language"],
            segment_ids=tuple(state["segments"]),
            text=state["text"],
            corrected=state["corrected"],
        )
        for state in states
    )
