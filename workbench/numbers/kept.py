"""Whether the numbers of a source text are found again in its English."""

from workbench.languages import EN
from workbench.numbers.reading import Figure, figures, quantities


def lost(source: str, english: str, language: str | None = None) -> list[str]:
    """Return the figures of the source, as written, that the English lacks in digits, in words or as a month.

    A figure that stands twice in the source must stand twice in the English.

    Args:
        source: The source text.
        english: Its rendering.
        language: The source's language, where it is known.
    """
    wanted = list(figures(source, language))
    return [source[figure.span.start : figure.span.end] for figure in _missing(wanted, english)]


def kept_share(source: str, english: str, language: str | None = None) -> float:
    """Return the share of the source's figures that the English has, 1 where there are none."""
    wanted = list(figures(source, language))
    return 1 - len(_missing(wanted, english)) / len(wanted) if wanted else 1.0


def _missing(wanted: list[Figure], english: str) -> list[Figure]:
    if not wanted:
        return []
    read = quantities(english, EN)
    left = list(read.figures)
    missing: list[Figure] = []
    for figure in wanted:
        same = next((own for own in left if own.agrees(figure)), None)
        if same is not None:
            left.remove(same)
        elif read.worded.isdisjoint(figure.values):
            missing.append(figure)
    return missing
