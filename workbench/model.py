"""The values that rooms hand to each other: no I/O, no SQL, no heavy import.

Values that the database numbers carry `id`; 0 means not stored yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a segment is on its page. Only some kinds take part in alignment."""

    HEADLINE = "headline"
    SUBHEADING = "subheading"
    BODY = "body"
    CAPTION = "caption"
    BYLINE = "byline"
    BOILERPLATE = "boilerplate"
    TEASER = "teaser"

    @property
    def aligned(self) -> bool:
        """Whether segments of this kind are rendered, embedded and aligned."""
        return self in (Kind.HEADLINE, Kind.SUBHEADING, Kind.BODY)


class Status(StrEnum):
    """What a reviewer decided about a unit."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    FLAGGED = "flagged"


class Origin(StrEnum):
    """Who made something."""

    MACHINE = "machine"
    MEMORY = "memory"
    REVIEWER = "reviewer"
    IMPORT = "import"


class Mode(StrEnum):
    """How two articles relate, and so how they are aligned."""

    PARALLEL = "parallel"
    COMPARABLE = "comparable"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of characters, `end` not included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence-sized stretch of one article.

    `start` and `end` are character offsets into the article's text, so `article.text[start:end] == text`.
    `paragraph` numbers the article's blocks of lines. `duplicate_of` is the position of an earlier segment of
    the same article that says the same.
    """

    position: int
    start: int
    end: int
    text: str
    kind: Kind = Kind.BODY
    paragraph: int = 0
    duplicate_of: int | None = None
    article_id: int = 0
    id: int = 0

    @property
    def aligned(self) -> bool:
        """Whether this segment takes part in rendering, embedding and alignment."""
        return self.kind.aligned and self.duplicate_of is None


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it stands in the project: where it came from, what was decided about it, and its text."""

    path: str
    text: str
    language: str
    language_confidence: float = 1.0
    language_origin: Origin = Origin.MACHINE
    encoding: str = "utf-8"
    encoding_origin: Origin = Origin.MACHINE
    format: str = "txt"
    title: str = ""
    published: str = ""
    url: str = ""
    sha256: str = ""
    version: int = 1
    story_id: int | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What ingest makes of one source file: the article, its segments, and remarks for the user."""

    article: Article
    segments: tuple[Segment, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WordLink:
    """An English word and the source word that it came from; `weight`, in [0, 1], tells how sure that is."""

    source: Span
    english: Span
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One candidate rendering. `score` is the mean log-probability of its target tokens (0 is certain).

    `alignment` links its words with those of the source, in their order, where the model tells; it is not stored.
    """

    text: str
    score: float
    alignment: tuple[WordLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Rendering:
    """English for one source text.

    Attributes:
        text: The English.
        model: What made it, e.g. `starter-uk_en@0.1`; empty for a reviewer's.
        score: Mean log-probability per target token; 0 for a human's.
        quality: Estimated quality in [0, 1], for sorting a reviewer's queue.
        alternatives: The rest of the n-best list, best first.
        flags: What looked wrong (`loop`, `empty`, `too-long`, `copied`, `numbers`), for the checks.
        alignment: Which source word each English word came from, where the model tells; it is not stored.
    """

    text: str
    model: str = ""
    score: float = 0.0
    quality: float = 1.0
    alternatives: tuple[Hypothesis, ...] = ()
    origin: Origin = Origin.MACHINE
    flags: tuple[str, ...] = ()
    alignment: tuple[WordLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Remembered:
    """A text of the memory as it was written, with the English that a human gave it."""

    source: str
    english: str


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that report the same event."""

    title: str
    article_ids: tuple[int, ...] = ()
    origin: Origin = Origin.MACHINE
    id: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """Segments of one article, in reading order; consecutive unless comparable news made it otherwise."""

    article_id: int
    segment_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A scored pair of passages of two articles, before units are formed.

    `probability` is the calibrated chance that the two correspond; `reasons` are the pieces of evidence behind
    it (`similarity`, `margin`, `numbers`, `names`, `length`, `order`), each about in [0, 1].
    """

    left: Passage
    right: Passage
    probability: float
    reasons: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Variant:
    """One passage of a unit with its text; `text` differs from the segments' where a reviewer corrected it."""

    article_id: int
    language: str
    segment_ids: tuple[int, ...]
    text: str
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A translation unit: corresponding passages in at least two articles, and their English.

    `position` orders units for reading. `revision` grows with every change and guards a reviewer's write.
    """

    variants: tuple[Variant, ...]
    confidence: float = 1.0
    status: Status = Status.PROPOSED
    origin: Origin = Origin.MACHINE
    english: str = ""
    english_origin: Origin = Origin.MACHINE
    note: str = ""
    bookmarked: bool = False
    reasons: Mapping[str, float] = field(default_factory=dict)
    story_id: int = 0
    position: int = 0
    revision: int = 0
    changed: str = ""
    id: int = 0

    def variant(self, language: str) -> Variant | None:
        """Return the first variant in a language."""
        return next((variant for variant in self.variants if variant.language == language), None)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the variants, each once, in the order of the variants."""
        return tuple(dict.fromkeys(variant.language for variant in self.variants))


class Order(StrEnum):
    """In which order units are gone through."""

    READING = "reading"
    CONFIDENCE = "confidence"
    ENGLISH = "english"


@dataclass(frozen=True, slots=True)
class UnitQuery:
    """Which units are wanted. Every condition given must hold; the default is all units in reading order.

    Attributes:
        statuses: Any of these; empty for all.
        languages: All of these must have a variant.
        story_id: In this story.
        article_id: With a variant from this article.
        least: Lowest confidence.
        most: Highest confidence.
        text: Regular expression over source texts and English in their searchable form (`text.norm`).
        words: Words that a source text or the English must have, all of them, the last perhaps unfinished
            (the full-text index answers, so this is the quick way to filter by text).
        uneven: True for units only that are not one segment in each language.
        note: True for units with a note only.
        bookmarked: True for bookmarked units only.
        unit_ids: Only these (for findings and terms, which are computed).
        order: Reading order, or least confident first.
    """

    statuses: tuple[Status, ...] = ()
    languages: tuple[str, ...] = ()
    story_id: int | None = None
    article_id: int | None = None
    least: float = 0.0
    most: float = 1.0
    text: str = ""
    words: str = ""
    uneven: bool = False
    note: bool = False
    bookmarked: bool = False
    unit_ids: tuple[int, ...] | None = None
    order: Order = Order.READING


class TermStatus(StrEnum):
    """How a term is to be used (ISO 30042 administrative status)."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase that names a concept in one language."""

    language: str
    text: str
    status: TermStatus = TermStatus.PREFERRED
    part_of_speech: str = ""
    gender: str = ""
    do_not_translate: bool = False
    case_sensitive: bool = False
    note: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Concept:
    """What the terms of several languages name together. `key` is stable across projects and files."""

    key: str
    terms: tuple[Term, ...]
    subject: str = ""
    definition: str = ""
    note: str = ""
    source: str = ""
    id: int = 0


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found in a unit.

    `where` names the text concerned (a language code, or `en` for the English rendering), `span` the characters
    in it (None for the whole text).
    """

    check: str
    severity: Severity
    message: str
    where: str
    span: Span | None = None
    unit_id: int = 0


@dataclass(frozen=True, slots=True)
class Action:
    """One reviewer's change, as kept for ever in the audit trail.

    `before` and `after` are the states of what it touched (JSON values keyed by `unit:ID`, `segment:ID`,
    `article:ID`; None where the thing did not exist); the inverse swaps them. `undoes` is the id of the action
    that this one takes back, if any.
    """

    kind: str
    before: Mapping[str, object]
    after: Mapping[str, object]
    reviewer: str = ""
    at: str = ""
    undoes: int | None = None
    id: int = 0
