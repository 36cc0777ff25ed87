"""How well the estimate of a rendering's quality orders renderings as a reference would, as JSON.

    python tests/benchmarks/bench_quality.py LANGUAGE SOURCE.txt ENGLISH.txt [--limit 1000]

Renders the source as a project does, and gives Spearman's rank correlation with chrF2++ of each sentence against its
reference: of the estimate by the model alone, and of that seconded by the sentence encoder.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from workbench.embedding import load_encoder, views
from workbench.languages import EN
from workbench.translation import engine_for
from workbench.translation.quality import seconded


def main() -> None:
    """Measure and print."""
    import sacrebleu
    from scipy.stats import spearmanr

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("language")
    parser.add_argument("source", type=Path)
    parser.add_argument("english", type=Path)
    parser.add_argument("--limit", type=int, default=1000)
    options = parser.parse_args()
    sources, references = (
        path.read_text("utf-8").splitlines()[: options.limit] for path in (options.source, options.english)
    )
    engine, encoder = engine_for(options.language), load_encoder()
    rendered = engine.render(sources)
    scored = sacrebleu.CHRF(word_order=2)
    truth = [
        scored.sentence_score(one.text, [reference]).score for one, reference in zip(rendered, references, strict=True)
    ]
    seen = views(encoder.id, options.language, encoder.encode(sources))
    english = views(encoder.id, EN, encoder.encode([one.text for one in rendered]))
    plain, fine = zip(seen, english, strict=True)
    left, right = plain if fine[0] is None or fine[1] is None else fine
    near = np.clip((np.asarray(left) * np.asarray(right)).sum(axis=1), 0, 1)
    alone = [one.quality for one in rendered]
    both = [seconded(one.quality, float(value)) for one, value in zip(rendered, near, strict=True)]
    figures = {
        "model": engine.id,
        "sentences": len(sources),
        "alone": round(float(spearmanr(alone, truth).statistic), 3),
        "seconded": round(float(spearmanr(both, truth).statistic), 3),
    }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
