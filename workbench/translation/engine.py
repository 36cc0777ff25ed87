"""What renders texts of one language in English, and which of the installed models that is."""

from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Protocol

from workbench import languages
from workbench.errors import ModelError
from workbench.model import Hypothesis, Rendering
from workbench.progress import Progress
from workbench.translation import batches, packages
from workbench.translation.argos import ArgosEngine, Search
from workbench.translation.package_info import PackageInfo, PackageOrigin


class Engine(Protocol):
    """Renders texts of one language in English.

    Attributes:
        id: What made a rendering; part of the key under which it is cached.
    """

    id: str

    def render(self, texts: Sequence[str], progress: Progress | None = None) -> list[Rendering]:
        """Render texts, in their order."""

    def render_batches(self, texts: Sequence[str]) -> Iterator[batches.Batch]:
        """Render texts batch by batch, as pairs of a place in `texts` and its rendering, in any order."""


class PassThrough:
    """Gives English back as it is."""

    id = "pass-through"

    def render(self, texts: Sequence[str], progress: Progress | None = None) -> list[Rendering]:
        """Return every text as its own rendering."""
        return batches.collect(self.render_batches(texts), len(texts), progress)

    def render_batches(self, texts: Sequence[str]) -> Iterator[batches.Batch]:
        """Yield the texts a thousand at a time."""
        for chunk in batches.in_chunks(texts, 1000):
            yield [(place, Rendering(text, model=self.id)) for place, text in chunk]


class Pivot:
    """Renders through a third language, where no package goes straight to English.

    Scores are logarithms of probabilities, so those of the two legs add up; what is doubtful in either leg is
    doubtful in the whole.
    """

    def __init__(self, first: Engine, second: Engine) -> None:
        self.id = f"{first.id}>{second.id}"
        self._first, self._second = first, second

    def render(self, texts: Sequence[str], progress: Progress | None = None) -> list[Rendering]:
        """Render texts, in their order."""
        return batches.collect(self.render_batches(texts), len(texts), progress)

    def render_batches(self, texts: Sequence[str]) -> Iterator[batches.Batch]:
        """Take each batch through both legs before the next."""
        for batch in self._first.render_batches(texts):
            second = self._second.render([rendering.text for _, rendering in batch])
            yield [(at, self._both(one, two)) for (at, one), two in zip(batch, second, strict=True)]

    def _both(self, first: Rendering, second: Rendering) -> Rendering:
        return Rendering(
            text=second.text,
            model=self.id,
            score=first.score + second.score,
            quality=first.quality * second.quality,
            alternatives=tuple(Hypothesis(each.text, each.score + first.score) for each in second.alternatives),
            flags=tuple(dict.fromkeys(first.flags + second.flags)),
        )


def engine_for(language: str, packages_dir: Path | None = None, search: Search | None = None) -> Engine:
    """Choose what renders a language in English.

    A package that the user installed wins; then a way through another language by installed packages; then the
    starter that ships. English passes through.

    Args:
        language: A code of `workbench.languages.LANGUAGES`.
        packages_dir: Where to look instead of Argos Translate's own directories.
        search: How to look for the best English.

    Raises:
        UnsupportedLanguageError: The language is not one of ours.
        ModelError: No model renders it.
    """
    if languages.language(language).code == languages.EN:
        return PassThrough()
    mine = packages.installed(packages_dir, starter=False)
    way = route(language, mine) or route(language, mine + packages.ensure_starter())
    if not way:
        damaged = "; ".join(info.problem for info in mine if info.problem)
        raise ModelError(
            f"no model renders {languages.name(language)} in English" + (f" ({damaged})" if damaged else ""),
            f"Install one: workbench models install {language}_en (or an .argosmodel file).",
        )
    legs = [ArgosEngine(info, search) for info in way]
    return legs[0] if len(legs) == 1 else Pivot(*legs)


def route(language: str, known: Sequence[PackageInfo]) -> tuple[PackageInfo, ...]:
    """Return the package, or the two packages, that lead from a language to English; empty where none do.

    Of several, the user's own come before the starter, and the newer before the older.
    """
    usable = sorted(
        (info for info in known if not info.problem),
        key=lambda info: (info.origin is not PackageOrigin.STARTER, info.version_key),
        reverse=True,
    )
    onward = [info for info in usable if info.to_code == languages.EN]
    direct = [info for info in onward if info.from_code == language]
    if direct:
        return (direct[0],)
    starts = [info for info in usable if info.from_code == language]
    return next((pair for pair in product(starts, onward) if pair[0].to_code == pair[1].from_code), ())
