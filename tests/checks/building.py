"""Units and findings in few words."""

from workbench.checks import check
from workbench.model import Finding, Severity, Unit, Variant


def unit(english: str = "", **variants: str) -> Unit:
    return Unit(tuple(Variant(0, language, (), text) for language, text in variants.items()), english=english, id=1)


def of(name: str, unit: Unit) -> list[Finding]:
    return [finding for finding in check(unit) if finding.check == name]


def warnings(name: str, unit: Unit) -> list[Finding]:
    return [finding for finding in of(name, unit) if finding.severity is not Severity.INFO]


def excerpt(unit: Unit, finding: Finding) -> str:
    variant = unit.variant(finding.where)
    text = unit.english if finding.where == "en" else variant.text if variant else ""
    return text[finding.span.start : finding.span.end] if finding.span else ""
