"""The program: one project, its screens, the keyboard and the theme."""

from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any, ClassVar

from rich.segment import Segments
from rich.traceback import Traceback
from textual import work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from tui import config
from tui.inspection import Companion, Inspection
from tui.jobs import Job
from tui.keys import COMMANDS, Keyboard, keymap
from tui.screens.review import ReviewScreen
from tui.texts import shown
from tui.themes import THEMES
from workbench.errors import WorkbenchError
from workbench.model import UnitQuery
from workbench.project import Project
from workbench.review.queue import Wanted


class DeskApp(App[None]):
    """The reviewer's desk over one open project."""

    CSS_PATH = Path(__file__).with_name("workbench.tcss")
    TITLE = "Translation Workbench"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", "Suspend", show=False),
        Binding("ctrl+p", "command_palette", "Commands", show=False),
    ]

    def __init__(
        self,
        project: Project,
        *,
        unit: int | None = None,
        query: UnitQuery | None = None,
        settings: config.Settings,
        companion: Companion | None = None,
    ) -> None:
        super().__init__()
        self.animation_level = "none"
        self.project = project
        self.settings = settings
        self.wanted = Wanted.UNREVIEWED
        self.job: Job | None = None
        self.languages = project.languages()
        self._companion = companion or Companion()
        self._own_companion = companion is None
        self.inspection = Inspection(project.path, self._companion)
        self._unit, self._query = unit, query or UnitQuery()

    def on_mount(self) -> None:
        """Take the reviewer's theme and keys, and begin."""
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self.settings.theme if self.settings.theme in self.available_themes else THEMES[0].name
        self.take_keys()
        start = self._unit or self.settings.last.get(str(self.project.path.absolute()))
        self.push_screen(ReviewScreen(self.project, self._query, start))

    def on_unmount(self) -> None:
        """Let the second process go."""
        if self._own_companion:
            self._companion.close()

    def looked_at(self, unit_id: int) -> None:
        """Remember where the reviewer is, for the next session."""
        if unit_id:
            self.settings.last[str(self.project.path.absolute())] = unit_id

    def start_job(self) -> None:
        """Run every stage that has something to do, while review goes on."""
        if self.job is None:
            self.job = Job(lambda: None)
            self.run_stages(self.job)

    @work(thread=True, group="stages", exclusive=True, exit_on_error=False)
    def run_stages(self, job: Job) -> None:
        """Run the stages in a worker; they have a connection of their own."""
        try:
            with self.project.twin() as project:
                project.run(progress=job)
            said = "Everything is rendered and aligned."
        except WorkbenchError as error:
            said = f"{error.message}\n{error.hint}".strip()
        self.call_from_thread(self.job_ended, said)

    def job_ended(self, said: str) -> None:
        """Say how a run of the stages ended."""
        self.job = None
        self.notify(shown(said), markup=False, timeout=6)

    def take_keys(self) -> None:
        """Make the keys act that the reviewer's keyboard and key map ask for."""
        own = self.settings.keyboard is not Keyboard.LATIN or self.settings.keys
        # Textual lays a key map over the bindings at every key; ours alone need none.
        self.set_keymap(keymap(self.settings.keyboard, self.settings.keys) if own else {})

    def action_keyboard(self) -> None:
        """Go to the next keyboard layout."""
        layouts = list(Keyboard)
        self.settings.keyboard = layouts[(layouts.index(self.settings.keyboard) + 1) % len(layouts)]
        self.take_keys()
        self.notify(f"keyboard: {self.settings.keyboard.value}", markup=False, timeout=2)

    def _fatal_error(self) -> None:
        """Show where the program broke, without the values at hand: they are a private corpus, and may be huge."""
        self.bell()
        told = Traceback(show_locals=False, suppress=["textual"])
        self._exit_renderables.append(Segments(self.console.render(told, self.console.options)))
        self._close_messages_no_wait()

    async def action_quit(self) -> None:
        """Leave; everything is saved."""
        self.settings.theme = self.theme
        self.settings.remember()
        self.exit()

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Offer every command of the review screen, and the themes, in the palette."""
        if isinstance(screen, ReviewScreen):
            for command in COMMANDS:
                if command.group != "Move":
                    yield SystemCommand(
                        command.label, f"{command.group}  {', '.join(command.keys)}", _runner(screen, command.name)
                    )
        yield SystemCommand("Theme", "Change the colours", self.action_change_theme)


def _runner(screen: ReviewScreen, name: str) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        await screen.run_action(name)

    return run
