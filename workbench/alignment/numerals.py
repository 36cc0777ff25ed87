"""Numbers and months in Bulgarian, Ukrainian, Russian and English text, in one common notation."""

import re
from functools import lru_cache

from workbench.languages import fold

_TOKEN = re.compile(r"\d{1,3}(?:[\s\u00a0\u202f.,]\d{3})+(?!\d)|\d+[.,]\d+|\d+|%|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_GROUPED = re.compile(r"\d{1,3}(?:[\s\u00a0\u202f.,]\d{3})+")
_SEPARATORS = re.compile(r"[\s\u00a0\u202f.,]")

# Whole folded words (fold() drops soft signs and apostrophes).
_WORDS = {
    "2": "два дві две двох двум двух двама двете двата two",
    "3": "три трьох трех трем трима трите three",
    "4": "чотири чотирьох четири четыре четырех четирима four",
    "5": "пять пяти пет пятьох петима п'ять five",
    "6": "шість шести шесть шест шестима six",
    "7": "сім семи семь седем seven",
    "8": "вісім восьми восемь осем eight",
    "9": "девять дев'яти девяти девет nine",
    "10": "десять десяти десет ten",
    "11": "одинадцять одиннадцать единадесет eleven",
    "12": "дванадцять двенадцать дванадесет twelve",
    "15": "п'ятнадцять пятнадцать петнадесет fifteen",
    "20": "двадцять двадцати двадцать двадесет twenty",
    "30": "тридцять тридцать тридцати тридесет thirty",
    "40": "сорок четиридесет forty",
    "50": "п'ятдесят пятьдесят петдесет fifty",
    "100": "сто ста hundred",
}
_EXACT = {fold(word): value for value, words in _WORDS.items() for word in words.split()}
# Beginnings of inflected words, written folded.
_BEGINNINGS = {
    "k": "тисяч тисящ хиляд thousand",
    "M": "милион миллион мильйон мільйон million",
    "G": "милиард миллиард мільярд billion",
    "%": "процент видсотк percent",
    "m1": "сичн януар январ january",
    "m2": "лютого февруар феврал february",
    "m3": "берез март march",
    "m4": "квитн април апрел april",
    "m6": "черв юни июн june",
    "m7": "липня юли июл july",
    "m8": "серпн август august",
    "m9": "вересн септемвр сентябр september",
    "m10": "жовтн октомвр октябр october",
    "m11": "листопад ноемвр ноябр november",
    "m12": "грудн декемвр декабр december",
}
_PREFIXES = {fold(start): value for value, starts in _BEGINNINGS.items() for start in starts.split()}
_BEGINS = re.compile("|".join(sorted(_PREFIXES, key=len, reverse=True)))
_ABBREVIATED = {"тис": "k", "хил": "k", "млн": "M", "млрд": "G"}


def numerals(text: str) -> list[str]:
    """Return the numbers, number words, scales, per cents and months of a text, each in a common notation.

    `5,2 млн` and `5.2 милиона` both give `5.2` and `M`; thousands separators fall away; a year is a number.
    """
    found = [_numeral(token) for token in _TOKEN.findall(text)]
    return [value for value in found if value]


@lru_cache(maxsize=1 << 16)
def _numeral(token: str) -> str:
    if token[0].isdigit():
        if _GROUPED.fullmatch(token):
            return _SEPARATORS.sub("", token)
        return token.replace(",", ".").lstrip("0") or "0"
    if token == "%":
        return token
    word = fold(token)
    if word in _EXACT:
        return _EXACT[word]
    if word in _ABBREVIATED:
        return _ABBREVIATED[word]
    begun = _BEGINS.match(word)
    return _PREFIXES[begun.group()] if begun else ""
