"""Making a reviewer's change: one transaction for the change and its record; undo and redo from the record."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from workbench.database import Database, actions, articles, segments, units
from workbench.errors import ConflictError, WorkbenchError
from workbench.model import Action, Kind, Origin, Unit, Variant
from workbench.review.states import Change, States, unit_from, unit_state
from workbench.stages.english import machine_english

UNDO, REDO = "undo", "redo"


def apply(database: Database, change: Change, reviewer: str, now: str) -> Action:
    """Make a change and record it.

    Raises:
        ConflictError: A unit was changed by somebody else since the reviewer saw it; nothing is written.
    """
    with database.write():
        before_states: dict[str, Any] = {}
        after_states: dict[str, Any] = {}
        for seen, after in change.units:
            before = _current(database, seen) if seen is not None else None
            finished = _finish(database, after, now) if after is not None else None
            key = before.id if before else 0
            if finished is not None:
                key = units.save(database, finished)
            else:
                units.delete(database, [key])
            before_states[f"unit:{key}"] = unit_state(before) if before else None
            after_states[f"unit:{key}"] = unit_state(finished) if finished else None
        for segment_id, kind_before, kind_after in change.kinds:
            before_states[f"segment:{segment_id}"] = kind_before.value
            after_states[f"segment:{segment_id}"] = kind_after.value
        for article_id, language_before, language_after in change.languages:
            before_states[f"article:{article_id}"] = language_before
            after_states[f"article:{article_id}"] = language_after
        _restore_small(database, after_states)
        action = Action(change.kind, before_states, after_states, reviewer, now)
        return replace(action, id=actions.append(database, action))


def _current(database: Database, seen: Unit) -> Unit:
    """Return a unit as it stands, provided that it is still the one that the reviewer saw."""
    found = units.load(database, [seen.id])
    if not found or found[0].revision != seen.revision:
        raise ConflictError(
            f"unit {seen.id} was changed by somebody else in the meantime", "Look at it again, then repeat the change."
        )
    return found[0]


def _finish(database: Database, unit: Unit, now: str) -> Unit:
    """Fill in what a pure action could not know: texts of new passages, the machine's English, the time."""
    wanted = {key for variant in unit.variants for key in variant.segment_ids}
    found = segments.by_ids(database, wanted)

    def with_text(variant: Variant) -> Variant:
        parts = sorted((found[key] for key in variant.segment_ids), key=lambda s: (s.position, s.id))
        ordered = replace(variant, segment_ids=tuple(part.id for part in parts))
        return ordered if variant.corrected else replace(ordered, text=" ".join(part.text for part in parts))

    finished = replace(
        unit, variants=tuple(with_text(variant) for variant in unit.variants), changed=now, revision=unit.revision + 1
    )
    if unit.english_origin is not Origin.REVIEWER:
        finished = replace(finished, english=machine_english(database, [finished]).get(unit.id, ""))
    return finished


def undo(database: Database, reviewer: str, now: str, of: str | None = None) -> Action | None:
    """Take back the newest action of a reviewer that still holds, their own or `of` another.

    Returns what was done, None where nothing is left.

    Raises:
        ConflictError: What it touched was changed since by other means.
    """
    with database.write():
        own = (action for action in _in_effect(database) if action.reviewer == (of or reviewer))
        target = next((action for action in own if action.undoes is None), None)
        return _reverse(database, target.id, UNDO, reviewer, now) if target else None


def redo(database: Database, reviewer: str, now: str) -> Action | None:
    """Do again what the reviewer undid last, unless something new was done since; None where there is nothing."""
    with database.write():
        for action in _in_effect(database):
            if action.reviewer != reviewer:
                continue
            if action.undoes is None:
                return None
            if action.kind == UNDO:
                return _reverse(database, action.id, REDO, reviewer, now)
    return None


def take_back(database: Database, action_id: int, reviewer: str, now: str) -> Action:
    """Take back one action out of the middle of the history.

    Raises:
        WorkbenchError: There is no such action.
        ConflictError: Something it touched has changed since.
    """
    with database.write():
        return _reverse(database, action_id, UNDO, reviewer, now)


def _in_effect(database: Database) -> Iterator[Action]:
    """Yield outlines of actions that nothing has undone, the newest first; of the trail only as much is read as needed.

    An action is cancelled by a later action in effect that undoes it; walking from the newest, each action's
    undoer has been judged before it.
    """
    cancelled: set[int] = set()
    for action in actions.outlines(database):
        if action.id in cancelled:
            continue
        if action.undoes is not None:
            cancelled.add(action.undoes)
        yield action


def _reverse(database: Database, action_id: int, kind: str, reviewer: str, now: str) -> Action:
    action = actions.by_id(database, action_id)
    if action is None:
        raise WorkbenchError(f"there is no action {action_id}", "See: workbench history PROJECT")
    _restore_units(database, expected=action.after, wanted=action.before)
    _restore_small(database, action.before)
    reversal = Action(kind, action.after, action.before, reviewer, now, undoes=action.id)
    return replace(reversal, id=actions.append(database, reversal))


def _restore_units(database: Database, expected: States, wanted: States) -> None:
    for key, state in wanted.items():
        noun, _, number = key.partition(":")
        if noun != "unit":
            continue
        unit_id = int(number)
        found = units.load(database, [unit_id])
        current = unit_state(found[0]) if found else None
        if not _same(current, expected[key]):
            raise ConflictError(f"unit {unit_id} has changed since; this cannot be undone any more")
        if state is None:
            units.delete(database, [unit_id])
        else:
            units.save(database, unit_from(state, unit_id, (found[0].revision if found else 0) + 1))


def _same(current: Mapping[str, Any] | None, expected: Mapping[str, Any] | None) -> bool:
    """Compare states, but for what the machine may have come to see otherwise: its English and its confidence."""
    if current is None or expected is None:
        return current is expected
    skipped = {"english"} if current["english_origin"] != Origin.REVIEWER.value else set()
    if current["origin"] == Origin.MACHINE.value:
        skipped |= {"confidence", "reasons"}
    return all(current[key] == expected[key] for key in current if key not in skipped)


def _restore_small(database: Database, states: States) -> None:
    for key, state in states.items():
        noun, _, number = key.partition(":")
        if noun == "segment":
            segments.set_kind(database, int(number), Kind(state), Origin.REVIEWER)
        elif noun == "article":
            articles.set_language(database, int(number), state, Origin.REVIEWER, 1.0)
