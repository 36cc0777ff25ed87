"""Scores against references are sacrebleu's, with its signatures."""

import pytest
import sacrebleu

from workbench.errors import UsageError
from workbench.evaluation.translation import evaluate, score
from workbench.translation import ArgosEngine

SOURCES = ["малий кіт бачить великий дім", "пес спить", "добрий день"]
REFERENCES = ["small cat sees large house", "the dog sleeps", "good day"]


def test_the_scores_are_sacrebleus(engine: ArgosEngine) -> None:
    found = evaluate(SOURCES, REFERENCES, engine)
    renderings = [rendering.text for rendering in engine.render(SOURCES)]
    assert found.bleu == sacrebleu.corpus_bleu(renderings, [REFERENCES]).score
    assert found.chrf == sacrebleu.corpus_chrf(renderings, [REFERENCES], word_order=2).score
    assert found.ter == sacrebleu.corpus_ter(renderings, [REFERENCES]).score
    assert (found.model, found.sentences) == (engine.id, 3)


def test_the_keys_that_a_script_reads(engine: ArgosEngine) -> None:
    found = evaluate(SOURCES, REFERENCES, engine).as_dict()
    assert {"bleu", "chrf", "ter", "sentences_per_second", "signatures", "model", "sentences", "seconds"} == set(found)
    assert found["sentences_per_second"] > 0
    assert "nw:2" in found["signatures"]["chrf"]


def test_perfect_and_hopeless() -> None:
    perfect, _ = score(REFERENCES, REFERENCES)
    assert perfect["ter"] == 0
    assert perfect["chrf"] == pytest.approx(100)
    hopeless, _ = score(["zzz qqq"] * 3, REFERENCES)
    assert hopeless["bleu"] < 5


@pytest.mark.parametrize(("sources", "references"), [([], []), (SOURCES, REFERENCES[:2])])
def test_sources_without_their_references_are_a_usage_error(
    engine: ArgosEngine, sources: list[str], references: list[str]
) -> None:
    with pytest.raises(UsageError):
        evaluate(sources, references, engine)
