"""Checks on translation units: what a reviewer should look at, where, and why. Pure functions on units."""

from dataclasses import replace

from workbench.checks.consistency import check_consistency
from workbench.checks.dates import check_currency, check_dates, check_percent
from workbench.checks.names import check_names
from workbench.checks.negation import check_negation
from workbench.checks.numbers import check_numbers
from workbench.checks.profile import DEFAULT, Profile, load_profile, parse_profile, require_known
from workbench.checks.punctuation import check_brackets, check_doubled, check_quotes, check_spaces
from workbench.checks.report import DESCRIPTIONS, finding_key, unit_text
from workbench.checks.rules import Rule, check_rules, load_rules, parse_rules
from workbench.checks.script import (
    check_alphabet,
    check_apostrophes,
    check_homoglyphs,
    check_invisible,
    check_residue,
)
from workbench.checks.shape import check_length, check_loops
from workbench.checks.terms import check_terms
from workbench.checks.texts import texts_of
from workbench.glossary import Matcher
from workbench.model import Finding, Unit

#: The checks that read the texts of a unit and nothing else, by name, in the order of their findings.
_PLAIN = {
    "numbers": check_numbers,
    "percent": check_percent,
    "dates": check_dates,
    "currency": check_currency,
    "names": check_names,
    "negation": check_negation,
    "residue": check_residue,
    "homoglyphs": check_homoglyphs,
    "alphabet": check_alphabet,
    "apostrophes": check_apostrophes,
    "invisible": check_invisible,
    "brackets": check_brackets,
    "quotes": check_quotes,
    "doubled": check_doubled,
    "spaces": check_spaces,
    "loops": check_loops,
}


def check(unit: Unit, *, matcher: Matcher | None = None, profile: Profile = DEFAULT) -> list[Finding]:
    """Return what is worth a reviewer's look in a unit.

    Args:
        unit: The unit; its variants are compared with each other and with its English.
        matcher: The glossary to hold the English to; without one terms are not checked.
        profile: Which checks run and how strictly.
    """
    texts = texts_of(unit)
    found = [finding for name, run in _PLAIN.items() if name not in profile.off for finding in run(texts)]
    if "length" not in profile.off:
        found += check_length(texts, profile.shortest_ratio, profile.longest_ratio)
    if matcher is not None and "terms" not in profile.off:
        found += check_terms(unit, matcher)
    found += check_rules(texts, profile.rules)
    return [replace(one, unit_id=unit.id) for one in profile.judged(found)]


__all__ = [
    "DEFAULT",
    "DESCRIPTIONS",
    "Profile",
    "Rule",
    "check",
    "check_consistency",
    "finding_key",
    "load_profile",
    "load_rules",
    "parse_profile",
    "parse_rules",
    "require_known",
    "unit_text",
]
