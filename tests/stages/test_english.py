"""Which English a unit shows, and that the worst can be looked at first."""

from dataclasses import replace
from pathlib import Path

from tests.building import build_project
from workbench.database import renderings, segments, units
from workbench.model import Order, UnitQuery
from workbench.review import actions
from workbench.stages import english, rendering
from workbench.text import text_hash

WORST_FIRST = UnitQuery(order=Order.ENGLISH)


def test_the_worst_english_comes_first_and_what_a_person_wrote_last(tmp_path: Path) -> None:
    with build_project(tmp_path / "news.workbench", sentences=6) as project:
        database = project._database
        unit = project.units([4])[0]
        for variant in unit.variants:
            for key, segment in segments.by_ids(database, variant.segment_ids).items():
                poor = replace(renderings.of_segments(database, [key])[key], quality=0.1, alternatives=())
                renderings.save(database, variant.language, [(text_hash(segment.text), poor)])
        english.refresh(database, project.unit_ids())
        ordered = list(project.unit_ids(WORST_FIRST))
        assert ordered[0] == 4 and sorted(ordered) == list(project.unit_ids())
        assert units.following(database, WORST_FIRST, 4, limit=len(ordered)) == ordered[1:]
        plan = database.rows(
            "EXPLAIN QUERY PLAN SELECT id FROM unit u ORDER BY " + ", ".join(units._ORDERS[Order.ENGLISH])
        )
        assert "unit_by_english" in " ".join(str(tuple(row)) for row in plan)  # a million units are not sorted

        project.apply(actions.edit_english(project.units([4])[0], "A person wrote this."))
        assert project.unit_ids(WORST_FIRST)[-1] == 4


def test_a_unit_without_english_is_the_worst(tmp_path: Path) -> None:
    with build_project(tmp_path / "news.workbench", sentences=6) as project:
        database = project._database
        with database.write():
            database.run(
                "DELETE FROM rendering WHERE hash IN (SELECT s.hash FROM segment s JOIN variant_segment vs"
                " ON vs.segment_id = s.id WHERE vs.unit_id = 2)"
            )
        english.refresh(database, project.unit_ids())
        assert project.unit_ids(WORST_FIRST)[0] == 2 and project.units([2])[0].english == ""


def test_english_that_says_something_else_is_judged_worse_and_human_english_is_left_alone(tmp_path: Path) -> None:
    with build_project(tmp_path / "news.workbench", sentences=6) as project:
        database = project._database
        wrong, human = project.segments(2)[1:3]
        found = renderings.of_segments(database, [wrong.id, human.id])
        said = replace(found[wrong.id], text="The weather in Lisbon was fine.")
        remembered = replace(found[human.id], flags=(rendering.REMEMBERED,), quality=1.0)
        renderings.save(database, "uk", [(text_hash(wrong.text), said), (text_hash(human.text), remembered)])
        project.embed()

        assert project.judge() > 0
        assert project.judge() == 0

        # The English has vectors now, and a project of an older version that lacks them is not judged twice.
        before = project.renderings([wrong.id])[wrong.id].quality
        with database.write():
            database.run("DELETE FROM vector WHERE hash = ?", (text_hash(said.text),))
        assert project.judge() == 1
        assert project.renderings([wrong.id])[wrong.id].quality == before

        after = project.renderings(segment.id for segment in project.segments(2))
        assert after[human.id].quality == 1
        assert after[wrong.id].quality < min(
            one.quality for key, one in after.items() if key not in (wrong.id, human.id)
        )
        # Of three variants the one that is rendered best gives the unit its English: not the wrong one.
        assert all("Lisbon" not in unit.english for unit in project.units(project.unit_ids()))
