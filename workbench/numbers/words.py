"""Number words, multipliers and month names of the four languages, known by the beginnings of inflected words.

Two readings of a word: `number` takes only what is a numeral from its first letter to its ending (`п'ятьох`); `values`
takes everything that begins like one (`п'ятиденний`, a five-day one) or stands for a number (`пара`, a pair). The
second may take a word for a number by mistake, so it should only ever explain a figure on the other side.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from workbench.languages import BG, EN, LANGUAGES, RU, SOURCE_LANGUAGES, UK

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")

_ENGLISH = dict(
    zero=0, one=1, first=1, two=2, second=2, three=3, third=3, four=4, fourth=4, five=5, fifth=5, six=6, sixth=6,
    seven=7, seventh=7, eight=8, eighth=8, nine=9, ninth=9, ten=10, tenth=10, eleven=11, eleventh=11, twelve=12,
    twelfth=12, thirteen=13, thirteenth=13, fourteen=14, fourteenth=14, fifteen=15, fifteenth=15, sixteen=16,
    sixteenth=16, seventeen=17, seventeenth=17, eighteen=18, eighteenth=18, nineteen=19, nineteenth=19, twenty=20,
    twentieth=20, thirty=30, thirtieth=30, forty=40, fortieth=40, fifty=50, fiftieth=50, sixty=60, sixtieth=60,
    seventy=70, seventieth=70, eighty=80, eightieth=80, ninety=90, ninetieth=90, hundred=100, hundredth=100,
    thousand=1000, thousands=1000, million=1e6, millions=1e6, billion=1e9, billions=1e9, trillion=1e12,
)  # fmt: skip
# Whole words; the adjectives too (`июньский`, June's).
_MONTHS = {
    EN: ("january|jan", "february|feb", "march|mar", "april|apr", "may", "june|jun", "july|jul", "august|aug",
         "september|sept|sep", "october|oct", "november|nov", "december|dec"),
    BG: ("януари|януарск.+", "февруари|февруарск.+", "март|мартенск.+", "април|априлск.+", "май|майск.+",
         "юни|юнск.+", "юли|юлск.+", "август|августовск.+", "септември|септемврийск.+", "октомври|октомврийск.+",
         "ноември|ноемврийск.+", "декември|декемврийск.+"),
    UK: ("січ(?:ень|ня|ні|нем|ню|нев.+)", "лют(?:ий|ого|ому|им|нев.+)", "берез(?:ень|ня|ні|нем|ню|нев.+)",
         "квіт(?:ень|ня|ні|нем|ню|нев.+)",
         "трав(?:ень|ня|ні|нем|ню|нев.+)", "черв(?:ень|ня|ні|нем|ню|нев.+)", "лип(?:ень|ня|ні|нем|ню|нев.+)",
         "серп(?:ень|ня|ні|нем|ню|нев.+)", "верес(?:ень|ня|ні|нем|ню|нев.+)", "жовт(?:ень|ня|ні|нем|ню|нев.+)",
         "листопад(?:а|і|ом|у|ов.+)?", "груд(?:ень|ня|ні|нем|ню|нев.+)"),
    RU: ("январ(?:[ьяеюём]+|ск.+)", "феврал(?:[ьяеюём]+|ьск.+)", "март[аеуом]*|мартовск.+", "апрел(?:[ьяею]м?|ьск.+)",
         "ма[йяею]м?|майск.+", "июн(?:[ьяею]м?|ьск.+)", "июл(?:[ьяею]м?|ьск.+)", "август[аеуом]*|августовск.+",
         "сентяб(?:р[ьяеюё]м?|рьск.+)", "октяб(?:р[ьяеюё]м?|рьск.+)", "нояб(?:р[ьяеюё]м?|рьск.+)",
         "декаб(?:р[ьяеюё]м?|рьск.+)"),
}  # fmt: skip
# Beginnings of numerals, without apostrophes. Longer beginnings win.
_NUMERALS: dict[str, dict[str, float]] = {
    BG: {
        "нул": 0, "един": 1, "една": 1, "едно": 1, "първ": 1, "два": 2, "две": 2, "двама": 2, "три": 3, "трима": 3,
        "трет": 3, "трое": 3, "четир": 4, "четвърт": 4, "пет": 5, "шест": 6, "седем": 7, "седм": 7, "осем": 8,
        "осм": 8, "девет": 9, "десет": 10, "десят": 10, "единадесет": 11, "единайсет": 11, "дванадесет": 12,
        "дванайсет": 12, "тринадесет": 13, "тринайсет": 13, "четиринадесет": 14, "четиринайсет": 14, "петнадесет": 15,
        "петнайсет": 15, "шестнадесет": 16, "шестнайсет": 16, "седемнадесет": 17, "седемнайсет": 17, "осемнадесет": 18,
        "осемнайсет": 18, "деветнадесет": 19, "деветнайсет": 19, "двадесет": 20, "двайсет": 20, "тридесет": 30,
        "трийсет": 30, "четиридесет": 40, "четирийсет": 40, "петдесет": 50, "шестдесет": 60, "шейсет": 60,
        "седемдесет": 70, "осемдесет": 80, "деветдесет": 90, "сто": 100, "стот": 100, "двеста": 200, "триста": 300,
        "четиристотин": 400, "петстотин": 500, "шестстотин": 600, "седемстотин": 700, "осемстотин": 800,
        "деветстотин": 900, "хиляд": 1000, "хил": 1000, "милион": 1e6, "млн": 1e6, "милиард": 1e9, "млрд": 1e9,
        "трилион": 1e12,
    },
    UK: {
        "нул": 0, "один": 1, "одн": 1, "перш": 1, "дв": 2, "обидв": 2, "обох": 2, "три": 3, "трь": 3, "трет": 3,
        "троє": 3, "чотир": 4, "четверо": 4, "четверт": 4, "пят": 5, "шіст": 6, "шест": 6, "сім": 7, "семи": 7,
        "семеро": 7, "сьом": 7, "вісім": 8, "восьм": 8, "девят": 9, "десят": 10, "одинадцят": 11, "дванадцят": 12,
        "тринадцят": 13, "чотирнадцят": 14, "пятнадцят": 15, "шістнадцят": 16, "сімнадцят": 17, "вісімнадцят": 18,
        "девятнадцят": 19, "двадцят": 20, "тридцят": 30, "сорок": 40, "пятдесят": 50, "шістдесят": 60, "сімдесят": 70,
        "вісімдесят": 80, "девяност": 90, "сто": 100, "ста": 100, "сот": 100, "двіст": 200, "двохсот": 200,
        "триста": 300, "трьохсот": 300, "чотириста": 400, "чотирьохсот": 400, "пятсот": 500, "пятисот": 500,
        "шістсот": 600, "сімсот": 700, "вісімсот": 800, "девятсот": 900, "тисяч": 1000, "тис": 1000, "мільйон": 1e6,
        "млн": 1e6, "мільярд": 1e9, "млрд": 1e9, "трильйон": 1e12, "трлн": 1e12,
    },
    RU: {
        "нул": 0, "ноль": 0, "один": 1, "одн": 1, "перв": 1, "дв": 2, "оба": 2, "обе": 2, "обои": 2, "три": 3,
        "тре": 3, "трет": 3, "треть": 3, "трое": 3, "четыр": 4, "четверт": 4, "пят": 5, "шест": 6, "сем": 7,
        "седьм": 7, "восем": 8, "восьм": 8, "девят": 9, "десят": 10, "одиннадцат": 11, "двенадцат": 12,
        "тринадцат": 13, "четырнадцат": 14, "пятнадцат": 15, "шестнадцат": 16, "семнадцат": 17, "восемнадцат": 18,
        "девятнадцат": 19, "двадцат": 20, "тридцат": 30, "сорок": 40, "пятьдесят": 50, "пятидесят": 50,
        "шестьдесят": 60, "шестидесят": 60, "семьдесят": 70, "семидесят": 70, "восемьдесят": 80, "восьмидесят": 80,
        "девяност": 90, "сто": 100, "ста": 100, "сот": 100, "двест": 200, "двухсот": 200, "триста": 300,
        "трехсот": 300, "четыреста": 400, "четырехсот": 400, "пятьсот": 500, "пятисот": 500, "шестьсот": 600,
        "семьсот": 700, "восемьсот": 800, "девятьсот": 900, "тысяч": 1000, "тыс": 1000, "миллион": 1e6, "млн": 1e6,
        "миллиард": 1e9, "млрд": 1e9, "триллион": 1e12, "трлн": 1e12,
    },
}  # fmt: skip
# Beginnings of words that count without being numerals, or that mean other things as well (the second, another).
_KINDRED: dict[str, dict[str, float]] = {
    EN: dict(
        nil=0, no=0, half=0.5, once=1, single=1, twice=2, both=2, pair=2, couple=2, double=2, doubled=2, twin=2, dual=2,
        triple=3, tripled=3, trio=3, quarter=4, quadruple=4, decade=10, decades=10, tens=10, dozen=12, dozens=12,
        noon=12, midnight=12, teens=13, fortnight=14, twenties=20, thirties=30, forties=40, fifties=50, sixties=60,
        seventies=70, eighties=80, nineties=90, hundreds=100, century=100, centuries=100, centenary=100,
    ),
    BG: {
        "втор": 2, "веднъж": 1, "двойн": 2, "двоен": 2, "двуд": 2, "дву": 2, "чифт": 2, "половин": 0.5, "тройн": 3,
        "дузин": 12, "век": 100, "полунощ": 12, "обяд": 12, "десетилет": 10,
    },
    UK: {
        "друг": 2, "раз": 1, "пар": 2, "вдві": 2, "подві": 2, "половин": 0.5, "пів": 0.5, "півтор": 1.5, "втрич": 3,
        "чверт": 4, "дюжин": 12, "століт": 100, "сторіч": 100, "опівноч": 12, "опівдн": 12, "півден": 12,
        "десятиліт": 10,
    },
    RU: {
        "втор": 2, "раз": 1, "пар": 2, "вдвое": 2, "удво": 2, "половин": 0.5, "пол": 0.5, "полтор": 1.5, "втрое": 3,
        "утро": 3, "дюжин": 12, "век": 100, "столет": 100, "полноч": 12, "полдень": 12, "полдн": 12, "полудн": 12,
        "десятилет": 10,
    },
}  # fmt: skip
_STEMS = {language: _NUMERALS[language] | _KINDRED[language] for language in SOURCE_LANGUAGES}
_VOWELS = "аеиоуяіоє"
_AFTER_VOWEL = re.compile("|х|м|мя|та|те")
_AFTER_CONSONANT = re.compile(
    "|[аяуюиіьоеєы]|ью|ух|ум|умя|ох|ом|ома|оє|ое|ех|ем|ьмя|ьох|ьом|ьма|ьома|еро|има|имата|ите|ата|ото|ият|ия"
    "|ий|ый|ой|ій|ая|ого|ому|ым|им|ую|ою|ої|ые|ых|их|ыми|ими|ов|ів|ам|ами|ах|ьох|ньох|ею|ей"
)
# Forms of other words: family, this, seed, about.
_OTHERWISE = frozenset(["сімя", "сімї", "сімю", "сімей", "семью", "семей", "семье", "семя", "сему", "обо"])
_MULTIPLIERS = {100.0, 1e3, 1e6, 1e9, 1e12}
_ABBREVIATED = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
_LONGEST = 15


_PAIR_OF_LETTERS = 2
# Pieces of the patterns' groups get in as well, and do no harm.
_BEGINNINGS = {
    language: frozenset(
        form[:_PAIR_OF_LETTERS]
        for form in (
            *(_ENGLISH if language == EN else _NUMERALS[language]),
            *(form for forms in _MONTHS[language] for form in forms.split("|")),
            *("п'", "п’", "пʼ"),
        )
    )
    for language in LANGUAGES
}


def may_be_one(word: str, language: str) -> bool:
    """Return whether a word's first two letters are those of some numeral or month: few words get past this."""
    return word[:_PAIR_OF_LETTERS].lower() in _BEGINNINGS[language]


def _fold(word: str) -> str:
    return re.sub("['’ʼ]", "", word.lower()).replace("ё", "е")


@lru_cache(maxsize=50_000)
def number(word: str, language: str) -> float | None:
    """Return the value of a word that is a numeral, cardinal or ordinal or a scale, from first letter to last."""
    folded = _fold(word)
    if language == EN:
        return _ENGLISH.get(folded)
    stem = "" if folded in _OTHERWISE else _longest(folded, _NUMERALS[language])
    if stem and (_AFTER_VOWEL if stem[-1] in _VOWELS else _AFTER_CONSONANT).fullmatch(folded, len(stem)):
        return float(_NUMERALS[language][stem])
    return None


@lru_cache(maxsize=50_000)
def _value(word: str, language: str) -> float | None:
    """Return what a word can count, or None where it begins like no number."""
    folded = _fold(word)
    if language == EN:
        return _ENGLISH.get(folded, _KINDRED[EN].get(folded))
    stem = _longest(folded, _STEMS[language])
    return float(_STEMS[language][stem]) if stem else None


def _longest(word: str, stems: Mapping[str, float]) -> str:
    """Return the longest stem that the word begins with, or an empty text."""
    lengths = range(min(_LONGEST, len(word)), 1, -1)
    return next((word[:length] for length in lengths if word[:length] in stems), "")


@lru_cache(maxsize=50_000)
def multiplier(word: str, language: str | None) -> float | None:
    """Return the factor that a word after a figure stands for (`млн`, `thousand`), in any language of none is given."""
    if language is None:
        return next(filter(None, (multiplier(word, each) for each in LANGUAGES)), None)
    value = _value(word, language)
    if value in _MULTIPLIERS:
        return value
    return _ABBREVIATED.get(word) if language == EN else None


@lru_cache(maxsize=50_000)
def month(word: str, language: str) -> int | None:
    """Return the number of the month that a word names, or None."""
    folded = word.lower()
    for number, pattern in enumerate(_MONTHS.get(language, ()), 1):
        if re.fullmatch(pattern, folded):
            return number
    return None


def _run_value(run: list[float]) -> float:
    """Return the number that consecutive number words make: 2, 1000, 20, 5 is 2025."""
    total = current = 0.0
    for value in run:
        if value >= 1000:
            total, current = total + max(current, 1) * value, 0.0
        elif value == 100 and 0 < current < 100:
            current *= 100
        else:
            current += value
    return total + current


def values(text: str, language: str) -> set[float]:
    """Return every number that words of a text, alone or together, can stand for, months among them."""
    found: set[float] = set()
    run: list[float] = []
    for word in _WORD.findall(text):
        value = _value(word, language)
        number = month(word, language)
        if number:
            found.add(float(number))
        if value is None:
            if word.lower() in ("and", "и", "та", "і") and run:
                continue
            if len(run) > 1:
                found.add(_run_value(run))
            run = []
        else:
            found.add(value)
            run.append(value)
    if len(run) > 1:
        found.add(_run_value(run))
    return found
