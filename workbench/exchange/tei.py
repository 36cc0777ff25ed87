"""TEI P5 (version 4): passages in the text, alignment stand-off as links between them.

Each unit is a `<div type="unit">` with one `<ab>` a variant; `<standOff>` after the text has a `<link>` a unit, whose
`type` is the status, `n` the confidence and `target` the passages.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

from lxml import etree

from workbench import languages
from workbench.errors import ExchangeError, UsageError
from workbench.exchange.context import LONGEST_TEXT, Context, ImportedUnit, Skipped
from workbench.exchange.fields import from_fields, member, to_fields
from workbench.exchange.xml import XML_ID, XML_LANG, Frame, clean, elements, namespaces, plain_text
from workbench.languages import EN
from workbench.model import Article, Origin, Unit, Variant

NAMESPACE = "http://www.tei-c.org/ns/1.0"
_N = f"{{{NAMESPACE}}}"
_NSMAP = namespaces(NAMESPACE)
_IN_MEMORY = 8_000_000  # bytes of links before they go to a temporary file


def write(units: Iterable[Unit], stream: BinaryIO, context: Context) -> int:
    """Write units as TEI and return how many. Links wait in a temporary file until the text is written."""
    root = etree.Element(f"{_N}TEI", nsmap=_NSMAP)
    root.append(_header(context))
    body = etree.SubElement(etree.SubElement(root, f"{_N}text"), f"{_N}body")
    root.append(etree.Comment("rest"))
    out = Frame(stream, body)
    written = 0
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as links:
        for unit in units:
            written += 1
            division = _division(unit, written, context)
            out.append(division)
            links.write(out.serialised(_link(unit, division, written)))
        if not written:
            out.append(etree.Element(f"{_N}p", nsmap=_NSMAP))  # a body must not be empty
        links.seek(0)
        out.close(_stand_off(links) if written else ())
    return written


def _stand_off(links: Iterable[bytes]) -> Iterator[bytes]:
    yield b'\n<standOff><linkGrp type="alignment">\n'
    yield from links
    yield b"</linkGrp></standOff>\n"


def _header(context: Context) -> etree._Element:
    header = etree.Element(f"{_N}teiHeader", nsmap=_NSMAP)
    description = etree.SubElement(header, f"{_N}fileDesc")
    title = etree.SubElement(etree.SubElement(description, f"{_N}titleStmt"), f"{_N}title")
    title.text = clean(context.title, context.tally) or "Aligned passages"
    publication = etree.SubElement(etree.SubElement(description, f"{_N}publicationStmt"), f"{_N}p")
    publication.text = clean(f"Exported {context.created}".strip(), context.tally)
    sources = etree.SubElement(description, f"{_N}sourceDesc")
    if context.articles:
        listing = etree.SubElement(sources, f"{_N}listBibl")
        for article_id in sorted(context.articles):
            _source(listing, article_id, context.articles[article_id], context)
    else:
        etree.SubElement(sources, f"{_N}p").text = "News articles"
    information = etree.SubElement(etree.SubElement(header, f"{_N}encodingDesc"), f"{_N}appInfo")
    names = {"ident": "translation-workbench", "version": context.version}
    application = etree.SubElement(information, f"{_N}application", names)
    etree.SubElement(application, f"{_N}label").text = clean(context.signature, context.tally) or "unsigned"
    return header


def _source(listing: etree._Element, article_id: int, article: Article, context: Context) -> None:
    entry = etree.SubElement(listing, f"{_N}bibl", {XML_ID: f"a{article_id}", XML_LANG: article.language})
    for name, text in (("title", article.title), ("idno", article.path), ("date", article.published)):
        if text:
            etree.SubElement(entry, f"{_N}{name}").text = clean(text, context.tally)
    if article.url:
        etree.SubElement(entry, f"{_N}ref").text = clean(article.url, context.tally)


def _division(unit: Unit, number: int, context: Context) -> etree._Element:
    name = f"u{number}"
    names = {"type": "unit", "subtype": unit.status.value, XML_ID: name, "n": str(unit.id)}
    division = etree.Element(f"{_N}div", names, nsmap=_NSMAP)
    seen: Counter[str] = Counter()
    for language in context.languages:
        for variant in unit.variants:
            if variant.language == language:
                seen[language] += 1
                passage = _passage(division, f"{name}.{language}.{seen[language]}", language, variant.text, context)
                if variant.article_id in context.articles:
                    passage.set("source", f"#a{variant.article_id}")
                if variant.segment_ids:
                    passage.set("n", " ".join(map(str, variant.segment_ids)))
    if unit.english and EN in context.languages:
        passage = _passage(division, f"{name}.rendering", EN, unit.english, context)
        passage.set("type", "rendering")
        passage.set("subtype", unit.english_origin.value)
    if unit.note:
        etree.SubElement(division, f"{_N}note").text = clean(unit.note, context.tally)
    return division


def _passage(division: etree._Element, name: str, language: str, text: str, context: Context) -> etree._Element:
    passage = etree.SubElement(division, f"{_N}ab", {XML_ID: name, XML_LANG: language})
    passage.text = clean(text, context.tally)
    return passage


def _link(unit: Unit, division: etree._Element, number: int) -> etree._Element:
    targets = " ".join(f"#{passage.get(XML_ID)}" for passage in division.iterfind(f"{_N}ab"))
    attributes = {XML_ID: f"l{number}", "type": unit.status.value, "n": to_fields(unit)["confidence"]}
    return etree.Element(f"{_N}link", {**attributes, "target": targets}, nsmap=_NSMAP)


def read(stream: BinaryIO) -> Iterator[ImportedUnit | Skipped]:
    """Yield the units of a TEI file that `write` wrote; the confidence stands only in the links and is not read.

    Raises:
        ExchangeError: The file is not TEI, is damaged, or is not safe to read.
    """
    for number, element in enumerate(elements(stream, "{*}TEI", "{*}div"), start=1):
        where = f"div {element.get(XML_ID) or number}"
        try:
            yield _read_unit(element, where)
        except (ExchangeError, UsageError) as error:
            yield Skipped(where, error.message)


def _read_unit(element: etree._Element, where: str) -> ImportedUnit:
    variants: list[Variant] = []
    fields, _ = from_fields({"unit": element.get("n") or "", "status": element.get("subtype") or ""})
    for passage in element.iterfind("{*}ab"):
        text = plain_text(passage)
        language = languages.parse(passage.get(XML_LANG) or "")
        if len(text) > LONGEST_TEXT:
            raise ExchangeError("a text is too long for a unit")
        if passage.get("type") == "rendering":
            origin = member(Origin, passage.get("subtype") or "", Origin.IMPORT)
            fields |= {"english": text, "english_origin": origin}
        elif text.strip():
            variants.append(Variant(0, language, (), text))
    if len(variants) + ("english" in fields) < 2:
        raise ExchangeError("fewer than two passages")
    note = "\n".join(note.text or "" for note in element.iterfind("{*}note"))
    return ImportedUnit(Unit(tuple(variants), note=note, **fields), where)
