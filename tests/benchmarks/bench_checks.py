"""How many findings true translations get, and how many corruptions of their English are found.

    python tests/benchmarks/bench_checks.py --bg FILE --uk FILE --ru FILE --en FILE

The files are translations of one another, line by line; a language may be left out, and files be given more than once.
In each line's English one number, one name, and one negation is changed, each by itself: digits of a number, a name
for another name of the files, a "not" put in or taken out. A corruption counts as found where the check reports more
warnings than before. Prints JSON.
"""

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from workbench.checks import check
from workbench.exchange import glossary_csv
from workbench.glossary import Matcher, is_name
from workbench.model import Concept, Severity, Unit, Variant

STARTER = Path(__file__).parents[2] / "glossary" / "starter.csv"
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")
_NOT = re.compile(r"\b(is|are|was|were|has|have|had|will|would|can|could|do|does|did|should|must|may|might) not\b")
_AUXILIARY = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should|must|may|might)\b(?! not)")


def units(options: argparse.Namespace) -> Iterator[Unit]:
    """Yield a unit for each line of the files."""
    columns = {code: [line for path in getattr(options, code) for line in path.read_text().splitlines()]
               for code in ("bg", "uk", "ru") if getattr(options, code)}  # fmt: skip
    english = [line for path in options.en for line in path.read_text().splitlines()]
    for number, texts in enumerate(zip(*columns.values(), english, strict=True), 1):
        pairs = zip(columns, texts[:-1], strict=True)
        variants = tuple(Variant(at, code, (at,), text) for at, (code, text) in enumerate(pairs, 1))
        yield Unit(variants, english=texts[-1], id=number)


def _put(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


def number_changed(english: str, chance: random.Random) -> str | None:
    """Return English with another last digit in one of its numbers, or a number up to a third away."""
    found = list(re.finditer(r"\d+", english))
    if not found:
        return None
    match = chance.choice(found)
    value = changed = int(match.group())
    while changed == value:
        near = int(str(value)[:-1] + str(chance.randrange(10)))
        changed = near if chance.random() < 0.7 else value + chance.randrange(1, max(3, value // 3 + 2))
    return _put(english, match, str(changed))


def negation_changed(english: str) -> str | None:
    """Return English with its first plain negation taken out, or one put in."""
    if denied := _NOT.search(english):
        return _put(english, denied, denied.group(1))
    asserted = _AUXILIARY.search(english)
    return _put(english, asserted, asserted.group() + " not") if asserted else None


def name_changer(english: list[str]) -> Callable[[str, random.Random], str | None]:
    """Return what puts another name of the texts in the place of one."""
    names = sorted({name for text in english for name in _NAME.findall(text) if is_name(name, "en")})

    def changed(text: str, chance: random.Random) -> str | None:
        found = [match.group() for match in _NAME.finditer(text) if is_name(match.group(), "en")]
        if not found:
            return None
        name = chance.choice(found)
        return text.replace(name, chance.choice([other for other in names if other != name]))

    return changed


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for code in ("bg", "uk", "ru", "en"):
        parser.add_argument(f"--{code}", type=Path, action="append", default=[], required=code == "en")
    read = list(units(parser.parse_args()))
    with STARTER.open("rb") as stream:
        matcher = Matcher(concept for concept in glossary_csv.read(stream) if isinstance(concept, Concept))

    def warned(unit: Unit) -> Counter[str]:
        found = check(unit, matcher=matcher)
        return Counter(one.check for one in found if one.severity is not Severity.INFO)

    names = name_changer([unit.english for unit in read])
    chance = random.Random(5)
    found: Counter[str] = Counter()
    corrupted: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    for unit in read:
        before = warned(unit)
        found += before
        changes = {
            "numbers": number_changed(unit.english, chance),
            "names": names(unit.english, chance),
            "negation": negation_changed(unit.english),
        }
        for name, english in changes.items():
            if english is not None:
                corrupted[name] += 1
                caught[name] += warned(replace(unit, english=english))[name] > before[name]
    figures = {
        "units": len(read),
        "findings_per_100": round(100 * found.total() / len(read), 2),
        "findings": dict(found.most_common()),
        "corruptions_found": {name: f"{caught[name]} of {corrupted[name]}" for name in corrupted},
    }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
