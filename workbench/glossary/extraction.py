"""Concepts proposed from aligned units: candidates of several languages whose words are aligned with each other."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from workbench.glossary.candidates import Candidate, Lemmas, Place, Sentence, candidates
from workbench.glossary.matching import Matcher
from workbench.glossary.word_alignment import EncodeWords, Words, agreement
from workbench.languages import EN, LANGUAGES, fold, romanise
from workbench.model import Concept, Term, Unit
from workbench.progress import Progress, Silent

_UNITS_AT_ONCE = 64
_LEAST_AGREEMENT = 0.5  # in a unit, for it to speak for a pair
_LEAST_SHARE = 0.2  # of the units that could speak for it, by Dice's coefficient
_LIKE_SPELLING = 70  # percent, of names: Ким Чен Ун, Кім Чен Ин
_LIKE_SPELT, _SAME_KIND, _SAME_LENGTH = 0.5, 0.05, 0.05  # what likeness of form adds

Key = tuple[str, Lemmas]
#: A language and a text in it.
Text = tuple[str, str]
#: Numbers of two candidates.
Pair = tuple[int, int]


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
    words: EncodeWords,
    *,
    loose: Iterable[Sentence] = (),
    glossary: Matcher | None = None,
    ignored: Collection[Key] = (),
    least: int = 2,
    progress: Progress | None = None,
) -> list[Proposal]:
    """Propose concepts from units, best first.

    Candidates of two languages are equivalents as far as their words are aligned with each other in the units that
    hold both; one unit is enough. They are joined in the order of their scores, one candidate a language; what has
    no equivalent is proposed by itself.

    Args:
        units: Aligned units, each with its own `id`.
        words: Gives the sub-words of texts with their vectors.
        loose: Sentences in no unit, each a group of its own below zero; they count how often a candidate occurs.
        glossary: Terms that are left out.
        ignored: Language and lemmas of candidates that stay out.
        least: How often a candidate must occur.
        progress: Told of each batch of units.

    Raises:
        Cancelled: The user asked to stop.
    """
    told = list(sentences_of(units))
    found = candidates([*told, *loose], glossary=glossary, ignored=ignored, least=least)
    languages: dict[int, set[str]] = defaultdict(set)
    for sentence in told:
        languages[sentence.group].add(sentence.language)
    evidence = _evidence(found, languages, words, progress or Silent())
    scores = {pair: score for pair, seen in evidence.items() if (score := _score(found, pair, seen, languages))}
    proposals = [
        Proposal(
            tuple(sorted((found[number] for number in members), key=lambda one: LANGUAGES.index(one.language))),
            round(sum(found[number].score for number in members), 3),
        )
        for members in _joined(found, scores)
    ]
    return sorted(proposals, key=lambda proposal: -proposal.score)


def _evidence(
    found: Sequence[Candidate], languages: Mapping[int, set[str]], words: EncodeWords, progress: Progress
) -> dict[Pair, list[float]]:
    """Return the agreement of pairs of candidates in each unit that speaks for them."""
    standing: dict[int, dict[Text, list[tuple[int, Place]]]] = defaultdict(lambda: defaultdict(list))
    for number, candidate in enumerate(found):
        for place in candidate.places:
            if len(languages.get(place.group, ())) > 1:
                standing[place.group][candidate.language, place.text].append((number, place))
    groups = sorted(group for group, texts in standing.items() if len(texts) > 1)
    evidence: dict[Pair, list[float]] = defaultdict(list)
    progress.start("Aligning words", len(groups))
    try:
        for start in range(0, len(groups), _UNITS_AT_ONCE):
            page = groups[start : start + _UNITS_AT_ONCE]
            texts = sorted({text for group in page for _, text in standing[group]})
            known = dict(zip(texts, words(texts), strict=True))
            for group in page:
                for pair, value in _agreements(standing[group], known).items():
                    evidence[pair].append(value)
            progress.advance(len(page))
    finally:
        progress.finish()
    return evidence


def _agreements(standing: Mapping[Text, Sequence[tuple[int, Place]]], known: Mapping[str, Words]) -> dict[Pair, float]:
    """Return for which pairs of candidates a unit speaks, and how much."""
    best: dict[Pair, float] = {}
    for one, other in combinations(standing, 2):
        if one[0] == other[0]:
            continue
        left, right = standing[one], standing[other]
        spans = [place.span for _, place in left], [place.span for _, place in right]
        alike = agreement(known[one[1]], known[other[1]], *spans)
        for row, column in zip(*(alike >= _LEAST_AGREEMENT).nonzero(), strict=True):
            pair = _pair(left[row][0], right[column][0])
            best[pair] = max(best.get(pair, 0.0), float(alike[row, column]))
    return best


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def _score(
    found: Sequence[Candidate], pair: Pair, agreements: Sequence[float], languages: Mapping[int, set[str]]
) -> float:
    """Return how sure it is that two candidates mean the same, 0 where too few units say so.

    The mean agreement, and Dice's coefficient over the units that hold both languages; a little more for the same
    number of words, which tells *Northern Fleet* from *Fleet*, and more for names that are spelt alike.
    """
    one, other = found[pair[0]], found[pair[1]]
    could = sum(
        there.language in languages.get(place.group, ())
        for here, there in ((one, other), (other, one))
        for place in here.places
    )
    share = 2 * len(agreements) / could
    if share < _LEAST_SHARE:
        return 0.0
    form = _SAME_KIND * (one.kind == other.kind) + _SAME_LENGTH * (len(one.lemmas) == len(other.lemmas))
    return sum(agreements) / len(agreements) + share + form + _LIKE_SPELT * _cognate(one, other)


def _cognate(one: Candidate, other: Candidate) -> bool:
    """Whether two names of as many words are spelt alike once their alphabets are made one."""
    if one.kind != "name" or other.kind != "name" or len(one.lemmas) != len(other.lemmas):
        return False
    from rapidfuzz.fuzz import ratio

    latin = EN in (one.language, other.language)
    spelt = [fold(romanise(each.text, each.language) if latin else each.text) for each in (one, other)]
    return bool(ratio(*spelt) >= _LIKE_SPELLING)


def _joined(found: Sequence[Candidate], scores: Mapping[Pair, float]) -> Iterator[list[int]]:
    """Join candidates, the surest pair first, where no language comes twice; yield the numbers of each group."""
    group_of = {number: [number] for number in range(len(found))}
    for one, other in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        left, right = group_of[one], group_of[other]
        taken = {found[number].language for number in left}
        if left is not right and not taken & {found[number].language for number in right}:
            left += right
            for number in right:
                group_of[number] = left
    seen: set[int] = set()
    for number in range(len(found)):
        if number not in seen:
            seen.update(group_of[number])
            yield group_of[number]
