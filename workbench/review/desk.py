"""What a reviewer's desk needs beyond single corrections: a passage in its article, and moving its boundaries.

Both front ends, the terminal UI and the line mode, sit at this desk, so that a command means the same in each.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from workbench.model import Action, Article, Kind, Segment, Status, Unit, UnitQuery, Variant
from workbench.review import actions
from workbench.review.actions import ActionError
from workbench.review.states import Change

if TYPE_CHECKING:
    from workbench.project import Project

#: A correction that can be repeated on other units.
Command = Callable[[Sequence[Unit]], Change]
_CACHED_ARTICLES = 64


class Edge(StrEnum):
    """The two ends of a passage."""

    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A passage in its article: segments before it (the nearest last), its own, and those after it."""

    before: tuple[Segment, ...]
    inside: tuple[Segment, ...]
    after: tuple[Segment, ...]


class Desk:
    """An open project with a reviewer in front of it.

    Every correction goes through `do`, which makes it and remembers how to repeat it.
    """

    def __init__(self, project: "Project") -> None:
        self.project = project
        self._last: Command | None = None
        self._segments: dict[int, list[Segment]] = {}
        self._articles: dict[int, Article] = {}

    # Looking

    def unit(self, unit_id: int) -> Unit | None:
        """Return a unit as it stands now, None where it is gone."""
        found = self.project.units([unit_id])
        return found[0] if found else None

    def article(self, article_id: int) -> Article:
        """Return an article, without fetching it again and again."""
        if article_id not in self._articles:
            self._articles[article_id] = self.project.article(article_id)
        return self._articles[article_id]

    def segments(self, article_id: int) -> list[Segment]:
        """Return the segments of an article in reading order, without fetching them again and again."""
        if article_id not in self._segments:
            while len(self._segments) >= _CACHED_ARTICLES:
                self._segments.pop(next(iter(self._segments)))
            self._segments[article_id] = self.project.segments(article_id)
        return self._segments[article_id]

    def forget(self) -> None:
        """Fetch articles anew: somebody has changed the project."""
        self._segments.clear()
        self._articles.clear()

    def around(self, variant: Variant, reach: int = 2) -> Surroundings:
        """Return a passage with at most `reach` segments of its article on either side."""
        held = set(variant.segment_ids)
        everything = self.segments(variant.article_id)
        places = [place for place, segment in enumerate(everything) if segment.id in held]
        if not places:
            return Surroundings((), (), ())
        first, last = places[0], places[-1]
        return Surroundings(
            tuple(everything[max(0, first - reach) : first]),
            tuple(segment for segment in everything[first : last + 1] if segment.id in held),
            tuple(everything[last + 1 : last + 1 + reach]),
        )

    def variant(self, unit: Unit, article_id: int) -> Variant:
        """Return the passage that a unit has of an article.

        Raises:
            ActionError: It has none.
        """
        for variant in unit.variants:
            if variant.article_id == article_id:
                return variant
        raise ActionError("the unit has no passage of that article", "Put one in first.")

    def following(self, unit: Unit) -> Unit | None:
        """Return the next unit of the same story in reading order that is not rejected."""
        kept = tuple(status for status in Status if status is not Status.REJECTED)
        found = self.project.units_beside(unit.id, UnitQuery(story_id=unit.story_id, statuses=kept))
        return self.unit(found[0]) if found else None

    # Thinking corrections out

    def grow(self, unit: Unit, article_id: int, edge: Edge) -> Change:
        """Take the neighbouring segment into a passage, out of the unit that has it now.

        Raises:
            ActionError: There is no segment on that side.
        """
        found = self.around(self.variant(unit, article_id), reach=50)
        side = tuple(reversed(found.before)) if edge is Edge.START else found.after
        neighbour = next((segment for segment in side if segment.aligned), None)
        if neighbour is None:
            raise ActionError(f"there is nothing to take in at the {edge.value}")
        return self.put_in(unit, [neighbour])

    def shrink(self, unit: Unit, article_id: int, edge: Edge) -> Change:
        """Give the outermost segment of a passage away, to the unit that holds its neighbour's translation or to none.

        Raises:
            ActionError: The passage has only one segment.
        """
        held = self.variant(unit, article_id).segment_ids
        if len(held) < 2:
            raise ActionError("the passage has only one segment", "Take the whole passage out instead.")
        return actions.give_out(unit, [held[0] if edge is Edge.START else held[-1]])

    def put_in(self, unit: Unit, chosen: Sequence[Segment]) -> Change:
        """Put segments of one article into a unit, out of the units that have them now."""
        holders = self.project.holders(segment.id for segment in chosen)
        return actions.take_in(unit, chosen, self.article(chosen[0].article_id), holders)

    def link(self, chosen: Sequence[Segment], position: int) -> Change:
        """Make a unit of loose segments of several articles.

        Raises:
            ActionError: They cannot make a unit, or a unit holds one of them.
        """
        if self.project.held(segment.id for segment in chosen):
            raise ActionError("a unit holds one of these segments already", "Take it out there first.")
        passages: dict[int, list[Segment]] = {}
        for segment in chosen:
            passages.setdefault(segment.article_id, []).append(segment)
        return actions.link(passages, {key: self.article(key) for key in passages}, position)

    def merge(self, units: Sequence[Unit]) -> Change:
        """Join units, or one unit with the next of its story.

        Raises:
            ActionError: There is nothing to merge with.
        """
        if len(units) == 1:
            following = self.following(units[0])
            units = [units[0], following] if following else units
        return actions.merge(units)

    def set_kind(self, segment: Segment, kind: Kind) -> Change:
        """Say what a segment is; a unit that holds it loses it where it takes no part in alignment any more."""
        return actions.set_kind(segment, kind, self.project.holders([segment.id]))

    def confirm_above(self, unit: Unit, query: UnitQuery) -> Change:
        """Accept every proposed unit up to and including this one, among those that a query asks for."""
        wanted = replace(query, statuses=(Status.PROPOSED,), story_id=query.story_id or unit.story_id)
        ids = [*self.project.units_beside(unit.id, wanted, limit=-1, back=True), unit.id]
        units = [each for each in self.project.units(ids) if each.status is Status.PROPOSED]
        return replace(actions.set_status(units, Status.ACCEPTED), kind="confirm above")

    # Doing

    def do(self, command: Command, units: Sequence[Unit], *, once: bool = False) -> Action | None:
        """Make a correction of units, and unless it is good for `once` only remember it for `repeat`.

        Returns None where it changes nothing.

        Raises:
            ActionError: It cannot be made.
            ConflictError: Somebody else has changed one of the units.
        """
        action = self.project.apply(command(units))
        if not once:
            self._last = command
        if action is not None and any(not key.startswith("unit:") for key in action.after):
            self.forget()
        return action

    def repeat(self, units: Sequence[Unit]) -> Action | None:
        """Make the last correction once more, on other units.

        Raises:
            ActionError: There was none, or it cannot be made here.
        """
        if self._last is None:
            raise ActionError("there is nothing to repeat yet")
        return self.do(self._last, units)

    def undo(self) -> Action | None:
        """Take back the newest change that still holds."""
        self.forget()
        return self.project.undo()

    def redo(self) -> Action | None:
        """Do again what was taken back last."""
        self.forget()
        return self.project.redo()
