"""Reads parallel corpora and chooses what a model that ships may be trained on.

A corpus is a gzipped file `LL-en.tsv.gz` of four columns: source, English, origin, domain. Our own news sentences
lie in `authored/*.tsv` there and in `sentences/*.tsv` beside this code: id, English, Bulgarian, Ukrainian, Russian.
"""

import gzip
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SOURCES = ("bg", "uk", "ru")
AUTHORED = "authored"
#: Where our own sentences lie that belong to the code.
SENTENCES = Path(__file__).parent / "sentences"

#: Origins without a licence that lets a derived work ship (see the model card); never read.
EXCLUDED = frozenset(
    {
        "3b1b-captions", "adguard-kb", "devilutionx", "fheroes2", "javascript-info", "joinmastodon", "progit2",
        "wmt-newstest2012-2018", "ydkjs",
    }
)  # fmt: skip

#: At most so many pairs of an origin and language: what reads like news and prose all of it, manuals and interface
#: text less.
LIMITS = {
    AUTHORED: 10_000,
    "tatoeba": 20_000,
    "europarl-bg": 7_000,
    "tico19": 3_000,
    "xquad": 3_000,
    "ud-pud": 1_000,
    "privacyguides": 3_000,
    "opensource-guide": 2_000,
    "bitcoin-org": 1_000,
    "openfoodfacts-web": 1_500,
    "corona-warn-app": 1_100,
    "e-rezept": 800,
    "duckduckgo-android": 1_000,
    "mozilla-www-lang": 2_000,
    "monero-site": 1_000,
    "african-storybook": 1_000,
    "scratch-l10n": 2_500,
    "literature": 60_000,
    "bible-nt": 8_400,
    "wesnoth": 30_000,
    "cataclysm-dda": 20_000,
    "shattered-pixel": 6_000,
    "widelands": 4_000,
    "freeciv": 6_000,
    "colobot": 2_500,
    "unknown-horizons": 600,
    "stellarium": 5_000,
    "inaturalist": 2_100,
    "mozilla-www": 2_000,
    "mediawiki-i18n": 1_500,
    "ms-d365-docs": 12_000,
    "python-docs-uk": 20_000,
    "iot-for-beginners": 5_100,
    "edgeai-for-beginners": 4_000,
    "azd-for-beginners": 2_000,
    "hf-course": 3_000,
    "hf-audio-course": 1_700,
    "hf-agents-course": 600,
    "fastapi-docs": 2_500,
    "vue-docs": 2_500,
    "react-docs": 3_200,
    "rust-book": 1_500,
    "djangogirls": 800,
    "debian-installation-guide": 2_100,
    "electron-docs": 1_000,
    "yii2-guide": 1_500,
    "elixirschool": 1_700,
    "libreoffice-help": 4_000,
    "tarantool-doc": 3_000,
    "security-101": 1_100,
    "cncf-glossary": 600,
    "gnome-user-docs": 4_600,
    "pkp-lib": 1_800,
}


@dataclass(frozen=True, slots=True)
class Pair:
    """One sentence and its English."""

    language: str
    origin: str
    source: str
    english: str


def read_pairs(corpora: Path, sentences: Path = SENTENCES) -> Iterator[Pair]:
    """Yield every pair of the corpora whose licence allows it, our own sentences last.

    Raises:
        ValueError: A line of our own sentences has not five columns.
    """
    for language in SOURCES:
        with gzip.open(corpora / f"{language}-en.tsv.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                source, english, origin, _ = line.rstrip("\n").split("\t")
                if origin not in EXCLUDED:
                    yield Pair(language, origin, source, english)
    for path in (*sorted((corpora / AUTHORED).glob("*.tsv")), *sorted(sentences.glob("*.tsv"))):
        yield from _read_authored(path)


def _read_authored(path: Path) -> Iterator[Pair]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        columns = line.split("\t")
        if len(columns) != 5:
            raise ValueError(f"{path.name}, line {number}: {len(columns)} columns, not id, en, bg, uk, ru")
        _, english, *sources = columns
        if english == "en":
            continue
        for language, source in zip(SOURCES, sources, strict=True):
            if source and english:
                yield Pair(language, AUTHORED, source, english)


def choose(pairs: Iterator[Pair], longest: int, seed: int) -> list[Pair]:
    """Take a random `LIMITS` share of each origin and language, no sentence longer than `longest` letters.

    Origins that `LIMITS` does not name are left out.
    """
    groups: dict[tuple[str, str], list[Pair]] = {}
    for pair in pairs:
        if max(len(pair.source), len(pair.english)) <= longest and pair.origin in LIMITS:
            groups.setdefault((pair.origin, pair.language), []).append(pair)
    draw = random.Random(seed)
    chosen: list[Pair] = []
    for (origin, _), group in sorted(groups.items()):
        chosen += draw.sample(group, min(len(group), LIMITS[origin]))
    draw.shuffle(chosen)
    return chosen
