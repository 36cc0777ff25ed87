"""Commands answer in one line when they cannot do what was asked, with the right exit code, and touch nothing."""

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from workbench.cli.failures import run
from workbench.cli.root import COMMANDS, workbench


def call(*arguments: str) -> int:
    """Run a command in this process and return its exit code."""
    return run(workbench, list(arguments))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_that_the_table_repeats(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    command = workbench.get_command(click.Context(workbench), name)
    assert command is not None and command.help
    assert call(name, "--help") == 0
    assert "Usage: workbench" in capsys.readouterr().out


def test_the_bare_command_shows_help_and_counts_as_misuse(capsys: pytest.CaptureFixture[str]) -> None:
    assert call() == 2
    assert "Commands:" in capsys.readouterr().out


def test_a_mistyped_command_is_guessed(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("exprot", "x") == 2
    assert "did you mean 'export'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("status", "none.workbench"), 1, "does not exist"),
        (("add", "none.workbench", "x.txt"), 1, "does not exist"),
        (("show",), 2, "Missing argument"),
        (("export", "none.workbench", "-f", "nonsense"), 2, "nonsense"),
        (("init", "no/such/folder/x.workbench"), 1, "cannot be made"),
    ],
)
def test_failures_are_one_line_and_a_hint(
    arguments: tuple[str, ...],
    code: int,
    message: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call(*arguments) == code
    said = capsys.readouterr().err
    assert message in said
    assert len(said.strip().splitlines()) <= 2
    assert "Traceback" not in said
    assert not list(tmp_path.iterdir())


def test_v_shows_the_traceback(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert call("status", "-v", str(tmp_path / "none.workbench")) == 1
    assert "Traceback" in capsys.readouterr().err


def test_init_makes_a_project_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(tmp_path / "news.workbench")
    assert call("init", path) == 0
    assert call("init", path) == 1
    assert "exists already" in capsys.readouterr().err


def test_an_empty_project_has_a_status_for_scripts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(tmp_path / "news.workbench")
    call("init", path)
    capsys.readouterr()
    assert call("status", path, "--json") == 0
    standing = json.loads(capsys.readouterr().out)
    assert standing["articles"] == [] and standing["units"]["accepted"] == 0


def test_an_article_is_removed_by_its_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, text = str(tmp_path / "news.workbench"), tmp_path / "a.txt"
    text.write_text("Уряд схвалив проєкт бюджету у вівторок увечері.\n", encoding="utf-8")
    call("init", path)
    assert call("add", path, str(text)) == 0
    assert call("remove", path, "2") == 1 and "no article 2" in capsys.readouterr().err
    assert call("remove", path, "1") == 0 and text.exists()
    capsys.readouterr()
    call("status", path, "--json")
    assert json.loads(capsys.readouterr().out)["articles"] == []


def test_a_reader_that_goes_away_is_no_failure(tmp_path: Path) -> None:
    done = subprocess.run(
        f"{sys.executable} -m workbench --help | head -n 1; exit ${{PIPESTATUS[0]}}",
        shell=True,
        executable="/bin/bash",
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0 and "Usage" in done.stdout and not done.stderr


def test_history_takes_back_what_a_named_reviewer_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tests.building import build_project
    from workbench.model import Status
    from workbench.project import Project
    from workbench.review import actions

    path = tmp_path / "news.workbench"
    with build_project(path) as project:
        for number, name in ((1, "anna"), (2, "boris"), (3, "anna")):
            project.reviewer = name
            project.apply(actions.set_status(project.units([number]), Status.ACCEPTED))
    assert call("history", str(path), "--undo", "--reviewer", "anna") == 0
    assert call("history", str(path), "--undo", "--reviewer", "nobody") == 0
    assert "nothing to take back" in capsys.readouterr().err
    assert call("history", str(path), "--reviewer", "anna", "--json") == 0
    listed = json.loads(capsys.readouterr().out)
    assert [(each["kind"], each["touched"]) for each in listed] == [("accept", ["unit:3"]), ("accept", ["unit:1"])]
    with Project.open(path) as project:
        statuses = [unit.status for unit in project.units([1, 2, 3])]
        assert statuses == [Status.ACCEPTED, Status.ACCEPTED, Status.PROPOSED]
        assert project.history(1)[0].reviewer == project.reviewer
