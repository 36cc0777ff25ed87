"""TMX of any program and version up to 1.4b on its way in; what has no field here is kept as extras (see `tmx`)."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, BinaryIO

from lxml import etree

from workbench import languages
from workbench.errors import ExchangeError, UsageError
from workbench.exchange.context import LONGEST_TEXT, ImportedUnit, Skipped
from workbench.exchange.fields import from_fields, keep, member, numbered
from workbench.exchange.tmx import CODES, MARKUP, NOTE, VARIANT_ATTRIBUTES
from workbench.exchange.xml import XML_LANG, elements, plain_text
from workbench.model import Origin, Unit, Variant

_COMPACT = re.compile(r"^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$")
_RESERVED = re.compile("[@#/<]")


def read(stream: BinaryIO) -> Iterator[ImportedUnit | Skipped]:
    """Yield the units of a TMX file of any version up to 1.4b, one at a time, and what cannot be a unit.

    Raises:
        ExchangeError: The file is not TMX, is damaged, or is not safe to read.
    """
    for number, element in enumerate(elements(stream, "tmx", "tu"), start=1):
        where = f"tu {number}"
        try:
            yield _read_unit(element, where)
        except (ExchangeError, UsageError) as error:
            yield Skipped(where, error.message)


class _Contents:
    """What a `<tu>` or a `<tuv>` holds, gathered in one pass: properties by (safe) name, notes, variants, segment."""

    __slots__ = ("notes", "props", "segment", "variants")

    def __init__(self, element: etree._Element) -> None:
        self.props: list[tuple[str, str]] = []
        self.notes: list[str] = []
        self.variants: list[etree._Element] = []
        self.segment: etree._Element | None = None
        for part in element:
            tag = part.tag
            if tag == "prop":
                self.props.append((_safe(part.get("type") or "x-untyped"), part.text or ""))
            elif tag == "tuv":
                self.variants.append(part)
            elif tag == "seg":
                self.segment = part
            elif tag == "note":
                self.notes.append(part.text or "")


def _read_unit(element: etree._Element, where: str) -> ImportedUnit:
    contents = _Contents(element)
    extras: dict[str, str] = {}
    fields = _read_fields(contents.props, extras)
    attributes = {str(name): str(value) for name, value in element.attrib.items()}
    if changed := _COMPACT.match(attributes.get("changedate", "")):
        del attributes["changedate"]
        fields["changed"] = "{}-{}-{}T{}:{}:{}Z".format(*changed.groups())
    if attributes.get("tuid") == str(fields.get("id", "")):
        del attributes["tuid"]
    extras |= {f"@{name}": value for name, value in attributes.items()}
    variants = _read_variants(contents.variants, extras, fields)
    if len(variants) + bool(fields.get("english")) < 2:
        raise ExchangeError("fewer than two texts in Bulgarian, Ukrainian, Russian or English")
    return ImportedUnit(Unit(variants=variants, note="\n".join(contents.notes), **fields), where, extras)


@lru_cache(maxsize=1000)
def _safe(name: str) -> str:
    return _RESERVED.sub("_", name)


def _read_fields(props: list[tuple[str, str]], extras: dict[str, str]) -> dict[str, Any]:
    """Return the properties that are fields of ours; keep the others."""
    own: dict[str, str] = {}
    for name, text in props:
        if name.startswith("x-") and name[2:] not in own:
            own[name[2:]] = text
        else:
            keep(extras, name, text)
    fields, others = from_fields(own)
    for name, text in others.items():
        keep(extras, f"x-{name}", text)
    return fields


def _read_variants(
    elements: list[etree._Element], extras: dict[str, str], fields: dict[str, Any]
) -> tuple[Variant, ...]:
    """Return the variants in our languages; the rendering goes into `fields`, all else into `extras`."""
    variants: list[Variant] = []
    seen: Counter[str] = Counter()
    for element in elements:
        contents = _Contents(element)
        raw = element.get(XML_LANG) or element.get("lang") or "und"
        text = "" if contents.segment is None else plain_text(contents.segment, CODES)
        if len(text) > LONGEST_TEXT:
            raise ExchangeError(f"a text of {len(text):,} characters is too long for a unit")
        language = _language(raw)
        if language and not text.strip():
            continue
        code = language or _safe(raw)
        seen[code] += 1
        name = numbered(code, seen[code])
        ours = _keep_variant(element, contents, name, code, extras)
        if not language:
            extras[f"{name}/"] = text
        elif "x-english-origin" in ours and "english" not in fields:
            fields["english"] = text
            fields["english_origin"] = member(Origin, ours["x-english-origin"], Origin.IMPORT)
        else:
            variants.append(Variant(0, language, (), text, corrected=ours.get("x-corrected") == "yes"))
    return tuple(variants)


@lru_cache(maxsize=1000)
def _language(raw: str) -> str:
    """Return our code of a language, or an empty string where it is not ours."""
    try:
        return languages.parse(raw)
    except UsageError:
        return ""


def _keep_variant(
    element: etree._Element, contents: _Contents, name: str, code: str, extras: dict[str, str]
) -> dict[str, str]:
    """Keep what a `<tuv>` says besides its text, and return its properties that are ours."""
    ours: dict[str, str] = {}
    for kind, text in contents.props:
        if kind in ("x-english-origin", "x-corrected"):
            ours[kind] = text
        else:
            keep(extras, f"{name}/{kind}", text)
    for note in contents.notes:
        keep(extras, f"{name}/{NOTE}", note)
    for attribute, value in element.attrib.items():
        if attribute == XML_LANG and value != code:
            extras[f"{name}/@xml:lang"] = str(value)
        elif attribute in VARIANT_ATTRIBUTES:
            extras[f"{name}/@{attribute}"] = str(value)
    if contents.segment is not None and len(contents.segment):
        extras[f"{name}/{MARKUP}"] = etree.tostring(contents.segment, encoding="unicode", with_tail=False)
    return ours
