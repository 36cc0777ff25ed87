"""XLIFF 1.2 (OASIS, 2008), strict: one language pair a file.

The state of the target says what the reviewer decided; the exact fields are in a `<context-group>`, which other
programs keep. `approved` is set where the reviewer accepted. Other translations are in `<alt-trans>`;
for terms of the glossary XLIFF 1.2 has no place.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from lxml import etree

from workbench.errors import ExchangeError, UsageError
from workbench.exchange.context import Context, ImportedUnit, Skipped
from workbench.exchange.fields import keep
from workbench.exchange.pairs import Bitext, bitext, imported, reconcile
from workbench.exchange.xml import XML_LANG, XML_SPACE, Frame, clean, elements, local, namespaces, plain_text
from workbench.model import Origin, Status, Unit

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_N = f"{{{NAMESPACE}}}"
_NSMAP = namespaces(NAMESPACE)
# XLIFF 1.2, section 2.3 (state) and 2.4 (state-qualifier).
_STATES = {
    Status.PROPOSED: "needs-review-translation",
    Status.FLAGGED: "needs-review-translation",
    Status.ACCEPTED: "final",
    Status.REJECTED: "needs-translation",
}
_SEEN = {"final": Status.ACCEPTED, "signed-off": Status.ACCEPTED, "needs-translation": Status.REJECTED}
_QUALIFIERS = {Origin.MACHINE: "leveraged-mt", Origin.MEMORY: "leveraged-tm"}
_CODES = frozenset({"bpt", "ept", "ph", "it", "sub"})


def write(units: Iterable[Unit], stream: BinaryIO, context: Context) -> int:
    """Write the pair of the context as XLIFF 1.2 and return how many units."""
    source, target = context.pair or ("", "")
    names = {"original": clean(context.title, context.tally) or "workbench", "datatype": "plaintext"}
    names |= {"source-language": source, "target-language": target, "tool-id": "workbench", XML_SPACE: "preserve"}
    if context.created:
        names["date"] = context.created
    root = etree.Element(f"{_N}xliff", version="1.2", nsmap=_NSMAP)
    file = etree.SubElement(root, f"{_N}file", names)
    file.append(_header(context))
    out = Frame(stream, etree.SubElement(file, f"{_N}body"))
    written = 0
    for unit in units:
        if texts := bitext(unit, context):
            written += 1
            out.append(_unit_element(unit, texts, written, context))
    out.close()
    return written


def _header(context: Context) -> etree._Element:
    header = etree.Element(f"{_N}header", nsmap=_NSMAP)
    names = {"tool-id": "workbench", "tool-name": "translation-workbench", "tool-version": context.version}
    etree.SubElement(header, f"{_N}tool", names)
    if context.signature:
        etree.SubElement(header, f"{_N}note").text = clean(context.signature, context.tally)
    return header


def _unit_element(unit: Unit, texts: Bitext, number: int, context: Context) -> etree._Element:
    tally = context.tally
    approved = {"approved": "yes"} if unit.status is Status.ACCEPTED else {}
    element = etree.Element(f"{_N}trans-unit", {"id": str(number)} | approved, nsmap=_NSMAP)
    source, target = context.pair or ("", "")
    etree.SubElement(element, f"{_N}source", {XML_LANG: source}).text = clean(texts.source, tally)
    state = {XML_LANG: target, "state": _STATES[unit.status]}
    if unit.status is Status.REJECTED:
        state["state-qualifier"] = "rejected-inaccurate"
    elif texts.origin in _QUALIFIERS:
        state["state-qualifier"] = _QUALIFIERS[texts.origin]
    etree.SubElement(element, f"{_N}target", state).text = clean(texts.target, tally)
    # The strict schema wants names of context groups that are not given twice in a file.
    group = etree.SubElement(element, f"{_N}context-group", name=f"workbench-{number}", purpose="information")
    extras = {key: value for key, value in context.extras.get(unit.id, {}).items() if "/" not in key and key[0] != "@"}
    described = {f"x-{name}": value for name, value in texts.fields.items()}
    for name, value in (described | extras).items():
        etree.SubElement(group, f"{_N}context", {"context-type": clean(name, tally)}).text = clean(value, tally)
    if unit.note:
        etree.SubElement(element, f"{_N}note").text = clean(unit.note, tally)
    for match in context.aids(unit).matches:
        about = {"match-quality": f"{round(100 * match.similarity)}%", "origin": match.origin.value}
        offered = etree.SubElement(element, f"{_N}alt-trans", about)
        etree.SubElement(offered, f"{_N}source", {XML_LANG: source}).text = clean(match.source, tally)
        written = {XML_LANG: target, "state-qualifier": _QUALIFIERS[match.origin]}
        etree.SubElement(offered, f"{_N}target", written).text = clean(match.target, tally)
    return element


def read(stream: BinaryIO) -> Iterator[ImportedUnit | Skipped]:
    """Yield the units of an XLIFF 1.x file that have a target, and say what has none.

    Raises:
        ExchangeError: The file is not XLIFF 1.x, is damaged, or is not safe to read.
    """
    for number, element in enumerate(elements(stream, "{*}xliff", "{*}trans-unit"), start=1):
        where = f"trans-unit {element.get('id') or number}"
        try:
            yield _read_unit(element, where)
        except (ExchangeError, UsageError) as error:
            yield Skipped(where, error.message)


def _read_unit(element: etree._Element, where: str) -> ImportedUnit:
    file = next(element.iterancestors("{*}file"), None)
    source, target = element.find("{*}source"), element.find("{*}target")
    if file is None or source is None or target is None:
        raise ExchangeError("no target")
    fields: dict[str, str] = {}
    for found in element.iterfind("{*}context-group/{*}context"):
        keep(fields, found.get("context-type", "").removeprefix("x-"), found.text or "")
    for name, value in element.attrib.items():
        if local(name) not in ("id", "approved", "space"):
            fields[f"@{local(name)}"] = str(value)
    pair = (
        source.get(XML_LANG) or file.get("source-language") or "",
        target.get(XML_LANG) or file.get("target-language") or "",
    )
    texts = (plain_text(source, _CODES), plain_text(target, _CODES))
    notes = "\n".join(note.text or "" for note in element.iterfind("{*}note"))
    return imported(pair, texts, fields, where, _status(element, target, fields.pop("status", "")), notes)


def _status(element: etree._Element, target: etree._Element, written: str) -> Status:
    state = target.get("state", "")
    seen = Status.ACCEPTED if element.get("approved") == "yes" else _SEEN.get(state, Status.PROPOSED)
    same = written in set(Status) and _STATES[Status(written)] == state
    approved_as_written = (element.get("approved") == "yes") == (written == Status.ACCEPTED)
    return reconcile(written, seen, same and approved_as_written)
