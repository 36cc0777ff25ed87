"""The memory of human English: read from files or written by reviewers, offered with its likeness and difference."""

from pathlib import Path

import pytest

from workbench import Project
from workbench.cli.failures import run
from workbench.cli.root import workbench
from workbench.review import actions


@pytest.fixture
def remembering(project: Project, tmp_path: Path) -> Project:
    """The project with its first sentences linked, and a memory of another tool's."""
    articles = {key: project.article(key) for key in (1, 2)}
    for position, (uk, ru) in enumerate(zip(project.segments(1), project.segments(2), strict=True)):
        project.apply(actions.link({1: [uk], 2: [ru]}, articles, position * 10))
    (tmp_path / "agency.tsv").write_text(
        "uk\ten\nУряди схвалили проєкти бюджетів у вівторок увечері.\tGovernments approved draft budgets.\n"
        "Погода була дуже доброю цілий тиждень.\tThe weather was fine.\n",
        encoding="utf-8",
    )
    project.import_file(tmp_path / "agency.tsv", use="memory")
    return project


def test_inflected_words_are_nearly_the_same(remembering: Project) -> None:
    (match,) = remembering.memory("uk").similar("Уряд схвалив проєкт бюджету у вівторок увечері.")
    assert match.english == "Governments approved draft budgets."
    assert 0.85 < match.similarity < 1


def test_what_a_reviewer_wrote_is_remembered_for_its_texts_but_not_offered_to_its_own_unit(
    remembering: Project,
) -> None:
    unit = remembering.units(remembering.unit_ids()[1:2])[0]
    remembering.apply(actions.edit_english(unit, "The cabinet passed the draft budget on Tuesday evening."))
    (match, _) = remembering.memory("uk").similar("Уряд схвалив проєкт бюджету у вівторок увечері.")
    assert (match.similarity, match.english) == (1, "The cabinet passed the draft budget on Tuesday evening.")
    assert [found.english for _, found in remembering.similar_to_unit(unit.id)] == [
        "Governments approved draft budgets."
    ]


def test_the_command_prints_likeness_difference_and_english(
    remembering: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(workbench, ["memory", str(remembering.path)]) == 0
    assert "uk  2 texts" in capsys.readouterr().out
    text = "Уряди схвалили проєкти законів у вівторок увечері."
    assert run(workbench, ["memory", str(remembering.path), text, "--from", "uk"]) == 0
    out = capsys.readouterr().out
    assert "[-бюджетів-] {+законів+}" in out
    assert "Governments approved draft budgets." in out
    assert run(workbench, ["memory", str(remembering.path), text]) == 2
