"""One package's tokenizer and CTranslate2 model: texts in, scored n-best lists out, in whole batches."""

import os
from collections.abc import Sequence
from typing import Any

from workbench.errors import ModelError
from workbench.model import Hypothesis
from workbench.translation import argos_library, word_links
from workbench.translation.package_info import PackageInfo

# Argos Translate's own exponent: scores are divided by length ** 0.2 while hypotheses compete.
LENGTH_PENALTY = 0.2
# CTranslate2's own bound.
_MOST_TOKENS = 256


def cores() -> int:
    """Return how many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def mean_score(raw: float, tokens: int) -> float:
    """Turn CTranslate2's score into the mean log-probability per target token.

    CTranslate2 divides the sum of the log-probabilities, that of the end of the sentence among them, by
    `length ** length_penalty`, where the length counts the tokens of the hypothesis and its end.
    """
    length = tokens + 1
    return raw * float(length ** (LENGTH_PENALTY - 1))


class Decoder:
    """A loaded package.

    Raises:
        ModelError: The tokenizer or the model cannot be loaded.
    """

    def __init__(self, info: PackageInfo) -> None:
        import ctranslate2

        self._info = info
        self._package = argos_library.open_package(info.path)
        device = argos_library.device()
        # One thread a batch and as many batches at once as there are cores: threads inside a batch wait for each
        # other at every layer. The workers share the weights.
        threads = {"inter_threads": cores(), "intra_threads": 1} if device != "cuda" else {}
        try:
            self._translator = ctranslate2.Translator(
                str(info.path / "model"), device=device, compute_type=argos_library.compute_type(), **threads
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise ModelError(
                f"the model of package {info.path.name} cannot be loaded: {_first_line(error)}",
                "Install the package again.",
            ) from error

    def count(self, text: str) -> int:
        """Return how many tokens the model sees in a text."""
        return len(self._package.tokenizer.encode(text))

    def decode(
        self,
        texts: Sequence[str],
        *,
        beam: int,
        hypotheses: int,
        batch_tokens: int,
        bounded: bool = True,
        aligned: bool = False,
        **options: Any,
    ) -> list[tuple[Hypothesis, ...]]:
        """Render texts, each a sentence that the model can read whole; best hypothesis first.

        Args:
            texts: The sentences, not empty.
            beam: How many hypotheses compete.
            hypotheses: How many to return, at most `beam`.
            batch_tokens: The size of a batch, in source tokens.
            bounded: Whether to stop a hypothesis that has three times the tokens of the longest source, so that
                a loop in short texts does not hold up the batch.
            aligned: Whether to say which source word each English word came from.
            options: More of CTranslate2's options for `translate_batch`.

        Raises:
            ModelError: The model fails.
        """
        prefix = self._package.target_prefix
        tokens = [self._package.tokenizer.encode(text) for text in texts]
        bound = 3 * max(map(len, tokens), default=0) + 20
        try:
            results = self._translator.translate_batch(
                tokens,
                target_prefix=[[prefix]] * len(texts) if prefix else None,
                replace_unknowns=True,
                max_batch_size=batch_tokens,
                batch_type="tokens",
                beam_size=max(beam, hypotheses),
                num_hypotheses=hypotheses,
                length_penalty=LENGTH_PENALTY,
                max_decoding_length=min(bound, _MOST_TOKENS) if bounded else _MOST_TOKENS,
                return_scores=True,
                return_attention=aligned,
                **options,
            )
        except (RuntimeError, ValueError) as error:
            raise ModelError(
                f"the model of package {self._info.path.name} failed: {_first_line(error)}",
                f"Check it with: workbench models verify {self._info.name}",
            ) from error
        return [
            tuple(
                self._hypothesis(text, read, pieces, score, result.attention[rank] if aligned else ())
                for rank, (pieces, score) in enumerate(zip(result.hypotheses, result.scores, strict=True))
            )
            for text, read, result in zip(texts, tokens, results, strict=True)
        ]

    def _hypothesis(
        self, source: str, read: list[str], pieces: list[str], score: float, attention: Sequence[Sequence[float]]
    ) -> Hypothesis:
        text = self._text(pieces)
        links = word_links.link(source, read, text, pieces, attention) if attention else ()
        return Hypothesis(text, mean_score(score, len(pieces)), links)

    def _text(self, tokens: list[str]) -> str:
        text = str(self._package.tokenizer.decode(tokens))
        prefix = self._package.target_prefix
        text = text.removeprefix(prefix) if prefix else text
        return text.removeprefix(" ")


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
