"""Numbers, dates, currencies, names and negation: what must be found, and what must not."""

import pytest

from tests.checks.building import excerpt, of, unit, warnings

AGREEING = [
    unit("It cost 1,500 dollars.", uk="Це коштувало 1 500 доларів.", ru="Это стоило 1500 долларов."),
    unit(
        "Some 2.5 million people", uk="Близько 2,5 млн людей", bg="Около 2,5 милиона души", ru="Около 2 500 000 человек"
    ),
    unit("five ships", uk="5 кораблів", ru="пять кораблей"),
    unit("twenty-five ships", uk="25 кораблів"),
    unit("In the 19th century", uk="У XIX столітті", ru="В 19 веке"),
    unit("At 3 pm", uk="О 15:00", bg="В 15 ч."),
    unit("on 18 June 2024", uk="18.06.2024", ru="18 июня 2024 года"),
    unit("in the 1960s", uk="у 60-х роках", ru="в 1960-х"),
    unit("in 2018-19", ru="в 2018–2019 годах"),
    unit("They won 2-1", uk="Перемогли 2:1"),
    unit("a dozen tanks", uk="12 танків"),
    unit("30 percent", uk="30 %", ru="30 процентов"),
]


@pytest.mark.parametrize("agreeing", AGREEING, ids=lambda one: one.english)
def test_the_same_number_written_differently_is_no_finding(agreeing) -> None:
    assert of("numbers", agreeing) == []


def test_a_number_that_differs_in_the_english_is_pointed_at() -> None:
    conflict = unit("on 19 June", uk="18 червня", ru="18 июня")
    (finding,) = warnings("numbers", conflict)
    assert (finding.where, excerpt(conflict, finding)) == ("en", "19")
    assert "18" in finding.message


def test_conflicting_facts_of_the_variants_are_flagged_at_the_odd_one() -> None:
    conflict = unit("Losses reached 340.", uk="Втрати сягнули 340.", ru="Потери достигли 340.", bg="Загубите са 430.")
    (finding,) = warnings("numbers", conflict)
    assert (finding.where, excerpt(conflict, finding)) == ("bg", "430")


def test_a_number_left_out_of_the_english_is_a_warning_out_of_a_variant_information() -> None:
    assert [one.where for one in warnings("numbers", unit("Many died.", uk="Загинули 340.", ru="Погибли 340."))] == [
        "en"
    ]
    assert warnings("numbers", unit("340 died.", uk="Загинули 340.", ru="Много погибших.")) == []


def test_miles_turned_into_kilometres_are_information() -> None:
    assert warnings("numbers", unit("about 40 miles away", uk="приблизно за 64 км")) == []


@pytest.mark.parametrize("check, conflict", [
    ("dates", unit("on 5 May", uk="5 червня", ru="5 июня")),
    ("currency", unit("100 dollars", uk="100 гривень", ru="100 гривен")),
    ("percent", unit("It fell by 30.", uk="Впало на 30%.", ru="Упало на 30 %.")),
])  # fmt: skip
def test_months_currencies_and_percent_that_differ_are_found(check: str, conflict) -> None:
    assert len(warnings(check, conflict)) == 1


@pytest.mark.parametrize("check, agreeing", [
    ("dates", unit("They may march in June", uk="У червні вони можуть піти маршем")),
    ("currency", unit("$100", uk="100 доларів", bg="100 щатски долара")),
    ("percent", unit("30 per cent", uk="30 відсотків", ru="30%")),
])  # fmt: skip
def test_months_currencies_and_percent_that_agree_are_not(check: str, agreeing) -> None:
    assert of(check, agreeing) == []


def test_a_name_that_became_another_is_a_warning() -> None:
    swapped = unit(
        "The talks were led by Medvedchuk.",
        uk="Переговори очолив Стефанчук.", ru="Переговоры возглавил Стефанчук.",
    )  # fmt: skip
    (finding,) = warnings("names", swapped)
    assert excerpt(swapped, finding) == "Medvedchuk"
    assert "Stefanchuk" in finding.message


@pytest.mark.parametrize("agreeing", [
    unit("It was led by Schwarzenegger.", uk="Його очолив Шварценеґґер.", ru="Его возглавил Шварценеггер."),
    unit("It was seen by Whitehall.", bg="Видя го Уайтхол."),
    unit("Talks with Zhdanova went on.", uk="Розмови зі Ждановою тривали.", bg="Разговорите с Жданова продължиха."),
    unit("They left for Germany.", uk="Вони поїхали до Німеччини."),
], ids=lambda one: one.english)  # fmt: skip
def test_names_are_recognised_across_alphabets_cases_and_habits(agreeing) -> None:
    assert warnings("names", agreeing) == []


def test_a_negation_that_only_one_side_has_is_a_warning() -> None:
    assert (
        len(warnings("negation", unit("He agreed to go.", uk="Він не погодився їхати.", ru="Он не согласился ехать.")))
        == 1
    )
    assert len(warnings("negation", unit("He did not agree.", uk="Він погодився.", ru="Он согласился."))) == 1


def test_a_negation_said_otherwise_is_no_finding() -> None:
    assert of("negation", unit("He refused to go.", uk="Він не погодився їхати.")) == []
    assert of("negation", unit("It is not there.", ru="Это там отсутствует.")) == []


def test_a_name_that_the_variants_keep_in_quotation_marks_or_the_dictionary_knows_is_missed_in_the_english() -> None:
    swapped = unit(
        "He moved from Napoli to the capital.",
        uk="Він перейшов із «Палмейраса» до столиці.",
        ru="Он перешёл из «Палмейраса» в столицу.",
    )
    assert [excerpt(swapped, one) for one in warnings("names", swapped)] == ["Napoli"]


def test_words_that_only_look_like_a_denial_hide_no_lost_negation() -> None:
    lost = unit(
        "Oil exports did not grow this week.",
        bg="Износът на нефт расте тази неделя.",
        uk="Експорт нафти зростає цього тижня, сказали в Раді безпеки.",
        ru="Экспорт нефти растёт на этой неделе.",
    )
    assert [excerpt(lost, one) for one in warnings("negation", lost)] == ["not"]


def test_one_variant_of_three_may_word_a_denial_otherwise() -> None:
    denied = unit("He came.", bg="Той не дойде.", uk="Він залишився вдома.", ru="Он не пришёл.")
    assert len(warnings("negation", denied)) == 1
    assert of("negation", unit("He stayed away.", bg="Той не дойде.", uk="Він не прийшов.", ru="Он не пришёл.")) == []
