"""What a translator is offered beside a text, in formats with a place for it: its terms, and other translations."""

from collections.abc import Callable
from dataclasses import dataclass

from workbench.model import Origin, Span, Unit


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the glossary that stands in the source text.

    Attributes:
        text: The term as the glossary has it.
        translations: What the target language has for it, best first; never empty.
        definition: Of the concept.
        span: Where it stands in the source text.
    """

    text: str
    translations: tuple[str, ...]
    definition: str
    span: Span


@dataclass(frozen=True, slots=True)
class Match:
    """Another translation of the source text, or of one much like it.

    Attributes:
        source: The text that it translates.
        target: The translation.
        similarity: Of `source` to the text at hand, in [0, 1].
        origin: `Origin.MACHINE`, or `Origin.MEMORY` for human work that is reused.
        quality: What is thought of the translation, in [0, 1]; None where nobody judged it.
    """

    source: str
    target: str
    similarity: float
    origin: Origin
    quality: float | None = None


@dataclass(frozen=True, slots=True)
class Aids:
    """All that is offered beside one source text."""

    terms: tuple[Term, ...] = ()
    matches: tuple[Match, ...] = ()


#: Gives the aids for a unit whose source text, in the pair of the export, goes out.
FindAids = Callable[[Unit], Aids]


def no_aids(unit: Unit) -> Aids:
    """Offer nothing."""
    return Aids()


def stretches(text: str, terms: tuple[Term, ...]) -> list[tuple[str, tuple[Term, ...]]]:
    """Cut a text where terms stand in it; joined, the pieces are the text.

    Terms with the same span share a piece; one that reaches into an earlier one has none and is left out.
    """
    by_span: dict[Span, list[Term]] = {}
    for term in terms:
        by_span.setdefault(term.span, []).append(term)
    pieces: list[tuple[str, tuple[Term, ...]]] = []
    done = 0
    for span in sorted(by_span, key=lambda span: (span.start, span.end)):
        if span.start < done or span.end > len(text):
            continue
        pieces += [(text[done : span.start], ()), (text[span.start : span.end], tuple(by_span[span]))]
        done = span.end
    return [piece for piece in [*pieces, (text[done:], ())] if piece[0]]
