"""Where a project stands, and what is still to be done in it."""

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.database import Database, articles, segments, settings, stories, units
from workbench.languages import SOURCE_LANGUAGES
from workbench.model import Article, Status, Story
from workbench.stages.learning import Learned, learned


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a project stands.

    Attributes:
        articles: All articles, without their text.
        kinds: Article id -> kind of segment -> how many.
        stories: All stories.
        units: Status -> how many units.
        unrendered: Language -> texts that no model has rendered yet.
        unembedded: Texts that have no vector yet.
        unaligned: Stories (of articles in two languages or more) never aligned.
        models: Language -> what its English comes from.
        encoder: What the vectors come from.
        learned: What reviewers' decisions say about confidence.
    """

    articles: tuple[Article, ...]
    kinds: Mapping[int, Mapping[str, int]]
    stories: tuple[Story, ...]
    units: Mapping[Status, int]
    unrendered: Mapping[str, int]
    unembedded: int
    unaligned: int
    models: Mapping[str, str]
    encoder: str
    learned: Learned


def standing(database: Database) -> Standing:
    """Return where a project stands."""
    return Standing(
        articles=tuple(articles.every(database, with_text=False)),
        kinds=segments.count_by_kind(database),
        stories=tuple(stories.every(database)),
        units=units.count_by_status(database),
        unrendered=unrendered(database),
        unembedded=unembedded(database),
        unaligned=unaligned(database),
        models=models(database),
        encoder=settings.get(database, "encoder"),
        learned=learned(database),
    )


def models(database: Database) -> dict[str, str]:
    """Return, by language, the model that the project's English comes from; empty where nothing is rendered."""
    present = [code for code in articles.languages(database) if code in SOURCE_LANGUAGES]
    return {code: settings.get(database, f"model:{code}") for code in present}


def unrendered(database: Database) -> dict[str, int]:
    """Return, by language, how many texts the current model has not rendered yet."""
    return {code: segments.count_without_rendering(database, code, model) for code, model in models(database).items()}


def unembedded(database: Database) -> int:
    """Return how many texts have no vector of the current encoder yet."""
    return segments.count_without_vector(database, settings.get(database, "encoder"))


def unaligned(database: Database) -> int:
    """Return how many stories with several articles were never aligned, articles in no story counting as one."""
    keys = stories.alignment_keys(database)
    waiting = sum(1 for story in stories.every(database) if len(story.article_ids) > 1 and not keys[story.id])
    loose = any(article.story_id is None for article in articles.every(database, with_text=False))
    return waiting + int(loose)
