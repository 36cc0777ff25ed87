"""A desk over a small real project, and how to read the project back while it is open."""

import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from textual.events import Paste
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from tests.building import build_project
from tui.app import DeskApp
from tui.config import Settings
from tui.inspection import Companion
from tui.screens.review import ReviewScreen
from workbench.model import Unit
from workbench.project import Project


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of two stories in three languages, made once."""
    path = tmp_path_factory.mktemp("built") / "news.workbench"
    build_project(path, stories=2).close()
    return path


@pytest.fixture(scope="session")
def companion() -> Iterator[Companion]:
    """One second process for all desks: its dictionaries are loaded once."""
    found = Companion()
    yield found
    found.close()


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def path(built: Path, tmp_path: Path) -> Path:
    """A fresh copy of the project."""
    copy = tmp_path / "news.workbench"
    shutil.copy(built, copy)
    return copy


class _Told(DeskApp):
    """The program, with a memory for the messages that pass by on the screen."""

    def __init__(self, *everything: Any, **more: Any) -> None:
        super().__init__(*everything, **more)
        self.told: list[str] = []

    def notify(self, message: str, **more: Any) -> None:  # type: ignore[override]
        self.told.append(message)
        super().notify(message, **more)


class Desk:
    """The desk under test."""

    def __init__(self, pilot: Pilot[None], project: Project) -> None:
        self.pilot, self.project = pilot, project

    @property
    def app(self) -> DeskApp:
        app = self.pilot.app
        assert isinstance(app, DeskApp)
        return app

    @property
    def review(self) -> ReviewScreen:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, ReviewScreen))

    async def press(self, *keys: str) -> None:
        """Press keys and wait until all is done that they set off."""
        await self.pilot.press(*keys)
        await self.settle()

    async def write(self, text: str) -> None:
        """Paste a text into what has the focus, which is much quicker than typing it."""
        self.app.post_message(Paste(text))
        await self.settle()

    async def settle(self) -> None:
        await self.pilot.pause()
        while self.app.workers:
            # A worker that a newer one takes over from is cancelled; the newer one is waited for then.
            with suppress(WorkerCancelled):
                await self.app.workers.wait_for_complete()
            await self.pilot.pause()

    def unit(self, unit_id: int) -> Unit | None:
        """Read a unit back from the file."""
        with self.project.twin() as other:
            found = other.units([unit_id])
        return found[0] if found else None

    def units(self) -> list[Unit]:
        """Read all units back from the file."""
        with self.project.twin() as other:
            return list(other.each_unit())

    def lines(self) -> list[str]:
        """The text on the screen."""
        width, height = self.app.size
        strips = self.app.screen._compositor.render_strips()
        return [strip.text[:width].rstrip() for strip in strips][:height]

    @property
    def said(self) -> str:
        """All messages so far."""
        assert isinstance(self.app, _Told)
        return "\n".join(self.app.told)

    @property
    def screen_text(self) -> str:
        return "\n".join(self.lines())


Opener = Callable[..., AbstractAsyncContextManager[Desk]]


@pytest.fixture
def open_desk(path: Path, companion: Companion) -> Opener:
    """Open the desk over the project: `async with open_desk(unit=3) as desk`."""

    @asynccontextmanager
    async def opener(
        size: tuple[int, int] = (80, 24), reviewer: str = "tester", settings: Settings | None = None, **more: Any
    ) -> AsyncIterator[Desk]:
        with Project.open(more.pop("path", path), reviewer=reviewer) as project:
            app = _Told(project, settings=settings or Settings(), companion=companion, **more)
            async with app.run_test(size=size, notifications=True) as pilot:
                desk = Desk(pilot, project)
                await desk.settle()
                yield desk

    return opener
