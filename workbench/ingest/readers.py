"""From a file of some format to its text, with what its markup says of headings and captions."""

import io
import itertools
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from workbench.errors import IngestError
from workbench.ingest import encodings
from workbench.model import Kind

#: Suffixes and the formats they stand for.
FORMATS = {".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md", ".html": "html", ".htm": "html",
           ".xhtml": "html", ".docx": "docx"}  # fmt: skip
MAX_BYTES = 20_000_000
_MAX_UNPACKED = 60_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w\-]{3,30})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Document:
    """Clean text, one paragraph a line or blocks between blank lines, and what the file says of itself.

    `hints` gives kinds by number among the lines that are not blank.
    """

    text: str
    encoding: str
    reason: str = ""
    doubtful: bool = False
    hints: dict[int, Kind] = field(default_factory=dict)
    title: str = ""
    published: str = ""
    url: str = ""


def format_of(content: bytes, name: str) -> str:
    """Return `txt`, `md`, `html` or `docx` by a name's suffix, or by the content where the name has none."""
    suffix = "." + name.rsplit(".", 1)[-1].lower() if "." in name.rsplit("/", 1)[-1] else ""
    if suffix in FORMATS:
        return FORMATS[suffix]
    if content.startswith(b"PK\x03\x04"):
        return "docx"
    start = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "html" if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) else "txt"


def document(content: bytes, format: str, encoding: str | None = None) -> Document:
    """Read a file.

    Raises:
        IngestError: It is empty, too large, binary, damaged, or not in the encoding named.
    """
    if len(content) > MAX_BYTES:
        raise IngestError(
            f"the file is {len(content) / 1e6:.0f} MB; the limit for one article is {MAX_BYTES / 1e6:.0f} MB",
            "Split it into one file an article.",
        )
    if not content.strip():
        raise IngestError("the file is empty", "Add a file with an article in it.")
    if format == "docx":
        return _docx(content)
    if content.startswith((b"PK\x03\x04", b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"SQLite f",
                           b"\x7fELF")):  # fmt: skip
        raise IngestError("the file is binary, not text", "Add txt, md, html or docx files.")
    declared = _CHARSET.search(content[:4000]) if format == "html" else None
    decoded = encodings.decode(content, declared.group(1).decode() if declared else None, encoding)
    made = {"html": _html, "md": _markdown}.get(format, _plain)(decoded.text)
    if not made.text.strip():
        raise IngestError("there is no text in the file", "Add a file with an article in it.")
    return Document(made.text, decoded.encoding, decoded.reason, decoded.doubtful, made.hints, made.title,
                    made.published, made.url)  # fmt: skip


def _plain(text: str) -> Document:
    return Document(unwrap(encodings.clean(text)), "")


def unwrap(text: str) -> str:
    """Join lines that were wrapped at a fixed width, as in plain-text mail.

    The evidence is the layout: lines are at most about 100 characters, and where one ends inside a paragraph, the
    first word of the next would not have fitted.
    """
    lines = text.split("\n")
    width = max(map(len, lines))
    if not 50 <= width <= 100:
        return text
    pairs = [(one, two) for one, two in itertools.pairwise(lines) if one.strip() and two.strip()]
    wrapped = [_filled(one, two, width) for one, two in pairs]
    open_ended = sum(not one.rstrip().endswith((".", "!", "?", "…")) for one, _ in pairs)
    if len(pairs) < 3 or sum(wrapped) < 0.6 * len(pairs) or open_ended < 0.5 * len(pairs):
        return text
    out = [lines[0]]
    for one, two in itertools.pairwise(lines):
        if one.strip() and two.strip() and _filled(one, two, width):
            hyphen = re.search(r"\w-$", one.rstrip())
            out[-1] = out[-1].rstrip() + ("" if hyphen else " ") + two.strip()
        else:
            out.append(two)
    return "\n".join(out)


def _filled(line: str, following: str, width: int) -> bool:
    if re.match(r"\s*(?:[-–—*•>]|\d{1,2}[.)])\s", following):
        return False
    return len(line.rstrip()) + 1 + len(following.split()[0]) > width - 1


def _markdown(text: str) -> Document:
    """Strip Markdown (CommonMark) down to its text; front matter gives title and date."""
    text = encodings.clean(text)
    facts: dict[str, str] = {}
    if front := re.match(r"---\n(.*?)\n---\n", text, re.DOTALL):
        facts = dict(re.findall(r"^(title|date|url):\s*[\"']?(.*?)[\"']?\s*$", front.group(1), re.MULTILINE))
        text = text[front.end() :]
    text = re.sub(r"(?m)^(.+)\n(=+|-{3,})[ \t]*$", lambda m: ("# " if m[2][0] == "=" else "## ") + m[1], text)
    blocks: list[tuple[str, Kind | None]] = []
    for line in unwrap(text).split("\n"):
        heading = re.match(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*$", line)
        if re.fullmatch(r"\s*(?:[-*_]\s*){3,}|\s*(?:```|~~~).*", line):
            line = ""
        kind = None
        if heading:
            line = heading[2]
            kind = Kind.HEADLINE if len(heading[1]) == 1 else Kind.SUBHEADING
        elif picture := re.fullmatch(r"\s*!\[([^\]]*)\]\([^)]*\)\s*", line):
            line, kind = picture[1], Kind.CAPTION
        blocks.append((_inline(re.sub(r"^\s*>\s?", "", line)), kind))
    made = _from_blocks(blocks, "\n")
    return Document(made.text, "", hints=made.hints, title=facts.get("title", ""),
                    published=facts.get("date", "")[:10], url=facts.get("url", ""))  # fmt: skip


def _inline(line: str) -> str:
    line = re.sub(r"!?\[([^\]\n]*)\]\([^)\n]*\)|<(https?://[^>\s]+)>", lambda m: m[1] or m[2] or "", line)
    line = re.sub(r"(\*\*\*|\*\*|__|\*|`|~~)(?=\S)(.+?)(?<=\S)\1", r"\2", line)
    line = re.sub(r"(?<!\w)_(?=\S)(.+?)(?<=\S)_(?!\w)", r"\1", line)
    return re.sub(r"\\([\\`*_{}\[\]()#+\-.!>~|])", r"\1", line)


def _from_blocks(blocks: Sequence[tuple[str, Kind | None]], between: str) -> Document:
    parts: list[str] = []
    hints: dict[int, Kind] = {}
    number = 0
    for block, kind in blocks:
        cleaned = encodings.clean(block)
        parts.append(cleaned)
        for line in cleaned.split("\n"):
            if line.strip():
                if kind is not None:
                    hints[number] = kind
                number += 1
    return Document(between.join(parts).rstrip(), "", hints=hints)


_HTML_KINDS = {"head": Kind.SUBHEADING, "figcaption": Kind.CAPTION}
_SPACE = re.compile(r"\s+")


def _html(text: str) -> Document:
    """Take the main text of a page by trafilatura, else all text that is not script, style or navigation."""
    import trafilatura
    from lxml import html

    if "\x00" in text:
        raise IngestError("the file is binary, not text", "Add txt, md, html or docx files.")
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        found: Any = trafilatura.bare_extraction(
            text, include_comments=False, include_tables=True, include_formatting=False, with_metadata=True
        )
    except Exception:  # whatever a hostile page does to the extractor, the plain reading below still stands
        found = None
    if found is None or found.body is None or not "".join(found.body.itertext()).strip():
        try:
            tree = html.fromstring(text)
        except Exception:
            raise IngestError("the page has no text", "Save the page again, or save its text.") from None
        return _from_blocks(_fallback(tree), "\n\n")
    blocks: list[tuple[str, Kind | None]] = []
    for element in found.body:
        _gather(element, blocks)
    title = _SPACE.sub(" ", found.title or "").strip()
    head = " ".join(block for block, _ in blocks[:3])
    if title and title not in head:
        blocks.insert(0, (title, Kind.HEADLINE))
    blocks = [(block, Kind.HEADLINE if title and block == title else kind) for block, kind in blocks]
    made = _from_blocks(blocks, "\n\n")
    return Document(made.text, "", hints=made.hints, title=title, published=found.date or "", url=found.url or "")


def _gather(element: Any, blocks: list[tuple[str, Kind | None]]) -> None:
    if element.tag in ("list", "quote", "table", "row", "div") and len(element):
        for child in element:
            _gather(child, blocks)
        return
    block = _SPACE.sub(" ", "".join(element.itertext())).strip()
    if block:
        blocks.append((block, _HTML_KINDS.get(element.tag)))


def _fallback(tree: Any) -> list[tuple[str, Kind | None]]:
    for element in tree.xpath("//script|//style|//nav|//noscript|//template|//head"):
        element.drop_tree()
    blocks: list[tuple[str, Kind | None]] = []
    for element in tree.xpath("//h1|//h2|//h3|//h4|//p|//li|//figcaption|//blockquote[not(p)]|//td"):
        block = _SPACE.sub(" ", element.text_content()).strip()
        kind = {"h1": Kind.HEADLINE, "h2": Kind.SUBHEADING, "h3": Kind.SUBHEADING, "figcaption": Kind.CAPTION}
        if block:
            blocks.append((block, kind.get(element.tag)))
    return blocks or [(_SPACE.sub(" ", tree.text_content()).strip(), None)]


def _docx(content: bytes) -> Document:
    """Take the paragraphs of a word-processing document (ECMA-376); nothing else in the archive is unpacked."""
    from lxml import etree

    hint = "Save it again as docx or txt."
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("word/document.xml") as member:
            xml = member.read(_MAX_UNPACKED + 1)
    except KeyError:
        raise IngestError("the file is a zip archive but not a docx document", hint) from None
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, zlib.error):
        raise IngestError("the file is not a docx document, or is damaged", hint) from None
    if len(xml) > _MAX_UNPACKED:
        raise IngestError(f"the document unpacks to more than {_MAX_UNPACKED / 1e6:.0f} MB", "Split it up.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError:
        raise IngestError("the docx document is damaged", hint) from None
    blocks = [_paragraph(element) for element in root.iter(f"{_W}p")]
    made = _from_blocks([block for block in blocks if block[0].strip()], "\n\n")
    if not made.text.strip():
        raise IngestError("there is no text in the document", "Add a document with an article in it.")
    return Document(made.text, "utf-8", "docx is XML in UTF-8", hints=made.hints)


def _paragraph(element: Any) -> tuple[str, Kind | None]:
    parts = []
    for child in element.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}noBreakHyphen"):
        tag = child.tag.removeprefix(_W)
        parts.append({"t": child.text or "", "tab": "\t", "br": "\n"}.get(tag, "-"))
    style = element.find(f"{_W}pPr/{_W}pStyle")
    name = (style.get(f"{_W}val") or "").casefold() if style is not None else ""
    if name in ("title", "heading1", "1"):
        return "".join(parts), Kind.HEADLINE
    if name.startswith("heading") or name in ("subtitle", "2", "3"):
        return "".join(parts), Kind.SUBHEADING
    return "".join(parts), Kind.CAPTION if name == "caption" else None
