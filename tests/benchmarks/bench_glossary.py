"""How many segments a second the matcher searches for 10,000 terms, and the checks read.

    python tests/benchmarks/bench_glossary.py [SENTENCES.txt --language uk] [--terms 10000] [--segments 20000]

Without a file the segments are made: words of the starter glossary in running text, about one term in seven words.
The glossary is the starter glossary filled up with two-word terms made of its words until it has the number of terms
asked for in that language. `cold` is the first pass, which looks up the lemmas of every word form; `warm` is a second
pass over the same segments. Prints JSON; times are of the processor, on one core.
"""

import argparse
import json
import random
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from workbench.checks import check
from workbench.exchange import glossary_csv
from workbench.glossary import Matcher
from workbench.glossary.matching import split_words
from workbench.model import Concept, Term, Unit, Variant

STARTER = Path(__file__).parents[2] / "glossary" / "starter.csv"
_FILLER = {
    "uk": "вчора ввечері вони довго говорили про те що сталося біля старого мосту коли йшов сильний дощ і було темно",
    "ru": "вчера вечером они долго говорили о том что случилось у старого моста когда шёл сильный дождь и было темно",
    "bg": "вчера вечерта те дълго говориха за това което стана при стария мост когато валеше силен дъжд и беше тъмно",
    "en": "last night they spoke at length of what happened at the old bridge when it rained hard and it was dark",
}


def starter() -> list[Concept]:
    with STARTER.open("rb") as stream:
        return [concept for concept in glossary_csv.read(stream) if isinstance(concept, Concept)]


def filled_up(concepts: list[Concept], language: str, count: int) -> list[Concept]:
    """Add made-up two-word terms until the glossary has `count` terms in the language."""
    chance = random.Random(1)
    forms = [term.text for concept in concepts for term in concept.terms if term.language == language]
    words = sorted({word for form in forms for word in split_words(form)[1::2]})
    made: set[str] = set()
    while len(forms) + len(made) < count:
        made.add(" ".join(chance.sample(words, 2)))
    return concepts + [Concept(f"made-{number}", (Term(language, form),)) for number, form in enumerate(sorted(made))]


def segments(concepts: list[Concept], language: str, count: int) -> list[str]:
    """Make segments of 21 words on average in which about three terms stand."""
    chance = random.Random(2)
    terms = [term.text for concept in concepts for term in concept.terms if term.language == language]
    filler = _FILLER[language].split()
    made = []
    for _ in range(count):
        words = chance.choices(filler, k=18)
        for _ in range(3):
            words.insert(chance.randrange(len(words)), chance.choice(terms))
        made.append(" ".join(words) + ".")
    return made


def rate(run: Callable[[str], object], texts: Iterable[str]) -> float:
    """Return how many texts a second of processor time `run` deals with."""
    chosen = list(texts)
    begun = time.process_time()
    for text in chosen:
        run(text)
    return len(chosen) / (time.process_time() - begun)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sentences", nargs="?", type=Path)
    parser.add_argument("--language", choices=["bg", "uk", "ru", "en"])
    parser.add_argument("--terms", type=int, default=10_000)
    parser.add_argument("--segments", type=int, default=20_000)
    options = parser.parse_args()
    concepts = starter()
    results = {}
    for language in [options.language] if options.language else ["bg", "uk", "ru", "en"]:
        begun = time.process_time()
        matcher = Matcher(filled_up(concepts, language, options.terms))
        built = time.process_time() - begun
        if options.sentences:
            texts = options.sentences.read_text(encoding="utf-8").splitlines()[: options.segments]
        else:
            texts = segments(concepts, language, options.segments)
        find = partial(matcher.find, language=language)
        cold = rate(find, texts)
        warm = rate(find, texts)
        results[language] = {
            "terms": options.terms,
            "build_s": round(built, 2),
            "segments": len(texts),
            "characters_a_segment": round(sum(map(len, texts)) / len(texts)),
            "hits_a_segment": round(sum(len(find(text)) for text in texts) / len(texts), 2),
            "cold_segments_s": round(cold),
            "warm_segments_s": round(warm),
        }
        if language != "en":
            unit = [
                Unit((Variant(0, language, (), text),), english=" ".join(_FILLER["en"].split()))
                for text in texts[:2000]
            ]
            begun = time.process_time()
            for one in unit:
                check(one)
            results[language]["checked_units_s"] = round(len(unit) / (time.process_time() - begun))
    print(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
