"""How fast articles are read, and whether memory stays flat.

    python tests/benchmarks/bench_ingest.py [--articles 10000] [--bytes 5000]

Made-up articles of about that size in three languages and several encodings are read one after another on one core:
decoding, language, labels and sentences. Prints JSON; `peak_growth_mb` is what the peak memory of the process grew
by between the first tenth and the end. `cpu_seconds` is the figure to go by on a machine that others use too.
"""

import argparse
import json
import random
import resource
import time
from collections.abc import Iterator

from workbench import ingest

_SENTENCES = {
    "bg": (
        "Кметът откри новия мост над реката на {0}.05.2023 г. в присъствието на стотици жители.",
        "„Строежът струва {0} млн. лева“, каза проф. Иванов пред журналисти.",
        "Според общината ремонтът на бул. „България“ ще започне през лятото и ще продължи {0} месеца.",
    ),
    "uk": (
        "Міський голова відкрив новий міст через річку {0} травня у присутності сотень мешканців.",
        "«Будівництво коштувало {0} млн грн», – сказав проф. Коваленко журналістам.",
        "За словами посадовців, ремонт вул. Садової почнеться влітку й триватиме {0} місяців.",
    ),
    "ru": (
        "Мэр открыл новый мост через реку {0} мая в присутствии сотен жителей города.",
        "«Строительство обошлось в {0} млн рублей», — сказал проф. Иванов журналистам.",
        "По словам чиновников, ремонт ул. Садовой начнётся летом и продлится {0} месяцев.",
    ),
}
_AROUND = {"bg": ("Сподели", "Коментари (0)"), "uk": ("Поділитися", "Коментарі"), "ru": ("Поделиться", "Комментарии")}
_ENCODINGS = ("utf-8", "utf-8", "utf-8", "windows-1251")


def articles(count: int, size: int) -> Iterator[bytes]:
    """Yield articles in turn in each language, about `size` bytes of UTF-8 each."""
    chance = random.Random(1)
    for number in range(count):
        language = ("bg", "uk", "ru")[number % 3]
        sentences = _SENTENCES[language]
        paragraphs = [sentences[0].format(number % 28).split(" на ")[0].rstrip(".")]
        length = 0
        while length < size:
            drawn = [chance.choice(sentences).format(chance.randint(1, 9999)) for _ in range(chance.randint(1, 3))]
            paragraphs.append(" ".join(drawn))
            length += len(paragraphs[-1].encode())
        paragraphs += [*_AROUND[language], f"{number} {paragraphs[0]}"]
        yield "\n\n".join(paragraphs).encode(_ENCODINGS[number % len(_ENCODINGS)])


def main() -> None:
    """Read the articles and print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--articles", type=int, default=10_000)
    arguments.add_argument("--bytes", type=int, default=5_000)
    options = arguments.parse_args()
    ingest.read(next(articles(1, options.bytes)), "warm.txt")
    reading = total = segments = 0
    early = 0
    spent = worked = 0.0
    for content in articles(options.articles, options.bytes):
        started, busy = time.perf_counter(), time.process_time()
        segments += len(ingest.read(content, "a.txt").segments)
        spent += time.perf_counter() - started
        worked += time.process_time() - busy
        reading += 1
        total += len(content)
        if reading == max(1, options.articles // 10):
            early = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        json.dumps(
            {
                "articles": reading,
                "bytes": total,
                "segments": segments,
                "seconds": round(spent, 2),
                "cpu_seconds": round(worked, 2),
                "cpu_ms_per_article": round(1000 * worked / reading, 3),
                "peak_mb": peak // 1024,
                "peak_growth_mb": round((peak - early) / 1024, 1),
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
