"""Reuse of English that a human wrote: the same text again, or nearly the same with its difference. Pure functions."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbench.model import Origin, Remembered, Rendering
from workbench.text import norm, words

#: Least similarity of what is offered; translators find less than this slower than writing afresh.
LEAST = 0.7
# Texts are first compared letter by letter, which is quick, and only the likest by their lemmas: inflection may take
# this much from the likeness of letters, and so many are looked at closely.
_FIRST_LOOK = 0.25
_CLOSELY = 50

#: Gives the lemma of a word, so that inflected forms of one word count as nearly the same.
Lemma = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Match:
    """A source text like the one asked for, with its English. `similarity` is in [0, 1]; 1 is the same text.

    `difference` pairs the words of `source`, stretch by stretch, with those of the text asked for where the two
    differ, and with None where they are the same.
    """

    source: str
    english: str
    similarity: float
    difference: tuple[tuple[str, str | None], ...] = ()


def remembered(pairs: Iterable[tuple[str, str]]) -> dict[str, Remembered]:
    """Turn pairs of source and human English into a memory, keyed by searchable form; the last of equals stays."""
    return {norm(source): Remembered(source, english) for source, english in pairs if norm(source) and english.strip()}


def exact(text: str, memory: Mapping[str, Remembered]) -> Rendering | None:
    """Return the human English of the same text, if there is any.

    Args:
        text: The source text; case, apostrophes and spaces do not matter.
        memory: Texts with their English, by `workbench.text.norm` of the text.
    """
    found = memory.get(norm(text))
    return None if found is None else Rendering(found.english, origin=Origin.MEMORY)


def fuzzy(
    query: str, memory: Mapping[str, Remembered], limit: int = 5, cutoff: float = LEAST, lemma: Lemma = str
) -> list[Match]:
    """Return the texts of a memory that are most like a text, the likest first.

    Similarity is the mean of that of the letters and that of the lemmas, each one minus the edit distance of
    insertions and deletions over the sum of the lengths: one inflected word costs little, another word its share.

    Args:
        query: The source text.
        memory: Texts with their English, by `workbench.text.norm` of the text.
        limit: How many to return at most.
        cutoff: The least similarity.
        lemma: Gives the lemma of a word; without it inflected forms are different words.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import Indel

    wanted = norm(query)
    lemmas = [lemma(word) for word in words(wanted)]
    found: list[Match] = []
    for key, letters, _ in process.extract(
        wanted,
        memory.keys(),
        scorer=Indel.normalized_similarity,
        processor=None,
        limit=max(limit, _CLOSELY),
        score_cutoff=max(0.0, cutoff - _FIRST_LOOK),
    ):
        theirs = [lemma(word) for word in words(key)]
        similarity = (float(letters) + Indel.normalized_similarity(lemmas, theirs)) / 2
        if similarity >= cutoff:
            known = memory[key]
            found.append(Match(known.source, known.english, similarity, difference(known.source, query)))
    return sorted(found, key=lambda match: -match.similarity)[:limit]


def difference(old: str, new: str) -> tuple[tuple[str, str | None], ...]:
    """Return the stretches of an old text, each with what a new one has instead, None where it is the same.

    Words are the same if their searchable forms are: what differs in case alone is no difference.
    """
    from rapidfuzz.distance import Indel

    before, after = old.split(), new.split()
    stretches: list[tuple[str, str | None]] = []
    gone: list[str] = []
    come: list[str] = []
    for step in Indel.opcodes([norm(word) for word in before], [norm(word) for word in after]):
        if step.tag == "equal":
            _close(stretches, gone, come)
            stretches.append((" ".join(before[step.src_start : step.src_end]), None))
        else:
            gone += before[step.src_start : step.src_end]
            come += after[step.dest_start : step.dest_end]
    _close(stretches, gone, come)
    return tuple(stretches)


def _close(stretches: list[tuple[str, str | None]], gone: list[str], come: list[str]) -> None:
    if gone or come:
        stretches.append((" ".join(gone), " ".join(come)))
        gone.clear()
        come.clear()


def marked(stretches: Sequence[tuple[str, str | None]]) -> str:
    """Write a difference in one line: `[-what the memory has-] {+what the text has+}`."""
    parts = []
    for old, new in stretches:
        if new is None:
            parts.append(old)
            continue
        parts += [f"[-{old}-]"] if old else []
        parts += ["{+" + new + "+}"] if new else []
    return " ".join(parts)
