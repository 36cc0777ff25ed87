"""Which units go into an export: conditions, no text twice, and splits for training.

Everything here is pure and streams; nothing looks at more than one unit at a time but `unique`, which remembers a
128-bit hash for each.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b

from workbench.errors import UsageError
from workbench.exchange.context import text_of
from workbench.model import Status, Unit
from workbench.text import norm

Condition = Callable[[Unit], bool]


@dataclass(frozen=True, slots=True)
class Filter:
    """What a unit must be to go out. Every condition that is set must hold.

    Attributes:
        statuses: The reviewer's decisions that pass; empty for all.
        confidence: The least confidence.
        languages: Languages in which the unit must have a text (`en` may be the rendering).
        since: The first moment of change, as `2026-11-25` or with a time.
        until: The last moment of change; a date alone includes its day.
        articles: Ids of articles of which at least one takes part; empty for all.
        stories: Ids of stories; empty for all.
        one_to_one: Whether every variant must be a single segment and the only one in its language.
        length: The least number of characters of every text.
        without: Ids of units that must stay out, for example those with findings.
    """

    statuses: Collection[Status] = ()
    confidence: float = 0.0
    languages: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    articles: Collection[int] = ()
    stories: Collection[int] = ()
    one_to_one: bool = False
    length: int = 0
    without: Collection[int] = ()

    def reason(self, unit: Unit) -> str:
        """Return the name of the first condition that a unit fails, or an empty string where it passes."""
        return next((name for name, holds in self._conditions() if not holds(unit)), "")

    def __call__(self, unit: Unit) -> bool:
        """Return whether a unit passes."""
        return not self.reason(unit)

    def of(self, units: Iterable[Unit], left_out: Counter[str]) -> Iterator[Unit]:
        """Yield the units that pass, and count by reason those that do not."""
        conditions = list(self._conditions())
        for unit in units:
            if failed := next((name for name, holds in conditions if not holds(unit)), ""):
                left_out[failed] += 1
            else:
                yield unit

    def _conditions(self) -> Iterator[tuple[str, Condition]]:
        if self.statuses:
            yield "status", lambda unit: unit.status in self.statuses
        if self.confidence:
            yield "confidence", lambda unit: unit.confidence >= self.confidence
        if self.languages:
            yield "languages", lambda unit: all(text_of(unit, language) for language in self.languages)
        if self.since:
            yield "date", lambda unit: unit.changed >= self.since
        if self.until:
            yield "date", lambda unit: unit.changed[: len(self.until)] <= self.until
        if self.articles:
            yield "article", lambda unit: any(variant.article_id in self.articles for variant in unit.variants)
        if self.stories:
            yield "story", lambda unit: unit.story_id in self.stories
        if self.one_to_one:
            yield "one-to-one", is_one_to_one
        if self.length:
            yield "length", lambda unit: all(len(variant.text) >= self.length for variant in unit.variants)
        if self.without:
            yield "findings", lambda unit: unit.id not in self.without


def is_one_to_one(unit: Unit) -> bool:
    """Return whether a unit joins single segments, one a language."""
    single = all(len(variant.segment_ids) <= 1 for variant in unit.variants)
    return single and len(unit.languages) == len(unit.variants)


def unique(
    units: Iterable[Unit], languages: tuple[str, ...] = (), left_out: Counter[str] | None = None
) -> Iterator[Unit]:
    """Yield units whose texts (in `languages`, or in all) no earlier unit had, whatever their case and spacing."""
    seen: set[bytes] = set()
    for unit in units:
        names = languages or unit.languages
        digest = blake2b(digest_size=16)
        for language in sorted(names):
            text = norm(text_of(unit, language)).encode("utf-8", "surrogatepass")
            digest.update(f"{language}:{len(text)}:".encode() + text)
        if digest.digest() not in seen:
            seen.add(digest.digest())
            yield unit
        elif left_out is not None:
            left_out["repeated"] += 1


@dataclass(frozen=True, slots=True)
class Split:
    """Shares of the corpus for development and test; the rest is for training.

    Units of one story stay together, so that a test never holds a sentence whose translation was trained on.
    The choice depends on the story and the salt alone: it survives additions and is the same everywhere.
    """

    dev: float = 0.1
    test: float = 0.1
    salt: str = "workbench"

    def __post_init__(self) -> None:
        """Check the shares.

        Raises:
            UsageError: They are not shares that leave something for training.
        """
        if min(self.dev, self.test) < 0 or self.dev + self.test >= 1:
            raise UsageError("dev and test must be shares of which the sum is below 1", "For example 0.1 and 0.1.")

    def part(self, unit: Unit) -> str:
        """Return `train`, `dev` or `test` for a unit; one without a story goes by its own id."""
        name = f"story {unit.story_id}" if unit.story_id else f"unit {unit.id}"
        digest = blake2b(f"{self.salt}\0{name}".encode(), digest_size=8).digest()
        place = int.from_bytes(digest, "big") / 2**64
        if place < self.test:
            return "test"
        return "dev" if place < self.test + self.dev else "train"

    def of(self, units: Iterable[Unit], part: str) -> Iterator[Unit]:
        """Yield the units of one part."""
        return (unit for unit in units if self.part(unit) == part)
