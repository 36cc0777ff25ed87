"""Letters that should not stand where they stand: Cyrillic in English, Latin look-alikes in Cyrillic words."""

import re
import unicodedata
from collections.abc import Iterator

from workbench.checks.texts import Text, finding, named
from workbench.languages import BG, RU, UK, language
from workbench.model import Finding, Severity

_CYRILLIC = "[\u0400-\u052f]"
_TOUCHING = re.compile(rf"[A-Za-z]{_CYRILLIC}|{_CYRILLIC}[A-Za-z]")
_CYRILLIC_RUN = re.compile(rf"{_CYRILLIC}+(?:[\s'’ʼ\u0301-]+{_CYRILLIC}+)*")
_RUN = re.compile(r"[^\W\d_]+")
_FOREIGN = {
    code: re.compile(f"(?![{own}ѝѐ\u0300-\u036f]){_CYRILLIC}")
    for code in (BG, UK, RU)
    if (own := language(code).letters + language(code).letters.upper())
}
_LATIN_LOOKALIKES = frozenset("aceiopxyABCEHIKMOPTXSs")
_CYRILLIC_LOOKALIKES = frozenset("асеіорхуАВСЕНІКМОРТХЅѕ")
_LONE_LATIN = re.compile(r"(?<=[\u0400-\u052f][ \u00a0])([aicoyAICOY])(?=[ \u00a0][\u0400-\u052f])")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['’ʼ‘`´](?=[^\W\d_])")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|\ufffd")


def check_residue(texts: list[Text]) -> Iterator[Finding]:
    """Yield Cyrillic left in the English."""
    for text in texts:
        if text.english:
            letters = sum(map(str.isalpha, text.text))
            for match in _CYRILLIC_RUN.finditer(text.text):
                severity = Severity.ERROR if len(match.group()) * 2 > letters else Severity.WARNING
                message = f"Is this still to be translated? “{match.group()[:60]}” is in Cyrillic."
                yield finding("residue", severity, message, text, match.start(), match.end())


def check_homoglyphs(texts: list[Text]) -> Iterator[Finding]:
    """Yield words that mix Latin and Cyrillic letters which look the same."""
    for text in texts:
        if _TOUCHING.search(text.text):
            yield from _mixed_words(text)
        if not text.english:
            for match in _LONE_LATIN.finditer(text.text):
                message = f"“{match.group()}” is the Latin letter, between Cyrillic words. Was it meant?"
                yield finding("homoglyphs", Severity.WARNING, message, text, match.start(), match.end())


def _mixed_words(text: Text) -> Iterator[Finding]:
    for match in _RUN.finditer(text.text):
        strays = _strays(match.group())
        if strays:
            kind, home = ("Latin", "Cyrillic") if strays[0].isascii() else ("Cyrillic", "Latin")
            verb = "is a" if len(strays) == 1 else "are"
            letters = "letter" if len(strays) == 1 else "letters"
            message = f"“{match.group()}”: {', '.join(strays)} {verb} {kind} {letters} in a {home} word. Was it meant?"
            yield finding("homoglyphs", Severity.WARNING, message, text, match.start(), match.end())


def _strays(word: str) -> list[str]:
    """Return the look-alike letters of the script that is in the minority, none where the mixture shows."""
    latin = [char for char in word if char.isascii()]
    cyrillic = [char for char in word if "\u0400" <= char <= "\u052f"]
    if not latin or not cyrillic:
        return []
    strays, lookalikes = (latin, _LATIN_LOOKALIKES) if len(latin) <= len(cyrillic) else (cyrillic, _CYRILLIC_LOOKALIKES)
    return sorted(set(strays)) if lookalikes.issuperset(strays) else []


def check_alphabet(texts: list[Text]) -> Iterator[Finding]:
    """Yield words with letters of another Cyrillic alphabet than the language's own."""
    for text in texts:
        if text.where not in _FOREIGN or not _FOREIGN[text.where].search(text.text):
            continue
        for match in _RUN.finditer(text.text):
            strange = sorted(set(_FOREIGN[text.where].findall(match.group())))
            if strange:
                message = f"“{match.group()}”: {', '.join(strange)} is not {named(text.where)[4:]}. A quotation?"
                yield finding("alphabet", Severity.INFO, message, text, match.start(), match.end())


def check_apostrophes(texts: list[Text]) -> Iterator[Finding]:
    """Yield texts that write apostrophes inside words in more than one way."""
    for text in texts:
        found = list(_APOSTROPHE.finditer(text.text))
        kinds = list(dict.fromkeys(match.group() for match in found))
        if len(kinds) > 1:
            odd = next(match for match in found if match.group() == kinds[1])
            message = f"Apostrophes of {len(kinds)} kinds ({' '.join(kinds)}) in one text: choose one."
            yield finding("apostrophes", Severity.INFO, message, text, odd.start(), odd.end())


def check_invisible(texts: list[Text]) -> Iterator[Finding]:
    """Yield characters that nobody sees (zero width, direction marks) or that stand for lost ones (U+FFFD)."""
    for text in texts:
        if text.text.isascii():
            continue
        for match in _INVISIBLE.finditer(text.text):
            lost = match.group() == "\ufffd"
            name = unicodedata.name(match.group(), "control character").lower()
            message = "A character was lost here." if lost else f"An invisible character stands here: {name}."
            severity = Severity.WARNING if lost else Severity.INFO
            yield finding("invisible", severity, message, text, match.start(), match.end())
