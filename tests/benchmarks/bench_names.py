"""How many names and numbers come out right, with and without mending: `bench_names.py SOURCE REFERENCE LANGUAGE`.

A name counts where a capitalised word of the source (no ordinary word of its language) sounds like a capitalised word
of the reference; it is right where the rendering has the reference's very word, accents and possessive aside.
"""

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from workbench.checks.names import alike, sound
from workbench.languages import EN
from workbench.numbers import figures, lost
from workbench.translation import packages
from workbench.translation.argos import ArgosEngine, Search
from workbench.translation.name_sounds import plain
from workbench.translation.nominative import is_common

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s$")


def expected(source: str, reference: str, language: str) -> Iterator[str]:
    """Yield the words of the reference that render names of the source."""
    left = [word for word in _WORD.findall(reference) if word[0].isupper() and len(word) > 2]
    for word in _WORD.findall(source):
        cyrillic = re.search("[а-яіїєґ]", word) and word[0].isupper() and not word.isupper() and len(word) > 2
        if cyrillic and not is_common(word, language):
            heard = sound(word, language)
            found = next((other for other in left if alike(heard, sound(other, EN))), None)
            if found:
                left.remove(found)
                yield plain(_POSSESSIVE.sub("", found))


def names_right(wanted: Sequence[Sequence[str]], english: Sequence[str]) -> float:
    """Return the percentage of the expected names that the renderings have."""
    right = 0
    for names, text in zip(wanted, english, strict=True):
        there = Counter(plain(_POSSESSIVE.sub("", word)) for word in _WORD.findall(text))
        right += sum((Counter(names) & there).values())
    return round(100 * right / max(1, sum(map(len, wanted))), 1)


def numbers_right(references: Sequence[str], english: Sequence[str]) -> float:
    """Return the percentage of the references' numbers that the renderings have."""
    total = sum(len(list(figures(reference, EN))) for reference in references)
    gone = sum(len(lost(reference, text, EN)) for reference, text in zip(references, english, strict=True))
    return round(100 * (1 - gone / max(1, total)), 1)


def main() -> None:
    """Render with the starter, both ways, and print what came out."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("reference", type=Path)
    parser.add_argument("language", choices=("bg", "uk", "ru"))
    parser.add_argument("--lines", type=int)
    chosen = parser.parse_args()
    sources = chosen.source.read_text(encoding="utf-8").splitlines()[: chosen.lines]
    references = chosen.reference.read_text(encoding="utf-8").splitlines()[: chosen.lines]
    wanted = [list(expected(*pair, chosen.language)) for pair in zip(sources, references, strict=True)]
    info = next(info for info in packages.ensure_starter() if info.from_code == chosen.language)
    report: dict[str, object] = {"names": sum(map(len, wanted)), "sentences": len(sources)}
    for mended in (False, True):
        engine = ArgosEngine(info, Search(mended=mended, aligned=mended))
        engine.render(sources[:2])
        started, used = time.perf_counter(), time.process_time()
        english = [rendering.text for rendering in engine.render(sources)]
        report["mended" if mended else "as the model gave it"] = {
            "names right": names_right(wanted, english),
            "numbers right": numbers_right(references, english),
            "bleu": round(BLEU().corpus_score(english, [references]).score, 2),
            "chrf": round(CHRF(word_order=2).corpus_score(english, [references]).score, 2),
            "sentences a second": round(len(sources) / (time.perf_counter() - started), 1),
            "milliseconds of processor time a sentence": round(1000 * (time.process_time() - used) / len(sources), 1),
        }
    print(json.dumps(report, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
