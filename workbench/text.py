"""What is done to text: its searchable form, its cache key, and making hostile characters visible."""

import hashlib
import re
import unicodedata

_APOSTROPHES = re.compile("['’‘`´\u02b9]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u0300\u0301]")
_SPACES = re.compile(r"[\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_WORD = re.compile(r"[^\W_]+(?:[-ʼ'’][^\W_]+)*")
# Controls but tab and newline, and the marks that reorder text on screen (Unicode TR 36, bidirectional spoofing).
_HOSTILE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def norm(text: str) -> str:
    """Return the form that search and matching compare.

    NFC, casefolded, soft hyphens, zero-width characters and stress accents removed, every apostrophe as U+02BC,
    every run of white space as one space.
    """
    composed = _APOSTROPHES.sub("ʼ", unicodedata.normalize("NFC", text).casefold())
    return " ".join(_INVISIBLE.sub("", composed).split())


def words(text: str) -> list[str]:
    """Return the words of a text in their searchable form, compounds with hyphen or apostrophe whole."""
    return _WORD.findall(norm(text))


def text_hash(text: str) -> str:
    """Return the key under which renderings and vectors of a text are cached: 128 bits of BLAKE2b, in hex."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"⟨{code:04X}⟩"


def visible(text: str) -> str:
    """Replace control and bidirectional characters by visible stand-ins, so that a terminal only prints them."""
    return _HOSTILE.sub(_picture, text)


def one_line(text: str) -> str:
    """Return text fit for one line of a terminal: visible, with line breaks and tabs as spaces."""
    return _SPACES.sub(" ", visible(text)).strip()
