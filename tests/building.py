"""Small real projects for tests of what comes after alignment, made without any model; and one of a million units."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from workbench.database import Database, articles, create, renderings, segments, settings, stories, units
from workbench.model import Article, Hypothesis, Kind, Origin, Rendering, Segment, Unit, Variant
from workbench.project import Project
from workbench.text import norm, text_hash

NOW = "2026-01-02T03:04:05Z"
MODEL = "test-model@1"

_HEADLINES = {
    "bg": "Нов мост над Дунав свързва Русе и Гюргево",
    "uk": "Новий міст через Дунай з'єднав Русе і Джурджу",
    "ru": "Новый мост через Дунай соединил Русе и Джурджу",
    "en": "A new bridge over the Danube joins Ruse and Giurgiu",
}
_SENTENCES = {
    "bg": (
        "Строителите откриха моста на {n} май.",
        "Мостът струва 240 милиона евро и е дълъг 2800 метра.",
        "„Чакахме го двадесет години“, каза кметът Иван Петров.",
        "Първите камиони минаха в шест часа сутринта.",
        "Фериботът ще работи до края на лятото.",
        "Таксата за лека кола е {n} лева.",
        "Полицията затвори стария път за един ден.",
        "Инженер Мария Димитрова показа чертежите на журналистите.",
        "Учениците от Русе пяха на откриването.",
        "Влаковете ще тръгнат през 2027 година.",
        "Рибарите се оплакаха от шума.",
        "Вечерта над реката имаше заря.",
    ),
    "uk": (
        "Будівельники відкрили міст {n} травня.",
        "Міст коштував 240 мільйонів євро і має довжину 2800 метрів.",
        "«Ми чекали на нього двадцять років», — сказав мер Іван Петров.",
        "Перші вантажівки проїхали о шостій годині ранку.",
        "Пором працюватиме до кінця літа.",
        "Проїзд легкового автомобіля коштує {n} левів.",
        "Поліція перекрила стару дорогу на один день.",
        "Інженерка Марія Димитрова показала креслення журналістам.",
        "Школярі з Русе співали на відкритті.",
        "Поїзди підуть у 2027 році.",
        "Рибалки скаржилися на шум.",
        "Увечері над річкою був салют.",
    ),
    "ru": (
        "Строители открыли мост {n} мая.",
        "Мост стоил 240 миллионов евро, его длина 2800 метров.",
        "«Мы ждали его двадцать лет», — сказал мэр Иван Петров.",
        "Первые грузовики проехали в шесть часов утра.",
        "Паром будет работать до конца лета.",
        "Проезд легковой машины стоит {n} левов.",
        "Полиция закрыла старую дорогу на один день.",
        "Инженер Мария Димитрова показала чертежи журналистам.",
        "Школьники из Русе пели на открытии.",
        "Поезда пойдут в 2027 году.",
        "Рыбаки жаловались на шум.",
        "Вечером над рекой был салют.",
    ),
    "en": (
        "Builders opened the bridge on {n} May.",
        "The bridge cost 240 million euros and is 2800 metres long.",
        '"We waited twenty years for it," said Mayor Ivan Petrov.',
        "The first lorries crossed at six in the morning.",
        "The ferry will run until the end of summer.",
        "The toll for a car is {n} leva.",
        "Police closed the old road for a day.",
        "Engineer Maria Dimitrova showed the drawings to journalists.",
        "Schoolchildren from Ruse sang at the opening.",
        "Trains will run in 2027.",
        "Fishermen complained about the noise.",
        "In the evening there were fireworks over the river.",
    ),
}
_BOILERPLATE = {"bg": "Последвайте ни!", "uk": "Читайте також.", "ru": "Читайте также.", "en": "Follow us!"}


def build_project(
    path: Path,
    *,
    stories: int = 1,
    sentences: int = 12,
    languages: Sequence[str] = ("bg", "uk", "ru"),
    tail: str = "",
) -> Project:
    """Make a project of aligned articles: a unit for the headline and one for each sentence.

    The last two sentences of every article stay loose, the sixth is left out of the last language's unit, and
    every article ends in a line of boilerplate.

    Args:
        path: The project file to make.
        stories: How many stories, of one article a language.
        sentences: Sentences of each article (they repeat after twelve, with a number of their own).
        languages: Languages of the articles.
        tail: Added to every sentence and every rendering, e.g. something hostile.
    """
    database = create(path)
    with database.write():
        for code in languages:
            settings.put(database, f"model:{code}", MODEL)
        for number in range(stories):
            _story(database, number + 1, sentences, languages, tail)
    return Project(database, "tester")


def _story(database: Database, number: int, sentences: int, languages: Sequence[str], tail: str) -> None:
    story_id = stories.new(database, _HEADLINES[languages[0]], Origin.MACHINE)
    stored = {}
    for code in languages:
        article = _article(database, code, number, sentences, tail)
        stories.assign(database, {article.id: story_id}, Origin.MACHINE)
        stored[code] = segments.of_article(database, article.id)
        _render(database, code, stored[code], number, tail)
    for position in range(sentences - 1):
        chosen = [code for code in languages if position != 6 or code != languages[-1] or len(languages) < 3]
        variants = tuple(
            Variant(found.article_id, code, (found.id,), found.text)
            for code in chosen
            for found in [stored[code][position]]
        )
        units.save(
            database,
            Unit(
                variants=variants,
                confidence=round(0.35 + 0.6 * ((position * 7) % 11) / 11, 2),
                english=_english(position, number, tail),
                reasons={"similarity": 0.72, "margin": 0.4, "numbers": 1.0, "length": 0.8},
                story_id=story_id,
                position=position * 10,
            ),
        )


def _lines(code: str, number: int, sentences: int, tail: str) -> list[str]:
    bodies = _SENTENCES[code]
    lines = [f"{_HEADLINES[code]} ({number}){tail}"]
    for place in range(sentences):
        turn = place // len(bodies)
        text = bodies[place % len(bodies)].format(n=number + place % 28)
        lines.append((f"{turn}. {text}" if turn else text) + tail)
    return [*lines, _BOILERPLATE[code]]


def _english(position: int, number: int, tail: str) -> str:
    return _lines("en", number, position + 1, tail)[position]


def _article(database: Database, code: str, number: int, sentences: int, tail: str) -> Article:
    lines = _lines(code, number, sentences, tail)
    text = "\n".join(lines)
    parts, start = [], 0
    for position, line in enumerate(lines):
        kind = Kind.HEADLINE if position == 0 else Kind.BOILERPLATE if position == len(lines) - 1 else Kind.BODY
        parts.append(Segment(position, start, start + len(line), line, kind, paragraph=position))
        start += len(line) + 1
    article = Article(path=f"story{number}.{code}.txt", text=text, language=code, title=lines[0])
    stored = articles.save(database, article, text.encode("utf-8", "surrogatepass"), NOW)
    segments.replace_all(database, stored.id, parts)
    return stored


def _render(database: Database, code: str, parts: Sequence[Segment], number: int, tail: str) -> None:
    rendered = []
    for part in parts[:-1]:
        text = _english(part.position, number, tail)
        others = (Hypothesis(f"Now: {text}", -0.9), Hypothesis(f"Perhaps: {text}", -1.4))
        rendered.append((text_hash(part.text), Rendering(text, MODEL, -0.4, 0.8, others)))
    renderings.save(database, code, rendered)


def build_large(path: Path, units: int = 1_000_000, *, per_story: int = 100) -> None:
    """Make a project of many units in two languages by bulk SQL: for measuring, not for tests."""
    database = create(path)
    with database.write():
        for trigger in ("segment_fts_insert", "unit_fts_insert"):
            database.run(f"DROP TRIGGER {trigger}")
        for code in ("bg", "uk"):
            settings.put(database, f"model:{code}", MODEL)
        _bulk(database, units, per_story)
        for table in ("segment_fts", "unit_fts"):
            database.run(f"INSERT INTO {table}({table}) VALUES ('rebuild')")
        for table, column in (("segment", "norm"), ("unit", "english_norm")):
            database.run(
                f"CREATE TRIGGER {table}_fts_insert AFTER INSERT ON {table} BEGIN"
                f" INSERT INTO {table}_fts(rowid, {column}) VALUES (new.id, new.{column}); END"
            )
    database.rows("ANALYZE")
    database.close()


_ROOTS = {
    "bg": "мост река град кмет път влак цена съд война мир",
    "uk": "міст річка місто мер шлях поїзд ціна суд війна мир",
}


def _bulk(database: Database, number: int, per_story: int) -> None:
    chance = random.Random(5)
    for story in range(1, number // per_story + 1):
        database.run("INSERT INTO story (id, title) VALUES (?, ?)", (story, f"Мост {story}"))
        for offset, code in enumerate(("bg", "uk")):
            article = 2 * story - 1 + offset
            database.run(
                "INSERT INTO article (id, path, format, title, text, language, language_confidence, language_origin,"
                " encoding, encoding_origin, sha256, story_id, added)"
                " VALUES (?, ?, 'txt', ?, '', ?, 1, 'machine', 'utf-8', 'machine', ?, ?, ?)",
                (article, f"{article}.txt", f"Мост {story}", code, str(article), story, NOW),
            )
        database.run_many(
            "INSERT INTO segment (id, article_id, position, start, end, paragraph, text, norm, hash, kind)"
            " VALUES (?, ?, ?, 0, 0, ?, ?, ?, ?, 'body')",
            _segment_rows(chance, story, per_story),
        )
        first = (story - 1) * per_story + 1
        places = range(first, first + per_story)
        database.run_many(
            "INSERT INTO unit (id, story_id, position, confidence, english, english_norm, reasons)"
            " VALUES (?, ?, ?, ?, ?, ?, '{\"similarity\": 0.9}')",
            [
                (n, story, n, round(chance.random(), 3), f"The town built bridge {n}.", f"the town built bridge {n}.")
                for n in places
            ],
        )
        database.run_many(
            "INSERT INTO variant (unit_id, article_id) VALUES (?, ?)",
            [(n, 2 * story - 1 + offset) for n in places for offset in (0, 1)],
        )
        database.run_many(
            "INSERT INTO variant_segment (unit_id, segment_id, article_id) VALUES (?, ?, ?)",
            [(n, 2 * n - 1 + offset, 2 * story - 1 + offset) for n in places for offset in (0, 1)],
        )


def _segment_rows(chance: random.Random, story: int, per_story: int) -> Iterator[tuple[object, ...]]:
    for offset, code in enumerate(("bg", "uk")):
        roots = _ROOTS[code].split()
        for place in range(per_story):
            unit = (story - 1) * per_story + place + 1
            text = " ".join(chance.choice(roots) for _ in range(8)) + f" {unit}."
            yield (2 * unit - 1 + offset, 2 * story - 1 + offset, place, place, text, norm(text), text_hash(text))
