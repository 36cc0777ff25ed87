"""What the project offers a translator beside a unit that goes out: terms of its glossary, and other translations."""

from collections.abc import Iterator, Sequence

from workbench.database import Database, concepts, renderings
from workbench.exchange import Aids
from workbench.exchange.aids import Match, Term
from workbench.glossary import Matcher, equivalents
from workbench.languages import EN
from workbench.model import Origin, Rendering, Unit, Variant
from workbench.stages.remembering import Memory
from workbench.stages.rendering import REMEMBERED

# Two similar texts of the memory are help, ten are noise.
_MOST_REMEMBERED = 2
_LEAST_SIMILARITY = 0.7


class Aiding:
    """Finds the aids for units, called with each; their renderings are fetched page by page.

    Args:
        database: The project.
        pair: Source and target language.
        with_terms: Whether terms of the glossary are looked up.
        with_memory: Whether similar human English is looked up, which takes time for each unit.
    """

    def __init__(
        self, database: Database, pair: tuple[str, str], *, with_terms: bool = True, with_memory: bool = False
    ) -> None:
        self._database = database
        self._source, self._target = pair
        self._matcher = Matcher(concepts.every(database) if with_terms else ())
        self._memory = Memory(database, self._source) if with_memory and self._target == EN else None
        self._renderings: dict[int, Rendering] = {}

    def turn_to(self, units: Sequence[Unit]) -> None:
        """Forget the page before and fetch what this one needs."""
        if self._target == EN:
            sources = (unit.variant(self._source) for unit in units)
            wanted = (key for variant in sources if variant for key in variant.segment_ids)
            self._renderings = renderings.of_segments(self._database, wanted)

    def __call__(self, unit: Unit) -> Aids:
        """Return what is offered beside a unit."""
        variant = unit.variant(self._source)
        if variant is None:
            return Aids()
        matches = tuple(self._matches(unit, variant)) if self._target == EN else ()
        return Aids(tuple(self._terms(variant)), matches)

    def _terms(self, variant: Variant) -> Iterator[Term]:
        for found in self._matcher.find(variant.text, self._source):
            concept = self._matcher.concepts[found.concept]
            kept = [found.term] if found.term.do_not_translate else equivalents(concept, self._target)
            if translations := tuple(term.text for term in kept):
                yield Term(found.term.text, translations, concept.definition, found.span)

    def _matches(self, unit: Unit, variant: Variant) -> Iterator[Match]:
        written = unit.variant(EN)
        said = {written.text if written else unit.english}
        for target, origin, quality in self._rendered(variant):
            if target and target not in said:
                said.add(target)
                yield Match(variant.text, target, 1.0, origin, quality)
        if self._memory:
            for similar in self._memory.similar(variant.text, _MOST_REMEMBERED + 1, _LEAST_SIMILARITY):
                if similar.english not in said:
                    said.add(similar.english)
                    yield Match(similar.source, similar.english, similar.similarity, Origin.MEMORY)

    def _rendered(self, variant: Variant) -> Iterator[tuple[str, Origin, float | None]]:
        """Yield the renderings of a passage and how good each seems; of one sentence also the second choices."""
        parts = [self._renderings.get(key) for key in variant.segment_ids]
        whole = [part for part in parts if part is not None]
        if not whole or len(whole) < len(parts) or variant.corrected:
            return
        origin = Origin.MEMORY if all(REMEMBERED in part.flags for part in whole) else Origin.MACHINE
        yield " ".join(part.text for part in whole), origin, sum(part.quality for part in whole) / len(whole)
        if len(whole) == 1:
            yield from ((other.text, Origin.MACHINE, None) for other in whole[0].alternatives)
