"""The line mode: words go in, plain lines come out, and the project file has what was done."""

from io import StringIO
from pathlib import Path

from tests.building import build_project
from workbench.model import Origin, Status, UnitQuery
from workbench.project import Project
from workbench.review import plain


def _run(project: Project, *lines: str) -> str:
    output = StringIO()
    plain.run(project, UnitQuery(), StringIO("".join(line + "\n" for line in lines)), output)
    return output.getvalue()


def test_a_sitting_decides_corrects_and_takes_back(tmp_path: Path) -> None:
    with build_project(tmp_path / "p.workbench") as project:
        said = _run(
            project, "a", "r", "go 3", "english Five.", "in 2 end", "drop 3", "note look", "bookmark", "flag odd",
            "go 5", "merge", "undo", "back", "go 7", "why", "around 1", "q",
        )  # fmt: skip
        one, two, three, five = project.units([1, 2, 3, 5])
        assert (one.status, two.status, three.status) == (Status.ACCEPTED, Status.REJECTED, Status.FLAGGED)
        assert (three.english, three.english_origin) == ("Five.", Origin.REVIEWER)
        assert three.languages == ("bg", "uk") and len(three.variants[1].segment_ids) == 2
        assert (three.note, three.bookmarked) == ("odd", True)
        assert len(five.variants[0].segment_ids) == 1
        assert (
            "Against: another sentence fits better (0.40)" in said
            and "the meaning is close (0.72)" in said
            and "before: " in said
            and said.endswith("Everything is saved.\n")
        )


def test_mistakes_are_answered_and_change_nothing(tmp_path: Path) -> None:
    with build_project(tmp_path / "p.workbench") as project:
        before = list(project.each_unit())
        said = _run(project, "fly", "drop 9", "in 1", "out 1 start", "go 999", "find /(/", "english", "undo", "split")
        assert list(project.each_unit()) == before
        assert said.count("Not done:") == 7
        assert "no command 'fly'" in said and "nothing to take back" in said


def test_finding_and_stepping(tmp_path: Path) -> None:
    with build_project(tmp_path / "p.workbench") as project:
        said = _run(project, "find toll", "", "find", "next", "back", "back", "above", "left", "help", "redo")
        assert "1 units" in said and "This is the last unit." in said and "This is the first unit." in said
        assert project.units([1])[0].status is Status.ACCEPTED
        assert "10 left" in said


def test_hostile_text_is_made_harmless(tmp_path: Path) -> None:
    with build_project(tmp_path / "p.workbench", tail=" \x1b[2J\u202e") as project:
        said = _run(project, "around 1", "why", "\x1b[31m")
        assert "\x1b" not in said and "\u202e" not in said
