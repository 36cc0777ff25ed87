"""Which articles report the same event.

Two articles on one event have sentences in common; an article on the same people a year earlier shares their
names and little else. So likely neighbours are found by document vectors and by rare words, and then judged by
how many of their sentences correspond.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from workbench.alignment import Document, shared_sentences
from workbench.stories.cards import ArticleCard, card
from workbench.stories.clustering import clusters
from workbench.stories.neighbours import neighbours

__all__ = ["ArticleCard", "card", "gather"]

#: Sentences in common beyond which two articles are as near as can be.
_ENOUGH = 2.0
#: Mean number of sentences in common that holds a story together.
_LEAST = 0.5
#: Days between publications beyond which twice the evidence is asked for.
_DAYS_APART = 10


def gather(cards: Sequence[ArticleCard], *, fixed: Mapping[int, int] | None = None) -> list[tuple[int, ...]]:
    """Put articles that report the same event together.

    Args:
        cards: What is known of each article.
        fixed: Stories that a reviewer decided, by article key: articles with one story stay together, articles
            with different ones stay apart.

    Returns:
        The article keys of every story, each in rising order, stories by their first key; every article is in
        exactly one. The order of `cards` does not matter.
    """
    ordered = sorted(cards, key=lambda entry: entry.key)
    documents = [Document(c.key, c.language, c.texts, np.asarray(c.vectors), c.fine) for c in ordered]
    pairs = neighbours(ordered)
    shared = shared_sentences(documents, pairs)
    strength = {
        (ordered[a].key, ordered[b].key): min(value, _ENOUGH) * _patience(ordered[a], ordered[b])
        for (a, b), value in zip(pairs, shared, strict=True)
    }
    return clusters([entry.key for entry in ordered], strength, fixed or {}, _LEAST)


def _patience(one: ArticleCard, other: ArticleCard) -> float:
    """How much evidence counts: half where the articles appeared long apart."""
    if one.day is None or other.day is None:
        return 1.0
    return 1.0 if abs(one.day - other.day) <= _DAYS_APART else 0.5
