"""The one place that knows exit codes: 0 done, 1 failed, 2 called wrongly, 130 stopped by the user."""

import os
import sqlite3
import sys
import traceback
from collections.abc import Sequence
from typing import Any

import click

from workbench.errors import Cancelled, WorkbenchError
from workbench.text import one_line

DONE, FAILED, MISUSED, STOPPED = 0, 1, 2, 130


def run(command: click.Command, arguments: Sequence[str] | None = None) -> int:
    """Run a command, print what went wrong in one line and a hint, and return the exit code.

    `-v` or WORKBENCH_DEBUG shows the traceback.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    verbose = "-v" in given or "--verbose" in given or bool(os.environ.get("WORKBENCH_DEBUG"))
    try:
        result: Any = command.main(args=given, prog_name="workbench", standalone_mode=False)
        return result if isinstance(result, int) else DONE
    except click.exceptions.Abort:
        return _stopped()
    except KeyboardInterrupt:
        return _stopped()
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "")
        return MISUSED
    except click.UsageError as error:
        _say(error.format_message(), f"See: {error.ctx.command_path} --help" if error.ctx else "")
        return MISUSED
    except click.ClickException as error:
        _say(error.format_message())
        return error.exit_code
    except click.exceptions.Exit as error:
        return error.exit_code
    except Cancelled as error:
        _say(error.message, error.hint)
        return STOPPED
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): not our failure.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except WorkbenchError as error:
        if verbose:
            traceback.print_exc()
        _say(error.message, error.hint)
        return error.exit_code
    except (OSError, MemoryError, sqlite3.Error) as error:
        if verbose:
            traceback.print_exc()
        _say(_system_failure(error), "" if verbose else "Run again with -v to see where it happened.")
        return FAILED


def _stopped() -> int:
    _say("stopped", "What was finished is kept; run the same command again to go on.")
    return STOPPED


def _system_failure(error: BaseException) -> str:
    if isinstance(error, MemoryError):
        return "out of memory"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return str(error) or type(error).__name__


def _say(message: str, hint: str = "") -> None:
    click.echo(f"workbench: {one_line(message)}", err=True)
    if hint:
        click.echo(f"  {one_line(hint)}", err=True)
