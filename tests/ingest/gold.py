"""Hand-made labels: each line of a `.gold` file is a letter for its kind, a tab, and the line of the article."""

from pathlib import Path

from workbench.ingest import boilerplate
from workbench.model import Kind

FIXTURES = Path(__file__).parent / "fixtures"
SEEDS = Path(__file__).parents[2] / "seeds"
LETTERS = {
    "H": Kind.HEADLINE,
    "S": Kind.SUBHEADING,
    "B": Kind.BODY,
    "C": Kind.CAPTION,
    "Y": Kind.BYLINE,
    "X": Kind.BOILERPLATE,
    "T": Kind.TEASER,
}
#: The five seed articles, line by line.
SEED_LABELS = {
    "000": "HSCCBBBBBBBBXTTXXX",
    "001": "BBSBXBBTXTTBSBXBBSBXBB",
    "002": "HCCBBBBBBSBBB",
    "003": "YHHCBBBBBXXTTTTTTTTT",
    "004": "HXBBBBBBBBBBX",
}


def article(path: Path) -> tuple[str, list[Kind]]:
    """Return an article's text and the kinds that a careful reader gave its lines."""
    rows = [row.partition("\t") for row in path.read_text(encoding="utf-8").splitlines()]
    return "\n".join(text for _, _, text in rows), [LETTERS[letter] for letter, _, text in rows if text]


def agreement(text: str, labels: list[Kind]) -> list[tuple[Kind, Kind, str]]:
    """Return label, verdict and text of each line."""
    lines = boilerplate.lines_of(text)
    verdicts = boilerplate.classify(lines)
    return [(label, verdict, line.text) for label, verdict, line in zip(labels, verdicts, lines, strict=True)]
