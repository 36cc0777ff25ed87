"""Programs that we did not write read our files; files that would harm us are refused."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.exchange.examples import CONCEPTS, UNITS, aids, context
from workbench.errors import ExchangeError
from workbench.exchange import FORMATS

DTD = Path(__file__).parent / "schemas" / "tmx14.dtd"


def written(name: str, values: Any, **settings: Any) -> bytes:
    """Write values in a format and return the bytes."""
    stream = io.BytesIO()
    FORMATS[name].write(values, stream, context(**settings))
    return stream.getvalue()


def test_tmx_is_valid_against_the_dtd() -> None:
    dtd = etree.DTD(io.BytesIO(DTD.read_bytes()))
    tree = etree.fromstring(written("tmx", UNITS), etree.XMLParser(load_dtd=False))
    assert dtd.validate(tree), dtd.error_log
    tree.find("body").find("tu").append(etree.Element("seg"))
    assert not dtd.validate(tree)


def test_translate_toolkit_reads_the_tmx() -> None:
    from translate.storage.tmx import tmxfile

    store = tmxfile.parsestring(written("tmx", UNITS))
    seen = [[tuv.text for tuv in unit.xmlelement.iter("{*}seg")] for unit in store.units]
    ours = [[v.text for v in unit.variants] for unit in UNITS]
    assert len(seen) == len(ours)
    assert all(set(texts) <= set(found) for texts, found in zip(ours, seen, strict=True))


def test_translate_toolkit_reads_the_xliff() -> None:
    from translate.storage.xliff import xlifffile

    store = xlifffile.parsestring(written("xliff1", UNITS))
    pairs = {(unit.source, unit.target) for unit in store.units}
    assert ("Міст коштує 240 млн євро, <каже> мер & інші", "The bridge costs 240 million euros") in pairs


def test_translate_toolkit_reads_xliff_2_with_marked_terms_and_offered_matches() -> None:
    from translate.storage.xliff2 import Xliff2File

    store = Xliff2File.parsestring(written("xliff", UNITS, aids=aids))
    pairs = [(unit.source, unit.target) for unit in store.units]
    assert pairs[0] == ("Міст коштує 240 млн євро, <каже> мер & інші", "The bridge costs 240 million euros")
    assert len(pairs) == len(UNITS)


def test_an_xml_parser_finds_every_term_in_the_tbx() -> None:
    tree = etree.fromstring(written("tbx", CONCEPTS))
    terms = {element.text for element in tree.iter("{*}term")}
    assert {term.text for concept in CONCEPTS for term in concept.terms} <= terms


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE tmx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><tmx version="1.4"><body><tu><tuv xml:lang="uk"><seg>&c;</seg></tuv>'
    b'<tuv xml:lang="ru"><seg>x</seg></tuv></tu></body></tmx>'
)
OUTSIDE = BOMB.replace(b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">', b'<!ENTITY c SYSTEM "file:///etc/passwd">')


@pytest.mark.parametrize("name", ["tmx", "xliff", "xliff1", "tei", "tbx"])
@pytest.mark.parametrize("data", [BOMB, OUTSIDE, b"<tmx><body>", b"not xml at all", b""])
def test_entities_and_broken_xml_are_refused(name: str, data: bytes) -> None:
    with pytest.raises(ExchangeError) as caught:
        list(FORMATS[name].read(io.BytesIO(data)))
    assert caught.value.message and "\n" not in caught.value.message


def test_a_zip_bomb_in_a_word_document_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 300_000_000 + b"</a>")
    stream.seek(0)
    with pytest.raises(ExchangeError):
        list(FORMATS["docx"].read(stream))


def test_cells_that_a_spreadsheet_would_run_are_guarded() -> None:
    for line in written("csv", UNITS).decode("utf-8-sig").splitlines():
        assert not line.startswith(("=", "+", "-", "@"))
        assert ',"=' not in line and ",=" not in line
