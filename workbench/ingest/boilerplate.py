"""What each line of an article's page is: headline, body, caption, byline, teaser or boilerplate.

The evidence is general to news sites: length, closing punctuation, where a line stands, what repeats in the article
and across articles, and a small vocabulary of the trade. Lines are labelled, never dropped.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from workbench import text as forms
from workbench.ingest import dates, vocabulary
from workbench.model import Kind

_TERMINAL = re.compile(r"[.!?…;][\"»“”’')\]]*$|[.!?…][\"»“”’')\]]+[.,]?$|[.!?…]\s*[/(\[][^/()]{2,40}[/)\]]?$")
_STOP = re.compile(r"[.…][\"»“”’')\]]*$")
_CRUMBS = re.compile(r"\s[›»>/|→•·]\s")
_BULLET = re.compile(r"^\s*(?:[-–—•▪●*]|\d{1,2}[.)])\s+\S")
_SIGNED = re.compile(r"[.!?…][\"»“”)]?\s*/\s?\w[\w\- ]{1,30}/?$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an article with the features that labelling looks at."""

    start: int
    end: int
    text: str
    norm: str
    words: int
    terminal: bool

    @property
    def prose(self) -> bool:
        """Whether it reads like a paragraph rather than a label or a headline."""
        return (self.terminal and self.words >= 7) or self.words >= 35


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text that have something on them."""
    found = []
    for match in re.finditer(r"[^\n]+", text):
        stripped = match.group().strip()
        if stripped:
            start = match.start() + match.group().index(stripped)
            terminal = bool(_TERMINAL.search(stripped))
            norm = forms.norm(stripped)
            # Characters without spaces count as words too, so that a huge token is never taken for a short line.
            words = max(len(stripped.split()), len(stripped) // 20)
            found.append(Line(start, start + len(stripped), stripped, norm, words, terminal))
    return found


def classify(
    lines: Sequence[Line],
    repeated: Callable[[str], int] = lambda norm: 0,
    hints: Mapping[int, Kind] | None = None,
) -> list[Kind]:
    """Return the kind of each line.

    Args:
        lines: The article's lines, in order.
        repeated: In how many other articles of the project a line with this searchable form occurs.
        hints: Kinds that the document's own markup gives, by line.
    """
    kinds: list[Kind | None] = [_alone(line, repeated) for line in lines]
    marks = [_mark(line) for line in lines]
    for index, kind in (hints or {}).items():
        if kinds[index] is None:
            kinds[index] = kind
    _tail(lines, kinds, marks)
    _inserts(lines, kinds, marks)
    first = _head(lines, kinds)
    _edges(lines, kinds, first)
    _captions(lines, kinds, first)
    _rest(lines, kinds, first)
    return [kind or Kind.BODY for kind in kinds]


def _mark(line: Line) -> str:
    if line.words <= 10:
        if vocabulary.ENDS.fullmatch(line.norm):
            return "end"
        if vocabulary.RELATED.fullmatch(line.norm) and not line.norm.endswith("."):
            return "related"
    return ""


def _alone(line: Line, repeated: Callable[[str], int]) -> Kind | None:
    """Label what can be told from the line itself and from other articles."""
    norm = line.norm
    if dates.only_date(norm):
        return Kind.BYLINE
    if vocabulary.TAGS.fullmatch(norm) or (line.words <= 60 and vocabulary.LEGAL.fullmatch(norm)):
        return Kind.BOILERPLATE
    if line.words <= 12:
        if _mark(line) or vocabulary.SERVICE.fullmatch(norm) or vocabulary.TAGS_LABEL.fullmatch(norm):
            return Kind.BOILERPLATE
        if vocabulary.CREDIT.fullmatch(norm) or vocabulary.CREDIT_BARE.fullmatch(norm):
            return Kind.BYLINE if vocabulary.SOURCE.fullmatch(norm) else Kind.CAPTION
        if vocabulary.AUTHOR.fullmatch(norm) or vocabulary.SOURCE.fullmatch(norm):
            return Kind.BYLINE
    if line.words <= 40 and vocabulary.RELATED_INLINE.fullmatch(norm):
        return Kind.TEASER
    if len(_CRUMBS.findall(line.text)) >= 2 and line.words <= 25 and not line.terminal:
        return Kind.BOILERPLATE
    if not any(char.isalnum() for char in norm):
        return Kind.BOILERPLATE
    times = repeated(norm)
    if (times >= 2 and line.words <= 12 and not line.prose) or (times >= 4 and line.words <= 40):
        return Kind.BOILERPLATE
    return None


def _tail(lines: Sequence[Line], kinds: list[Kind | None], marks: Sequence[str]) -> None:
    """After the mark that ends the article, what is left are headlines and leads of other articles."""
    prose = [len(line.text) if line.prose and kind is None else 0 for line, kind in zip(lines, kinds, strict=True)]
    total = sum(prose)
    for index, mark in enumerate(marks):
        if not mark or not total:
            continue
        rest = [other for other in range(index + 1, len(lines)) if kinds[other] is None]
        labels = sum(not lines[other].prose for other in rest)
        before = sum(prose[:index]) / total
        looks_like_teasers = not rest or labels >= 0.3 * len(rest)
        if looks_like_teasers and before >= (0.5 if mark == "end" else 0.8):
            for other in rest:
                called = lines[other].words <= 15 and vocabulary.CALL.fullmatch(lines[other].norm)
                kinds[other] = Kind.BOILERPLATE if called else Kind.TEASER
            return


def _inserts(lines: Sequence[Line], kinds: list[Kind | None], marks: Sequence[str]) -> None:
    """A line such as "more on the topic" leads into a headline, often repeated, and maybe a short lead."""
    for index, mark in enumerate(marks):
        if mark != "related":
            continue
        follower = index + 1
        if follower >= len(lines) or kinds[follower] is not None or lines[follower].prose:
            continue
        kinds[follower] = Kind.TEASER
        echoed = index > 0 and lines[index - 1].norm == lines[follower].norm
        if echoed:
            kinds[index - 1] = Kind.TEASER
        if follower + 1 < len(lines) and lines[follower + 1].norm == lines[follower].norm:
            follower += 1
            kinds[follower] = Kind.TEASER
            echoed = True
        lead = follower + 1
        if echoed and lead < len(lines) and kinds[lead] is None and lines[lead].words <= 30:
            kinds[lead] = Kind.TEASER
    seen: Counter[str] = Counter(line.norm for line in lines)
    prose_before = 0
    for index, line in enumerate(lines):
        if kinds[index] is None and seen[line.norm] > 1 and not line.prose and prose_before >= 2 and line.words >= 4:
            kinds[index] = Kind.TEASER
        prose_before += line.prose


def _head(lines: Sequence[Line], kinds: list[Kind | None]) -> int:
    """Find the headline, label it and its echoes, and return its index, or -1 if the article has none."""
    hinted = next((index for index, kind in enumerate(kinds) if kind is Kind.HEADLINE), None)
    open_lines = [index for index, kind in enumerate(kinds) if kind is None]
    prose = next((index for index in open_lines if lines[index].prose), len(lines))
    above = [index for index in open_lines if index < prose and not _STOP.search(lines[index].text)]
    if hinted is None:
        wide = [index for index in above if 4 <= lines[index].words <= 35]
        if prose in open_lines and not wide and not _STOP.search(lines[prose].text) and lines[prose].words <= 35:
            wide = [prose]
        hinted = wide[0] if wide else (above[0] if above and prose < len(lines) else None)
    if hinted is None:
        return -1
    kinds[hinted] = Kind.HEADLINE
    for index in above:
        if index < hinted and lines[index].words <= 3:
            kinds[index] = Kind.BOILERPLATE
        elif index > hinted and lines[index].norm == lines[hinted].norm:
            kinds[index] = Kind.HEADLINE
    return hinted


def _edges(lines: Sequence[Line], kinds: list[Kind | None], first: int) -> None:
    """Calls to follow, pay or remember stand at the top or at the bottom, or apart as an exclamation."""
    open_lines = [index for index, kind in enumerate(kinds) if kind is None]
    for rank, index in enumerate(open_lines):
        line = lines[index]
        edge = rank < 2 or rank >= len(open_lines) - 3
        if line.words > 40 or line.text[0] in '"«„“–—':
            continue
        called = vocabulary.CALL.fullmatch(line.norm) is not None
        appealed = edge and line.text.endswith("!") and vocabulary.APPEAL.fullmatch(line.norm) is not None
        if (called and edge) or appealed or (called and line.words <= 15):
            kinds[index] = Kind.BOILERPLATE


def _captions(lines: Sequence[Line], kinds: list[Kind | None], first: int) -> None:
    """A caption carries a credit, stands on one, or is a short label between headline and text."""
    for index, line in enumerate(lines):
        credit = _credit_at(line.norm) if line.words <= 40 else -1
        if kinds[index] is None and credit > 0:
            kinds[index] = Kind.CAPTION
        if kinds[index] is not Kind.CAPTION or index == 0 or kinds[index - 1] is not None:
            continue
        above = lines[index - 1]
        alone = credit == 0
        if (alone and not above.prose and above.words <= 25) or (credit > 0 and line.norm.startswith(above.norm)):
            kinds[index - 1] = Kind.CAPTION
    for index in range(max(first, 0) + 1, len(lines) - 1):
        if kinds[index] is None and lines[index].prose:
            return
        if (
            kinds[index] is None
            and lines[index].words <= 8
            and first >= 0
            and not lines[index].terminal
            and not lines[index].text.endswith(":")
        ):
            # One or two words are the name of a section or a mark such as "updated".
            kinds[index] = Kind.CAPTION if lines[index].words >= 3 else Kind.BOILERPLATE


def _credit_at(norm: str) -> int:
    """Return where a credit that closes the line starts, or -1."""
    if not any(mark in norm for mark in ":/©"):
        return -1
    for match in re.finditer(r"(?:(?<=[\s.(\[|,/])|^)\S", norm):
        place = match.start()
        if vocabulary.CREDIT.fullmatch(norm, place):
            return place
    return -1


def without_credit(norm: str) -> str:
    """Return a caption's searchable form without the photographer."""
    place = _credit_at(norm)
    return norm[:place].strip(" .,|([/") if place > 0 else norm.strip(" .")


def _rest(lines: Sequence[Line], kinds: list[Kind | None], first: int) -> None:
    """Short lines without a full stop are subheadings over prose, or loose ends after the last of it."""
    last = max((index for index, kind in enumerate(kinds) if kind is None and lines[index].prose), default=-1)
    for index, line in enumerate(lines):
        if kinds[index] is not None or line.prose or _BULLET.match(line.text):
            continue
        follower = lines[index + 1].text if index + 1 < len(lines) else ""
        if line.text.endswith(":") and follower.startswith(('"', "«", "„", "“", "–", "—")):
            continue
        if index > last >= 0:
            if not line.terminal:
                kinds[index] = Kind.TEASER if line.words >= 4 else Kind.BOILERPLATE
        elif (
            not _STOP.search(line.text)
            and line.words <= 30
            and not line.text.endswith((",", ";"))
            and not (line.text[0] in '"«„“–—' and line.terminal)
        ):
            kinds[index] = Kind.SUBHEADING


def signature_start(line: Line) -> int:
    """Return the offset in the text at which an agency signs the line, or -1."""
    match = _SIGNED.search(line.text)
    return line.start + match.group().index("/") + match.start() if match else -1
