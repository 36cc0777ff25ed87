"""The front door: files of news in, articles with labelled segments out."""

import glob
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from workbench import languages
from workbench import text as forms
from workbench.errors import IngestError
from workbench.ingest import dates, detection, readers
from workbench.ingest.segmentation import segments
from workbench.model import Article, Kind, Origin, Reading, Segment

__all__ = ["find", "load", "read", "segments"]


def find(paths: Sequence[str | Path]) -> list[Path]:
    """Return the source files that paths name: files, directories to their depths, and patterns; sorted, each once.

    In directories, hidden files and files of unknown suffix are passed over.

    Raises:
        IngestError: A path does not exist, or a pattern matches nothing.
    """
    found: set[Path] = set()
    for given in paths:
        path = Path(given)
        if path.is_dir():
            found.update(_inside(path))
        elif path.exists():
            found.add(path)
        else:
            matches = [Path(match) for match in glob.glob(str(given), recursive=True)]
            if not matches:
                raise IngestError(f"{given}: no such file or directory", "Check the path.")
            for match in matches:
                found.update(_inside(match) if match.is_dir() else [match])
    return sorted(found)


def _inside(directory: Path) -> list[Path]:
    return [
        path
        for path in directory.rglob("*")
        if path.suffix.lower() in readers.FORMATS
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(directory).parts)
    ]


def load(path: Path) -> bytes:
    """Return a file's bytes, refusing one that is too large before it is read.

    Raises:
        IngestError: It cannot be read, or is above the limit.
    """
    try:
        size = path.stat().st_size
        if size > readers.MAX_BYTES:
            limit = readers.MAX_BYTES / 1e6
            raise IngestError(
                f"{path} is {size / 1e6:.0f} MB; the limit for one article is {limit:.0f} MB",
                "Split it into one file an article.",
            )
        return path.read_bytes()
    except OSError as error:
        raise IngestError(f"cannot read {path}: {error.strerror}", "Check the path and its permissions.") from None


def read(
    content: bytes,
    name: str,
    *,
    encoding: str | None = None,
    language: str | None = None,
    repeated: Callable[[str], int] = lambda norm: 0,
    srx: Path | None = None,
) -> Reading:
    """Make an article and its segments of one source file.

    Args:
        content: The file's bytes.
        name: Its name; the suffix gives the format (`-` and names without one are judged by content).
        encoding: The user's word on the encoding, instead of detection.
        language: The user's word on the language, instead of detection.
        repeated: In how many other articles of the project a line with this searchable form occurs.
        srx: A rule file in SRX 2.0 for sentence breaks, instead of our own.

    Raises:
        UnsupportedLanguageError: The article is in a language that we do not handle.
        IngestError: The file is empty, binary, too large, damaged or wrongly encoded.
    """
    format = readers.format_of(content, name)
    made = readers.document(content, format, encoding)
    lines = [line.strip() for line in made.text.split("\n") if line.strip()]
    guess = detection.Guess(languages.parse(language), 1.0) if language else detection.detect(lines)
    parts = segments(made.text, guess.language, repeated, srx, made.hints)
    article = Article(
        path=name,
        text=made.text,
        language=guess.language,
        language_confidence=round(guess.confidence, 3),
        language_origin=Origin.REVIEWER if language else Origin.MACHINE,
        encoding=made.encoding,
        encoding_origin=Origin.REVIEWER if encoding and format != "docx" else Origin.MACHINE,
        format=format,
        title=made.title or _title(made.text, parts),
        published=made.published or _published(parts),
        url=made.url,
        sha256=hashlib.sha256(content).hexdigest(),
    )
    return Reading(article, parts, tuple(_remarks(made, guess, lines, parts)))


def _title(text: str, parts: Sequence[Segment]) -> str:
    """Return the headline, whole, or the first sentence of an article that has none."""
    first = next((part for part in parts if part.kind is Kind.HEADLINE), None)
    if first is None:
        first = next((part for part in parts if part.kind.aligned), None)
        return forms.one_line(first.text) if first else ""
    last = [part for part in parts if part.paragraph == first.paragraph][-1]
    return forms.one_line(text[first.start : last.end])


def _published(parts: Sequence[Segment]) -> str:
    dated = (dates.published(forms.norm(part.text)) for part in parts if part.kind is Kind.BYLINE)
    return next((date for date in dated if date), "")


def _remarks(
    made: readers.Document, guess: detection.Guess, lines: Sequence[str], parts: Sequence[Segment]
) -> list[str]:
    remarks = []
    if made.encoding != "utf-8":
        remarks.append(f"encoding {made.encoding}: {made.reason}")
    if made.doubtful:
        remarks.append(f"the encoding {made.encoding} is doubtful: look at the text, or name it with --encoding")
    if guess.confidence < 0.8:
        name = languages.name(guess.language)
        remarks.append(f"the language is uncertain: {name} at {guess.confidence:.0%}; overrule with --language")
    for other, share in detection.strangers(lines, guess.language).items():
        remarks.append(f"about {share:.0%} of the text looks {languages.name(other)}")
    if not any(part.aligned for part in parts):
        remarks.append("no body text was found; everything looks like navigation or advertising")
    return remarks
