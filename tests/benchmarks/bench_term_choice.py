"""What choosing among the n-best by the glossary does to terms and to quality.

    python tests/benchmarks/bench_term_choice.py PACKAGE_DIR SOURCE.txt ENGLISH.txt [--limit 220] [--beam 4]

Renders the sentences in which the starter glossary has a term, counts the terms kept by the best hypothesis and by the
chosen one, and scores both against the reference English. Prints JSON.
"""

import argparse
import json
from pathlib import Path

from workbench.exchange import glossary_csv
from workbench.glossary import Matcher, choose
from workbench.model import Concept, Hypothesis
from workbench.translation import ArgosEngine, Search
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
    parser.add_argument("package", type=Path)
    parser.add_argument("source", type=Path)
    parser.add_argument("english", type=Path)
    parser.add_argument("--limit", type=int, default=220)
    parser.add_argument("--beam", type=int, default=4)
    options = parser.parse_args()
    with STARTER.open("rb") as stream:
        matcher = Matcher(concept for concept in glossary_csv.read(stream) if isinstance(concept, Concept))
    engine = ArgosEngine(describe(options.package), Search(beam=options.beam, hypotheses=options.beam))
    language = engine.info.from_code
    lines = zip(options.source.read_text().splitlines(), options.english.read_text().splitlines(), strict=True)
    pairs = [(source, english) for source, english in lines if matcher.find(source, language)][: options.limit]
    best, chosen, terms, before, after, changed = [], [], 0, 0, 0, 0
    for (source, _), rendering in zip(pairs, engine.render([source for source, _ in pairs]), strict=True):
        hypotheses = [Hypothesis(rendering.text, rendering.score), *rendering.alternatives]
        choice = choose(source, language, hypotheses, matcher)
        best.append(rendering.text)
        chosen.append(choice.hypothesis.text)
        terms += len({occurrence.concept for occurrence in matcher.find(source, language)})
        before, after = before + choice.broken_before, after + choice.broken_after
        changed += choice.position > 0
    reference = [english for _, english in pairs]
    figures = {
        "sentences": len(pairs),
        "terms": terms,
        "kept_by_best": round(1 - before / terms, 3),
        "kept_by_chosen": round(1 - after / terms, 3),
        "changed": changed,
        "best": scores(best, reference),
        "chosen": scores(chosen, reference),
    }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
