"""TBX: ISO 30042:2019 (version 3, dialect TBX-Basic, styles DCA and DCT) both ways; MARTIF (version 2) is read.

TBX-Basic has no word for a forbidden term, for terms that are not translated, nor for those whose case matters;
they travel as marks in `projectSubset`, which other programs keep. What a concept of ours has no field for goes
into its note as `name: text`, so nothing that a file says is lost.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO
from urllib.parse import quote, unquote

from lxml import etree

from workbench import languages
from workbench.errors import ExchangeError, UsageError
from workbench.exchange.context import LONGEST_TEXT, Context, Skipped, Tally
from workbench.exchange.xml import XML_LANG, Frame, clean, elements, local, namespaces, plain_text
from workbench.languages import EN
from workbench.model import Concept, Term, TermStatus

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
#: Namespaces of the modules of TBX-Basic, for the style in which each data category is an element (DCT).
MODULES = {"min": "http://www.tbxinfo.net/ns/min", "basic": "http://www.tbxinfo.net/ns/basic"}
_N = f"{{{NAMESPACE}}}"

# Data category: the element that holds it in style DCA, and its module in style DCT.
_CATEGORIES = {
    "subjectField": ("descrip", "min"),
    "definition": ("descrip", "basic"),
    "source": ("admin", "basic"),
    "partOfSpeech": ("termNote", "min"),
    "grammaticalGender": ("termNote", "basic"),
    "administrativeStatus": ("termNote", "min"),
    "projectSubset": ("admin", "basic"),
}
_STATUSES = {
    TermStatus.PREFERRED: "preferredTerm-admn-sts",
    TermStatus.ADMITTED: "admittedTerm-admn-sts",
    TermStatus.DEPRECATED: "deprecatedTerm-admn-sts",
    TermStatus.FORBIDDEN: "deprecatedTerm-admn-sts",
}
_READ_STATUSES = {
    "preferredterm": TermStatus.PREFERRED,
    "admittedterm": TermStatus.ADMITTED,
    "deprecatedterm": TermStatus.DEPRECATED,
    "supersededterm": TermStatus.DEPRECATED,
}
_PARTS = {"adjective", "adverb", "noun", "properNoun", "verb", "other"}
_GENDERS = {"masculine", "feminine", "neuter", "other"}
_MARK = "workbench:"
_NAME = re.compile(r"(?!k\.)[A-Za-z_][\w.-]*", re.ASCII)


def write_dca(concepts: Iterable[Concept], stream: BinaryIO, context: Context) -> int:
    """Write concepts as TBX-Basic, data categories as attributes, and return how many.

    Raises:
        ExchangeError: There is none; the format needs one.
    """
    return _write(concepts, stream, context, "dca")


def write_dct(concepts: Iterable[Concept], stream: BinaryIO, context: Context) -> int:
    """Write concepts as TBX-Basic, data categories as tags, and return how many.

    Raises:
        ExchangeError: There is none; the format needs one.
    """
    return _write(concepts, stream, context, "dct")


def _write(concepts: Iterable[Concept], stream: BinaryIO, context: Context, style: str) -> int:
    written = 0
    nsmap = namespaces(NAMESPACE, **(MODULES if style == "dct" else {}))
    head = {"style": style, "type": "TBX-Basic", XML_LANG: EN}
    root = etree.Element(f"{_N}tbx", head, nsmap=nsmap)
    root.append(_header(context, nsmap))
    body = etree.SubElement(etree.SubElement(root, f"{_N}text"), f"{_N}body")
    out = Frame(stream, body)
    writer = _Writer(style, nsmap, context)
    for concept in concepts:
        element = writer.concept(concept)
        if element is None:
            context.tally.left_out += 1
            continue
        out.append(element)
        written += 1
    if not written:
        raise ExchangeError("TBX must hold a concept, and there is none to write", "Add terms first.")
    out.close()
    return written


def _header(context: Context, nsmap: Any) -> etree._Element:
    header = etree.Element(f"{_N}tbxHeader", nsmap=nsmap)
    description = etree.SubElement(header, f"{_N}fileDesc")
    title = etree.SubElement(etree.SubElement(description, f"{_N}titleStmt"), f"{_N}title")
    title.text = clean(context.title, context.tally) or "Glossary"
    origin = etree.SubElement(etree.SubElement(description, f"{_N}sourceDesc"), f"{_N}p")
    facts = (f"translation-workbench {context.version}", context.signature, context.created)
    origin.text = clean(", ".join(fact for fact in facts if fact), context.tally)
    return header


class _Writer:
    """Builds the entry of one concept in one style."""

    def __init__(self, style: str, nsmap: Any, context: Context) -> None:
        self.style, self.nsmap, self.context = style, nsmap, context

    def concept(self, concept: Concept) -> etree._Element | None:
        """Return the entry, or None where no term is in a language of the export."""
        entry = etree.Element(f"{_N}conceptEntry", id=_identifier(concept.key), nsmap=self.nsmap)
        self.category(entry, "subjectField", concept.subject)
        self.category(entry, "definition", concept.definition)
        self.category(entry, "source", concept.source)
        self.note(entry, concept.note)
        wanted = [code for code in self.context.languages if any(term.language == code for term in concept.terms)]
        for code in wanted:
            section = etree.SubElement(entry, f"{_N}langSec", {XML_LANG: code})
            for term in concept.terms:
                if term.language == code:
                    self.term(etree.SubElement(section, f"{_N}termSec"), term)
        return entry if wanted else None

    def term(self, section: etree._Element, term: Term) -> None:
        etree.SubElement(section, f"{_N}term").text = clean(term.text, self.context.tally)
        marks = ["forbidden"] if term.status is TermStatus.FORBIDDEN else []
        marks += ["do-not-translate"] * term.do_not_translate + ["case-sensitive"] * term.case_sensitive
        for name, value, allowed in (
            ("partOfSpeech", term.part_of_speech, _PARTS),
            ("grammaticalGender", term.gender, _GENDERS),
        ):
            self.category(section, name, value if value in allowed or not value else "other")
            if value and value not in allowed:
                marks.append(f"{name}={quote(clean(value, self.context.tally), safe='')}")
        self.category(section, "administrativeStatus", _STATUSES[term.status])
        self.category(section, "projectSubset", " ".join(_MARK + mark for mark in marks))
        self.note(section, term.note)

    def category(self, parent: etree._Element, name: str, text: str) -> None:
        if not text:
            return
        holder, module = _CATEGORIES[name]
        if self.style == "dct":
            element = etree.SubElement(parent, f"{{{MODULES[module]}}}{name}")
        else:
            element = etree.SubElement(parent, f"{_N}{holder}", type=name)
        element.text = clean(text, self.context.tally)

    def note(self, parent: etree._Element, text: str) -> None:
        if text:
            etree.SubElement(parent, f"{_N}note").text = clean(text, self.context.tally)


def _identifier(key: str) -> str:
    """Return an XML name for a key: itself where it is one, else its bytes in hex."""
    return key if _NAME.fullmatch(key) else f"k.{clean(key, Tally()).encode().hex()}"


def _key(identifier: str) -> str:
    if identifier.startswith("k."):
        try:
            return bytes.fromhex(identifier[2:]).decode()
        except ValueError:
            pass
    return identifier


def read(stream: BinaryIO) -> Iterator[Concept | Skipped]:
    """Yield the concepts of a TBX file of version 3 or 2, whichever style, and say what is left out.

    Raises:
        ExchangeError: The file is not TBX, is damaged, or is not safe to read.
    """
    tags = ("{*}tbx", "{*}martif"), ("{*}conceptEntry", "{*}termEntry")
    for number, element in enumerate(elements(stream, tags[0], *tags[1]), start=1):
        where = f"entry {element.get('id') or number}"
        try:
            concept, foreign = _read_concept(element, number)
            yield concept
        except ExchangeError as error:
            yield Skipped(where, error.message)
            continue
        if foreign:
            yield Skipped(where, f"terms in {', '.join(sorted(foreign))} were left out")


def _read_concept(entry: etree._Element, number: int) -> tuple[Concept, set[str]]:
    found = dict.fromkeys(("subjectField", "definition", "source", "note"), "")
    terms: list[Term] = []
    foreign: set[str] = set()
    _gather(entry, found)
    for section in _children(entry, "langSec", "langSet"):
        code = section.get(XML_LANG) or section.get("lang") or ""
        try:
            language = languages.parse(code)
        except UsageError:
            foreign.add(code or "no language")
            continue
        _gather(section, found)
        terms.extend(
            term for part in _children(section, "termSec", "tig", "ntig") if (term := _read_term(part, language))
        )
    if not terms:
        raise ExchangeError("no term in Bulgarian, Ukrainian, Russian or English")
    key = _key(entry.get("id") or f"entry-{number}")
    subject, definition = found["subjectField"], found["definition"]
    return Concept(key, tuple(terms), subject, definition, found["note"], found["source"]), foreign


def _read_term(section: etree._Element, language: str) -> Term | None:
    names = ("term", "partOfSpeech", "grammaticalGender", "administrativeStatus", "projectSubset", "note")
    found = dict.fromkeys(names, "")
    _gather(section, found)
    text = found["term"].strip()
    if not text:
        return None
    if len(text) > LONGEST_TEXT:
        raise ExchangeError("a term is too long")
    words = found["projectSubset"].split()
    marks = dict(word.removeprefix(_MARK).partition("=")[::2] for word in words if word.startswith(_MARK))
    others = " ".join(word for word in words if not word.startswith(_MARK))
    status = _READ_STATUSES.get(found["administrativeStatus"].split("-")[0].casefold(), TermStatus.PREFERRED)
    return Term(
        language,
        text,
        TermStatus.FORBIDDEN if "forbidden" in marks else status,
        unquote(marks.get("partOfSpeech", found["partOfSpeech"])),
        unquote(marks.get("grammaticalGender", found["grammaticalGender"])),
        do_not_translate="do-not-translate" in marks,
        case_sensitive="case-sensitive" in marks,
        note="\n".join(part for part in (found["note"], others and f"projectSubset: {others}") if part),
    )


def _children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    return (child for child in element if local(child.tag) in names)


def _gather(element: etree._Element, found: dict[str, str]) -> None:
    """Collect the data categories of one level into `found`; those it does not name go into its note.

    Groups (`descripGrp`, `termGrp` and so on) belong to the level of what they group.
    """
    for child in element:
        name = local(child.tag)
        if name in ("langSec", "langSet", "termSec", "tig", "ntig") or not isinstance(child.tag, str):
            continue
        if name.endswith("Grp"):
            _gather(child, found)
            continue
        category, text = child.get("type") or name, plain_text(child).strip()
        if not text:
            continue
        if category == "note":
            found["note"] = "\n".join(part for part in (found["note"], text) if part)
        elif found.get(category) == "":
            found[category] = text
        else:
            found["note"] = "\n".join(part for part in (found["note"], f"{category}: {text}") if part)
