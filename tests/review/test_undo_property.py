"""Any sequence of corrections, taken back one by one, leaves the project as it was, and so its export."""

import random
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.building import build_project
from workbench.errors import WorkbenchError
from workbench.model import Kind, Status, Unit, UnitQuery
from workbench.project import ALL as ALL_UNITS
from workbench.project import Project
from workbench.review import actions
from workbench.review.desk import Desk, Edge
from workbench.stages.exporting import Wanted


def _commands(desk: Desk, chance: random.Random) -> list[Callable[[Unit], object]]:
    def variant(unit: Unit) -> int:
        return chance.choice(unit.variants).article_id

    def do(command: Callable[[Unit], object]) -> Callable[[Unit], object]:
        return lambda unit: desk.do(lambda units: command(units[0]), [unit])  # type: ignore[arg-type, return-value]

    def put_in(unit: Unit) -> object:
        segment = chance.choice([s for s in desk.segments(variant(unit)) if s.aligned])
        return desk.put_in(unit, [segment])

    def set_kind(unit: Unit) -> object:
        segment = chance.choice(desk.segments(variant(unit)))
        return desk.set_kind(segment, chance.choice(list(Kind)))

    def link(unit: Unit) -> object:
        loose = [desk.segments(each.article_id)[-2] for each in unit.variants]
        return desk.link(loose, unit.position)

    return [
        do(lambda unit: actions.set_status([unit], chance.choice(list(Status)), chance.choice((None, "note")))),
        do(lambda unit: actions.edit_english(unit, f"Other {chance.random()}")),
        do(actions.restore_english),
        do(lambda unit: actions.correct_text(unit, variant(unit), "іначе")),
        do(lambda unit: desk.grow(unit, variant(unit), chance.choice(list(Edge)))),
        do(lambda unit: desk.shrink(unit, variant(unit), chance.choice(list(Edge)))),
        do(actions.split),
        do(lambda unit: desk.merge([unit])),
        do(lambda unit: actions.take_out(unit, variant(unit))),
        do(put_in),
        do(link),
        do(set_kind),
        do(lambda unit: actions.set_language(desk.article(variant(unit)), chance.choice(("bg", "uk", "ru", "en")))),
        do(lambda unit: desk.confirm_above(unit, replace(ALL_UNITS, story_id=unit.story_id))),
        lambda unit: desk.undo(),
        lambda unit: desk.redo(),
    ]


def _state(project: Project) -> list[Unit]:
    return [replace(unit, revision=0) for unit in project.each_unit()]


def _export(project: Project, folder: Path) -> bytes:
    """Return a whole export."""
    project.export("tsv", folder / "out.tsv", wanted=Wanted(UnitQuery(statuses=tuple(Status))))
    return (folder / "out.tsv").read_bytes()


@given(st.integers(0, 2**32), st.integers(1, 25))
@settings(max_examples=12, deadline=None)
def test_undoing_everything_gives_the_same_project(seed: int, length: int) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with build_project(folder / "p.workbench", stories=2, sentences=6) as project:
            desk = Desk(project)
            commands = _commands(desk, chance)
            before, exported = _state(project), _export(project, folder)
            done = 0
            for _ in range(length):
                unit = chance.choice(list(project.each_unit()))
                try:
                    chance.choice(commands)(unit)
                    done += 1
                except WorkbenchError:
                    continue
            while desk.undo() is not None:
                pass
            assert _state(project) == before
            assert _export(project, folder) == exported
