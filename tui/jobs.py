"""Running the stages while review goes on: progress of a worker thread, a few times a second, and stopping it."""

from collections.abc import Callable
from threading import Event
from time import monotonic

from workbench.errors import Cancelled

_REPORT_EVERY = 0.1


class Job:
    """The progress of one run of the stages.

    It is called in a worker thread; `report` is called there too and must be safe to call from any thread.
    """

    def __init__(self, report: Callable[[], object]) -> None:
        self.description = "Starting"
        self.done = 0
        self.total: int | None = None
        self._report = report
        self._reported = 0.0
        self._stopped = Event()

    def stop(self) -> None:
        """Ask the stage to stop at its next batch; what is finished is kept."""
        self._stopped.set()
        self.description = "Stopping"

    def start(self, description: str, total: int | None) -> None:
        """Begin a stretch of work."""
        self.description, self.done, self.total = description, 0, total
        self._tell(always=True)

    def advance(self, steps: int = 1) -> None:
        """Report steps done.

        Raises:
            Cancelled: The reviewer asked to stop.
        """
        self.done += steps
        if self._stopped.is_set():
            raise Cancelled("stopped; what is finished is kept")
        self._tell()

    def finish(self) -> None:
        """End a stretch of work."""
        self._tell(always=True)

    def _tell(self, *, always: bool = False) -> None:
        if always or monotonic() - self._reported >= _REPORT_EVERY:
            self._reported = monotonic()
            self._report()

    def __str__(self) -> str:
        if self.total:
            return f"{self.description} {self.done:,}/{self.total:,} ({self.done / self.total:.0%})"
        return f"{self.description} {self.done or ''}".rstrip()
