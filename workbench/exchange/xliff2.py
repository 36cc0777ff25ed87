"""XLIFF 2.1 (OASIS, 2018): one language pair a file. What we write of it is XLIFF 2.0 (2014) under another number.

Our fields are in the Metadata module (section 5.4). Terms of the glossary are marked in the source and explained in
the Glossary module (5.2), other translations are in the Translation Candidates module (5.1).
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from lxml import etree

from workbench.errors import ExchangeError, UsageError
from workbench.exchange.aids import Match, Term, stretches
from workbench.exchange.context import Context, ImportedUnit, Skipped, Tally
from workbench.exchange.fields import keep
from workbench.exchange.pairs import Bitext, bitext, imported, reconcile
from workbench.exchange.xml import XML_SPACE, Frame, clean, elements, namespaces, plain_text
from workbench.model import Origin, Status, Unit

# Version 2.1 keeps the namespace of 2.0 (section 1.5 of the specification).
NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
GLOSSARY = "urn:oasis:names:tc:xliff:glossary:2.0"
MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"
_N, _M, _G, _C = f"{{{NAMESPACE}}}", f"{{{METADATA}}}", f"{{{GLOSSARY}}}", f"{{{MATCHES}}}"
_NSMAP = namespaces(NAMESPACE, mda=METADATA, gls=GLOSSARY, mtc=MATCHES)
_MATCH_TYPES = {Origin.MACHINE: "mt", Origin.MEMORY: "tm"}
_STATES = {
    Status.PROPOSED: ("translated", "workbench:proposed"),
    Status.FLAGGED: ("translated", "workbench:flagged"),
    Status.ACCEPTED: ("reviewed", "workbench:accepted"),
    Status.REJECTED: ("initial", "workbench:rejected"),
}
_SEEN = {"reviewed": Status.ACCEPTED, "final": Status.ACCEPTED}


def write(units: Iterable[Unit], stream: BinaryIO, context: Context) -> int:
    """Write the pair of the context as XLIFF 2.1 and return how many units."""
    return _write(units, stream, context, "2.1")


def write_2_0(units: Iterable[Unit], stream: BinaryIO, context: Context) -> int:
    """Write the pair of the context as XLIFF 2.0 and return how many units."""
    return _write(units, stream, context, "2.0")


def _write(units: Iterable[Unit], stream: BinaryIO, context: Context, version: str) -> int:
    source, target = context.pair or ("", "")
    head = {"version": version, "srcLang": source, "trgLang": target}
    file = {"id": "f1", XML_SPACE: "preserve"}
    if context.title:
        file["original"] = clean(context.title, context.tally)
    root = etree.Element(f"{_N}xliff", head, nsmap=_NSMAP)
    place = etree.SubElement(root, f"{_N}file", file)
    place.append(_file_notes(context))
    out = Frame(stream, place)
    written = 0
    for unit in units:
        if texts := bitext(unit, context):
            written += 1
            out.append(_unit_element(unit, texts, written, context))
    if not written:
        # A file must hold a unit or a group, and a group may be empty (sections 4.2.2.2 and 4.2.2.4).
        out.append(etree.Element(f"{_N}group", id="g1", nsmap=_NSMAP))
    out.close()
    return written


def _file_notes(context: Context) -> etree._Element:
    facts = {
        "product": f"translation-workbench {context.version}",
        "signature": context.signature,
        "created": context.created,
    }
    notes = etree.Element(f"{_N}notes", nsmap=_NSMAP)
    for category, text in facts.items():
        if text:
            etree.SubElement(notes, f"{_N}note", category=category).text = clean(text, context.tally)
    return notes


def _unit_element(unit: Unit, texts: Bitext, number: int, context: Context) -> etree._Element:
    tally = context.tally
    element = etree.Element(f"{_N}unit", id=str(number), nsmap=_NSMAP)
    group = etree.SubElement(etree.SubElement(element, f"{_M}metadata"), f"{_M}metaGroup", category="workbench")
    extras = {key: value for key, value in context.extras.get(unit.id, {}).items() if "/" not in key and key[0] != "@"}
    described = {f"x-{name}": value for name, value in texts.fields.items()}
    for name, value in (described | extras).items():
        etree.SubElement(group, f"{_M}meta", type=clean(name, tally)).text = clean(value, tally)
    aids = context.aids(unit)
    pieces = stretches(texts.source, aids.terms)
    _add_glossary(element, [terms for _, terms in pieces if terms], tally)
    _add_matches(element, aids.matches, tally)
    if unit.note:
        notes = etree.SubElement(element, f"{_N}notes")
        etree.SubElement(notes, f"{_N}note").text = clean(unit.note, tally)
    state, substate = _STATES[unit.status]
    segment = etree.SubElement(element, f"{_N}segment", id="s1", state=state, subState=substate)
    _add_marked(etree.SubElement(segment, f"{_N}source"), pieces, tally)
    etree.SubElement(segment, f"{_N}target").text = clean(texts.target, tally)
    return element


def _add_marked(source: etree._Element, pieces: list[tuple[str, tuple[Term, ...]]], tally: Tally) -> None:
    """Write a source text with its terms marked `m1`, `m2` ..., which the glossary entries refer to."""
    mark: etree._Element | None = None
    number = 0
    for text, terms in pieces:
        written = clean(text, tally)
        if terms:
            number += 1
            mark = etree.SubElement(source, f"{_N}mrk", id=f"m{number}", type="term")
            mark.text = written
        elif mark is None:
            source.text = written
        else:
            mark.tail = written


def _add_glossary(element: etree._Element, marked: list[tuple[Term, ...]], tally: Tally) -> None:
    if not marked:
        return
    glossary = etree.SubElement(element, f"{_G}glossary")
    for number, terms in enumerate(marked, start=1):
        for term in terms:
            entry = etree.SubElement(glossary, f"{_G}glossEntry", ref=f"#m{number}")
            etree.SubElement(entry, f"{_G}term").text = clean(term.text, tally)
            for translation in term.translations:
                etree.SubElement(entry, f"{_G}translation").text = clean(translation, tally)
            if term.definition:
                etree.SubElement(entry, f"{_G}definition").text = clean(term.definition, tally)


def _add_matches(element: etree._Element, offered: tuple[Match, ...], tally: Tally) -> None:
    if not offered:
        return
    matches = etree.SubElement(element, f"{_C}matches")
    for match in offered:
        about = {"ref": "#s1", "type": _MATCH_TYPES[match.origin], "similarity": f"{100 * match.similarity:.1f}"}
        if match.quality is not None:
            about["matchQuality"] = f"{100 * match.quality:.1f}"
        candidate = etree.SubElement(matches, f"{_C}match", about)
        etree.SubElement(candidate, f"{_N}source").text = clean(match.source, tally)
        etree.SubElement(candidate, f"{_N}target").text = clean(match.target, tally)


def read(stream: BinaryIO) -> Iterator[ImportedUnit | Skipped]:
    """Yield the units of an XLIFF 2.x file that have a target, and say what has none.

    Raises:
        ExchangeError: The file is not XLIFF 2.x, is damaged, or is not safe to read.
    """
    for number, element in enumerate(elements(stream, "{*}xliff", "{*}unit"), start=1):
        where = f"unit {element.get('id') or number}"
        try:
            yield _read_unit(element, where)
        except (ExchangeError, UsageError) as error:
            yield Skipped(where, error.message)


def _read_unit(element: etree._Element, where: str) -> ImportedUnit:
    root = element.getroottree().getroot()
    parts = [child for child in element if str(child.tag).endswith(("}segment", "}ignorable"))]
    source, target = [], []
    for part in parts:
        own, other = part.find("{*}source"), part.find("{*}target")
        source.append("" if own is None else plain_text(own))
        # What may be ignored (white space between segments) is the same in both languages unless said otherwise.
        target.append(plain_text(other) if other is not None else source[-1] if "ignorable" in str(part.tag) else "")
    fields: dict[str, str] = {}
    for meta in element.iterfind("{*}metadata/{*}metaGroup/{*}meta"):
        keep(fields, meta.get("type", "").removeprefix("x-"), meta.text or "")
    pair = (root.get("srcLang", ""), root.get("trgLang", ""))
    notes = "\n".join(note.text or "" for note in element.iterfind("{*}notes/{*}note"))
    segments = [part for part in parts if str(part.tag).endswith("}segment")]
    status = _status(segments, fields.pop("status", ""))
    return imported(pair, ("".join(source), "".join(target)), fields, where, status, notes)


def _status(segments: list[etree._Element], written: str) -> Status:
    """Return what the states of all segments of a unit mean together: accepted only where all are."""
    states = {segment.get("state", "initial") for segment in segments}
    seen = Status.ACCEPTED if states and all(state in _SEEN for state in states) else Status.PROPOSED
    same = written in set(Status) and states == {_STATES[Status(written)][0]}
    return reconcile(written, seen, same)
