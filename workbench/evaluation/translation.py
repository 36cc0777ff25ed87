"""How good and how fast an engine is, against human references: BLEU, chrF2++ and TER as sacrebleu counts them."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.errors import UsageError
from workbench.progress import Progress
from workbench.translation import Engine


@dataclass(frozen=True, slots=True)
class TranslationScores:
    """What an engine reached on one set of sentences.

    Attributes:
        bleu: BLEU (Papineni et al. 2002), 0 to 100.
        chrf: chrF2++ (Popović 2017), 0 to 100.
        ter: Translation edit rate (Snover et al. 2006), in percent; less is better.
        signatures: sacrebleu's signature of each measure, without which its number means nothing.
        sentences: How many were rendered.
        seconds: How long that took, loading the model not counted.
        model: The engine's id.
    """

    bleu: float
    chrf: float
    ter: float
    signatures: Mapping[str, str]
    sentences: int
    seconds: float
    model: str

    @property
    def sentences_per_second(self) -> float:
        """The speed of the engine."""
        return self.sentences / self.seconds if self.seconds else 0.0

    def as_dict(self) -> dict[str, Any]:
        """Return the scores as JSON values, rounded to what is significant."""
        return {
            "model": self.model,
            "bleu": round(self.bleu, 2),
            "chrf": round(self.chrf, 2),
            "ter": round(self.ter, 2),
            "sentences": self.sentences,
            "seconds": round(self.seconds, 3),
            "sentences_per_second": round(self.sentences_per_second, 2),
            "signatures": dict(self.signatures),
        }


def score(renderings: Sequence[str], references: Sequence[str]) -> tuple[dict[str, float], dict[str, str]]:
    """Score English against references: the three measures, and their signatures, by name.

    Raises:
        UsageError: There are not as many references as renderings, or none at all.
    """
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    _same_length(renderings, references)
    measures = {"bleu": BLEU(), "chrf": CHRF(word_order=2), "ter": TER()}
    found = {
        name: measure.corpus_score(list(renderings), [list(references)]).score for name, measure in measures.items()
    }
    return found, {name: str(measure.get_signature()) for name, measure in measures.items()}


def evaluate(
    sources: Sequence[str], references: Sequence[str], engine: Engine, progress: Progress | None = None
) -> TranslationScores:
    """Render sources with an engine and score the English.

    Args:
        sources: Sentences in the engine's language.
        references: Their English by a human, in the same order.
        engine: What renders.
        progress: Told how many are rendered.

    Raises:
        UsageError: There are not as many references as sources, or none at all.
        ModelError: The engine fails.
        Cancelled: `progress` was asked to stop.
    """
    _same_length(sources, references)
    engine.render(sources[:1])
    start = time.perf_counter()
    renderings = [rendering.text for rendering in engine.render(sources, progress)]
    seconds = time.perf_counter() - start
    found, signatures = score(renderings, references)
    return TranslationScores(**found, signatures=signatures, sentences=len(sources), seconds=seconds, model=engine.id)


def _same_length(left: Sequence[str], right: Sequence[str]) -> None:
    if not left or len(left) != len(right):
        raise UsageError(
            f"{len(left)} source sentences, but {len(right)} references",
            "The two files must have one sentence a line, in the same order.",
        )
