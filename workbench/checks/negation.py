"""Units whose variants all deny what the English asserts, or the reverse.

Languages deny in many ways (*impossible*, *fail to*, *отсутствие*), so anything that could be one counts, and only the
absence of every one, against a plain *not* on the other side, is a finding.
"""

import re
from collections.abc import Iterator, Sequence

from workbench.checks.texts import Text, finding, listed
from workbench.languages import BG, RU, UK
from workbench.model import Finding, Severity

_PLAIN = {
    language: re.compile(pattern, re.IGNORECASE)
    for language, pattern in {
        BG: r"\b(?:не(?=\s)(?! (?:само|по-малко|забрав|съмнявай))|няма|нямаше|никога)\b",
        UK: r"(?<!тим )\b(?:не(?=\s)(?! (?:тільки|лише|менше|менш|забу))|нема|немає|ніколи)\b",
        RU: r"(?<!тем )\b(?:не(?=\s)(?! (?:только|лишь|менее|меньше|забу))|нет|никогда)\b",
    }.items()
}
_PLAIN_ENGLISH = re.compile(
    r"(?<!or )\b(?:not|never|cannot)\b(?! only\b| just\b| least\b| more\b| so\b)|n['’]t\b", re.IGNORECASE
)
# Whatever may deny: words that begin so, less the common ones that only look like it (нефть, безопасность).
_ANY = {
    language: re.compile(pattern, re.IGNORECASE)
    for language, pattern in {
        BG: r"\b(?:не(?!фт|бе|бо|дел|щ[оа]|ин|го\b|я\b|рв|зависимо|прекъснат|посредствен|обходим|йн)"
        r"|ни(?:то|що|к)|без(?!опас)|ням|липс|отказ|отрич|отхвърл|забран|едва|против|престан|спр(?:е|я|ат)|само"
        r"|освен|анти|нелег|рядко|малко|избягв|загуб|провал|пречи|попречи|вместо|преди да|възпре|лиш)",
        UK: r"\b(?:не(?!фт|б[оаі]|діл|рв|зале?жн|ї\b|ю\b|й\b|обхідн|щодавн)"
        r"|ні(?:\b|хто|що|чого|чим|кол|к|де|як|ч(?:им|ий|о))|без(?!пе[кч])|жодн"
        r"|відсут|відмов|запереч|заборон|ледве|брак|припин|лише|тільки|крім|анти|проти\b|важко|рідко"
        r"|мало|уник|запобі|втрат|зава|замість|перш ніж|позбав|відхил)",
        RU: r"\b(?:не(?!фт|б[оае]|дел|рв|зависим|го\b|[ей]\b|му\b|м\b|ю\b|обходим|давн)"
        r"|ни(?:\b|кто|ко[мг]|как|куд|че[гмв]|что|где|чь)|без(?!опас)|нет|отсутст|отказ|отриц|запре|едва|вряд"
        r"|против\b|прекра|лишь|только|кроме|анти|отверг|редко|мало|избе[гж]"
        r"|потер|утра|помеш|меша|вместо|прежде чем|лиш|отклон|трудно)",
    }.items()
}
_ANY_ENGLISH = re.compile(
    r"\b(?:no|not|never|nor|neither|none|nobody|nothing|nowhere|no one|without|cannot"
    r"|un(?!i(?:t|on|ve|q|f)|der|til|less\b)\w{3,}|non\w*|dis(?!cuss|tric|cov|ast|eas|tan|pl|tin|trib|k)\w{4,}"
    r"|mis(?!s(?:ile|ion)|ter)\w{4,}|in(?:ab|ac|ad|ap|cap|cor|cred|def|dep|eff|elig|ev|ex|fin|flex|hum|surm|tol|vis|vol|cons|disp"
    r"|disc|eq|oper|sens|sig|suff)\w+|im(?:mo|mu|me(?:as)|po(?:ss|li)|pa(?:ss|ti)|pe(?:rf|rv))\w+|irr(?!ig)\w+|ill?eg\w+"
    r"|lack\w*|fail\w*|refus\w+|den(?:y|ied|ies|ying|ial)|reject\w*|avoid\w*|prevent\w*|only|few|little|hardly|barely"
    r"|scarce\w*|short of|rarely|seldom|less|fewer|\w{3,}less|\w+-free|too|absen\w+|missing|instead|rather|stop\w*|ban"
    r"|banned|prohibit\w*|except|yet|ignor\w+|neglect\w*|doubt\w*|cease\w*|exclu\w+|forb\w+|halt\w*|miss(?:ed|ing)"
    r"|wrong\w*|unless|until|far from|away|out of|abort\w*|separate\w*|nor)\b|n['’]t\b",
    re.IGNORECASE,
)


def check_negation(texts: list[Text]) -> Iterator[Finding]:
    """Yield units whose English has a plain negation that most variants lack, or lacks one that most have.

    Where two variants agree that is a warning; a single one may word it otherwise, and it is information.
    """
    english = next((text for text in texts if text.english), None)
    sources = [text for text in texts if text.where in _PLAIN]
    if english is None or not sources:
        return
    severity = Severity.WARNING if len(sources) > 1 else Severity.INFO
    plain = _PLAIN_ENGLISH.search(english.text)
    asserting = [source for source in sources if not _ANY[source.where].search(source.text)]
    if plain and _are_most(asserting, sources):
        message = f"Is “{plain.group()}” right? No negation is seen in {listed([one.where for one in asserting])}."
        yield finding("negation", severity, message, english, plain.start(), plain.end())
    denials = {source.where: found for source in sources if (found := _PLAIN[source.where].search(source.text))}
    if _are_most(list(denials), sources) and not _ANY_ENGLISH.search(english.text):
        verb = "denies" if len(denials) == 1 else "deny"
        places = listed(list(denials))
        denial = next(iter(denials.values())).group()
        message = f"{places[0].upper()}{places[1:]} {verb} something (“{denial}”). Does the English?"
        yield finding("negation", severity, message, english)


def _are_most(some: Sequence[object], sources: Sequence[object]) -> bool:
    return 3 * len(some) >= 2 * len(sources)
