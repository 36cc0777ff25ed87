"""What reaches beyond the screen: a killed program, the clipboard, another editor, suspending, running the stages."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.widgets import TextArea

from tests.building import build_project
from tests.tui.conftest import Opener
from tui.inspection import Companion, Inspection
from workbench.errors import WorkbenchError
from workbench.model import Concept, Status, Term

_KILLED = """
import asyncio, os, signal, sys
from tui.app import DeskApp
from tui.config import Settings
from workbench.project import Project

async def main():
    with Project.open(sys.argv[1], reviewer="tester") as project:
        app = DeskApp(project, settings=Settings(), unit=3)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("a", "k", "e", "end", *" and more")
            await pilot.pause(0.8)
            await app.workers.wait_for_complete()
            print(app._companion._process.pid, flush=True)
            os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


async def test_a_killed_desk_keeps_decisions_offers_the_draft_again_and_leaves_nothing_running(
    open_desk: Opener, path: Path
) -> None:
    died = subprocess.run([sys.executable, "-c", _KILLED, str(path)], capture_output=True, text=True, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr
    companion = int(died.stdout)
    for _ in range(100):
        try:
            os.kill(companion, 0)
        except ProcessLookupError:
            break
        time.sleep(0.05)
    else:
        pytest.fail("the second process outlived the desk")
    async with open_desk(unit=3) as desk:
        found = desk.unit(3)
        assert found is not None and found.status is Status.ACCEPTED
        assert "Drafts that were not saved: unit 3" in desk.said
        await desk.press("e")
        assert desk.app.screen.query_one(TextArea).text.endswith(" and more")
        assert "A draft of yours was kept" in desk.screen_text
        await desk.press("f2")
        found = desk.unit(3)
        assert found is not None and found.english.endswith(" and more") and desk.project.drafts() == {}


async def test_the_clipboard_gets_the_passage_by_osc_52(open_desk: Opener) -> None:
    async with open_desk(unit=3) as desk:
        written: list[str] = []
        desk.app._driver.write = written.append  # type: ignore[union-attr, method-assign]
        await desk.press("2", "Y")
        assert desk.review.current is not None
        assert desk.app.clipboard == desk.review.current.variants[1].text
        assert any(text.startswith("\x1b]52;c;") for text in written)


async def test_long_edits_can_be_made_in_an_editor_of_ones_own(
    open_desk: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor.py"
    script.write_text("import sys, pathlib; pathlib.Path(sys.argv[1]).write_text('By another\\neditor.\\n')")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
    async with open_desk(unit=3) as desk:

        @contextmanager
        def suspended() -> Iterator[None]:
            yield

        monkeypatch.setattr(desk.app, "suspend", suspended)  # a test has no terminal to give away
        await desk.press("e", "f5", "f2")
        found = desk.unit(3)
        assert found is not None and found.english == "By another editor."


@pytest.mark.skipif(not hasattr(signal, "SIGTSTP"), reason="no job control here")
async def test_ctrl_z_asks_the_shell_for_its_turn(open_desk: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_desk(unit=3) as desk:
        asked: list[int] = []
        monkeypatch.setattr(os, "kill", lambda _, number: asked.append(number))
        monkeypatch.setattr(type(desk.app._driver), "can_suspend", True, raising=False)
        await desk.press("ctrl+z")
        assert asked == [signal.SIGTSTP]


async def test_stages_run_from_the_overview_while_review_goes_on(open_desk: Opener, tmp_path: Path) -> None:
    path = tmp_path / "small.workbench"
    build_project(path, sentences=3).close()
    async with open_desk(path=path, unit=1) as desk:
        await desk.press("a", "f5")
        await desk.pilot.press("f2", "escape")
        await desk.settle()
        assert desk.app.job is None and "Everything is rendered and aligned." in desk.said
        decided = desk.unit(1)
        assert decided is not None and decided.status is Status.ACCEPTED
        await desk.press("f5")
        assert "Everything is rendered and aligned." in desk.screen_text


async def test_a_run_can_be_stopped(open_desk: Opener, tmp_path: Path) -> None:
    path = tmp_path / "small.workbench"
    build_project(path, sentences=400).close()  # more to embed than is done before the second key
    async with open_desk(path=path, unit=1) as desk:
        await desk.press("f5")
        await desk.pilot.press("f2", "f4")
        await desk.settle()
        assert desk.app.job is None and "stopped; what is finished is kept" in desk.said


def test_the_companion_starts_again_when_it_has_died(path: Path) -> None:
    companion = Companion()
    inspection = Inspection(path, companion)
    first = inspection.inspect(3)
    assert first is not None and (first.unit_id, inspection.inspect(10**6)) == (3, None)
    assert companion._process is not None
    companion._process.kill()
    companion._process.wait()
    assert inspection.inspect(3) == first
    with pytest.raises(WorkbenchError, match="no concept"):
        inspection.occurrences("nothing")
    companion.close()
    with pytest.raises(WorkbenchError, match="stopped"):
        inspection.faulty([3])


def test_the_companion_sees_the_glossary_as_it_is(path: Path) -> None:
    from workbench.project import Project

    companion = Companion()
    with Project.open(path) as project:
        inspection = Inspection(path, companion)
        before = inspection.inspect(3)
        project.save_concepts([Concept("bridge", (Term("bg", "мост"),))])
        after = inspection.inspect(3)
    companion.close()
    assert before is not None and after is not None
    assert "term" not in {name for marks in before.marks.values() for _, name in marks}
    assert "term" in {name for marks in after.marks.values() for _, name in marks}
