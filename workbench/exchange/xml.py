"""XML as a guest: cleaned on the way out, distrusted on the way in."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from workbench.errors import ExchangeError
from workbench.exchange.context import Tally

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

# What XML 1.0 (section 2.2, production Char) leaves out: most controls, lone surrogates, U+FFFE and U+FFFF.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str, tally: Tally) -> str:
    """Replace characters that XML 1.0 forbids by U+FFFD and count them."""
    if text.isprintable():
        return text
    cleaned, replaced = _FORBIDDEN.subn("\ufffd", text)
    tally.replaced += replaced
    return cleaned


def elements(stream: BinaryIO, root: str, *tags: str) -> Iterator[etree._Element]:
    """Yield the elements named `tags` as each is complete, and forget each afterwards: memory stays flat.

    `root` and `tags` may use `{*}` for any namespace. Nothing outside the file is read, entities are not allowed,
    and libxml2's limits stand (10 MB a text, 256 levels, no amplification).

    Raises:
        ExchangeError: The file is not well-formed, has another root, or declares entities.
    """
    parser = etree.iterparse(
        stream,
        events=("start", "end"),
        tag=(root, *tags),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    local_root = root.rpartition("}")[2]
    seen_root = False
    try:
        for event, element in parser:
            if event == "start":
                if not seen_root:
                    _check_document(element, local_root)
                    seen_root = True
                continue
            if etree.QName(element).localname != local_root:
                yield element
            _forget(element)
    except etree.XMLSyntaxError as error:
        raise ExchangeError(
            f"the XML is damaged or not safe to read: {error.msg}", "Export the file again from the other program."
        ) from error
    if not seen_root:
        raise ExchangeError(f"the file has no <{local_root}> element", "Check the format with --format.")


def _check_document(element: etree._Element, local_root: str) -> None:
    dtd = element.getroottree().docinfo.internalDTD
    if dtd is not None and next(iter(dtd.iterentities()), None) is not None:  # type: ignore[attr-defined]
        raise ExchangeError(
            "the file declares XML entities, which can hide an attack, and is refused",
            "Remove the <!ENTITY ...> lines from its head, or export it again without them.",
        )
    if element.getparent() is not None:
        raise ExchangeError(f"the file has no <{local_root}> element at its top", "Check the format with --format.")


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
