"""Text files of other programs, line by line: decoded, and with a bound on every line."""

import codecs
import contextlib
import io
from collections.abc import Iterator
from typing import BinaryIO

from workbench.errors import ExchangeError

#: No line of a corpus is longer than this many characters.
LONGEST_LINE = 4_000_000
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@contextlib.contextmanager
def decoded(stream: BinaryIO, newline: str = "") -> Iterator[io.TextIOWrapper]:
    """Open a stream as text: UTF-8, or UTF-16 where a byte order mark says so (Excel's "Unicode text").

    The stream stays open afterwards.
    """
    buffered = io.BufferedReader(stream)  # type: ignore[type-var]
    head = buffered.peek(4)[:4]
    encoding = next((name for mark, name in _MARKS if head.startswith(mark)), "utf-8")
    text = io.TextIOWrapper(buffered, encoding=encoding, newline=newline)
    try:
        yield text
    finally:
        with contextlib.suppress(ValueError):  # the caller closed the file before the last line was read
            text.detach()
            buffered.detach()


def lines(stream: BinaryIO) -> Iterator[tuple[str, str]]:
    """Yield each line without its end, with its place (`line 3`). Only LF and CR LF end a line.

    Raises:
        ExchangeError: The file is not UTF-8 or UTF-16, or a line is too long.
    """
    number = 0
    with decoded(stream, newline="\n") as text:
        try:
            while line := text.readline(LONGEST_LINE):
                number += 1
                if len(line) >= LONGEST_LINE:
                    raise ExchangeError(f"line {number} is longer than {LONGEST_LINE:,} characters", "Split the file.")
                yield f"line {number}", line.removesuffix("\n").removesuffix("\r")
        except UnicodeError as error:
            raise not_unicode(number + 1) from error


def not_unicode(line: int) -> ExchangeError:
    """Return the error for a file in some other encoding."""
    return ExchangeError(f"the text is not UTF-8 (near line {line})", "Save the file as UTF-8 and try again.")
