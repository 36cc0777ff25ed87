"""Learns the space in which translations lie closest, from sentences written in four languages.

    python -m workbench.embedding.training SENTENCES.tsv... --output workbench/embedding/space.npz

Each line of the files has a number and a sentence in English, Bulgarian, Ukrainian and Russian; the starter model's
training sentences are such files.
"""

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from workbench.embedding.space import Vectors

#: How far the spread of translations is drawn towards an even one: some of it is chance.
SHRINK = 0.1
_COLUMNS = ("en", "bg", "uk", "ru")
_ALIKE = _COLUMNS[1:]


def read_sentences(paths: Iterable[Path]) -> dict[str, list[str]]:
    """Return the sentences of each language; those at one place are translations of each other."""
    rows = [line.split("\t") for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return {language: [row[place] for row in rows] for place, language in enumerate(_COLUMNS, start=1)}


def fit(vectors: dict[str, Vectors]) -> tuple[dict[str, Vectors], Vectors]:
    """Return the mean of each language, and the directions (a square matrix, one direction a column).

    `vectors` holds those of translations at the same places, shape (sentences, dimensions) each.
    """
    means = {language: rows.astype(np.float64).mean(axis=0) for language, rows in vectors.items()}
    centred = {language: vectors[language].astype(np.float64) - means[language] for language in _ALIKE}
    couples = [(one, other) for at, one in enumerate(_ALIKE) for other in _ALIKE[at + 1 :]]
    apart = np.concatenate([centred[one] - centred[other] for one, other in couples]) / np.sqrt(2)
    spread, directions = np.linalg.eigh(apart.T @ apart / len(apart))
    scale = 1 / np.sqrt(spread * (1 - SHRINK) + spread.mean() * SHRINK)
    return {k: v.astype(np.float32) for k, v in means.items()}, (directions * scale).astype(np.float32)


def main() -> None:
    """Read sentences, encode them, fit the space and write it."""
    import argparse

    from workbench.embedding import load_encoder

    parser = argparse.ArgumentParser(description="Learn the space in which translations lie closest.")
    parser.add_argument("sentences", type=Path, nargs="+", help="TSV files with the columns number, en, bg, uk and ru")
    parser.add_argument("--output", type=Path, required=True, help="where it is written (npz)")
    chosen = parser.parse_args()
    encoder = load_encoder()
    means, directions = fit({k: encoder.encode(texts) for k, texts in read_sentences(chosen.sentences).items()})
    half = np.float16
    np.savez(
        chosen.output,
        languages=np.array(list(means)),
        means=np.stack(list(means.values())),
        directions=(directions / np.abs(directions).max()).astype(half),
    )


if __name__ == "__main__":
    main()
