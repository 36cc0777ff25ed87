"""Rendering what has no English yet, language by language, batch by batch; what a human wrote comes first."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from workbench.database import Database, memory, renderings, segments, settings, units
from workbench.glossary import Matcher, choose, mend
from workbench.languages import EN
from workbench.model import Hypothesis, Rendering, UnitQuery
from workbench.progress import Progress
from workbench.stages import english
from workbench.translation import Engine, exact

#: The flag of a rendering that a human wrote for the same text elsewhere.
REMEMBERED = "memory"
#: The flag of a rendering in which a term of the glossary took the place of the model's own words.
MENDED = "terms"


@dataclass(frozen=True, slots=True)
class Rendered:
    """How many texts of a language were rendered by a model, and how many a human had rendered before."""

    language: str
    model: str
    texts: int
    remembered: int = 0


def render(
    database: Database, engines: Mapping[str, Engine], progress: Progress, matcher: Matcher | None = None
) -> list[Rendered]:
    """Render all texts that an engine (by language) has not rendered yet.

    Args:
        database: The project.
        engines: What renders each language.
        progress: Told of every batch.
        matcher: The glossary that choices among the hypotheses of new renderings go by, if they should.

    Raises:
        Cancelled: The user stopped it; finished batches are stored.
    """
    done = []
    for language, engine in engines.items():
        settings.put(database, f"model:{language}", engine.id)
        remembered = _remember(database, language, engine.id)
        texts = segments.without_rendering(database, language, engine.id)
        if texts:
            _render_language(database, language, engine, texts, progress, matcher)
        done.append(Rendered(language, engine.id, len(texts), remembered))
    if any(result.texts or result.remembered for result in done):
        english.refresh(database, units.ids(database, UnitQuery()))
    return done


def _remember(database: Database, language: str, model: str) -> int:
    """Store human English for texts that it exists for, in the place of the model's; return how many are new."""
    known = memory.of_language(database, language)
    if not known:
        return 0
    fresh = []
    for segment_id, key, text in segments.aligned_in(database, language):
        found = exact(text, known)
        if found is not None:
            old = renderings.of_segments(database, [segment_id]).get(segment_id)
            if old is None or old.text != found.text:
                fresh.append((key, replace(found, model=model, flags=(REMEMBERED,))))
    renderings.save(database, language, fresh)
    return len(fresh)


def _render_language(
    database: Database,
    language: str,
    engine: Engine,
    texts: list[tuple[str, str]],
    progress: Progress,
    matcher: Matcher | None,
) -> None:
    progress.start(f"Rendering {language} into {EN}", len(texts))
    try:
        for batch in engine.render_batches([text for _, text in texts]):
            rows = [(texts[index][0], _by_terms(texts[index][1], language, one, matcher)) for index, one in batch]
            renderings.save(database, language, rows)
            progress.advance(len(batch))
    finally:
        progress.finish()


def _by_terms(source: str, language: str, rendering: Rendering, matcher: Matcher | None) -> Rendering:
    """Prefer the hypothesis that keeps the glossary's terms, and put right those that it still renders otherwise.

    What the model said itself stays among the alternatives.
    """
    if matcher is None:
        return rendering
    offered = [Hypothesis(rendering.text, rendering.score, rendering.alignment), *rendering.alternatives]
    chosen = choose(source, language, offered, matcher).hypothesis
    english = mend(source, language, chosen.text, chosen.alignment, matcher).english
    if english == rendering.text:
        return rendering
    others = tuple(one for one in offered if one.text != english)
    flags = (*rendering.flags, MENDED) if english != chosen.text else rendering.flags
    return replace(
        rendering, text=english, score=chosen.score, alternatives=others, flags=flags, alignment=chosen.alignment
    )
