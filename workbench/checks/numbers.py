"""Numbers that differ between the variants of a unit and its English.

Texts vote: a figure that most texts have and one lacks is reported at the one, a figure that one text alone has
is reported there. Where the odd text has a figure of its own instead, both make one finding.
"""

import re
from collections.abc import Iterator

from workbench.checks.texts import Text, finding, listed, named
from workbench.checks.units_of_measure import Measure, converted
from workbench.model import Finding, Severity
from workbench.numbers import Figure, Quantities, quantities

_DIGIT = re.compile(r"\d")
#: Numbers up to this are often worded away (a pair, the only, the last three).
_SMALL = 4
#: The unit of a measure stands within so many characters of its number.
_UNIT_WITHIN = 40
Mention = tuple[Text, Figure]


def check_numbers(texts: list[Text]) -> Iterator[Finding]:
    """Yield numbers written in digits that another text of the unit neither repeats nor words differently."""
    if len(texts) < 2 or not any(_DIGIT.search(text.text) for text in texts):
        return
    read = {text: quantities(text.text, text.where) for text in texts}
    odd: list[Mention] = []  # figures that few texts have
    missed: list[tuple[Text, Mention, list[Text]]] = []  # text, the figure that it lacks, who has it
    for text, own in read.items():
        for figure in own.figures:
            having = [other for other in texts if other is text or read[other].explains(figure)]
            lacking = [other for other in texts if other not in having]
            if lacking and len(having) < len(lacking):
                odd.append((text, figure))
            elif lacking and having[0] is text:
                missed += [(other, (text, figure), having) for other in lacking]
    yield from _findings(read, odd, missed)


def _findings(
    read: dict[Text, Quantities], odd: list[Mention], missed: list[tuple[Text, Mention, list[Text]]]
) -> Iterator[Finding]:
    told: set[tuple[Text, Figure | frozenset[float]]] = set()
    for text, (source, figure), having in missed:
        if (text, figure.values) in told:
            continue
        told.add((text, figure.values))
        instead = _instead(text, source, figure, read, told)
        if instead is not None:
            told |= {(text, instead), (text, instead.values)}
        yield _missing(text, instead, source, figure, having)
    for text, figure in odd:
        if (text, figure) not in told and (text, figure.values) not in told:
            told.add((text, figure.values))
            yield _only(text, figure, [other for other in read if other is not text])


def _instead(
    text: Text,
    source: Text,
    figure: Figure,
    read: dict[Text, Quantities],
    told: set[tuple[Text, Figure | frozenset[float]]],
) -> Figure | None:
    """Return the figure that a text has where its companions have another: the same measure, or the first strange."""
    strange = [own for own in read[text].figures if not read[source].explains(own) and (text, own) not in told]
    same = (own for own in strange if converted(_measure(text, own), _measure(source, figure)))
    return next(same, strange[0] if strange else None)


def _missing(text: Text, instead: Figure | None, source: Text, figure: Figure, having: list[Text]) -> Finding:
    wanted, places = source.excerpt(figure.span), listed([other.where for other in having])
    verb = "has" if len(having) == 1 else "have"
    if instead is None:
        return finding(
            "numbers",
            _severity(text, figure),
            f"Is {wanted} left out? {places[0].upper()}{places[1:]} {verb} it.",
            text,
        )
    start, end = instead.span.start, instead.span.end
    message = f"{text.excerpt(instead.span)} stands here, but {places} {verb} {wanted}. Which is right?"
    severity = Severity.WARNING
    if converted(_measure(text, instead), _measure(source, figure)):
        severity = Severity.INFO
        message = f"{text.excerpt(instead.span)} looks like {wanted} of {places} in another unit of measure."
    return finding("numbers", severity, message, text, start, end)


def _only(text: Text, figure: Figure, others: list[Text]) -> Finding:
    written, start, end = text.excerpt(figure.span), figure.span.start, figure.span.end
    for other in others:
        for theirs in quantities(other.text, other.where).figures:
            if converted(_measure(text, figure), _measure(other, theirs)):
                message = f"{written} looks like {other.excerpt(theirs.span)} of {named(other.where)} converted."
                return finding("numbers", Severity.INFO, message, text, start, end)
    lack = "lacks" if len(others) == 1 else "lack"
    message = f"{written} stands only here; {listed([other.where for other in others])} {lack} it."
    return finding("numbers", _severity(text, figure), message, text, start, end)


def _measure(text: Text, figure: Figure) -> Measure:
    return Measure(figure.values, text.text[figure.span.end : figure.span.end + _UNIT_WITHIN])


def _severity(text: Text, figure: Figure) -> Severity:
    """Return how much a number matters that is only missing or only added: articles may say more or less."""
    return Severity.WARNING if text.english and max(figure.values) > _SMALL else Severity.INFO
