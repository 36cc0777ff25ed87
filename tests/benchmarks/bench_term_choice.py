"""What choosing among the n-best by the glossary, and putting right what is left, does to terms and to quality.

    python tests/benchmarks/bench_term_choice.py LANGUAGE SOURCE.txt ENGLISH.txt [--package DIR] [--limit 400]

Renders the sentences in which the starter glossary has a term, with the installed package or another, counts the
terms kept by the best hypothesis, by the chosen one, and after repair, and scores all against the reference English.
Prints JSON.
"""

import argparse
import json
from pathlib import Path

from workbench.exchange import glossary_csv
from workbench.glossary import Matcher, choose, mend
from workbench.model import Concept, Hypothesis
from workbench.translation import ArgosEngine, Search, installed
from workbench.translation.package_info import describe

STARTER = Path(__file__).parents[2] / "glossary" / "starter.csv"


def scores(english: list[str], reference: list[str]) -> dict[str, float]:
    """Return BLEU and chrF of English against one reference."""
    import sacrebleu

    bleu, chrf = sacrebleu.corpus_bleu(english, [reference]), sacrebleu.corpus_chrf(english, [reference])
    return {"bleu": round(bleu.score, 2), "chrf": round(chrf.score, 2)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("language")
    parser.add_argument("source", type=Path)
    parser.add_argument("english", type=Path)
    parser.add_argument("--package", type=Path)
    parser.add_argument("--limit", type=int, default=400)
    parser.add_argument("--beam", type=int, default=4)
    options = parser.parse_args()
    with STARTER.open("rb") as stream:
        matcher = Matcher(concept for concept in glossary_csv.read(stream) if isinstance(concept, Concept))
    language = options.language
    own = next(package for package in installed() if package.from_code == language)
    package = describe(options.package) if options.package else own
    engine = ArgosEngine(package, Search(beam=options.beam, hypotheses=options.beam))
    lines = zip(options.source.read_text().splitlines(), options.english.read_text().splitlines(), strict=True)
    pairs = [(source, english) for source, english in lines if matcher.find(source, language)][: options.limit]
    texts: dict[str, list[str]] = {"best": [], "chosen": [], "mended": []}
    broken = dict.fromkeys(texts, 0)
    terms = 0
    for (source, _), rendering in zip(pairs, engine.render([source for source, _ in pairs]), strict=True):
        best = Hypothesis(rendering.text, rendering.score, rendering.alignment)
        choice = choose(source, language, [best, *rendering.alternatives], matcher)
        mended = mend(source, language, choice.hypothesis.text, choice.hypothesis.alignment, matcher)
        terms += len({occurrence.concept for occurrence in matcher.find(source, language)})
        steps = (
            ("best", best.text, choice.broken_before),
            ("chosen", choice.hypothesis.text, choice.broken_after),
            ("mended", mended.english, mended.broken_after),
        )
        for name, english, count in steps:
            texts[name].append(english)
            broken[name] += count
    reference = [english for _, english in pairs]
    figures: dict[str, object] = {"model": engine.id, "sentences": len(pairs), "terms": terms}
    for name, english in texts.items():
        figures[name] = {"kept": round(1 - broken[name] / terms, 3), **scores(english, reference)}
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
