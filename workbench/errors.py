"""Errors that a translator can act on: one line that says what happened, and a hint that says what to do."""


class WorkbenchError(Exception):
    """Something went wrong that the user can understand and mend.

    Attributes:
        message: One line, without a trailing full stop.
        hint: What to do about it, or an empty string.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(WorkbenchError):
    """The command was called with something that cannot be meant."""

    exit_code = 2


class ProjectError(WorkbenchError):
    """A project file cannot be opened, read or written."""


class IngestError(WorkbenchError):
    """A source file cannot be read as an article."""


class UnsupportedLanguageError(IngestError):
    """An article is in a language that the workbench does not handle."""


class ModelError(WorkbenchError):
    """A translation package or an encoder is missing, damaged or unusable."""


class ExchangeError(WorkbenchError):
    """A file of another tool cannot be read, or an export cannot be written."""


class GlossaryError(WorkbenchError):
    """A concept or a term is not acceptable."""


class ConflictError(WorkbenchError):
    """A reviewer's change meets a newer change of the same unit."""


class Cancelled(WorkbenchError):
    """Long work was stopped by the user; what was finished is kept."""

    exit_code = 130
