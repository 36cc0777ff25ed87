"""Names and numbers that a model gets wrong are put right where its attention shows them."""

from pathlib import Path

import pytest
import toy
from hypothesis import given
from hypothesis import strategies as st

from workbench.model import WordLink
from workbench.translation import ArgosEngine, Search, engine_for
from workbench.translation.name_lexicon import NameLexicon, shipped
from workbench.translation.name_sounds import likeness, skeleton, spoken
from workbench.translation.names import find, mend
from workbench.translation.nominative import nominatives
from workbench.translation.number_repair import in_english, mend_numbers
from workbench.translation.package_info import describe
from workbench.translation.word_links import words

LEXICON = NameLexicon(
    {"германия": ("Germany",), "бразилия": ("Brazil",), "джон": ("John",)},
    {"Smith": 1.0, "Schmidt": 0.04, "Holt": 0.2, "Nadal": 0.01, "John": 3.0, "Falcon": 0.1},
)


def links(source: str, english: str, *origins: int) -> list[WordLink]:
    """Link each English word with the source word of that number."""
    there = words(source)
    return [WordLink(there[origin], word, 0.8) for origin, word in zip(origins, words(english), strict=True)]


def mended(source: str, english: str, *origins: int, language: str = "uk") -> str:
    return mend(source, english, links(source, english, *origins), language, LEXICON)[0]


@pytest.mark.parametrize(
    ("language", "source", "names"),
    [
        ("uk", "Учора Паттаві приїхав до Німеччини", ["Паттаві", "Німеччини"]),
        ("uk", "Паттаві приїхав учора", ["Паттаві"]),
        ("uk", "Учора Верховний суд і НАТО мовчали", []),
        ("uk", "Вчора був дощ. Пілота впізнали", []),
        ("ru", "Москва молчит", ["Москва"]),
        ("ru", "Театр открыл Московский зоопарк", []),
        ("bg", "Градът Враца и кметът Калоянчев", ["Враца", "Калоянчев"]),
        ("bg", "Денят беше дъждовен", []),
    ],
)
def test_names_are_words_with_a_capital_that_the_language_has_no_other_use_for(
    language: str, source: str, names: list[str]
) -> None:
    assert [name.text for name in find(source, language, shipped())] == names


def test_a_garbled_name_is_romanised_where_it_stands() -> None:
    assert mended("Пілота звали Паттаві", "The pilot was Tottawa", 0, 0, 1, 2) == "The pilot was Pattavi"


def test_another_name_makes_room_for_the_right_one() -> None:
    assert mended("Сюди їде Бразилія", "Here comes Nadal", 0, 1, 2) == "Here comes Brazil"


def test_what_is_right_stays_in_its_own_spelling() -> None:
    for english in ("Here comes Germany's Smith", "Here come Germans, Smith"):
        origins = (0, 1, 2, 3)
        assert mended("Сюди їде Германія Сміт", english, *origins) == english


def test_the_possessive_and_the_neighbours_stay() -> None:
    assert mended("Дім, де Ткачик спить", "The house where Tottawa’s team sleeps", 0, 0, 1, 2, 2, 3) == (
        "The house where Tkachyk’s team sleeps"
    )


def test_a_lost_name_joins_the_one_beside_it_and_no_other() -> None:
    assert mended("Тут Ткачик Паттаві", "Here is Tottawa", 0, 0, 2) == "Here is Tkachyk Pattavi"
    assert mended("Тут Паттаві Ткачик", "Here is Tottawa's", 0, 0, 1) == "Here is Pattavi Tkachyk's"
    assert mended("Тут Ткачик і Паттаві", "Here is Tottawa", 0, 0, 3) == "Here is Pattavi"


def test_a_lost_name_without_a_place_stays_lost_and_ordinary_words_stay() -> None:
    for english in ("Here he sleeps", "On Monday President sleeps"):
        count = len(english.split())
        assert mended("Тут Паттаві спить", english, *([1] * count)) == english


def test_two_names_never_take_one_word() -> None:
    assert mended("Тут Паттаві, Ткачик", "Here Tottawa", 0, 1) == "Here Pattavi"
    assert mended("Тут Джон і Джон", "Here John and Tottawa", 0, 1, 2, 3) == "Here John and John"


@given(st.text("АБаб Ґї'-.,«»", max_size=30), st.text("ABab 's-.,“”", max_size=30), st.randoms())
def test_whatever_the_texts_the_links_stay_on_words(source: str, english: str, draw: object) -> None:
    there = words(source)
    linked = [WordLink(there[n % len(there)], span) for n, span in enumerate(words(english))] if there else []
    text, moved = mend(source, english, linked, "uk", LEXICON)
    spans = words(text)
    assert all(any(word.start == one.english.start for word in spans) for one in moved)
    if not find(source, "uk", LEXICON):
        assert text == english


@pytest.mark.parametrize(
    ("language", "name", "english"),
    [
        ("uk", "Сміту", "Smith"),
        ("ru", "Холта", "Holt"),
        ("bg", "Надал", "Nadal"),
        ("ru", "Шмидтом", "Schmidt"),
        ("uk", "Паттаві", "Pattavi"),
        ("ru", "Гриценковым", "Gritsenkovym"),
        ("uk", "Германії", "Germany"),
        ("bg", "Калоянчев", "Kaloyanchev"),
        ("uk", "Джон-Ткачик", "John-Tkachyk"),
    ],
)
def test_names_are_looked_up_then_heard_then_romanised(language: str, name: str, english: str) -> None:
    assert LEXICON.english(name, language)[0] == english


def test_the_table_that_ships_knows_the_world() -> None:
    wanted = {
        ("uk", "Німеччини"): "Germany", ("ru", "Пекином"): "Beijing", ("bg", "Лондон"): "London",
        ("ru", "Вашингтоне"): "Washington", ("uk", "Києва"): "Kyiv", ("bg", "Виена"): "Vienna",
        ("ru", "Майкла"): "Michael", ("uk", "Відні"): "Vienna", ("ru", "Женеве"): "Geneva",
    }  # fmt: skip
    assert {key: shipped().english(key[1], key[0])[0] for key in wanted} == wanted


@pytest.mark.parametrize(
    ("language", "word", "form"),
    [("ru", "Москве", "москва"), ("uk", "Києвом", "київ"), ("uk", "Ткачикові", "ткачик"), ("ru", "Холтом", "холт")],
)
def test_names_are_put_into_the_nominative(language: str, word: str, form: str) -> None:
    assert nominatives(word, language)[0] == form


def test_spellings_of_one_name_sound_alike() -> None:
    for language, name, english in (("uk", "Коллінз", "Collins"), ("ru", "Шмидт", "Schmidt")):
        assert skeleton(spoken(name, language)) == skeleton(spoken(english, "en"))
    assert likeness(spoken("Паттаві", "uk"), spoken("Tottawa", "en")) < 0.72


def renumbered(source: str, english: str, *origins: int) -> str:
    return mend_numbers(source, english, links(source, english, *origins) if origins else [], "uk")[0]


def test_a_wrong_number_gives_way_to_the_one_it_came_from() -> None:
    assert renumbered("88 очок і 76 подач", "86 points and 75 serves", 0, 1, 2, 3, 4) == "88 points and 76 serves"


def test_the_only_wrong_number_needs_no_link() -> None:
    assert renumbered("Через 250 років", "After 200 years") == "After 250 years"


def test_numbers_that_are_there_in_words_or_nowhere_are_left_alone() -> None:
    for english in ("Three years", "Many years", "In 3 years"):
        assert renumbered("Через 3 роки", english) == english


def test_numbers_are_written_as_in_english_and_ordinals_end_rightly() -> None:
    assert [in_english(number) for number in ("14,7", "1 000 000", "18:30", "2024", "18.06.2024")] == [
        "14.7", "1,000,000", "18:30", "2024", "18.06.2024",
    ]  # fmt: skip
    assert renumbered("О 14:35", "At 14.35") == "At 14:35"
    assert renumbered("У 21 столітті", "In the 22nd century") == "In the 21st century"
    assert renumbered("На 112 поверсі", "On the 12th floor") == "On the 112th floor"


@pytest.fixture(scope="module")
def garbler(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package that has a wrong idea of a name and of a number."""
    dictionary = {"бачить": ["sees"], "Паттаві": ["Tottawa"], "Ткачика": ["Paris"], "1759": ["1795"]}
    return toy.build(tmp_path_factory.mktemp("names") / "translate-uk_en-3", dictionary=dictionary)


def test_an_engine_mends_what_its_model_got_wrong_where_it_is_asked_to(garbler: Path) -> None:
    engine, plain = ArgosEngine(describe(garbler), Search(mended=True)), ArgosEngine(describe(garbler))
    source = "Паттаві бачить Ткачика 1759"
    found = engine.render([source])[0]
    assert found.text == "Pattavi sees Tkachyk 1759" and not found.flags
    assert [found.text[one.english.start : one.english.end] for one in found.alignment] == found.text.split()
    assert plain.render([source])[0].text == "Tottawa sees Paris 1795"
    assert engine.id != plain.id


def test_the_starter_keeps_names_and_numbers_of_short_news() -> None:
    sentences = {
        "uk": ["Мер Олена Гривчук прибула о 14:35.", "У місті Бовкунівка живе 7318 людей.",
               "Суддя Тарас Микитенко виступив у Ризі.", "Команда Ткачика виграла 18 матчів."],
        "ru": ["Мэр Николай Бровкин прибыл в 14:35.", "В городе Хрустов живёт 7318 человек.",
               "Судья Тарас Микитенко выступил в Риге.", "Врач Гвоздев спас 18 человек."],
        "bg": ["Кметът Стефан Бойчинов пристигна в 14:35.", "В град Камбурово живеят 7318 души.",
               "Съдията Тодор Велчовски говори в Рига.", "Лекарят Гроздев спаси 18 души."],
    }  # fmt: skip
    wanted = {
        "uk": ["Hryvchuk 14:35", "Bovkunivka 7318", "Mykytenko Riga", "Tkachyk 18"],
        "ru": ["Brovkin 14:35", "Khrustov 7318", "Mikitenko Riga", "Gvozdev 18"],
        "bg": ["Boychinov 14:35", "Kamburovo 7318", "Velchovski Riga", "Grozdev 18"],
    }
    right = [
        part in rendering.text.replace("7,318", "7318")
        for language, texts in sentences.items()
        for rendering, parts in zip(engine_for(language).render(texts), wanted[language], strict=True)
        for part in parts.split()
    ]
    assert sum(right) >= 0.6 * len(right)
