"""Scores a package on development sets: BLEU and chrF2++ by sacrebleu, and speed."""

import time
from pathlib import Path
from typing import Any

BEAM = 2


def translate(package: Path, sentences: list[str], beam: int = BEAM, threads: int = 2) -> list[str]:
    """Render sentences with a package directory as Argos Translate reads it."""
    import ctranslate2
    import sentencepiece

    pieces = sentencepiece.SentencePieceProcessor(model_file=str(package / "sentencepiece.model"))
    translator = ctranslate2.Translator(
        str(package / "model"), inter_threads=1, intra_threads=threads, compute_type="int8"
    )
    results = translator.translate_batch(
        pieces.encode(sentences, out_type=str),
        beam_size=beam,
        max_batch_size=1536,
        batch_type="tokens",
        no_repeat_ngram_size=4,
        repetition_penalty=1.05,
        max_decoding_length=200,
    )
    return [pieces.decode_pieces(result.hypotheses[0]) for result in results]


def evaluate(
    package: Path, sets: Path, names: list[str], languages: list[str], lines: int | None = None
) -> dict[str, Any]:
    """Return scores by set and language, with sacrebleu's signatures and sentences a second."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

    report: dict[str, Any] = {}
    for name in names:
        references = (sets / f"{name}.en").read_text(encoding="utf-8").splitlines()[:lines]
        for language in languages:
            sources = (sets / f"{name}.{language}").read_text(encoding="utf-8").splitlines()[:lines]
            started = time.perf_counter()
            output = translate(package, sources)
            seconds = time.perf_counter() - started
            bleu, chrf = BLEU(), CHRF(word_order=2)
            report[f"{name}.{language}"] = {
                "bleu": round(bleu.corpus_score(output, [references]).score, 1),
                "chrf": round(chrf.corpus_score(output, [references]).score, 1),
                "sentences_per_second": round(len(sources) / seconds, 1),
                "signatures": [str(bleu.get_signature()), str(chrf.get_signature())],
                "sample": output[:3],
            }
    return report
