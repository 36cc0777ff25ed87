"""Rendering what has no English yet, language by language, batch by batch."""

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.database import Database, renderings, segments, settings, units
from workbench.languages import EN
from workbench.model import UnitQuery
from workbench.progress import Progress
from workbench.stages import english
from workbench.translation import Engine


@dataclass(frozen=True, slots=True)
class Rendered:
    """How many texts of a language were rendered, and by what."""

    language: str
    model: str
    texts: int


def pending(database: Database, models: Mapping[str, str]) -> dict[str, int]:
    """Return how many texts of each language its model (language -> model id) has not rendered yet."""
    return {language: len(segments.without_rendering(database, language, model)) for language, model in models.items()}


def render(database: Database, engines: Mapping[str, Engine], progress: Progress) -> list[Rendered]:
    """Render all texts that an engine (by language) has not rendered yet.

    Raises:
        Cancelled: The user stopped it; finished batches are stored.
    """
    done = []
    for language, engine in engines.items():
        texts = segments.without_rendering(database, language, engine.id)
        settings.put(database, f"model:{language}", engine.id)
        if texts:
            _render_language(database, language, engine, texts, progress)
        done.append(Rendered(language, engine.id, len(texts)))
    if any(result.texts for result in done):
        english.refresh(database, units.ids(database, UnitQuery()))
    return done


def _render_language(
    database: Database, language: str, engine: Engine, texts: list[tuple[str, str]], progress: Progress
) -> None:
    progress.start(f"Rendering {language} into {EN}", len(texts))
    try:
        for batch in engine.render_batches([text for _, text in texts]):
            renderings.save(database, language, [(texts[index][0], rendering) for index, rendering in batch])
            progress.advance(len(batch))
    finally:
        progress.finish()
