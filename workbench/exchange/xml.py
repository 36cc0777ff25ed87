"""XML as a guest: cleaned on the way out, distrusted on the way in."""

import itertools
import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, cast

from lxml import etree

from workbench.errors import ExchangeError
from workbench.exchange.context import Tally

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

# What XML 1.0 (section 2.2, production Char) leaves out: most controls, lone surrogates, U+FFFE and U+FFFF.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# libxml2 advises its caller to lift the limits that keep us safe.
_ADVICE = re.compile(",? (?:use|try) XML_PARSE_HUGE(?: option)?")
_MARKUPS_AT_ONCE = 500


def clean(text: str, tally: Tally) -> str:
    """Replace characters that XML 1.0 forbids by U+FFFD and count them."""
    if text.isprintable():
        return text
    cleaned, replaced = _FORBIDDEN.subn("\ufffd", text)
    tally.replaced += replaced
    return cleaned


def same_written(one: str, other: str) -> bool:
    """Tell whether two texts are one in a file: equal, or equal once forbidden characters are replaced."""
    return one == other or clean(one, Tally()) == clean(other, Tally())


def escaped(text: str, tally: Tally) -> str:
    """Return cleaned text as the content of an element; a carriage return survives only as a reference."""
    text = clean(text, tally).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;")


def quoted(text: str, tally: Tally) -> str:
    """Return cleaned text as an attribute's value with its quotation marks; white space survives as references."""
    text = escaped(text, tally).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
    return f'"{text}"'


def _bytes(tree: Any, **settings: Any) -> bytes:
    return cast(bytes, etree.tostring(tree, encoding="utf-8", **settings))


class Frame:
    """An XML document of which all but one long list is small: the list is written element by element.

    Args:
        stream: Where to write.
        place: The element, somewhere in the small document, whose children come one at a time.
        doctype: A document type declaration, if any.
    """

    def __init__(self, stream: BinaryIO, place: etree._Element, doctype: str = "") -> None:
        place.append(etree.Comment("here"))
        root = place.getroottree()
        whole = _bytes(root, xml_declaration=True, doctype=doctype or None)
        head, _, self._tail = whole.partition(b"<!--here-->")
        self._stream = stream
        # lxml declares namespaces again on every element that is written alone; the root has them already.
        probe = _bytes(etree.Element(place.tag, nsmap=cast(Any, place.nsmap)))
        self._declared = b"".join(probe.removesuffix(b"/>").partition(b" ")[1:])
        stream.write(head + b"\n")

    def append(self, element: etree._Element) -> None:
        """Write one element."""
        self._stream.write(self.serialised(element))

    def extend(self, markups: Iterable[str]) -> int:
        """Write what is serialised already and return how many: building elements would take most of the time."""
        written = 0
        remaining = iter(markups)
        while page := list(itertools.islice(remaining, _MARKUPS_AT_ONCE)):
            self._stream.write("".join(page).encode())
            written += len(page)
        return written

    def serialised(self, element: etree._Element) -> bytes:
        """Return an element as it stands inside the document, on lines of its own."""
        written = _bytes(element)
        if self._declared:
            written = written.replace(self._declared, b"", 1)
        return written + b"\n"

    def close(self, rest: Iterable[bytes] = ()) -> None:
        """Write what is left of the document, with `rest` in place of a comment that says so."""
        before, _, after = self._tail.partition(b"<!--rest-->")
        self._stream.write(before)
        self._stream.writelines(rest)
        self._stream.write(after + b"\n")


def elements(stream: BinaryIO, roots: str | tuple[str, ...], *tags: str) -> Iterator[etree._Element]:
    """Yield the elements named `tags` as each is complete, and forget each afterwards: memory stays flat.

    Names may use `{*}` for any namespace. Nothing outside the file is read, entities are not allowed, and libxml2's
    limits stand (10 MB a text, 256 levels, no amplification).

    Raises:
        ExchangeError: The file is not well-formed, has another root than one of `roots`, or declares entities.
    """
    roots = (roots,) if isinstance(roots, str) else roots
    names = [local(root) for root in roots]
    parser = etree.iterparse(
        stream,
        events=("start", "end"),
        tag=(*roots, *tags),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    checked = False
    try:
        for event, element in parser:
            if not checked:
                _check_document(element, names)
                checked = True
            if event == "end" and local(element.tag) not in names:
                yield element
                _forget(element)
    except etree.XMLSyntaxError as error:
        said = _ADVICE.sub("", error.msg)
        raise ExchangeError(
            f"the XML is damaged or not safe to read: {said}", "Export the file again from the other program."
        ) from error
    if not checked:
        raise _wrong_root(names)


def _wrong_root(names: list[str]) -> ExchangeError:
    wanted = " or ".join(f"<{name}>" for name in names)
    return ExchangeError(f"the file does not start with {wanted}", "Check which format it is, and name it.")


def _check_document(element: etree._Element, names: list[str]) -> None:
    dtd = element.getroottree().docinfo.internalDTD
    if dtd is not None and next(iter(dtd.iterentities()), None) is not None:  # type: ignore[attr-defined]
        raise ExchangeError(
            "the file declares XML entities, which can hide an attack, and is refused",
            "Remove the <!ENTITY ...> lines from its head, or export it again without them.",
        )
    if element.getparent() is not None or local(element.tag) not in names:
        raise _wrong_root(names)


def _forget(element: etree._Element) -> None:
    """Free an element and everything before it under the same parent."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def plain_text(element: etree._Element, codes: frozenset[str] = frozenset()) -> str:
    """Return the text of an element without what elements named in `codes` hold.

    Raises:
        ExchangeError: It refers to an entity, whose text nobody knows.
    """
    parts = [element.text or ""]
    for child in element:
        if child.tag is etree.Entity:
            raise ExchangeError(f"the text has an unknown entity, {child.text}", "Replace it by the character meant.")
        if isinstance(child.tag, str) and etree.QName(child).localname not in codes:
            parts.append(plain_text(child, codes))
        parts.append(child.tail or "")
    return "".join(parts)


def parse_fragment(markup: str) -> etree._Element | None:
    """Parse a stretch of XML that an import kept, or return None where it is not well-formed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(markup, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def local(name: object) -> str:
    """Return the name of an element or attribute without its namespace."""
    return str(name).rpartition("}")[2]


def namespaces(default: str, **others: str) -> Any:
    """Return a namespace map; lxml's stubs forget that the default namespace has the prefix None."""
    return {None: default, **others}
