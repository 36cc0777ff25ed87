"""The glossary's findings on a unit, in words."""

from collections.abc import Iterator

from workbench.checks.texts import named
from workbench.glossary import Matcher, Violation, violations
from workbench.model import Finding, Severity, TermStatus, Unit

_MOST_OFFERED = 3


def check_terms(unit: Unit, matcher: Matcher) -> Iterator[Finding]:
    """Yield terms whose English is missing, and English that the glossary warns against.

    A missing equivalent is a warning where most variants have the term and it is a name, or is of several words and
    in two variants at least; other terms have too many good translations for that and are information.
    """
    for violation in violations(unit, matcher):
        if violation.status is None:
            yield Finding("terms", _severity(violation), _missing(violation), violation.where, violation.span)
        else:
            forbidden = violation.status is TermStatus.FORBIDDEN
            severity = Severity.ERROR if forbidden else Severity.WARNING
            message = f"“{violation.form}” is {violation.status} in the glossary; {_instead(violation)}."
            yield Finding("terms", severity, message, violation.where, violation.span)


def _severity(violation: Violation) -> Severity:
    term = violation.term
    if term is None or not violation.agreed:
        return Severity.INFO
    name = term.text[:1].isupper() or term.do_not_translate
    phrase = " " in term.text and violation.variants > 1
    return Severity.WARNING if name or phrase else Severity.INFO


def _instead(violation: Violation) -> str:
    offered = " or ".join(f"“{term.text}”" for term in violation.wanted[:_MOST_OFFERED])
    return f"use {offered}" if offered else "the glossary offers nothing instead"


def _missing(violation: Violation) -> str:
    offered = " or ".join(f"“{term.text}”" for term in violation.wanted[:_MOST_OFFERED])
    return f"{named(violation.where)[4:]} has “{violation.form}”. Should the English have {offered}?"
