"""What two sentences share in letters: cognates, numbers, dates and names, as sparse bags of features.

Bulgarian, Ukrainian and Russian are cognate languages. Once their spelling is folded onto one alphabet, shared
character sequences, names and numbers tell translations apart from sentences that merely treat of the same topic.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from workbench.languages import EN, fold, romanise
from workbench.numbers import numerals

_WORD = re.compile(r"[^\W\d_]+(?:[-'’ʼ][^\W\d_]+)*")
_GRAM = 4
_BUCKETS = 1 << 20


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """Bags of features of one document's sentences, one row a sentence (SciPy sparse rows).

    Attributes:
        grams: Weighted sequences of four folded letters.
        numbers: Numbers, dates and percentages.
        names: Stems of capitalised words, weighted by rarity.
        lengths: Letters and digits per sentence.
    """

    grams: Any
    numbers: Any
    names: Any
    lengths: np.ndarray

    def rows(self, start: int, stop: int) -> "Evidence":
        """Return the evidence of a stretch of sentences."""
        return self.pick(slice(start, stop))

    def pick(self, kept: slice | list[int]) -> "Evidence":
        """Return the evidence of some of the sentences."""
        return Evidence(self.grams[kept], self.numbers[kept], self.names[kept], self.lengths[kept])


def evidence(documents: Sequence[tuple[str, Sequence[str]]]) -> list[Evidence]:
    """Read the evidence of documents given as (language, sentences); rarity is counted over all of them.

    Where English stands beside Cyrillic, everything is compared in Latin letters.
    """
    romanised = len({language == EN for language, _ in documents}) > 1
    folded = [_all_letters(texts, language, romanised) for language, texts in documents]
    grams = _weigh([_gram_counts(texts) for texts in folded])
    names = _weigh([_bags(_name_stems(texts, language, romanised)) for language, texts in documents])
    numbers = _compact([_bags([dict.fromkeys(numerals(t, language)) for t in texts]) for language, texts in documents])
    lengths = [np.array([max(1, len(text)) for text in texts], dtype=np.float32) for texts in folded]
    return [Evidence(*columns) for columns in zip(grams, numbers, names, lengths, strict=True)]


def _letters(text: str, language: str, romanised: bool) -> str:
    return fold(romanise(text, language) if romanised else text)


def _all_letters(texts: Sequence[str], language: str, romanised: bool) -> list[str]:
    """Return the same for many texts, in one sweep where letters are only folded, each by itself."""
    together = [] if romanised else fold("\n".join(texts)).split("\n")
    return together if len(together) == len(texts) else [_letters(text, language, romanised) for text in texts]


def _gram_counts(texts: Sequence[str]) -> Any:
    """Count hashed letter sequences of all sentences in one sweep; sequences that cross a sentence are left out."""
    from scipy.sparse import csr_matrix

    joined = np.frombuffer("".join(f" {text} " for text in texts).encode("utf-32-le", "replace"), dtype=np.uint32)
    rows = np.repeat(np.arange(len(texts)), [len(text) + 2 for text in texts])
    if len(joined) < _GRAM:
        return csr_matrix((len(texts), _BUCKETS), dtype=np.float32)
    codes = np.zeros(len(joined) - _GRAM + 1, dtype=np.uint64)
    for offset in range(_GRAM):
        codes = codes * np.uint64(0x9E3779B97F4A7C15) + joined[offset : len(joined) - _GRAM + 1 + offset]
    buckets = ((codes ^ (codes >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)) >> np.uint64(44)
    whole = rows[: len(codes)] == rows[_GRAM - 1 :]
    ones = np.ones(int(whole.sum()), dtype=np.float32)
    counts = csr_matrix((ones, (rows[: len(codes)][whole], buckets[whole])), shape=(len(texts), _BUCKETS))
    counts.data = np.minimum(counts.data, 2.0)
    return counts


def _name_stems(texts: Sequence[str], language: str, romanised: bool) -> list[dict[str, None]]:
    """Return stems of capitalised words, those at the start of a sentence only if they are names elsewhere."""
    found: list[tuple[list[str], list[str]]] = []
    known: set[str] = set()
    for text in texts:
        matches = list(_WORD.finditer(text))
        stems = [(m.start(), _stem(_letters(m.group(), language, romanised))) for m in matches if _is_name(m.group())]
        first = matches[0].start() if matches else -1
        inner = [stem for start, stem in stems if start != first]
        known.update(inner)
        found.append((inner, [stem for start, stem in stems if start == first]))
    return [dict.fromkeys(inner + [stem for stem in initial if stem in known]) for inner, initial in found]


def _is_name(word: str) -> bool:
    return len(word) > 1 and word[0].isupper()


def _stem(folded: str) -> str:
    """Cut the inflection off a folded word, crudely."""
    return folded[: max(3, min(5, len(folded) - 1))]


def _bags(rows: Sequence[Iterable[str]]) -> Any:
    """Turn sets of features into sparse rows over hashed columns (stable between runs)."""
    from zlib import crc32

    from scipy.sparse import csr_matrix

    cells = [(row, crc32(key.encode()) % _BUCKETS) for row, bag in enumerate(rows) for key in bag]
    row_index = [row for row, _ in cells]
    columns = [column for _, column in cells]
    return csr_matrix((np.ones(len(cells), np.float32), (row_index, columns)), shape=(len(rows), _BUCKETS))


def _weigh(bags: Sequence[Any]) -> list[Any]:
    """Weigh each feature by its rarity among the sentences of all documents."""
    total = sum(bag.shape[0] for bag in bags)
    compact = _compact(bags)
    seen = np.zeros(compact[0].shape[1] if compact else 0, dtype=np.float32)
    for bag in compact:
        seen += np.bincount(bag.indices, minlength=len(seen))
    rarity = (np.log((total + 1) / np.maximum(seen, 1)) / np.log(total + 2)).astype(np.float32)
    for bag in compact:
        bag.data = bag.data * rarity[bag.indices]
    return compact


def _compact(bags: Sequence[Any]) -> list[Any]:
    """Renumber the columns of bags so that only those in use remain: products need time for every column."""
    from scipy.sparse import csr_matrix

    used = np.zeros(_BUCKETS, dtype=np.bool_)
    for bag in bags:
        used[bag.indices] = True
    place = np.cumsum(used, dtype=np.int32) - 1
    width = max(1, int(used.sum()))
    return [csr_matrix((bag.data, place[bag.indices], bag.indptr), shape=(bag.shape[0], width)) for bag in bags]
