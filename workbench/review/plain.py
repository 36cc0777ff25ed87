"""The reviewer's desk line by line, for screen readers, dumb terminals and pipes: the same commands in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from workbench.errors import UsageError, WorkbenchError
from workbench.model import Action, Status, Unit, UnitQuery
from workbench.review import actions, queue, reasons
from workbench.review.desk import Desk, Edge
from workbench.review.states import Change
from workbench.text import one_line

if TYPE_CHECKING:
    from workbench.project import Project

HELP = """\
Moving:     next (n, or an empty line)  back (b)  go NUMBER  find FILTER  left  show (s)  quit (q)
Deciding:   accept (a)  reject (r)  flag [NOTE]  reopen  note TEXT  bookmark  above (accept all down to here)
Correcting: english TEXT  text NUMBER TEXT  machine (the machine's English again)
            in NUMBER start|end  out NUMBER start|end  drop NUMBER (the passage)  split  merge
            around NUMBER (what stands beside a passage)  why
Back:       undo (u)  redo  again (repeat the last correction)
NUMBER is that of the passage in the unit, as it is listed."""


@dataclass
class _Session:
    """One sitting: the desk, the query, and the unit that is looked at."""

    desk: Desk
    query: UnitQuery
    output: TextIO
    current: Unit | None = None

    def say(self, text: str) -> None:
        self.output.write(text + "\n")
        self.output.flush()

    def unit(self) -> Unit:
        if self.current is None:
            raise UsageError("no unit is chosen", "Write: find, or go NUMBER")
        return self.current

    def passage(self, number: str) -> int:
        """Return the article of the passage that has a number in the list."""
        variants = self.unit().variants
        if not number.isdecimal() or not 1 <= int(number) <= len(variants):
            raise UsageError(f"'{number}' is not the number of a passage", f"Write 1 to {len(variants)}.")
        return variants[int(number) - 1].article_id


def run(project: "Project", query: UnitQuery, input: TextIO, output: TextIO) -> None:
    """Review the units of a query until the input ends or the reviewer quits; every change is saved as it is made."""
    session = _Session(Desk(project), query, output)
    undecided = queue.wanted_query(query, queue.Wanted.UNREVIEWED)
    first = next(project.each_unit_id(undecided), None) or next(project.each_unit_id(query), None)
    session.say(
        f"{project.count_units(query)} units, {queue.count_left(project, query)} left. help lists the commands."
    )
    _look_at(session, first)
    for line in input:
        word, _, rest = line.strip().partition(" ")
        if word in ("quit", "q"):
            break
        command = _COMMANDS.get(word)
        if command is None:
            session.say(f"There is no command '{one_line(word)}'. help lists them.")
            continue
        try:
            command(session, rest.strip())
        except WorkbenchError as error:
            session.say(f"Not done: {one_line(error.message)}. {one_line(error.hint)}".strip())
            if session.current is not None:
                session.desk.forget()
                session.current = session.desk.unit(session.current.id)
    session.say("Everything is saved.")


def _look_at(session: _Session, unit_id: int | None) -> None:
    session.current = session.desk.unit(unit_id) if unit_id is not None else None
    _show(session, "")


def _show(session: _Session, _: str) -> None:
    unit = session.current
    if unit is None:
        session.say("No unit.")
        return
    marked = ", bookmarked" if unit.bookmarked else ""
    session.say(f"Unit {unit.id}, {unit.status.value}, confidence {unit.confidence:.0%}{marked}")
    for number, variant in enumerate(unit.variants, start=1):
        session.say(f"{number} {variant.language}: {one_line(variant.text)}")
    session.say(f"English: {one_line(unit.english) or 'none'}")
    if unit.note:
        session.say(f"Note: {one_line(unit.note)}")


def _step(session: _Session, *, back: bool) -> None:
    found = session.desk.project.units_beside(session.unit().id, session.query, back=back)
    if found:
        _look_at(session, found[0])
    else:
        session.say("This is the first unit." if back else "This is the last unit.")


def _go(session: _Session, rest: str) -> None:
    if not rest.isdecimal() or session.desk.unit(int(rest)) is None:
        raise UsageError(f"there is no unit '{rest}'", "Write: go NUMBER")
    _look_at(session, int(rest))


def _find(session: _Session, rest: str) -> None:
    session.query = queue.parse_filter(rest, session.desk.project, session.query.order)
    session.say(f"{session.desk.project.count_units(session.query)} units")
    _look_at(session, next(session.desk.project.each_unit_id(session.query), None))


def _make(session: _Session, command: Callable[[Unit], Change], *, once: bool = False) -> Action | None:
    unit = session.unit()
    action = session.desk.do(lambda units: command(units[0]), [unit], once=once)
    session.say(f"Done: {action.kind}." if action else "That changes nothing.")
    session.current = session.desk.unit(unit.id)
    return action


def _decide(status: Status) -> Callable[[_Session, str], None]:
    def command(session: _Session, rest: str) -> None:
        _make(session, lambda unit: actions.set_status([unit], status, rest or None))
        _step(session, back=False)

    return command


def _changing(command: Callable[[Unit], Change]) -> Callable[[_Session, str], None]:
    def run_it(session: _Session, rest: str) -> None:
        _make(session, command)
        _show(session, "")

    return run_it


def _move(session: _Session, rest: str, *, inward: bool) -> None:
    number, _, side = rest.partition(" ")
    if side not in list(Edge):
        raise UsageError("at which end?", "Write for example: in 2 end")
    article_id, edge = session.passage(number), Edge(side)
    move = session.desk.grow if inward else session.desk.shrink
    _make(session, lambda unit: move(unit, article_id, edge))
    _show(session, "")


def _drop(session: _Session, rest: str) -> None:
    article_id = session.passage(rest)
    _make(session, lambda unit: actions.take_out(unit, article_id))
    _show(session, "")


def _english(session: _Session, rest: str) -> None:
    if not rest:
        raise UsageError("there is no text", "Write: english TEXT")
    _make(session, lambda unit: actions.edit_english(unit, rest), once=True)
    _show(session, "")


def _text(session: _Session, rest: str) -> None:
    number, _, text = rest.partition(" ")
    article_id = session.passage(number)
    if not text.strip():
        raise UsageError("there is no text", "Write: text NUMBER TEXT")
    _make(session, lambda unit: actions.correct_text(unit, article_id, text), once=True)
    _show(session, "")


def _reverse(session: _Session, action: Action | None) -> None:
    session.say(f"Done: {action.kind} of change {action.undoes}." if action else "There is nothing to take back.")
    touched = (
        [int(key[5:]) for key, state in action.after.items() if key.startswith("unit:") and state] if action else []
    )
    if touched or session.current is not None:
        session.current = session.desk.unit(touched[0] if touched else session.unit().id) or session.current
    _show(session, "")


def _again(session: _Session, rest: str) -> None:
    unit = session.unit()
    action = session.desk.repeat([unit])
    session.say(f"Done: {action.kind}." if action else "That changes nothing.")
    session.current = session.desk.unit(unit.id)
    _show(session, "")


def _around(session: _Session, rest: str) -> None:
    article_id = session.passage(rest)
    found = session.desk.around(session.desk.variant(session.unit(), article_id))
    for label, segments in (("before", found.before), ("here", found.inside), ("after", found.after)):
        for segment in segments:
            session.say(f"{label}: {one_line(segment.text)}")


def _why(session: _Session, rest: str) -> None:
    unit = session.unit()
    told = reasons.why(unit)
    for label, words in (
        ("Contradiction", told.contradiction),
        ("Pairs", ", ".join(told.pairs)),
        ("Against", "; ".join(told.speaks_against)),
        ("For", "; ".join(told.speaks_for)),
    ):
        if words:
            session.say(f"{label}: {words}")
    for finding in session.desk.project.check_units([unit], session.desk.project.matcher()):
        session.say(f"{finding.severity.value}, {finding.where}: {one_line(finding.message)}")


def _bookmark(unit: Unit) -> Change:
    return actions.set_bookmark([unit], not unit.bookmarked)


def _note(session: _Session, rest: str) -> None:
    _make(session, lambda unit: actions.set_note(unit, rest), once=True)


_COMMANDS: Mapping[str, Callable[[_Session, str], None]] = {
    "": lambda session, _: _step(session, back=False),
    "next": lambda session, _: _step(session, back=False),
    "n": lambda session, _: _step(session, back=False),
    "back": lambda session, _: _step(session, back=True),
    "b": lambda session, _: _step(session, back=True),
    "go": _go,
    "find": _find,
    "left": lambda session, _: session.say(f"{queue.count_left(session.desk.project, session.query)} left"),
    "show": _show,
    "s": _show,
    "accept": _decide(Status.ACCEPTED),
    "a": _decide(Status.ACCEPTED),
    "reject": _decide(Status.REJECTED),
    "r": _decide(Status.REJECTED),
    "flag": _decide(Status.FLAGGED),
    "reopen": _changing(lambda unit: actions.set_status([unit], Status.PROPOSED)),
    "note": _note,
    "bookmark": _changing(_bookmark),
    "above": lambda session, _: _above(session),
    "english": _english,
    "text": _text,
    "machine": _changing(actions.restore_english),
    "in": lambda session, rest: _move(session, rest, inward=True),
    "out": lambda session, rest: _move(session, rest, inward=False),
    "drop": _drop,
    "split": _changing(actions.split),
    "merge": lambda session, _: _merge(session),
    "around": _around,
    "why": _why,
    "undo": lambda session, _: _reverse(session, session.desk.undo()),
    "u": lambda session, _: _reverse(session, session.desk.undo()),
    "redo": lambda session, _: _reverse(session, session.desk.redo()),
    "again": _again,
    "help": lambda session, _: session.say(HELP),
    "?": lambda session, _: session.say(HELP),
}


def _above(session: _Session) -> None:
    _make(session, lambda unit: session.desk.confirm_above(unit, session.query), once=True)


def _merge(session: _Session) -> None:
    _make(session, lambda unit: session.desk.merge([unit]))
    _show(session, "")
