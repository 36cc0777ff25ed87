"""How long work reports where it stands, and how it is asked to stop."""

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

from workbench.errors import Cancelled

T = TypeVar("T")


class Progress(Protocol):
    """What a stage calls while it works.

    The command line draws a bar, the terminal UI feeds a worker. Raising `Cancelled` from `advance` is how a
    caller stops a stage: stages call it between batches, after a batch is safe on disk.
    """

    def start(self, description: str, total: int | None) -> None:
        """Begin a stretch of work of `total` steps (None where the number is unknown)."""

    def advance(self, steps: int = 1) -> None:
        """Report `steps` more done.

        Raises:
            Cancelled: The user asked to stop.
        """

    def finish(self) -> None:
        """End the stretch that `start` began."""


class Silent:
    """Progress that nobody watches."""

    def start(self, description: str, total: int | None) -> None:
        """Ignore the stretch."""

    def advance(self, steps: int = 1) -> None:
        """Ignore the steps."""

    def finish(self) -> None:
        """Ignore the end."""


def tracked(values: Iterable[T], progress: Progress, description: str, total: int | None) -> Iterator[T]:
    """Yield `values`, one step of progress after each is dealt with."""
    progress.start(description, total)
    try:
        for value in values:
            yield value
            progress.advance()
    finally:
        progress.finish()


__all__ = ["Cancelled", "Progress", "Silent", "tracked"]
