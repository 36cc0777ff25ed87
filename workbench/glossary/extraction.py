"""Concepts proposed from aligned units: candidates of several languages that occur in the same units."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from workbench.glossary.candidates import Candidate, Lemmas, Sentence, candidates, log_likelihood
from workbench.glossary.matching import Matcher
from workbench.languages import EN, LANGUAGES, fold, romanise
from workbench.model import Concept, Term, Unit

#: How alike two phrases of two languages are, about in [0, 1]: text and language of each. From word alignment on
#: sub-word vectors, or the cosine of their vectors.
Similarity = Callable[[str, str, str, str], float]

_LEAST_DICE = 0.5
_LEAST_TOGETHER = 2  # units; once is chance
_LEAST_LIKELIHOOD = 6.63  # chi-square of one degree of freedom at one in a hundred
_LIKE_SPELLING = 70  # percent, of names: Ким Чен Ун, Кім Чен Ин
_COGNATE = 2.0  # more than any other association: once together is enough for names that are spelt alike


@dataclass(frozen=True, slots=True)
class Proposal:
    """A concept that may be wanted: one candidate a language, best first by `score`."""

    candidates: tuple[Candidate, ...]
    score: float

    def concept(self, key: str) -> Concept:
        """Return the concept that accepting the proposal makes."""
        terms = tuple(
            Term(one.language, one.text, part_of_speech="proper noun" if one.kind == "name" else "noun")
            for one in self.candidates
        )
        return Concept(key, terms, source="extracted")


def sentences_of(units: Iterable[Unit]) -> Iterator[Sentence]:
    """Yield the texts of units for extraction; the units' numbers are the groups."""
    for unit in units:
        for variant in unit.variants:
            yield Sentence(unit.id, variant.language, variant.text)
        if unit.english and not unit.variant(EN):
            yield Sentence(unit.id, EN, unit.english)


def extract(
    units: Sequence[Unit],
    *,
    loose: Iterable[Sentence] = (),
    glossary: Matcher | None = None,
    ignored: Collection[tuple[str, Lemmas]] = (),
    least: int = 2,
    similarity: Similarity | None = None,
) -> list[Proposal]:
    """Propose concepts from units, best first.

    A candidate is joined to the candidate of each other language that shares most units with it (Dice coefficient,
    Smadja and others 1996), where each is the other's best and chance is unlikely. What has no equivalent is
    proposed by itself.

    Args:
        units: Aligned units, each with its own `id`.
        loose: Sentences in no unit, each a group of its own below zero; they count how often a candidate occurs.
        glossary: Terms that are left out.
        ignored: Language and lemmas of candidates that stay out.
        least: How often a candidate must occur.
        similarity: A second opinion on pairs; it halves the score of a pair that it thinks nothing of.
    """
    sentences = [*sentences_of(units), *loose]
    found = candidates(sentences, glossary=glossary, ignored=ignored, least=least)
    partners = _partners(found, len({sentence.group for sentence in sentences}), similarity)
    proposals: list[Proposal] = []
    used: set[tuple[str, Lemmas]] = set()
    for candidate in found:
        if (candidate.language, candidate.lemmas) in used:
            continue
        group = {candidate.language: candidate}
        for other in partners.get((candidate.language, candidate.lemmas), {}).values():
            if (other.language, other.lemmas) not in used:
                group.setdefault(other.language, other)
        used |= {(one.language, one.lemmas) for one in group.values()}
        members = tuple(sorted(group.values(), key=lambda one: LANGUAGES.index(one.language)))
        proposals.append(Proposal(members, round(sum(one.score for one in members), 3)))
    return sorted(proposals, key=lambda proposal: -proposal.score)


def _partners(
    found: Sequence[Candidate], total: int, similarity: Similarity | None
) -> dict[tuple[str, Lemmas], dict[str, Candidate]]:
    """Return for each candidate its partner in each other language, where the choice is mutual."""
    best: dict[tuple[str, Lemmas], dict[str, tuple[float, Candidate]]] = defaultdict(dict)
    for one, other in _meeting(found):
        score = _association(one, other, total)
        if score and similarity:
            score *= (1 + similarity(one.text, one.language, other.text, other.language)) / 2
        for left, right in ((one, other), (other, one)):
            known = best[left.language, left.lemmas].get(right.language)
            if score and (known is None or score > known[0]):
                best[left.language, left.lemmas][right.language] = (score, right)
    mutual: dict[tuple[str, Lemmas], dict[str, Candidate]] = {}
    for key, choices in best.items():
        for language, (_, other) in choices.items():
            back = best[other.language, other.lemmas].get(key[0])
            if back and back[1].lemmas == key[1]:
                mutual.setdefault(key, {})[language] = other
    return mutual


def _meeting(found: Sequence[Candidate]) -> Iterator[tuple[Candidate, Candidate]]:
    """Yield each pair of candidates of two languages that share a unit, once."""
    by_group: dict[int, list[int]] = defaultdict(list)
    for place, candidate in enumerate(found):
        for group in candidate.groups:
            by_group[group].append(place)
    pairs = {
        (left, right)
        for places in by_group.values()
        for number, left in enumerate(places)
        for right in places[number + 1 :]
        if found[left].language != found[right].language
    }
    yield from ((found[left], found[right]) for left, right in sorted(pairs))


def _cognate(one: Candidate, other: Candidate) -> bool:
    """Whether two names of as many words are spelt alike once their alphabets are made one."""
    if one.kind != "name" or other.kind != "name" or len(one.lemmas) != len(other.lemmas):
        return False
    from rapidfuzz.fuzz import ratio

    latin = EN in (one.language, other.language)
    spelt = [fold(romanise(each.text, each.language) if latin else each.text) for each in (one, other)]
    return bool(ratio(*spelt) >= _LIKE_SPELLING)


def _association(one: Candidate, other: Candidate, total: int) -> float:
    """Return how strongly two candidates keep company, 0 where it may be chance.

    Dice, a little raised for the same number of words, which tells *Northern Fleet* from *Fleet*.
    """
    together = len(one.groups & other.groups)
    if together and _cognate(one, other):
        return _COGNATE + together / max(len(one.groups), len(other.groups))
    if together < _LEAST_TOGETHER:
        return 0.0
    dice = 2 * together / (len(one.groups) + len(other.groups))
    if dice < _LEAST_DICE:
        return 0.0
    if log_likelihood(together, len(one.groups), len(other.groups), total) < _LEAST_LIKELIHOOD:
        return 0.0
    same_kind = 0.05 * (one.kind == other.kind) + 0.05 * (len(one.lemmas) == len(other.lemmas))
    return dice + same_kind
