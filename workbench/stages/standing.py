"""What is still to be done in a project."""

from workbench.database import Database, articles, segments, settings, stories
from workbench.languages import SOURCE_LANGUAGES


def models(database: Database) -> dict[str, str]:
    """Return, by language, the model that the project's English comes from; empty where nothing is rendered."""
    present = [code for code in articles.languages(database) if code in SOURCE_LANGUAGES]
    return {code: settings.get(database, f"model:{code}") for code in present}


def unrendered(database: Database) -> dict[str, int]:
    """Return, by language, how many texts the current model has not rendered yet."""
    return {code: len(segments.without_rendering(database, code, model)) for code, model in models(database).items()}


def unembedded(database: Database) -> int:
    """Return how many texts have no vector of the current encoder yet."""
    return len(segments.without_vector(database, settings.get(database, "encoder")))


def unaligned(database: Database) -> int:
    """Return how many stories with several articles were never aligned, articles in no story counting as one."""
    keys = stories.alignment_keys(database)
    waiting = sum(1 for story in stories.every(database) if len(story.article_ids) > 1 and not keys[story.id])
    loose = any(article.story_id is None for article in articles.every(database, with_text=False))
    return waiting + int(loose)
