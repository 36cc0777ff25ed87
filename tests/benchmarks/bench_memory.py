"""How fast the translation memory answers.

    python tests/benchmarks/bench_memory.py [--units 100000] [--queries 50]

Makes sentences of random words, asks for some of them with a word changed, and prints JSON.
"""

import argparse
import json
import random
import statistics
import time

from workbench.glossary.lemmas import lemma
from workbench.translation import exact, fuzzy, remembered

_ENDINGS = ("", "а", "и", "ом", "ами", "ів", "ою", "ити", "ив", "ний", "ного")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=50)
    options = parser.parse_args()
    chance = random.Random(1)
    stems = ["".join(chance.choice("бвгдзклмнпрст") + chance.choice("аеиоу") for _ in range(3)) for _ in range(5000)]
    words = [stem + ending for stem in stems for ending in _ENDINGS]
    texts = [" ".join(chance.choices(words, k=chance.randrange(8, 25))) for _ in range(options.units)]
    begun = time.perf_counter()
    memory = remembered((text, f"English {number}") for number, text in enumerate(texts))
    built = time.perf_counter() - begun
    took, right = [], 0
    for number in chance.sample(range(options.units), options.queries):
        asked = texts[number].split()
        asked[len(asked) // 2] = chance.choice(words)
        begun = time.perf_counter()
        found = fuzzy(" ".join(asked), memory, lemma=lambda word: lemma(word, "uk"))
        took.append(time.perf_counter() - begun)
        right += bool(found) and found[0].english == f"English {number}"
    begun = time.perf_counter()
    known = sum(exact(text, memory) is not None for text in texts[:10_000])
    figures = {
        "units": options.units,
        "built_s": round(built, 2),
        "median_ms": round(1000 * statistics.median(took)),
        "slowest_ms": round(1000 * max(took)),
        "right": f"{right} of {options.queries}",
        "exact_per_s": round(known / (time.perf_counter() - begun)),
    }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
