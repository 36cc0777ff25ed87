"""Rendering with an Argos package: whole batches, checked, and tried again where something went wrong.

Argos Translate's own `translate()` goes sentence by sentence, through a sentence splitter of its own. Here its
package and tokenizer are used, and CTranslate2 is given whole batches. With `Search(guarded=False)` the English is
what `translate()` gives for one sentence with the same beam, letter for letter.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workbench import languages
from workbench.model import Hypothesis, Rendering, WordLink
from workbench.progress import Progress
from workbench.translation import (
    batches,
    faults,
    name_lexicon,
    names,
    number_repair,
    splitting,
    typography,
    word_links,
)
from workbench.translation.decoding import Decoder, cores
from workbench.translation.package_info import PackageInfo, PackageOrigin, fingerprint
from workbench.translation.quality import quality

# What is tried, in turn, when a rendering has a fault that deserves it: a wider beam that may not say four tokens
# twice, then one that may not say two twice and pays for every token that it repeats.
_WIDER = 2
_ATTEMPTS: tuple[tuple[frozenset[str], Mapping[str, Any]], ...] = (
    (faults.SEVERE | {faults.NUMBERS}, {"no_repeat_ngram_size": 4}),
    (faults.SEVERE, {"no_repeat_ngram_size": 2, "repetition_penalty": 1.2, "min_decoding_length": 3}),
)
# Raised when the mending of names and numbers changes, so that cached renderings are made anew.
_MENDING = 1


@dataclass(frozen=True, slots=True)
class Search:
    """How an engine looks for the best English.

    Attributes:
        beam: How many hypotheses compete; 2 is fast, 4 is Argos Translate's own.
        hypotheses: How many are kept, at most `beam`.
        batch_tokens: Source tokens in a batch.
        guarded: Whether faults are looked for and mended, and the typography is set in order.
        aligned: Whether renderings tell which source word each English word came from; None where the model was
            taught to look at the right word, as the starter was.
        mended: Whether names and numbers that the model got wrong are put right by that alignment; None for the
            starter alone.
    """

    beam: int = 2
    hypotheses: int = 2
    batch_tokens: int = 512
    guarded: bool = True
    aligned: bool | None = None
    mended: bool | None = None


class ArgosEngine:
    """Renders with one installed package. The model is loaded at the first text.

    Attributes:
        id: Package, version, beam, whether names and numbers are mended, and a fingerprint of the model:
            `starter-uk_en@0.1+beam2+mended1+1f0c9a3e`.
        info: The package.
    """

    def __init__(self, info: PackageInfo, search: Search | None = None) -> None:
        self.info = info
        self.search = search or Search()
        maker = "starter" if info.origin is PackageOrigin.STARTER else "argos"
        raw = "" if self.search.guarded else "+raw"
        starter = info.origin is PackageOrigin.STARTER
        wanted = starter if self.search.mended is None else self.search.mended
        self._mended = wanted and self.search.guarded and info.to_code == languages.EN
        self._aligned = self._mended or (starter if self.search.aligned is None else self.search.aligned)
        how = raw + (f"+mended{_MENDING}" if self._mended else "")
        self.id = f"{maker}-{info.name}@{info.version}+beam{self.search.beam}{how}+{fingerprint(info)}"
        self._loaded: Decoder | None = None

    @property
    def _decoder(self) -> Decoder:
        if self._loaded is None:
            self._loaded = Decoder(self.info)
        return self._loaded

    def render(self, texts: Sequence[str], progress: Progress | None = None) -> list[Rendering]:
        """Render texts, in their order.

        Raises:
            ModelError: The package cannot be loaded or fails.
            Cancelled: `progress` was asked to stop; to keep what was done, use `render_batches`.
        """
        return batches.collect(self.render_batches(texts), len(texts), progress)

    def render_batches(self, texts: Sequence[str]) -> Iterator[batches.Batch]:
        """Render texts batch by batch, the longest first: pairs of the place in `texts` and its rendering.

        Identical texts are rendered once and come in one batch. A caller that stops after a batch loses only
        what it did not ask for.
        """
        unique = batches.places(map(typography.clean_source, texts))
        foreign = [text for text in unique if self._needs_model(text)]
        asis = [text for text in unique if not self._needs_model(text)]
        if asis:
            yield [(at, Rendering(text, model=self.id)) for text in asis for at in unique[text]]
        # About four characters a token, and eight rounds for every core, so that few wait at the end of a batch.
        for batch in batches.by_length(foreign, 4 * self.search.batch_tokens * 8 * cores()):
            for_each = zip(batch, self._render_unique(batch), strict=True)
            yield [(at, _seen_in(texts[at], text, rendering)) for text, rendering in for_each for at in unique[text]]

    def _needs_model(self, text: str) -> bool:
        """Whether a text has anything to translate: numbers, names in Latin letters and marks pass unchanged."""
        if self.info.from_code in languages.SOURCE_LANGUAGES:
            return typography.has_cyrillic(text)
        return any(char.isalpha() for char in text)

    def _render_unique(self, texts: Sequence[str]) -> list[Rendering]:
        candidates = self._hypotheses(texts, self.search.beam, self.search.hypotheses)
        if not self.search.guarded:
            return [self._finish(text, found, ()) for text, found in zip(texts, candidates, strict=True)]
        judged = [self._judge(text, found) for text, found in zip(texts, candidates, strict=True)]
        beam = self.search.beam + _WIDER
        for worth, options in _ATTEMPTS:
            again = [place for place, (_, flags) in enumerate(judged) if worth & set(flags)]
            retried = self._hypotheses([texts[place] for place in again], beam, beam, **options)
            for place, found in zip(again, retried, strict=True):
                judged[place] = self._judge(texts[place], judged[place][0] + found)
        return [self._finish(text, found, flags) for text, (found, flags) in zip(texts, judged, strict=True)]

    def _hypotheses(
        self, texts: Sequence[str], beam: int, hypotheses: int, **options: Any
    ) -> list[tuple[Hypothesis, ...]]:
        """Decode texts, those longer than the model reads in parts."""
        parts = [splitting.split(text, self._decoder.count, self.info.longest) for text in texts] if texts else []
        flat = [part.strip() for several in parts for part in several]
        if not flat:
            return []
        found = iter(
            self._decoder.decode(
                flat,
                beam=beam,
                hypotheses=min(hypotheses, beam),
                batch_tokens=self.search.batch_tokens,
                bounded=self.search.guarded,
                aligned=self._aligned,
                **options,
            )
        )
        joined = [_rejoin(several, [next(found) for _ in several]) for several in parts]
        if not self._mended:
            return joined
        return [
            tuple(self._with_numbers(text, one) for one in candidates)
            for text, candidates in zip(texts, joined, strict=True)
        ]

    def _with_numbers(self, source: str, hypothesis: Hypothesis) -> Hypothesis:
        text, links = number_repair.mend_numbers(source, hypothesis.text, hypothesis.alignment, self.info.from_code)
        return replace(hypothesis, text=text, alignment=links)

    def _judge(self, source: str, hypotheses: tuple[Hypothesis, ...]) -> tuple[tuple[Hypothesis, ...], tuple[str, ...]]:
        """Order hypotheses by score and faults, the best first, and return them with the faults of the best."""
        to_english = self.info.to_code == languages.EN
        found = {
            hypothesis.text: (hypothesis, faults.find(source, hypothesis.text, to_english=to_english))
            for hypothesis in sorted(hypotheses, key=lambda hypothesis: hypothesis.score)
        }
        ranked = sorted(found.values(), key=lambda pair: pair[0].score - faults.weight(pair[1]), reverse=True)
        return tuple(hypothesis for hypothesis, _ in ranked), ranked[0][1]

    def _finish(self, source: str, ranked: tuple[Hypothesis, ...], flags: tuple[str, ...]) -> Rendering:
        best, *others = (self._polish(source, hypothesis) for hypothesis in ranked)
        return Rendering(
            text=best.text,
            model=self.id,
            score=best.score,
            quality=quality(source, best.text, best.score, flags=flags),
            alternatives=tuple(other for other in others if other.text != best.text)[: self.search.hypotheses],
            flags=flags,
            alignment=best.alignment,
        )

    def _polish(self, source: str, hypothesis: Hypothesis) -> Hypothesis:
        if not self.search.guarded or self.info.to_code != languages.EN:
            return hypothesis
        text = typography.romanise_rest(typography.tidy(hypothesis.text, source), self.info.from_code)
        text = typography.unloop(text) if faults.loops(source, text) else text
        links = word_links.follow(hypothesis.alignment, hypothesis.text, text)
        if self._mended and links:
            text, links = names.mend(source, text, links, self.info.from_code, name_lexicon.shipped())
        return replace(hypothesis, text=text, alignment=links)


def _seen_in(text: str, cleaned: str, rendering: Rendering) -> Rendering:
    """Let the alignment of a rendering speak of the text as it was given, before it was cleaned."""
    if text == cleaned or not rendering.alignment:
        return rendering
    others = (
        replace(other, alignment=word_links.follow_source(other.alignment, cleaned, text))
        for other in rendering.alternatives
    )
    links = word_links.follow_source(rendering.alignment, cleaned, text)
    return replace(rendering, alignment=links, alternatives=tuple(others))


def _rejoin(sources: Sequence[str], parts: Sequence[tuple[Hypothesis, ...]]) -> tuple[Hypothesis, ...]:
    """Join the n-best lists of the parts of one sentence, rank by rank; the scores are weighed by length."""
    if len(parts) == 1:
        return parts[0]
    ranks = max(map(len, parts))
    return tuple(_joined(sources, [part[min(rank, len(part) - 1)] for part in parts]) for rank in range(ranks))


def _joined(sources: Sequence[str], parts: Sequence[Hypothesis]) -> Hypothesis:
    weights = [max(1, len(source)) for source in sources]
    score = sum(weight * part.score for weight, part in zip(weights, parts, strict=True)) / sum(weights)
    text = splitting.join(sources, [part.text for part in parts])
    links: list[WordLink] = []
    read = written = 0
    for source, part in zip(sources, parts, strict=True):
        indent = len(source) - len(source.lstrip())
        links += word_links.shift(part.alignment, read + indent, written)
        read += len(source)
        written += len(part.text) + 1
    return Hypothesis(text, score, word_links.follow(links, " ".join(part.text for part in parts), text))
