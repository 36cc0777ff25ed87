"""Findings for people and for other programs: plain text, JSON, and SARIF 2.1.0 (OASIS)."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping

from workbench import __version__
from workbench.languages import name
from workbench.model import Finding, Severity, Unit
from workbench.text import one_line

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

#: What each check looks for, in one line.
DESCRIPTIONS = {
    "numbers": "A number differs between the texts of a unit, or is missing from the English.",
    "percent": "One text lacks a percentage that the others have.",
    "dates": "A month differs between the texts of a unit.",
    "currency": "A currency differs between the texts of a unit.",
    "names": "A name of the variants is not found in the English.",
    "negation": "The variants deny what the English asserts, or the reverse.",
    "terms": "The English does not keep a term of the glossary, or uses one to be avoided.",
    "residue": "Cyrillic is left in the English.",
    "homoglyphs": "A word mixes Latin and Cyrillic letters that look the same.",
    "alphabet": "A word has letters of another Cyrillic alphabet.",
    "apostrophes": "Apostrophes of several kinds stand in one text.",
    "invisible": "An invisible character, or the stand-in for a lost one.",
    "brackets": "A bracket has no partner.",
    "quotes": "A quotation mark has no partner.",
    "doubled": "A word stands twice in a row.",
    "spaces": "Doubled spaces, or a space before a mark.",
    "loops": "The same words come again and again.",
    "length": "The English is out of proportion to what it translates.",
    "inconsistent": "The same text is rendered differently in two units.",
    "reused": "The same English stands for different texts.",
}


def unit_text(unit: Unit) -> str:
    """Return all texts of a unit in one, as `finding_key` wants it: a change of any of them changes it."""
    return "\x1f".join([*(f"{variant.language}\x1e{variant.text}" for variant in unit.variants), unit.english])


def finding_key(finding: Finding, text: str) -> str:
    """Return the key under which a reviewer's dismissal of a finding is kept.

    It is the same for the same finding on the same text, and another once the text changes, so that a dismissal
    holds until then.

    Args:
        finding: The finding; its unit's number does not matter.
        text: What the finding is about, usually `unit_text` of its unit.
    """
    span = f"{finding.span.start}-{finding.span.end}" if finding.span else ""
    parts = (finding.check, finding.where, span, finding.message, text)
    return hashlib.blake2b("\x00".join(parts).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def summary(findings: Iterable[Finding]) -> dict[str, int]:
    """Count findings by severity: errors, warnings, infos."""
    counts = Counter(finding.severity for finding in findings)
    return {severity.value: counts[severity] for severity in Severity}


def _excerpt(finding: Finding, texts: Mapping[tuple[int, str], str]) -> str:
    text = texts.get((finding.unit_id, finding.where), "")
    return text[finding.span.start : finding.span.end] if finding.span else ""


def texts_by_place(units: Iterable[Unit]) -> dict[tuple[int, str], str]:
    """Return the texts that findings point into, by unit number and place."""
    found: dict[tuple[int, str], str] = {}
    for unit in units:
        for variant in unit.variants:
            found.setdefault((unit.id, variant.language), variant.text)
        if unit.english:
            found[unit.id, "en"] = unit.english
    return found


def as_text(findings: Iterable[Finding], texts: Mapping[tuple[int, str], str]) -> str:
    """Write findings for reading, one a line: unit, place, severity, check, message, and the words concerned.

    Args:
        findings: What to write.
        texts: The texts that findings point into, see `texts_by_place`.
    """
    lines = []
    for finding in findings:
        place = f"{finding.unit_id}:{finding.where}"
        if finding.span:
            place += f":{finding.span.start + 1}"
        words = one_line(_excerpt(finding, texts))[:80]
        shown = f"  [{words}]" if words and words not in finding.message else ""
        lines.append(f"{place}: {finding.severity}: {finding.check}: {one_line(finding.message)}{shown}\n")
    return "".join(lines)


def as_json(
    findings: Iterable[Finding], texts: Mapping[tuple[int, str], str], keys: Mapping[int, str] | None = None
) -> str:
    """Write findings as one JSON array.

    Args:
        findings: What to write.
        texts: The texts that findings point into.
        keys: `unit_text` by unit number, where keys of dismissal are wanted.
    """
    rows = []
    for finding in findings:
        row: dict[str, object] = {
            "unit": finding.unit_id,
            "where": finding.where,
            "check": finding.check,
            "severity": finding.severity.value,
            "message": finding.message,
        }
        if finding.span:
            row |= {"start": finding.span.start, "end": finding.span.end, "text": _excerpt(finding, texts)}
        if keys and finding.unit_id in keys:
            row["key"] = finding_key(finding, keys[finding.unit_id])
        rows.append(row)
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def as_sarif(
    findings: Iterable[Finding], texts: Mapping[tuple[int, str], str], uri: str, keys: Mapping[int, str] | None = None
) -> str:
    """Write findings as a SARIF 2.1.0 log, for editors and continuous integration.

    Units have no lines in a file, so each result names its unit as a logical location within
    the project; `start` and `end` among its properties count characters of that text.

    Args:
        findings: What to write.
        texts: The texts that findings point into.
        uri: The project file, relative to where the log is read.
        keys: `unit_text` by unit number; they become fingerprints.
    """
    found = list(findings)
    names = sorted({finding.check for finding in found})
    rules = [
        {"id": check, "shortDescription": {"text": DESCRIPTIONS.get(check, "A rule of the project.")}}
        for check in names
    ]
    driver = {"name": "translation-workbench", "version": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "results": [_result(finding, names, texts, uri, keys or {}) for finding in found],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _result(
    finding: Finding, names: list[str], texts: Mapping[tuple[int, str], str], uri: str, keys: Mapping[int, str]
) -> dict[str, object]:
    physical = {"artifactLocation": {"uri": uri}}
    logical = {
        "name": f"unit {finding.unit_id}",
        "fullyQualifiedName": f"unit/{finding.unit_id}/{finding.where}",
        "kind": "object",
        "properties": {"language": name(finding.where)},
    }
    result: dict[str, object] = {
        "ruleId": finding.check,
        "ruleIndex": names.index(finding.check),
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": physical, "logicalLocations": [logical]}],
    }
    if finding.span:
        span = {"start": finding.span.start, "end": finding.span.end, "text": _excerpt(finding, texts)}
        result["properties"] = span
    if finding.unit_id in keys:
        result["partialFingerprints"] = {"findingKey/v1": finding_key(finding, keys[finding.unit_id])}
    return result
