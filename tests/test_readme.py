"""The README tells the truth: its Python example runs, its commands exist."""

import re
import shutil
from pathlib import Path

import pytest

from workbench.cli.root import COMMANDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_python_example_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(compile(example, "README.md", "exec"), {})
    assert (tmp_path / "news.tmx").stat().st_size > 1000
    assert capsys.readouterr().out.count("\n") >= 5


def test_every_command_that_it_names_exists() -> None:
    named = set(
        re.findall(
            r"(?:^|`)workbench ([a-z]+)", "\n".join(re.findall(r"`[^`\n]+`|```sh.*?```", README, re.DOTALL)), re.M
        )
    )
    assert named <= set(COMMANDS), named - set(COMMANDS)


def test_the_two_commands_that_ci_runs_are_there() -> None:
    for mark in ("setup", "test"):
        assert re.search(rf"<!-- {mark} -->\n```sh\n[^\n]+\n```", README)
