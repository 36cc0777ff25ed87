"""Sentence breaks by rules in SRX 2.0 (Segmentation Rules eXchange, GALA/LISA OSCAR, 2008).

At each place in a text the first rule whose `beforebreak` matches what ends there and whose `afterbreak` matches
what starts there decides whether the text is broken. Consecutive rules of the same kind are merged into one
expression, and only places where some breaking rule matches are looked at.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from workbench.errors import IngestError

OWN_RULES = Path(__file__).parent / "rules" / "workbench.srx"
_MAX_BYTES = 2_000_000
_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Rule:
    """One SRX rule: two regular expressions, and whether a text is broken between them."""

    breaks: bool
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive rules of one kind as one zero-width expression."""

    breaks: bool
    pattern: Any


def boundaries(text: str, language: str, rules: Path | None = None) -> list[int]:
    """Return the offsets inside a paragraph at which it is broken into sentences, in rising order.

    Raises:
        IngestError: The rules cannot be read, or they take too long on this text.
    """
    blocks = compiled(rules or OWN_RULES, language)
    try:
        found = {place for block in blocks if block.breaks for place in _places(block.pattern, text)}
        return sorted(place for place in found if 0 < place < len(text) and _breaks(blocks, text, place))
    except TimeoutError:
        raise IngestError(
            f"the segmentation rules in {rules or OWN_RULES} take too long",
            "Simplify the rule that nests repetitions, or leave out --srx.",
        ) from None


def _places(pattern: Any, text: str) -> list[int]:
    return [match.start() for match in pattern.finditer(text, timeout=_SECONDS)]


def _breaks(blocks: tuple[Block, ...], text: str, place: int) -> bool:
    for block in blocks:
        if block.pattern.match(text, place, timeout=_SECONDS):
            return block.breaks
    return False


def compiled(path: Path, language: str) -> tuple[Block, ...]:
    """Return the rules of a file for a language, ready for use; an edited file is read again.

    Raises:
        IngestError: The file is missing, is not SRX, has no rules for the language, or has a wrong expression.
    """
    try:
        changed = path.stat().st_mtime_ns
    except OSError as error:
        raise IngestError(f"cannot read segmentation rules {path}: {error.strerror}", "Check the path.") from None
    return _compiled(path, language, changed)


@cache
def _compiled(path: Path, language: str, changed: int) -> tuple[Block, ...]:
    rules = parse(path.read_bytes(), str(path), language)
    if not any(rule.breaks for rule in rules):
        raise IngestError(
            f"{path} has no breaking rule for '{language}'",
            "Add a languagemap whose pattern matches the language code.",
        )
    blocks: list[Block] = []
    pending: list[Rule] = []
    for rule in rules:
        if pending and pending[-1].breaks != rule.breaks:
            blocks.append(_block(pending, path))
            pending = []
        pending.append(rule)
    return (*blocks, _block(pending, path))


def _block(rules: list[Rule], path: Path) -> Block:
    import regex  # its lookbehind may be of any length

    parts = []
    for rule in rules:
        part = (f"(?<={rule.before})" if rule.before else "") + (f"(?={rule.after})" if rule.after else "")
        try:
            regex.compile(part)
        except regex.error as error:
            raise IngestError(
                f"wrong expression in {path}: {error}", f"Mend the rule '{rule.before}' | '{rule.after}'."
            ) from None
        parts.append(part)
    return Block(rules[0].breaks, regex.compile("|".join(parts)))


def parse(content: bytes, name: str, language: str) -> list[Rule]:
    """Return the rules of an SRX 2.0 document that apply to a language, in order, cascading if it says so.

    Raises:
        IngestError: It is not an SRX document.
    """
    import regex
    from lxml import etree

    if len(content) > _MAX_BYTES:
        raise IngestError(f"{name} is too large for segmentation rules", f"The limit is {_MAX_BYTES:,} bytes.")
    # No DTD, no entities, no network: rules come from other people too.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise IngestError(f"{name} is not XML: {error.msg}", "Segmentation rules are SRX 2.0 files.") from None
    if etree.QName(root).localname != "srx":
        raise IngestError(f"{name} is not an SRX document", "Its root element must be <srx>.")
    header = root.find("{*}header")
    cascade = header is not None and header.get("cascade") == "yes"
    named = {element.get("languagerulename"): element for element in root.iterfind(".//{*}languagerule")}
    rules: list[Rule] = []
    for mapping in root.iterfind(".//{*}languagemap"):
        try:
            applies = regex.fullmatch(mapping.get("languagepattern", ""), language) is not None
        except regex.error:
            raise IngestError(f"wrong language pattern in {name}", "Mend the languagemap.") from None
        if applies and mapping.get("languagerulename") in named:
            rules += [_rule(element) for element in named[mapping.get("languagerulename")].iterfind("{*}rule")]
            if not cascade:
                break
    return rules


def _rule(element: Any) -> Rule:
    before = element.findtext("{*}beforebreak") or ""
    after = element.findtext("{*}afterbreak") or ""
    return Rule(element.get("break", "yes") != "no", before.strip("\n"), after.strip("\n"))
