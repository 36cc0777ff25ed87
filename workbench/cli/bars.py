"""Progress bars on stderr with rate and time left, and a clean stop on Ctrl-C."""

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from workbench.errors import Cancelled


class Bar:
    """`workbench.progress.Progress` drawn with rich; on a dumb terminal or a pipe, a line at the end of a stage."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bars: Bars | None = None
        self._task: TaskID | None = None
        self._stop = False
        self._description, self._began, self._done = "", 0.0, 0

    def start(self, description: str, total: int | None) -> None:
        """Draw a bar."""
        self._description, self._began, self._done = description, time.monotonic(), 0
        if not self._console.is_terminal:
            return
        self._bars = Bars(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            console=self._console,
            transient=True,
        )
        self._bars.start()
        self._task = self._bars.add_task(description, total=total, rate="")

    def advance(self, steps: int = 1) -> None:
        """Move the bar on; stop here if the user asked for it."""
        self._done += steps
        if self._bars is not None and self._task is not None:
            self._bars.update(self._task, advance=steps, rate=f"{self._rate():.0f}/s")
        if self._stop:
            raise Cancelled("stopped", "What was finished is kept; run the same command again to go on.")

    def finish(self) -> None:
        """Take the bar away and say what was done."""
        if self._bars is not None:
            self._bars.stop()
            self._bars = None
        seconds = time.monotonic() - self._began
        if self._done and seconds >= 1:
            rate = f" ({self._rate():.0f}/s)" if self._rate() >= 1 else ""
            print(f"{self._description}: {self._done} in {seconds:.0f} s{rate}", file=sys.stderr)
        self._done = 0

    def _rate(self) -> float:
        return self._done / max(1e-6, time.monotonic() - self._began)

    def ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        """Stop after the batch in flight; a second Ctrl-C stops at once."""
        if self._stop:
            raise KeyboardInterrupt
        self._stop = True
        print("stopping after this batch (Ctrl-C again to stop at once)", file=sys.stderr)


@contextmanager
def bar() -> Iterator[Bar]:
    """Give a stage a progress bar; while it works, Ctrl-C asks it to stop cleanly."""
    drawn = Bar(Console(stderr=True))
    before = signal.signal(signal.SIGINT, drawn.ask_to_stop)
    try:
        yield drawn
    finally:
        drawn.finish()
        signal.signal(signal.SIGINT, before)
