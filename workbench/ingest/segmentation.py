"""From an article's text to its segments: lines are labelled, then broken into sentences."""

import itertools
from collections.abc import Callable, Mapping
from pathlib import Path

from workbench import text as forms
from workbench.ingest import boilerplate
from workbench.ingest.srx import boundaries
from workbench.model import Kind, Segment


def segments(
    text: str,
    language: str,
    repeated: Callable[[str], int] = lambda norm: 0,
    srx: Path | None = None,
    hints: Mapping[int, Kind] | None = None,
) -> tuple[Segment, ...]:
    """Return the segments of an article's text; a line end always ends a segment.

    Args:
        text: The article's text, as `read` leaves it.
        language: Its language, for the rules.
        repeated: In how many other articles a line with this searchable form occurs.
        srx: A rule file in SRX 2.0 instead of our own.
        hints: Kinds that the document's markup gives, by number among the lines that are not blank.

    Raises:
        IngestError: The rules cannot be used.
    """
    lines = boilerplate.lines_of(text)
    found: list[Segment] = []
    for number, (line, kind) in enumerate(zip(lines, boilerplate.classify(lines, repeated, hints), strict=True)):
        signed = boilerplate.signature_start(line)
        for start, end in _sentences(line, language, srx, signed):
            own = Kind.BYLINE if start == signed and kind is Kind.BODY else kind
            found.append(Segment(len(found), start, end, text[start:end], own, number))
    return _with_duplicates(found)


def _sentences(line: boilerplate.Line, language: str, rules: Path | None, signed: int) -> list[tuple[int, int]]:
    cuts = {line.start + place for place in boundaries(line.text, language, rules)} | {line.start, line.end}
    if signed >= 0:
        cuts.add(signed)
    ordered = sorted(cuts)
    spans = []
    for start, end in itertools.pairwise(ordered):
        piece = line.text[start - line.start : end - line.start]
        stripped = piece.strip()
        if stripped:
            begin = start + piece.index(stripped)
            spans.append((begin, begin + len(stripped)))
    return spans


def _with_duplicates(found: list[Segment]) -> tuple[Segment, ...]:
    """Point each segment that repeats an earlier one at it, unless that would lose text from the alignment."""
    first: dict[str, Segment] = {}
    marked = []
    for segment in found:
        key = forms.norm(segment.text)
        if segment.kind is Kind.CAPTION:
            key = boilerplate.without_credit(key)
        key = key.rstrip(". ")
        earlier = first.get(key)
        if earlier is None or (segment.kind.aligned and not earlier.kind.aligned):
            first[key] = segment
            earlier = None
        short = segment.kind is Kind.BODY and len(key.split()) < 4
        position = None if earlier is None or short else earlier.position
        marked.append(
            Segment(segment.position, segment.start, segment.end, segment.text, segment.kind, segment.paragraph,
                    position)
        )  # fmt: skip
    return tuple(marked)
