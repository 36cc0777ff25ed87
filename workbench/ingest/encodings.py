"""From bytes to text: which encoding a source file is in, and why we think so.

The order is: a byte order mark, what the user or the document declares, strict UTF-8, UTF-16 without a mark, then
the single-byte code pages that Cyrillic news meets. Those decode nearly any bytes, so each decoding is scored by how
much it looks like Cyrillic prose.
"""

import codecs
import re
import unicodedata
from dataclasses import dataclass

from workbench.errors import IngestError

#: Single-byte code pages in order of how often they are met; earlier wins where two decode to the same text.
CODE_PAGES = ("windows-1251", "koi8-r", "koi8-u", "iso-8859-5", "cp866", "mac-cyrillic", "windows-1252")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 6000
_SCORED = 2000
# Plausibility below which nothing fits, below which the user is asked to look, and lead over the next that is clear.
_LEAST, _CLEAR, _LEAD = -0.6, 0.1, 0.35
_DROPPED = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LINE_END = re.compile("\r\n?|\u2028|\u2029|\x85|\x0b|\x0c")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text as decoded, its encoding's name, and why it was chosen; `doubtful` asks the user to look."""

    text: str
    encoding: str
    reason: str
    doubtful: bool = False


def decode(content: bytes, declared: str | None = None, chosen: str | None = None) -> Decoded:
    """Decode the bytes of a source file.

    Args:
        content: The file.
        declared: What the document says of itself (HTML meta); believed only if it decodes.
        chosen: What the user says; believed always.

    Raises:
        IngestError: Nothing fits, the user's choice does not, or the bytes are not text.
    """
    if chosen:
        return Decoded(_strict(content, chosen), canonical(chosen), "chosen by the user")
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return Decoded(_strict(content, encoding).lstrip("\ufeff"), encoding, "byte order mark")
    if declared and (text := _attempt(content, declared)) is not None:
        return Decoded(text, canonical(declared), "declared by the document")
    if (text := _attempt(content, "utf-8")) is not None and "\x00" not in text:
        return Decoded(text, "utf-8", "valid UTF-8")
    if wide := _utf16(content):
        return wide
    if b"\x00" in content or len(_CONTROLS.findall(content[:_SAMPLE])) > 0.05 * len(content[:_SAMPLE]):
        raise IngestError("the file is binary, not text", "Add txt, md, html or docx files.")
    _refuse_broken_utf8(content)
    return _code_page(content)


def _refuse_broken_utf8(content: bytes) -> None:
    """Refuse text that is UTF-8 but for a few bytes: read as a code page it would be nonsense that looks like text."""
    high = sum(byte >= 0x80 for byte in content[:_SAMPLE])
    kept = content[:_SAMPLE].decode("utf-8", "ignore")
    read = len(kept.encode("utf-8")) - sum(char < "\x80" for char in kept)
    if high >= 4 and read >= 0.8 * high:
        try:
            content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise IngestError(
                f"not valid UTF-8: byte {error.start} cannot be decoded",
                "Mend the file, or name its encoding with --encoding.",
            ) from None


def canonical(name: str) -> str:
    """Return Python's own name of an encoding.

    Raises:
        IngestError: There is no such text encoding.
    """
    try:
        "".encode(name)
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        raise IngestError(
            f"unknown encoding '{name}'",
            "Use one of utf-8, utf-16, windows-1251, koi8-r, koi8-u, iso-8859-5, mac-cyrillic, cp866.",
        ) from None


def _strict(content: bytes, encoding: str) -> str:
    encoding = canonical(encoding)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise IngestError(
            f"not valid {encoding}: byte {error.start} cannot be decoded",
            "Name another encoding with --encoding, or mend the file.",
        ) from None
    except UnicodeError as error:
        raise IngestError(f"not valid {encoding}: {error}", "Name another encoding with --encoding.") from None
    if "\x00" in text:
        raise IngestError(
            "the text has NUL characters, so it is binary or wrongly decoded",
            "Add a text file, or name its encoding with --encoding.",
        )
    return text


def _attempt(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _utf16(content: bytes) -> Decoded | None:
    sample = content[:_SAMPLE]
    if len(content) % 2 or len(sample) < 4:
        return None
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        likely = sum(high.count(byte) for byte in (0, 4, 0x20))
        if likely >= 0.9 * len(high) and (text := _attempt(content, encoding)) and "\x00" not in text:
            return Decoded(text, encoding, "every other byte is that of a Cyrillic or Latin letter in UTF-16")
    return None


def _code_page(content: bytes) -> Decoded:
    sample = content[:_SCORED]
    scored = []
    for rank, encoding in enumerate(CODE_PAGES):
        text = _attempt(sample, encoding)
        if text is not None:
            scored.append((plausibility(text), -rank, encoding))
    scored.sort(reverse=True)
    if not scored or scored[0][0] < _LEAST:
        raise IngestError(
            "neither valid UTF-8 nor text in a Cyrillic code page",
            "Save the file as UTF-8, or name its encoding with --encoding.",
        )
    score, _, encoding = scored[0]
    same = {_attempt(sample, name) for rate, _, name in scored if rate == score}
    rivals = [rate for rate, _, name in scored if _attempt(sample, name) not in same]
    doubtful = score < _CLEAR or (bool(rivals) and score - rivals[0] < _LEAD)
    return Decoded(_strict(content, encoding), canonical(encoding), "looks like Cyrillic in this code page", doubtful)


# Letters by how often they occur in Bulgarian, Ukrainian and Russian taken together, commonest first, in classes.
_CLASSES = (
    ("оаеинт", 1.0),
    ("срвлкм", 0.8),
    ("дпуізя", 0.5),
    ("ыьгбчй", 0.1),
    ("ъхжшюц", -0.4),
    ("ющєї", -0.7),
    ("фэґё", -1.4),
)
_WEIGHT = {letter: weight for letters, weight in _CLASSES for letter in letters}
_VOWELS = frozenset("аеиоуыэюяіїєъё")
_PLAIN = frozenset(" \n\r\t.,:;!?()[]\"'«»„“”’‘–—-…/%№&@+*=<>#$€°§©®|_{}~`\\^\u00a0")


def plausibility(text: str) -> float:
    """Return how much a decoding looks like Cyrillic prose, about 0.6 for prose and below 0 for anything else.

    It is a mean over the characters beyond ASCII: common letters count for it, rare letters, capitals inside words,
    mixed scripts, runs without vowels and symbols that news does not use count against it.
    """
    total = 0.0
    count = 0
    previous = " "
    consonants = 0
    for char in text:
        if char < "\x80":
            previous = char
            consonants = 0
            continue
        count += 1
        lower = char.lower()
        if char in _PLAIN:
            total += 0.0
        elif lower not in _WEIGHT:
            accented = "Ā" > lower >= "à"
            inside = previous < "\x80" and previous.isalpha()
            total -= (0.0 if inside else 1.0) if accented else 2.5
        else:
            total += _WEIGHT[lower]
            consonants = 0 if lower in _VOWELS else consonants + 1
            if consonants > 4:
                total -= 1.0
            if char != lower:
                if previous.islower():
                    total -= 3.0
                elif previous.isupper():
                    total -= 0.3
            if previous < "\x80" and previous.isalpha():
                total -= 2.5
        previous = char
    return total / count if count else 0.0


def clean(text: str) -> str:
    """Return an article's text: NFC, line feeds, without soft hyphens, zero-width characters and byte order marks."""
    text = _LINE_END.sub("\n", text)
    text = _DROPPED.sub("", text)
    return unicodedata.normalize("NFC", text).rstrip()
