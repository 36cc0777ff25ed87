"""TMX 1.4b (LISA OSCAR, 2005): one `<tu>` a unit with all its languages.

Fields of a unit are `<prop>`s named `x-confidence`, `x-status` and so on (see `fields.to_fields`); each `<tuv>`
names its article. The English rendering is a `<tuv xml:lang="en">` with a prop `x-english-origin`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import BinaryIO

from lxml import etree

from workbench.exchange.context import Context, Tally
from workbench.exchange.fields import base, numbered, to_fields
from workbench.exchange.xml import Frame, clean, escaped, parse_fragment, plain_text, quoted, same_written
from workbench.languages import EN
from workbench.model import Unit, Variant

#: Elements of a segment that hold another program's codes, not text (TMX 1.4b, section 3.4).
CODES = frozenset({"bpt", "ept", "ph", "it", "ut"})
#: Under which keys of `extras` a variant's markup and notes are kept; no property may be named so.
MARKUP, NOTE = "<seg>", "<note>"
#: Attributes that a `<tuv>` may have beside its language.
VARIANT_ATTRIBUTES = frozenset({"o-encoding", "datatype", "usagecount", "lastusagedate", "creationtool", "o-tmf"})
VARIANT_ATTRIBUTES |= {"creationtoolversion", "creationdate", "creationid", "changedate", "changeid"}
_UNIT_ATTRIBUTES = VARIANT_ATTRIBUTES | {"tuid", "segtype", "srclang"}
_ISO = re.compile(r"^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|\+00:00)?$")
_DOCTYPE = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'
_NOTHING: Mapping[str, str] = {}

# Properties of a `<tuv>`, values escaped.
Props = Mapping[str, str]


def write(units: Iterable[Unit], stream: BinaryIO, context: Context) -> int:
    """Write units as TMX and return how many; units with fewer than two texts are left out."""
    root = etree.Element("tmx", version="1.4")
    root.append(_header(context))
    out = Frame(stream, etree.SubElement(root, "body"), _DOCTYPE)
    written = out.extend(_Writer(context).markups(units))
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


class _Writer:
    """Makes the `<tu>` of each unit. What many units share (languages, articles) is made into markup once."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._tally = context.tally
        self._articles: dict[int, str] = {}

    def markups(self, units: Iterable[Unit]) -> Iterator[str]:
        """Yield the `<tu>` of each unit; count those that have fewer than two texts."""
        for unit in units:
            extras = self._context.extras.get(unit.id, _NOTHING)
            variants = self._kept_variants(unit, extras) if extras else self._variants(unit)
            if len(variants) < 2:
                self._tally.left_out += 1
            else:
                yield f"{self._head(unit, extras)}{''.join(variants)}</tu>\n"

    def _head(self, unit: Unit, extras: Mapping[str, str]) -> str:
        """Return a `<tu>` up to its variants."""
        attributes = {"tuid": str(unit.id)} if unit.id else {}
        if date := _compact_date(unit.changed):
            attributes["changedate"] = date
        note = f"  <note>{escaped(unit.note, self._tally)}</note>\n" if unit.note else ""
        props = [f'  <prop type="x-{name}">{value}</prop>\n' for name, value in to_fields(unit).items()]
        if extras:
            attributes |= {key[1:]: value for key, value in extras.items() if key[1:] in _UNIT_ATTRIBUTES}
            names = [key for key in extras if "/" not in key and not key.startswith("@")]
            props += [f"  {_prop(base(name), extras[name], self._tally)}" for name in names]
        return f"<tu{_attributes(attributes, self._tally)}>\n{note}{''.join(props)}"

    def _texts(self, unit: Unit) -> Iterator[tuple[str, str, Props]]:
        """Yield language, text and properties of each `<tuv>`, in the order of the languages, the rendering last."""
        for language in self._context.languages:
            for variant in unit.variants:
                if variant.language == language:
                    yield language, variant.text, self._props(variant)
        own = (variant.text for variant in unit.variants if variant.language == EN)
        rendered = unit.english and EN in self._context.languages
        if rendered and not any(same_written(text, unit.english) for text in own):
            yield EN, unit.english, {"x-english-origin": unit.english_origin}

    def _props(self, variant: Variant) -> Props:
        props = {}
        if article := self._article(variant.article_id):
            props["x-article"] = article
        if variant.segment_ids:
            props["x-segments"] = " ".join(map(str, variant.segment_ids))
        if variant.corrected:
            props["x-corrected"] = "yes"
        return props

    def _article(self, article_id: int) -> str:
        """Return the path of an article, escaped."""
        found = self._articles.get(article_id)
        if found is None:
            found = self._articles[article_id] = escaped(self._context.path(article_id), self._tally)
        return found

    def _variants(self, unit: Unit) -> list[str]:
        """Return the `<tuv>`s of a unit that no other program has had a say in."""
        return [
            f'  <tuv xml:lang="{language}">\n'
            + "".join([f'    <prop type="{name}">{value}</prop>\n' for name, value in props.items()])
            + f"    <seg>{escaped(text, self._tally)}</seg>\n  </tuv>\n"
            for language, text, props in self._texts(unit)
        ]

    def _kept_variants(self, unit: Unit, extras: Mapping[str, str]) -> list[str]:
        """Return the `<tuv>`s of a unit with what they had in the file that it came from, and its other languages."""
        kept = _by_variant(extras)
        seen: Counter[str] = Counter()
        found = []
        for language, text, props in self._texts(unit):
            seen[language] += 1
            own = kept.get(numbered(language, seen[language]), _NOTHING)
            found.append(_variant_markup(language, text, props, own, self._tally))
        foreign = [(base(name), own) for name, own in kept.items() if "" in own]
        return found + [_variant_markup(language, own[""], {}, own, self._tally) for language, own in foreign]


def _by_variant(extras: Mapping[str, str]) -> dict[str, dict[str, str]]:
    grouped: dict[str, dict[str, str]] = {}
    for key, value in extras.items():
        name, slash, rest = key.partition("/")
        if slash:
            grouped.setdefault(name, {})[rest] = value
    return grouped


def _variant_markup(language: str, text: str, props: Props, own: Mapping[str, str], tally: Tally) -> str:
    """Return a `<tuv>`; what it had in the file that it came from (`own`) goes before what we say of it."""
    attributes = {"xml:lang": own.get("@xml:lang", language)}
    attributes |= {key[1:]: value for key, value in own.items() if key[1:] in VARIANT_ATTRIBUTES}
    notes = [f"    <note>{escaped(value, tally)}</note>\n" for key, value in own.items() if base(key) == NOTE]
    ours = [f'    <prop type="{name}">{value}</prop>\n' for name, value in props.items() if name not in own]
    kept = [f"    {_prop(base(key), value, tally)}" for key, value in own.items() if key and key[0] not in "@<"]
    segment = _segment(text, own.get(MARKUP, ""), tally)
    return "".join((f"  <tuv{_attributes(attributes, tally)}>\n", *notes, *ours, *kept, f"    {segment}\n  </tuv>\n"))


def _segment(text: str, original: str, tally: Tally) -> str:
    """Return the `<seg>`: with the codes it came with if its text is still the same, else plain."""
    if original:
        kept = parse_fragment(original)
        if kept is not None and kept.tag == "seg" and plain_text(kept, CODES) == text:
            return etree.tostring(kept, encoding="unicode", with_tail=False)
    return f"<seg>{escaped(text, tally)}</seg>"


def _prop(name: str, value: str, tally: Tally) -> str:
    return f"<prop type={_name(name)}>{escaped(value, tally)}</prop>\n"


@lru_cache(maxsize=1000)
def _name(name: str) -> str:
    """Return the quoted name of a property; the same few come a million times."""
    return quoted(name, Tally())


def _attributes(attributes: Mapping[str, str], tally: Tally) -> str:
    return "".join([f" {name}={quoted(value, tally)}" for name, value in attributes.items()])


def _compact_date(iso: str) -> str:
    match = _ISO.match(iso) if iso else None
    return "{}{}{}T{}{}{}Z".format(*match.groups()) if match else ""
