"""What is done to a text before the model sees it and to the English after: pure string work."""

import re
import unicodedata

from workbench import languages

# Controls, soft hyphens, zero-width and bidirectional marks, and the acute accent that marks stress in Cyrillic:
# no model has learnt any of them, and each breaks a known word into unknown pieces.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u0301]"
)
_SPACE = re.compile(r"\s+")
_CYRILLIC_WORD = re.compile(r"[\u0400-\u04ff][\u0400-\u04ff'’ʼ\u0301-]*")
# A stretch of up to eighty characters that stands three times or more, with no word between.
_LOOP = re.compile(r"\b(\w.{0,80}?)(?:\W+\1\b){2,}", re.IGNORECASE)
_UNKNOWN = re.compile(r"\s*(?:⁇|<unk>)")
_QUOTED = re.compile(r"«\s*([^«»]*?)\s*»|„\s*([^„“”]*?)\s*[“”]")
_BEFORE_STOP = re.compile(r"\s+(?=[,;!?)\]”]|[.:](?:\s|$))")
_AFTER_OPEN = re.compile(r"(?<=[(\[“])\s+")
_SPACED_HYPHEN = re.compile(r"(?<=\S) (?:-|--) (?=\S)")
_DASH = re.compile("[–—]")


def clean_source(text: str) -> str:
    """Return source text as one line that a model can read: composed, without invisible characters."""
    composed = unicodedata.normalize("NFC", _UNSEEN.sub("", unicodedata.normalize("NFD", text)))
    return _SPACE.sub(" ", composed).strip()


def has_cyrillic(text: str) -> bool:
    """Whether there is anything to translate from Bulgarian, Ukrainian or Russian."""
    return _CYRILLIC_WORD.search(text) is not None


def cyrillic_words(text: str) -> list[str]:
    """Return the words that are written in Cyrillic, wholly or at their start."""
    return _CYRILLIC_WORD.findall(text)


def romanise_rest(text: str, language: str) -> str:
    """Write the words that a model left in Cyrillic in Latin letters, by the source language's official system."""
    return _CYRILLIC_WORD.sub(lambda match: languages.romanise(match.group(), language), text)


def tidy(text: str, source: str = "") -> str:
    """Set the English in order: single spaces, English quotation marks, dashes where the source has dashes."""
    text = _UNKNOWN.sub("", text)
    text = _QUOTED.sub(lambda match: f"“{match.group(1) or match.group(2) or ''}”", text)
    if _DASH.search(source) and not _SPACED_HYPHEN.search(source):
        text = _SPACED_HYPHEN.sub(" – ", text)
    text = _SPACE.sub(" ", text).strip()
    return _AFTER_OPEN.sub("", _BEFORE_STOP.sub("", text))


def unloop(text: str) -> str:
    """Say once what a text says three times or more in a row."""
    return _LOOP.sub(r"\1", text)
