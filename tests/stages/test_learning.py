"""Aligning again after review: decided units stay, the rest follows, and confidence learns."""

from dataclasses import replace

import pytest

from workbench import Project
from workbench.database import open_existing, renderings, settings
from workbench.model import Status, Unit
from workbench.progress import Silent
from workbench.review import actions
from workbench.stages import rendering
from workbench.stages.learning import BEFORE
from workbench.text import text_hash
from workbench.translation import PassThrough

EVENTS = [
    ("Уряд схвалив проєкт бюджету на {} рік увечері.", "Правительство одобрило проект бюджета на {} год вечером."),
    ("Видатки на освіту зростуть на {} відсотків.", "Расходы на образование вырастут на {} процентов."),
    ("У Львові відкрили новий міст завдовжки {} метрів.", "Во Львове открыли новый мост длиной {} метров."),
    ("Збірна виграла матч, його дивилися {} глядачів.", "Сборная выиграла матч, его смотрели {} зрителей."),
    ("Пожежа знищила {} гектарів лісу біля кордону.", "Пожар уничтожил {} гектаров леса у границы."),
]


@pytest.fixture
def project(tmp_path) -> Project:  # type: ignore[no-untyped-def]
    """Twenty sentences and their translations, aligned."""
    made = Project.create(tmp_path / "long.workbench")
    ids = []
    for side, name in enumerate(("uk.txt", "ru.txt")):
        lines = [EVENTS[k % 5][side].format(113 + 17 * k) for k in range(20)]
        ids.append(made.add_content("\n\n".join(lines).encode(), name).article)
    made.place([article.id for article in ids if article], None)
    made.align()
    return made


def held(unit: Unit) -> frozenset[int]:
    return frozenset(key for variant in unit.variants for key in variant.segment_ids)


def decide(project: Project, status: Status, count: int, start: int = 0) -> list[int]:
    ids = list(project.unit_ids())[start : start + count]
    project.apply(actions.set_status(project.units(ids), status))
    return ids


def test_accepting_and_aligning_again_changes_no_unit_but_confidences(project: Project) -> None:
    before = {unit.id: held(unit) for unit in project.each_unit()}
    assert len(before) >= 18
    decide(project, Status.ACCEPTED, 7, start=4)
    project.align()
    assert {unit.id: held(unit) for unit in project.each_unit()} == before


def test_english_that_comes_later_is_taken_into_account_once_and_then_nothing_is_done_again(project: Project) -> None:
    database = open_existing(project.path)
    assert not any(result.fresh for result in project.align())
    rendering.render(database, {"uk": PassThrough(), "ru": PassThrough()}, Silent())
    assert any(result.fresh for result in project.align())
    assert not any(result.fresh for result in project.align())
    encoder = settings.get(database, "encoder")
    first = project.segments(1)[0]
    assert renderings.embedded_english(database, encoder, [first.id]) == {first.id: text_hash(first.text)}


def test_what_was_rejected_is_not_proposed_again(project: Project) -> None:
    rejected = {held(unit) for unit in project.units(decide(project, Status.REJECTED, 2))}
    others = {held(unit) for unit in project.each_unit()} - rejected
    project.align()
    proposed = {held(unit) for unit in project.each_unit() if unit.status is Status.PROPOSED}
    assert not rejected & proposed
    assert others <= proposed


def test_rejections_lower_the_confidence_of_what_is_not_decided_and_the_reasons_say_so(project: Project) -> None:
    before = {unit.id: unit.confidence for unit in project.each_unit()}
    wrong = decide(project, Status.REJECTED, 8)
    decided = [replace(unit, revision=0) for unit in project.units(wrong)]
    project.align()
    assert [replace(unit, revision=0) for unit in project.units(wrong)] == decided
    rest = [unit for unit in project.each_unit() if unit.status is Status.PROPOSED and unit.id in before]
    assert rest
    for unit in rest:
        assert unit.reasons[BEFORE] == pytest.approx(before[unit.id], abs=0.02)
        assert unit.confidence < unit.reasons[BEFORE]
    learned = project.standing().learned
    assert (learned.accepted, learned.rejected) == (0, 8)


def test_taking_the_decisions_back_takes_back_what_was_learned(project: Project) -> None:
    before = {unit.id: round(unit.confidence, 4) for unit in project.each_unit()}
    decide(project, Status.REJECTED, 8)
    project.align()
    assert project.undo()
    project.align()
    after = {unit.id: unit for unit in project.each_unit()}
    assert {key: round(unit.confidence, 4) for key, unit in after.items()} == before
    assert not any(BEFORE in unit.reasons for unit in after.values())


def test_the_rest_is_aligned_around_what_was_linked_by_hand_and_nothing_crosses_it(project: Project) -> None:
    uk, ru = project.segments(1), project.segments(2)
    project.apply(actions.set_status(project.holders([uk[9].id, ru[10].id]), Status.REJECTED))
    articles = {key: project.article(key) for key in (1, 2)}
    project.apply(actions.link({1: [uk[9]], 2: [ru[10]]}, articles, 450_000))
    project.align(mode="parallel")
    place = {segment.id: segment.position for segment in (*uk, *ru)}
    units = [unit for unit in project.each_unit() if unit.status is not Status.REJECTED]
    ends = [tuple(place[variant.segment_ids[0]] for variant in unit.variants) for unit in units]
    hard = place[uk[9].id], place[ru[10].id]
    assert hard in ends
    assert len(ends) >= 16
    assert all((left < hard[0]) == (right < hard[1]) for left, right in ends if (left, right) != hard)
