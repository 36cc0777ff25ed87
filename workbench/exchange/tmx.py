"""TMX 1.4b (LISA OSCAR, 2005): one `<tu>` a unit with all its languages.

Fields of a unit are `<prop>`s named `x-confidence`, `x-status` and so on (see `fields.to_fields`); each `<tuv>`
names its article. The English rendering is a `<tuv xml:lang="en">` with a prop `x-english-origin`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, BinaryIO

from lxml import etree

from workbench import languages
from workbench.errors import ExchangeError, UsageError
from workbench.exchange.context import LONGEST_TEXT, Context, ImportedUnit, Skipped, Tally
from workbench.exchange.fields import base, from_fields, keep, member, numbered, to_fields
from workbench.exchange.xml import XML_LANG, Frame, clean, elements, escaped, parse_fragment, plain_text, quoted
from workbench.languages import EN
from workbench.model import Origin, Unit, Variant

# Elements of a segment that hold another program's codes, not text (TMX 1.4b, section 3.4).
_CODES = frozenset({"bpt", "ept", "ph", "it", "ut"})
_COMPACT = re.compile(r"^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$")
_ISO = re.compile(r"^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|\+00:00)?$")
_DOCTYPE = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'
_VARIANT_ATTRIBUTES = {"o-encoding", "datatype", "usagecount", "lastusagedate", "creationtool", "creationtoolversion"}
_VARIANT_ATTRIBUTES |= {"creationdate", "creationid", "changedate", "changeid", "o-tmf"}
_UNIT_ATTRIBUTES = _VARIANT_ATTRIBUTES | {"tuid", "segtype", "srclang"}
# Under which keys of `extras` a variant's markup and notes are kept; no property may be named so.
_MARKUP, _NOTE = "<seg>", "<note>"
_RESERVED = re.compile("[@#/<]")


def write(units: Iterable[Unit], stream: BinaryIO, context: Context) -> int:
    """Write units as TMX and return how many; units with fewer than two texts are left out."""
    root = etree.Element("tmx", version="1.4")
    root.append(_header(context))
    out = Frame(stream, etree.SubElement(root, "body"), _DOCTYPE)
    written = 0
    for unit in units:
        markup = _unit_markup(unit, context)
        if markup:
            out.append_markup(markup)
            written += 1
        else:
            context.tally.left_out += 1
    out.close()
    return written


def _header(context: Context) -> etree._Element:
    attributes = {
        "creationtool": "translation-workbench",
        "creationtoolversion": context.version,
        "segtype": context.segmentation,
        "o-tmf": "workbench",
        "adminlang": EN,
        "srclang": context.pair[0] if context.pair else "*all*",
        "datatype": "plaintext",
    }
    if _ISO.match(context.created):
        attributes["creationdate"] = _compact_date(context.created)
    header = etree.Element("header", attributes)
    if context.signature:
        etree.SubElement(header, "prop", type="x-signature").text = clean(context.signature, context.tally)
    return header


def _unit_markup(unit: Unit, context: Context) -> str:
    """Return the `<tu>`, or an empty string where fewer than two texts are left."""
    extras = context.extras.get(unit.id, {})
    tally = context.tally
    variants = list(_variants_markup(unit, extras, context))
    if len(variants) < 2:
        return ""
    parts = [f"<tu{_attributes(_unit_attributes(unit, extras), tally)}>\n"]
    if unit.note:
        parts.append(f"  <note>{escaped(unit.note, tally)}</note>\n")
    parts.extend(_prop("  ", f"x-{name}", value, tally) for name, value in to_fields(unit).items())
    for key, value in extras.items():
        if "/" not in key and not key.startswith("@"):
            parts.append(_prop("  ", base(key), value, tally))
    foreign = [
        _variant_markup(base(name), own[""], {}, own, tally) for name, own in _by_variant(extras).items() if "" in own
    ]
    return "".join((*parts, *variants, *foreign, "</tu>\n"))


def _unit_attributes(unit: Unit, extras: Mapping[str, str]) -> dict[str, str]:
    attributes = {"tuid": str(unit.id)} if unit.id else {}
    if _ISO.match(unit.changed):
        attributes["changedate"] = _compact_date(unit.changed)
    return attributes | {key[1:]: value for key, value in extras.items() if key[1:] in _UNIT_ATTRIBUTES}


def _variants_markup(unit: Unit, extras: Mapping[str, str], context: Context) -> Iterator[str]:
    """Yield a `<tuv>` for each text in the languages of the export, the rendering last."""
    seen: Counter[str] = Counter()
    by_variant = _by_variant(extras)
    for language in context.languages:
        for variant in unit.variants:
            if variant.language == language:
                props = {"x-article": context.path(variant.article_id)}
                props["x-segments"] = " ".join(map(str, variant.segment_ids))
                props["x-corrected"] = "yes" if variant.corrected else ""
                seen[language] += 1
                own = by_variant.get(numbered(language, seen[language]), {})
                yield _variant_markup(language, variant.text, props, own, context.tally)
    in_articles = [variant.text for variant in unit.variants if variant.language == EN]
    if EN in context.languages and unit.english and unit.english not in in_articles:
        props = {"x-english-origin": unit.english_origin.value}
        own = by_variant.get(numbered(EN, seen[EN] + 1), {})
        yield _variant_markup(EN, unit.english, props, own, context.tally)


def _by_variant(extras: Mapping[str, str]) -> dict[str, dict[str, str]]:
    grouped: dict[str, dict[str, str]] = {}
    for key, value in extras.items():
        name, slash, rest = key.partition("/")
        if slash:
            grouped.setdefault(name, {})[rest] = value
    return grouped


def _variant_markup(language: str, text: str, props: Mapping[str, str], own: Mapping[str, str], tally: Tally) -> str:
    attributes = {"xml:lang": own.get("@xml:lang", language)}
    attributes |= {key[1:]: value for key, value in own.items() if key[1:] in _VARIANT_ATTRIBUTES}
    notes = [f"    <note>{escaped(value, tally)}</note>\n" for key, value in own.items() if base(key) == _NOTE]
    ours = [_prop("    ", name, value, tally) for name, value in props.items() if value and name not in own]
    kept = [_prop("    ", base(key), value, tally) for key, value in own.items() if key and key[0] not in "@<"]
    segment = _segment(text, own.get(_MARKUP, ""), tally)
    return "".join((f"  <tuv{_attributes(attributes, tally)}>\n", *notes, *ours, *kept, f"    {segment}\n  </tuv>\n"))


def _segment(text: str, original: str, tally: Tally) -> str:
    """Return the `<seg>`: with the codes it came with if its text is still the same, else plain."""
    if original:
        kept = parse_fragment(original)
        if kept is not None and kept.tag == "seg" and plain_text(kept, _CODES) == text:
            return etree.tostring(kept, encoding="unicode", with_tail=False)
    return f"<seg>{escaped(text, tally)}</seg>"


def _prop(indent: str, name: str, value: str, tally: Tally) -> str:
    return f"{indent}<prop type={_name(name)}>{escaped(value, tally)}</prop>\n"


@lru_cache(maxsize=1000)
def _name(name: str) -> str:
    """Return the quoted name of a property; the same few come a million times."""
    return quoted(name, Tally())


def _attributes(attributes: Mapping[str, str], tally: Tally) -> str:
    return "".join(f" {name}={quoted(value, tally)}" for name, value in attributes.items())


def _compact_date(iso: str) -> str:
    match = _ISO.match(iso)
    return "{}{}{}T{}{}{}Z".format(*match.groups()) if match else ""


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
        text = "" if contents.segment is None else plain_text(contents.segment, _CODES)
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
        keep(extras, f"{name}/{_NOTE}", note)
    for attribute, value in element.attrib.items():
        if attribute == XML_LANG and value != code:
            extras[f"{name}/@xml:lang"] = str(value)
        elif attribute in _VARIANT_ATTRIBUTES:
            extras[f"{name}/@{attribute}"] = str(value)
    if contents.segment is not None and len(contents.segment):
        extras[f"{name}/{_MARKUP}"] = etree.tostring(contents.segment, encoding="unicode", with_tail=False)
    return ours
