"""Bytes become the text that was meant, and it is known why."""

import pytest

from tests.ingest.samples import NEWS
from workbench.errors import IngestError
from workbench.ingest import encodings

CYRILLIC = ["windows-1251", "koi8-u", "koi8-r", "iso-8859-5", "mac-cyrillic", "cp866"]
WIDE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]


def in_code_page(text: str, encoding: str) -> bytes | None:
    """Return the text with typewriter punctuation in a code page, or None if it lacks a letter."""
    plain = text.translate({ord("„"): '"', ord("“"): '"', ord("–"): "-", ord("«"): '"', ord("»"): '"'})
    try:
        return plain.encode(encoding)
    except UnicodeEncodeError:
        return None


@pytest.mark.parametrize("encoding", WIDE)
@pytest.mark.parametrize("language", NEWS)
def test_unicode_is_read_back(language: str, encoding: str) -> None:
    assert encodings.decode(NEWS[language].encode(encoding)).text == NEWS[language]


@pytest.mark.parametrize("length", [20, 60, 200])
@pytest.mark.parametrize("encoding", CYRILLIC)
@pytest.mark.parametrize("language", ["bg", "uk", "ru"])
def test_a_code_page_is_recognised_from_a_few_words(language: str, encoding: str, length: int) -> None:
    content = in_code_page(NEWS[language][:length], encoding)
    if content is None:
        pytest.skip(f"{encoding} has no letters for {language}")
    assert encodings.decode(content).text.encode(encoding) == content


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-u", "iso-8859-5", "mac-cyrillic"])
@pytest.mark.parametrize("language", ["bg", "uk", "ru"])
def test_a_headline_in_capitals_is_recognised(language: str, encoding: str) -> None:
    content = in_code_page(NEWS[language].split(".")[0].upper(), encoding)
    assert content is not None
    assert encodings.decode(content).text.encode(encoding) == content


def test_windows_quotes_and_dashes_survive() -> None:
    assert encodings.decode(NEWS["bg"].encode("windows-1251")).encoding == "cp1251"
    assert encodings.decode(NEWS["uk"].encode("windows-1251")).text == NEWS["uk"]


def test_latin_accents_are_not_taken_for_cyrillic() -> None:
    text = "The café’s owner said: “It’s a naïve résumé” — and left."
    assert encodings.decode(text.encode("windows-1252")).text == text


def test_what_the_user_says_goes() -> None:
    decoded = encodings.decode("мир".encode("koi8-r"), chosen="koi8-r")
    assert (decoded.text, decoded.encoding) == ("мир", "koi8-r")


def test_a_declared_encoding_that_does_not_decode_is_not_believed() -> None:
    assert encodings.decode(NEWS["ru"].encode("utf-8"), declared="ascii").encoding == "utf-8"
    assert encodings.decode(NEWS["ru"].encode("utf-8"), declared="no-such").encoding == "utf-8"


@pytest.mark.parametrize(
    ("content", "chosen", "message"),
    [
        (b"\xff\xfe\xfd", "utf-8", "not valid utf-8: byte 0"),
        (b"abc", "klingon", "unknown encoding 'klingon'"),
        (b"abc", "rot13", "unknown encoding"),
        (b"a\x00b\x00\x00\x00\xff", None, "binary"),
        ("Днес е хубав ден за всички. ".encode() * 5 + b"\xd0", None, "not valid UTF-8: byte"),
        (bytes([131, 250, 177, 140, 222, 161, 199, 178, 133, 240]) * 9, None, "neither valid UTF-8"),
        (bytes(range(1, 256)) * 4, None, "binary"),
    ],
    ids=["utf-8", "unknown", "not text", "nul", "truncated", "frames", "controls"],
)
def test_what_cannot_be_decoded_is_refused_in_one_line(content: bytes, chosen: str | None, message: str) -> None:
    with pytest.raises(IngestError, match=message) as caught:
        encodings.decode(content, chosen=chosen)
    assert "\n" not in caught.value.message and caught.value.hint


def test_clean_text_is_composed_and_has_line_feeds_only() -> None:
    assert encodings.clean("и\u0306\r\nа\u00adб\u200bв\rг\ufeff\n\n") == "й\nабв\nг"


def test_clean_text_keeps_hostile_characters_for_others_to_show_safely() -> None:
    assert encodings.clean("а\x1b[31mб\u202eв") == "а\x1b[31mб\u202eв"
