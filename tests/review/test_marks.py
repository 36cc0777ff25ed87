"""What is marked in a unit: names that another language lacks, findings, and how marks fall on segments."""

from workbench.model import Finding, Severity, Span, Unit, Variant
from workbench.review.marks import lone_names, marks, of_parts


def _names(*texts: str) -> list[list[str]]:
    found = lone_names(dict(enumerate(texts)))
    return [[texts[key][span.start : span.end] for span in spans] for key, spans in found.items()]


def test_the_same_name_in_two_orthographies_is_no_difference() -> None:
    assert _names("Днес кметът Иванов пристигна в Киев", "Сьогодні мер Іванов прибув до Києва") == [[], []]


def test_a_name_that_one_language_lacks_is_marked() -> None:
    assert _names("Вчера Петров говори", "Учора він говорив", "Вчера Петров говорил") == [["Петров"], [], ["Петров"]]


def test_a_word_that_begins_a_sentence_is_no_name() -> None:
    assert _names("Кметът дойде. Полицията също.", "Мер прийшов.") == [[], []]


def test_findings_are_marked_where_they_are() -> None:
    unit = Unit((Variant(7, "bg", (1,), "има 5 лева"), Variant(8, "uk", (2,), "є 6 левів")), english="5 leva")
    found = [
        Finding("numbers", Severity.ERROR, "5 stands only here", "bg", Span(4, 5)),
        Finding("quotes", Severity.INFO, "odd", "en", Span(0, 1)),
        Finding("length", Severity.INFO, "no span", "uk"),
    ]
    assert marks(unit, found) == {0: [(Span(0, 1), "finding")], 7: [(Span(4, 5), "number")], 8: []}


def test_marks_are_distributed_over_segments() -> None:
    assert of_parts([(Span(2, 6), "name"), (Span(6, 7), "term")], ("abcd", "ef")) == (
        ((Span(2, 4), "name"),),
        ((Span(0, 1), "name"), (Span(1, 2), "term")),
    )
