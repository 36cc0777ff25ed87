"""Units whose variants all deny what the English asserts, or the reverse.

Languages deny in many ways (*impossible*, *fail to*, *отсутствие*), so anything that could be one counts, and only the
absence of every one, against a plain *not* on the other side, is a finding.
"""

import re
from collections.abc import Iterator

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
_PLAIN_ENGLISH = re.compile(r"\b(?:not|never|cannot)\b(?! only\b| just\b| least\b)|n['’]t\b", re.IGNORECASE)
_ANY = {
    language: re.compile(pattern, re.IGNORECASE)
    for language, pattern in {
        BG: r"\b(?:не|ни|без|ням|липс|отказ|отрич|отхвърл|забран|едва|против|престан|спр|само|освен|анти|нелег)",
        UK: r"\b(?:не|ні|без|жодн|відсут|відмов|запереч|заборон|ледве|брак|проти|припин|лише|тільки|крім|анти)",
        RU: r"\b(?:не|ни|без|отсутст|отказ|отриц|запре|едва|вряд|против|прекра|лишь|только|кроме|анти|отверг)",
    }.items()
}
_ANY_ENGLISH = re.compile(
    r"\b(?:no|not|never|nor|neither|none|nobody|nothing|nowhere|no one|without|cannot|un\w{3,}|non\w*"
    r"|dis\w{4,}|mis\w{4,}|in(?:ab|ac|ad|ap|cap|cor|cred|def|dep|eff|ev|ex|fin|flex|hum|surm|tol|vis|vol|cons|disp|disc|eq|oper|sens|sig|suff)\w+"
    r"|im(?:m|p[aeo])\w+|ir(?:r)\w+|il(?:l)\w+|lack\w*|fail\w*|refus\w+|den(?:y|ied|ies|ying|ial)|reject\w*|avoid\w*"
    r"|prevent\w*|only|few|little|hardly|barely|scarce\w*|short of|rarely|seldom|less|fewer|\w+less|\w+free|too"
    r"|until|away|absen\w+|missing|instead|rather|stop\w*|beyond|ban\w*|banned|prohibit\w*|ever|except|yet|ignor\w+|neglect\w*"
    r"|doubt\w*|cease\w*|exclu\w+|forb\w+|halt\w*|end(?:s|ed|ing)?|free|miss\w*|wrong\w*)\b|n['’]t\b",
    re.IGNORECASE,
)


def check_negation(texts: list[Text]) -> Iterator[Finding]:
    """Yield units whose English has a plain negation that no variant has, or lacks one that all have.

    Where two variants agree that is a warning; a single one may word it otherwise, and it is information.
    """
    english = next((text for text in texts if text.english), None)
    sources = [text for text in texts if text.where in _PLAIN]
    if english is None or not sources:
        return
    severity = Severity.WARNING if len(sources) > 1 else Severity.INFO
    places = listed([source.where for source in sources])
    plain = _PLAIN_ENGLISH.search(english.text)
    if plain and not any(_ANY[source.where].search(source.text) for source in sources):
        message = f"Is “{plain.group()}” right? No negation is seen in {places}."
        yield finding("negation", severity, message, english, plain.start(), plain.end())
    denials = [_PLAIN[source.where].search(source.text) for source in sources]
    if all(denials) and not _ANY_ENGLISH.search(english.text):
        verb = "denies" if len(sources) == 1 else "deny"
        message = f"{places[0].upper()}{places[1:]} {verb} something (“{denials[0].group()}”). Does the English?"  # type: ignore[union-attr]
        yield finding("negation", severity, message, english)
