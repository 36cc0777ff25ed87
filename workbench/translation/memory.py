"""Reuse of English that a human wrote: the same text again, or nearly the same. Pure functions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workbench.model import Origin, Rendering
from workbench.text import norm


@dataclass(frozen=True, slots=True)
class Match:
    """A source text like the one asked for, with its English. `similarity` is in [0, 1]; 1 is the same text."""

    source: str
    english: str
    similarity: float


def remembered(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Turn pairs of source and human English into a memory, keyed by searchable form; the last of equals stays."""
    return {norm(source): english for source, english in pairs if norm(source) and english.strip()}


def exact(text: str, memory: Mapping[str, str]) -> Rendering | None:
    """Return the human English of the same text, if there is any.

    Args:
        text: The source text; case, apostrophes and spaces do not matter.
        memory: English by `workbench.text.norm` of its source.
    """
    english = memory.get(norm(text))
    return None if english is None else Rendering(english, origin=Origin.MEMORY)


def fuzzy(query: str, candidates: Mapping[str, str], limit: int = 5, cutoff: float = 0.7) -> list[Match]:
    """Return the texts of a memory that are most like a text, the likest first.

    Similarity is one minus the edit distance between the searchable forms (insertions, deletions, so that a
    changed letter counts twice), over the sum of their lengths.

    Args:
        query: The source text.
        candidates: English by `workbench.text.norm` of its source.
        limit: How many to return at most.
        cutoff: The least similarity.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import Indel

    found = process.extract(
        norm(query),
        list(candidates),
        scorer=Indel.normalized_similarity,
        processor=None,
        limit=limit,
        score_cutoff=cutoff,
    )
    return [Match(source, candidates[source], float(similarity)) for source, similarity, _ in found]
