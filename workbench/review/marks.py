"""What a reviewer's eye should fall on in a unit: findings, names that the other languages lack, glossary terms."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from workbench.languages import EN, fold
from workbench.model import Finding, Span, Unit
from workbench.text import words

if TYPE_CHECKING:
    from workbench.glossary import Matcher

#: A stretch of a text and what it is: `number`, `finding`, `name` or `term`.
Mark = tuple[Span, str]
_NUMERIC = {"numbers", "percent", "dates", "currency"}
# A capitalised word inside a sentence: something other than the end of a sentence, a quote or a dash stands before.
_NAME = re.compile(r"(?<=[\w,;)»”]\s)[А-ЯҐЄІЇЁA-Z][\w’ʼ'-]{2,}")
_ALIKE = 70
_SAME_START = 4


def marks(unit: Unit, findings: Iterable[Finding], matcher: "Matcher | None" = None) -> dict[int, list[Mark]]:
    """Return the marks of a unit's texts by article id, those of the English under 0.

    Where marks overlap, the later in a list are the more important.
    """
    found: dict[int, list[Mark]] = {0: [], **{variant.article_id: [] for variant in unit.variants}}
    places = {variant.language: variant.article_id for variant in reversed(unit.variants)}
    if matcher is not None:
        for variant in unit.variants:
            found[variant.article_id] += [(hit.span, "term") for hit in matcher.find(variant.text, variant.language)]
        found[0] += [(hit.span, "term") for hit in matcher.find(unit.english, EN)]
    for article_id, spans in lone_names({v.article_id: v.text for v in unit.variants if v.language != EN}).items():
        found[article_id] += [(span, "name") for span in spans]
    for finding in findings:
        place = places.get(finding.where, 0)
        if finding.span is not None:
            found[place].append((finding.span, "number" if finding.check in _NUMERIC else "finding"))
    return found


def lone_names(texts: Mapping[int, str]) -> dict[int, list[Span]]:
    """Return, for each of several Cyrillic texts, the names that one of the others has nothing like.

    Words are compared in one folded alphabet, so that Київ and Киев are the same name; a name at the beginning
    of a sentence cannot be told from any other word and is passed over.
    """
    vocabularies = {key: [fold(word) for word in words(text)] for key, text in texts.items()}
    found: dict[int, list[Span]] = {}
    for key, text in texts.items():
        others = [vocabulary for other, vocabulary in vocabularies.items() if other != key]
        found[key] = [
            Span(match.start(), match.end())
            for match in _NAME.finditer(text)
            if any(not _occurs(fold(match.group()), vocabulary) for vocabulary in others)
        ]
    return found


def _occurs(name: str, vocabulary: Sequence[str]) -> bool:
    return any(
        word[:_SAME_START] == name[:_SAME_START] or fuzz.ratio(word, name) >= _ALIKE
        for word in vocabulary
        if word[:1] == name[:1] or fuzz.ratio(word, name) >= _ALIKE
    )


def of_parts(spans: Iterable[Mark], parts: Sequence[str]) -> tuple[tuple[Mark, ...], ...]:
    """Distribute the marks of a text over the parts that it was joined from with single spaces."""
    listed = list(spans)
    result, start = [], 0
    for part in parts:
        end = start + len(part)
        result.append(
            tuple(
                (Span(max(span.start, start) - start, min(span.end, end) - start), name)
                for span, name in listed
                if span.start < end and span.end > start
            )
        )
        start = end + 1
    return tuple(result)
