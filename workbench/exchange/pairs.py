"""What the formats for one language pair share: XLIFF of both versions and the bilingual Word table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workbench import languages
from workbench.errors import ExchangeError
from workbench.exchange.context import LONGEST_TEXT, Context, ImportedUnit, text_of
from workbench.exchange.fields import from_fields, to_fields
from workbench.languages import EN
from workbench.model import Origin, Status, Unit, Variant


@dataclass(frozen=True, slots=True)
class Bitext:
    """A unit seen through one language pair.

    `origin` tells who wrote the target where it is a rendering; it is None where the target is an article's text.
    """

    source: str
    target: str
    origin: Origin | None
    fields: Mapping[str, str]


def bitext(unit: Unit, context: Context) -> Bitext | None:
    """Return what a unit says in the pair of the context, or None (counted) where a text is missing.

    Where a language has several texts, the first goes out.
    """
    if context.pair is None:
        raise ExchangeError("this format holds one language pair", "Name it, for example --pair uk-en.")
    source, target = (text_of(unit, language) for language in context.pair)
    if not source.strip() or not target.strip():
        context.tally.left_out += 1
        return None
    rendered = context.pair[1] == EN and unit.variant(EN) is None
    fields = to_fields(unit)
    if rendered:
        fields["english-origin"] = unit.english_origin.value
    for side, language in zip(("source", "target"), context.pair, strict=True):
        variant = unit.variant(language)
        if variant and (path := context.path(variant.article_id)):
            fields[f"{side}-article"] = path
    return Bitext(source, target, unit.english_origin if rendered else None, fields)


def imported(
    pair: tuple[str, str],
    texts: tuple[str, str],
    fields: Mapping[str, str],
    where: str,
    status: Status | None = None,
    note: str = "",
) -> ImportedUnit:
    """Return a unit from a file's texts and fields; what is unknown among the fields becomes extras.

    Raises:
        ExchangeError: A text is missing or too long.
        UsageError: A language is not one of ours.
    """
    codes = tuple(languages.parse(code) for code in pair)
    if not all(text.strip() for text in texts):
        raise ExchangeError("the source or the target is empty")
    if max(map(len, texts)) > LONGEST_TEXT:
        raise ExchangeError("a text is too long for a unit")
    rest = dict(fields)
    origin = rest.pop("english-origin", "")
    known, others = from_fields(rest)
    if status:
        known["status"] = status
    variants = [Variant(0, code, (), text) for code, text in zip(codes, texts, strict=True)]
    if origin in set(Origin) and codes[1] == EN:
        known |= {"english": variants.pop().text, "english_origin": Origin(origin)}
    return ImportedUnit(Unit(tuple(variants), note=note, **known), where, _extras(others, codes))


def _extras(others: Mapping[str, str], codes: tuple[str, ...]) -> dict[str, str]:
    names: dict[str, Any] = {f"{side}-article": code for side, code in zip(("source", "target"), codes, strict=True)}
    return {
        f"{names[name]}/x-article" if name in names else name if name.startswith("@") else f"x-{name}": text
        for name, text in others.items()
    }


def reconcile(written: str, seen: Status, same: bool) -> Status:
    """Return the status of a unit that comes back: ours, unless the other program changed the state since.

    Args:
        written: The status that we noted in the file, or an empty string.
        seen: What the state in the file means.
        same: Whether the state in the file is the one that we wrote for `written`.
    """
    return Status(written) if same and written in set(Status) else seen
