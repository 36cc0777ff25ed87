"""Which language an article is in, and how sure that is.

Two kinds of evidence are added: the n-gram model of py3langid (naive Bayes, Lui and Baldwin 2012), whose scores are
divided by the square root of the length so that they stay calibrated, and the letters that only some alphabets have.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from workbench.errors import IngestError, UnsupportedLanguageError
from workbench.languages import LANGUAGES, UNSUPPORTED_NEIGHBOURS, language, name

_CYRILLIC = ("bg", "uk", "ru", "be", "mk", "sr", "kk", "mn")
_SAMPLE = 1500
_LETTERS = re.compile(r"[^\W\d_]")
_CORE = frozenset("абвгдежзийклмнопрстуфхцчшщьюя")

# The letters that set an alphabet apart, and how many of a hundred letters of running text they are.
_SIGNS = {
    "bg": (frozenset("ъ"), 1.5),
    "uk": (frozenset("іїєґ"), 8.0),
    "ru": (frozenset("ыэёъ"), 2.5),
    "be": (frozenset("ўіыэё"), 12.0),
    "mk": (frozenset("јљњќѓѕ"), 3.0),
    "sr": (frozenset("јљњђћџ"), 6.0),
    "kk": (frozenset("әғқңөұүһіыэъё"), 15.0),
    "mn": (frozenset("өүыэёъ"), 12.0),
}
# Letters of the core that an alphabet lacks.
_LACKS = {"bg": "ыэё", "uk": "ыэъё", "ru": "", "be": "ищъ", "mk": "йщьюяъ", "sr": "йщьюяъ", "kk": "", "mn": ""}
# What a text is before anything is read: articles here are nearly always in our languages. In nats.
_PRIOR = 1.0
_SURE = 0.6
_MIXED_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Guess:
    """A language and the probability that it is the right one."""

    language: str
    confidence: float


def detect(lines: Sequence[str]) -> Guess:
    """Return the language of an article, judged by its longest lines.

    Raises:
        UnsupportedLanguageError: It is in a language, or a script, that we do not handle.
        IngestError: There are no letters in it.
    """
    text = _sample(lines)
    ranked = _ranked(text)
    best = ranked[0]
    ours = next(guess for guess in ranked if guess.language in LANGUAGES) if best.language != "en" else best
    if best.language in LANGUAGES:
        return best
    if best.confidence < _SURE and ours.confidence > 0.05 and not _signs(text, best.language, ours.language):
        return ours
    raise UnsupportedLanguageError(
        f"the text is in {name(best.language)} ({best.language}), which is not supported",
        "The workbench handles bg, uk, ru and en; if this is a mistake, name the language with --language.",
    )


def strangers(lines: Sequence[str], code: str) -> dict[str, float]:
    """Return the shares of an article's letters, by language, in paragraphs that are in another language."""
    total = 0
    shares: Counter[str] = Counter()
    for line in lines:
        letters = Counter(_LETTERS.findall(line.lower()))
        count = letters.total()
        total += count
        if count >= 60 and _suspicious(letters, count, code):
            guess = _ranked(line[:_SAMPLE])[0]
            if guess.language != code and guess.confidence > 0.8:
                shares[guess.language] += count
    return {other: count / total for other, count in shares.items() if count >= _MIXED_SHARE * total}


def _suspicious(letters: Counter[str], count: int, code: str) -> bool:
    """Return whether a paragraph has letters, beyond a name or two, that its article's alphabet lacks."""
    known = frozenset(language(code).letters)
    latin = sum(number for letter, number in letters.items() if letter < "\u0250")
    if code != "en" and latin < 0.5 * count:
        count, latin = count - latin, 0
    cyrillic = sum(number for letter, number in letters.items() if letter not in known and letter >= "\u0250")
    return (latin if code != "en" else 0) + cyrillic > 0.015 * count


def _sample(lines: Sequence[str]) -> str:
    chosen: list[str] = []
    length = 0
    for line in sorted(lines, key=len, reverse=True):
        if length >= _SAMPLE or (chosen and len(line) < 25):
            break
        chosen.append(line[: _SAMPLE - length])
        length += len(chosen[-1])
    return "\n".join(chosen)


def _ranked(text: str) -> list[Guess]:
    letters = Counter(_LETTERS.findall(text.lower()))
    total = letters.total()
    if not total:
        raise IngestError("there are no letters in the text", "Check the file, or name its encoding with --encoding.")
    cyrillic = sum(number for letter, number in letters.items() if "\u0400" <= letter <= "\u04ff" or letter in "өүһ")
    latin = sum(number for letter, number in letters.items() if letter < "\u0250" or "\u1e00" <= letter < "\u1f00")
    if max(cyrillic, latin) < 0.5 * total:
        raise UnsupportedLanguageError(
            "the text is in neither Cyrillic nor Latin script",
            "The workbench handles Bulgarian, Ukrainian, Russian and English.",
        )
    scores = _ngram_scores(text)
    if cyrillic >= 0.5 * latin:
        scored = {code: scores[code] + _letter_score(letters, cyrillic, code) for code in _CYRILLIC}
    else:
        scored = {code: score for code, score in scores.items() if code not in _CYRILLIC}
    for code in scored:
        if code in LANGUAGES:
            scored[code] += _PRIOR
    top = max(scored.values())
    odds = {code: math.exp(score - top) for code, score in scored.items()}
    whole = sum(odds.values())
    return sorted((Guess(code, value / whole) for code, value in odds.items()), key=lambda guess: -guess.confidence)


def _letter_score(letters: Counter[str], total: int, code: str) -> float:
    """Return the log-likelihood, softened, of the letters that this alphabet has or lacks."""
    signs, per_hundred = _SIGNS[code]
    lacking = _LACKS[code]
    wrong = sum(
        number
        for letter, number in letters.items()
        if "\u0400" <= letter <= "\u04ff" and letter not in signs and (letter not in _CORE or letter in lacking)
    )
    seen = sum(letters[letter] for letter in signs)
    expected = total * per_hundred / 100
    missing = max(0.0, expected - 3 * seen)
    return -(2.5 * wrong + missing) / math.sqrt(1 + total / 60)


def _signs(text: str, other: str, ours: str) -> bool:
    letters = frozenset(text.lower())
    if other not in _SIGNS or ours not in _SIGNS:
        return False
    return bool(letters & (_SIGNS[other][0] - _SIGNS[ours][0]))


def _ngram_scores(text: str) -> dict[str, float]:
    scale = math.sqrt(len(text.encode("utf-8", "replace")) or 1)
    return {code: score / scale for code, score in _identifier().rank(text)}


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([*LANGUAGES, *UNSUPPORTED_NEIGHBOURS])
    return identifier
