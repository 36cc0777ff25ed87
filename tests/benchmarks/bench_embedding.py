"""Measures the sentence encoder in bfloat16 against float32: `python tests/benchmarks/bench_embedding.py [SENTENCES]`.

Prints JSON: sentences a second of each, their ratio, and how near the vectors are.
"""

import json
import sys
import time
from statistics import median

from workbench.embedding import load_encoder
from workbench.embedding.encoder import SentenceEncoder, has_bfloat16

STEM = (
    "Правителството обяви във вторник нов план за подкрепа на малките предприятия в страната, етап {}.",
    "Рада міста ухвалила рішення про ремонт {} шкіл до кінця наступного навчального року.",
    "По данным министерства, за последние {} месяцев цены на продукты выросли на несколько процентов.",
)


def main(count: int) -> None:
    """Time both precisions in turn, three times each, on texts of news length."""
    texts = [STEM[number % 3].format(number) for number in range(count)]
    encoders = {"bfloat16": load_encoder(bfloat16=True), "float32": load_encoder(bfloat16=False)}
    for encoder in encoders.values():
        encoder.encode(texts[:64])
    seconds: dict[str, list[float]] = {name: [] for name in encoders}
    for _ in range(3):
        for name, encoder in encoders.items():
            seconds[name].append(_seconds(encoder, texts))
    rates = {name: count / median(times) for name, times in seconds.items()}
    near = (encoders["bfloat16"].encode(texts[:300]) * encoders["float32"].encode(texts[:300])).sum(1)
    report = {
        "sentences": count,
        "sentences_per_second": {name: round(rate, 1) for name, rate in rates.items()},
        "ratio": round(rates["bfloat16"] / rates["float32"], 2),
        "lowest_cosine": round(float(near.min()), 5),
        "has_bfloat16": has_bfloat16(),
    }
    print(json.dumps(report, indent=1))


def _seconds(encoder: SentenceEncoder, texts: list[str]) -> float:
    started = time.perf_counter()
    encoder.encode(texts)
    return time.perf_counter() - started


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 600)
