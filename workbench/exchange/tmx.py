"""TMX 1.4b (LISA OSCAR, 2005): one `<tu>` a unit with all its languages.

Fields of a unit are `<prop>`s named `x-confidence`, `x-status` and so on (see `fields.to_fields`); each `<tuv>`
names its article. The English rendering is a `<tuv xml:lang="en">` with a prop `x-english-origin`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from lxml import etree

from workbench import languages
from workbench.errors import ExchangeError, UsageError
from workbench.exchange.context import LONGEST_TEXT, Context, ImportedUnit, Skipped, Tally
from workbench.exchange.fields import base, from_fields, keep, member, numbered, to_fields
from workbench.exchange.xml import XML_LANG, Frame, clean, elements, parse_fragment, plain_text
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
    out = Frame(stream, etree.SubElement(root, "body"), _DOCTYPE, pretty=True)
    written = 0
    for unit in units:
        element = _unit_element(unit, context)
        if element is None:
            context.tally.left_out += 1
            continue
        out.append(element)
        written += 1
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
        _prop(header, "x-signature", context.signature, context.tally)
    return header


def _unit_element(unit: Unit, context: Context) -> etree._Element | None:
    extras = context.extras.get(unit.id, {})
    element = etree.Element("tu", _unit_attributes(unit, extras))
    if unit.note:
        etree.SubElement(element, "note").text = clean(unit.note, context.tally)
    for name, value in to_fields(unit).items():
        _prop(element, f"x-{name}", value, context.tally)
    for key, value in extras.items():
        if "/" not in key and not key.startswith("@"):
            _prop(element, base(key), value, context.tally)
    texts = _variant_elements(element, unit, extras, context)
    return element if texts >= 2 else None


def _unit_attributes(unit: Unit, extras: Mapping[str, str]) -> dict[str, str]:
    attributes = {"tuid": str(unit.id)} if unit.id else {}
    if _ISO.match(unit.changed):
        attributes["changedate"] = _compact_date(unit.changed)
    kept = {key[1:]: clean(value, Tally()) for key, value in extras.items() if key[:1] == "@"}
    return attributes | {name: value for name, value in kept.items() if name in _UNIT_ATTRIBUTES}


def _variant_elements(element: etree._Element, unit: Unit, extras: Mapping[str, str], context: Context) -> int:
    """Append the variants of a unit, ours and foreign, and return how many texts are ours."""
    seen: Counter[str] = Counter()
    by_variant = _by_variant(extras)
    in_articles = [variant.text for variant in unit.variants if variant.language == EN]
    rendered = EN in context.languages and unit.english and unit.english not in in_articles
    for language in context.languages:
        for variant in unit.variants:
            if variant.language == language:
                props = {"x-article": context.path(variant.article_id)}
                props["x-segments"] = " ".join(map(str, variant.segment_ids))
                props["x-corrected"] = "yes" if variant.corrected else ""
                seen[language] += 1
                own = by_variant.pop(numbered(language, seen[language]), {})
                _variant_element(element, language, variant.text, props, own, context.tally)
    if rendered:
        seen[EN] += 1
        props = {"x-english-origin": unit.english_origin.value}
        own = by_variant.pop(numbered(EN, seen[EN]), {})
        _variant_element(element, EN, unit.english, props, own, context.tally)
    for name, own in by_variant.items():
        if "" in own:
            _variant_element(element, base(name), own[""], {}, own, context.tally)
    return seen.total()


def _by_variant(extras: Mapping[str, str]) -> dict[str, dict[str, str]]:
    grouped: dict[str, dict[str, str]] = {}
    for key, value in extras.items():
        name, slash, rest = key.partition("/")
        if slash:
            grouped.setdefault(name, {})[rest] = value
    return grouped


def _variant_element(
    parent: etree._Element,
    language: str,
    text: str,
    props: Mapping[str, str],
    own: Mapping[str, str],
    tally: Tally,
) -> None:
    attributes = {XML_LANG: own.get("@xml:lang", language)}
    attributes |= {key[1:]: clean(value, Tally()) for key, value in own.items() if key[1:] in _VARIANT_ATTRIBUTES}
    element = etree.SubElement(parent, "tuv", attributes)
    for key, value in own.items():
        if base(key) == _NOTE:
            etree.SubElement(element, "note").text = clean(value, tally)
    for name, value in props.items():
        if value and name not in own:
            _prop(element, name, value, tally)
    for key, value in own.items():
        if key and key[0] not in "@<":
            _prop(element, base(key), value, tally)
    element.append(_segment(text, own.get(_MARKUP, ""), tally))


def _segment(text: str, original: str, tally: Tally) -> etree._Element:
    """Return the `<seg>`: with the codes it came with if its text is still the same, else plain."""
    if original:
        kept = parse_fragment(original)
        if kept is not None and kept.tag == "seg" and plain_text(kept, _CODES) == text:
            return kept
    segment = etree.Element("seg")
    segment.text = clean(text, tally)
    return segment


def _prop(parent: etree._Element, name: str, value: str, tally: Tally) -> None:
    etree.SubElement(parent, "prop", type=clean(name, tally)).text = clean(value, tally)


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


def _read_unit(element: etree._Element, where: str) -> ImportedUnit:
    extras: dict[str, str] = {}
    attributes = {str(name): str(value) for name, value in element.attrib.items()}
    changed = _COMPACT.match(attributes.get("changedate", ""))
    fields, others = from_fields(_own_props(element, extras))
    for name, value in others.items():
        keep(extras, f"x-{name}", value)
    if changed:
        del attributes["changedate"]
        fields["changed"] = "{}-{}-{}T{}:{}:{}Z".format(*changed.groups())
    if attributes.get("tuid") == str(fields.get("id", "")):
        del attributes["tuid"]
    for attribute, value in attributes.items():
        extras[f"@{attribute}"] = value
    notes = [note.text or "" for note in element.findall("note")]
    variants = _read_variants(element, extras, fields)
    if len(variants) + bool(fields.get("english")) < 2:
        raise ExchangeError("fewer than two texts in Bulgarian, Ukrainian, Russian or English")
    return ImportedUnit(Unit(variants=variants, note="\n".join(notes), **fields), where, extras)


def _safe(name: str) -> str:
    return _RESERVED.sub("_", name)


def _own_props(element: etree._Element, extras: dict[str, str]) -> dict[str, str]:
    """Return the props that start with `x-`, by name without it; keep the others."""
    own: dict[str, str] = {}
    for prop in element.findall("prop"):
        name, text = _safe(prop.get("type", "")) or "x-untyped", prop.text or ""
        if name.startswith("x-") and name[2:] not in own:
            own[name[2:]] = text
        else:
            keep(extras, name, text)
    return own


def _read_variants(element: etree._Element, extras: dict[str, str], fields: dict[str, Any]) -> tuple[Variant, ...]:
    """Return the variants in our languages; the rendering goes into `fields`, all else into `extras`."""
    variants: list[Variant] = []
    seen: Counter[str] = Counter()
    for child in element.findall("tuv"):
        raw = child.get(XML_LANG) or child.get("lang") or ""
        segment = child.find("seg")
        text = "" if segment is None else plain_text(segment, _CODES)
        if len(text) > LONGEST_TEXT:
            raise ExchangeError(f"a text of {len(text):,} characters is too long for a unit")
        try:
            language = languages.parse(raw)
        except UsageError:
            name = _safe(raw) or "und"
            seen[name] += 1
            extras[f"{numbered(name, seen[name])}/"] = text
            _keep_variant(child, numbered(name, seen[name]), name, extras)
            continue
        if not text.strip():
            continue
        seen[language] += 1
        props = _keep_variant(child, numbered(language, seen[language]), language, extras)
        if "x-english-origin" in props and "english" not in fields:
            fields["english"] = text
            fields["english_origin"] = member(Origin, props["x-english-origin"], Origin.IMPORT)
        else:
            variants.append(Variant(0, language, (), text, corrected=props.get("x-corrected") == "yes"))
    return tuple(variants)


def _keep_variant(child: etree._Element, name: str, language: str, extras: dict[str, str]) -> dict[str, str]:
    """Keep what a `<tuv>` says besides its text, and return its props that are ours."""
    ours: dict[str, str] = {}
    for prop in child.findall("prop"):
        kind, text = _safe(prop.get("type", "")) or "x-untyped", prop.text or ""
        if kind in ("x-english-origin", "x-corrected"):
            ours[kind] = text
        else:
            keep(extras, f"{name}/{kind}", text)
    for note in child.findall("note"):
        keep(extras, f"{name}/{_NOTE}", note.text or "")
    for attribute, value in child.attrib.items():
        if attribute == XML_LANG and value != language:
            extras[f"{name}/@xml:lang"] = str(value)
        elif attribute in _VARIANT_ATTRIBUTES:
            extras[f"{name}/@{attribute}"] = str(value)
    segment = child.find("seg")
    if segment is not None and len(segment):
        extras[f"{name}/{_MARKUP}"] = etree.tostring(segment, encoding="unicode", with_tail=False)
    return ours
