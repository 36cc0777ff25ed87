"""What an export needs to know besides its units, and what an import finds besides them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench import __version__
from workbench.exchange.aids import FindAids, no_aids
from workbench.languages import EN, LANGUAGES
from workbench.model import Article, Unit

#: A text longer than this is no translation unit; readers skip it.
LONGEST_TEXT = 100_000


@dataclass(slots=True)
class Tally:
    """What happened to the texts on their way out; writers count here, the manifest reports it.

    Attributes:
        replaced: Characters that the format forbids, written as U+FFFD.
        guarded: Cells that a spreadsheet would have run as formulas.
        left_out: Units without a text in a language that the format needs.
    """

    replaced: int = 0
    guarded: int = 0
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Context:
    """What a writer needs besides the units. The caller fixes all of it, so that the same call writes the same bytes.

    Attributes:
        articles: Articles by id; a unit may name one that is not here.
        signature: How the units were made (encoder, segmentation, alignment settings, version).
        created: When, as `2026-11-25T16:08:00Z`; empty leaves the date out.
        languages: The languages to write, in this order.
        version: The version of the product.
        pair: Source and target language, for formats that hold only one pair.
        segmentation: What a unit is made of, in the words of TMX: `block`, `paragraph`, `sentence` or `phrase`.
        title: A heading for formats that people read.
        extras: By unit id, what an import found and the project has no field for; see `ImportedUnit.extras`.
        aids: What is offered beside a unit, for formats that have a place for it.
        tally: Where writers count what they changed.
    """

    articles: Mapping[int, Article] = field(default_factory=dict)
    signature: str = ""
    created: str = ""
    languages: tuple[str, ...] = LANGUAGES
    version: str = __version__
    pair: tuple[str, str] | None = None
    segmentation: str = "sentence"
    title: str = ""
    extras: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    aids: FindAids = no_aids
    tally: Tally = field(default_factory=Tally, compare=False)

    def path(self, article_id: int) -> str:
        """Return the path of an article, or an empty string where it is unknown."""
        article = self.articles.get(article_id)
        return article.path if article else ""


@dataclass(frozen=True, slots=True)
class ImportedUnit:
    """A unit read from a file: its variants name no article of this project (`article_id` 0) unless the file did.

    Attributes:
        unit: What the file says in our terms.
        where: The place in the file, for messages (`line 12`, `tu 3`).
        extras: What the file says beyond that, kept for a round trip. `NAME` is a property and `@NAME` an
            attribute of the unit, `LANGUAGE/NAME` and `LANGUAGE/@NAME` of a variant, `LANGUAGE/` the text in a
            language that is not ours; a repeated key ends in `#2`, `#3` and so on.
    """

    unit: Unit
    where: str = ""
    extras: Mapping[str, str] = field(default_factory=dict)

    @property
    def texts(self) -> dict[str, str]:
        """The first text of each language; under `en` the English rendering where no variant is English."""
        found = {language: variant.text for language in self.unit.languages if (variant := self.unit.variant(language))}
        if self.unit.english:
            found.setdefault(EN, self.unit.english)
        return found

    @property
    def english(self) -> str:
        """The English of the unit, whoever wrote it."""
        return self.texts.get(EN, "")


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something in a file that was not imported, and why."""

    where: str
    reason: str


def english_of(unit: Unit) -> str:
    """Return the English of a unit: of an English article if one takes part, else the rendering."""
    variant = unit.variant(EN)
    return variant.text if variant else unit.english


def text_of(unit: Unit, language: str) -> str:
    """Return what a unit says in a language, or an empty string."""
    if language == EN:
        return english_of(unit)
    variant = unit.variant(language)
    return variant.text if variant else ""
