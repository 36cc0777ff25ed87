"""Units and concepts for the tests: one fixed example of each, and strategies that make hostile ones."""

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import strategies as st

from workbench.exchange import Aids, Context
from workbench.exchange.aids import Match
from workbench.exchange.aids import Term as MarkedTerm
from workbench.languages import EN, LANGUAGES
from workbench.model import Article, Concept, Origin, Span, Status, Term, TermStatus, Unit, Variant

ARTICLES: Mapping[int, Article] = {
    1: Article("news/bridge.bg.txt", "", "bg", title="Нов мост", url="https://example.org/1", id=1),
    2: Article("news/bridge.uk.txt", "", "uk", id=2),
    3: Article("news/bridge.ru.txt", "", "ru", id=3),
}
UNITS = (
    Unit(
        (
            Variant(1, "bg", (1, 2), "Мостът струва 240 млн. евро. „Чакахме го“, каза кметът."),
            Variant(2, "uk", (7,), "Міст коштує 240 млн євро, <каже> мер & інші"),
            Variant(3, "ru", (9,), "Мост стоит 240 млн евро"),
        ),
        confidence=0.9375,
        english="The bridge costs 240 million euros",
        note="Check the sum",
        reasons={"similarity": 0.91, "margin": 1.25},
        story_id=3,
        position=1,
        changed="2026-11-25T16:08:00Z",
        id=12,
    ),
    Unit(
        (
            Variant(1, "bg", (3,), "=SUM(A1) не е формула тук"),
            Variant(2, "uk", (8,), "- Так, - сказав він", corrected=True),
            Variant(2, "uk", (9,), "Другий\tрядок"),
        ),
        confidence=0.5,
        status=Status.ACCEPTED,
        origin=Origin.REVIEWER,
        english="Yes, he said",
        english_origin=Origin.REVIEWER,
        story_id=4,
        position=2,
        id=13,
    ),
)
CONCEPTS = (
    Concept(
        "security-council",
        (
            Term("bg", "Съвет за сигурност", part_of_speech="noun", gender="masculine"),
            Term("uk", "Рада Безпеки", part_of_speech="noun", gender="feminine"),
            Term("ru", "Совет Безопасности", note="с прописной буквы", case_sensitive=True),
            Term("ru", "Совбез", TermStatus.ADMITTED),
            Term("en", "Security Council", do_not_translate=True),
            Term("en", "Safety Council", TermStatus.FORBIDDEN),
        ),
        subject="international bodies",
        definition="Principal organ of the United Nations for peace & security",
        note="Fifteen members",
        source="UN Charter",
    ),
)


def aids(unit: Unit) -> Aids:
    """Offer the mayor where he stands in the Ukrainian of the first example, and two other translations of it."""
    text = UNITS[0].variants[1].text
    if unit.id != UNITS[0].id:
        return Aids()
    at = text.index("мер")
    mayor = MarkedTerm("мер", ("mayor", "head of the city"), "Head of a town & its council", Span(at, at + 3))
    matches = (
        Match(text, "The bridge costs 240 million", 1.0, Origin.MACHINE, 0.75),
        Match("міст коштує 230 млн євро", "The bridge costs <230> million euros", 0.725, Origin.MEMORY),
    )
    return Aids((mayor,), matches)


def context(pair: tuple[str, str] | None = ("uk", "en"), **settings: object) -> Context:
    """Return what the examples are written with."""
    made = Context(ARTICLES, "encoder:e5@1|seg:1|v:0", "2026-11-25T16:08:00Z", version="0.0.1", pair=pair)
    return replace(made, **settings)  # type: ignore[arg-type]


# All of Unicode that a Python string can hold, with what breaks formats more often than chance would have it.
_AWKWARD = ["\x00", "\x1b[31m", "\r\n", "\r", "\t", "\u2028", "\x85", "\x0b", "\ufffe", "\ud800", "\u202e", "\\t", "\\"]
_AWKWARD += [
    "]]>",
    "&amp;",
    "<seg>",
    "&#0;",
    "'",
    '"',
    ";",
    "=1+1",
    "@x",
    "'=1",
    "  ",
    "|",
    "\ufeff",
    "é",
    "e\u0301",
    "🇺🇦",
]
_PIECES = st.one_of(st.sampled_from(_AWKWARD), st.text(max_size=8), st.sampled_from(["Київ", "Съединение", "ёлка"]))
any_text = st.lists(_PIECES, max_size=5).map("".join)
texts = any_text.filter(lambda text: text.strip() != "")
NAMES = ("similarity", "margin", "numbers", "names")


def cleaned(text: str) -> str:
    """Return text as XML 1.0 can hold it; said differently from how the product says it, on purpose."""
    return "".join(char if _allowed(ord(char)) else "\ufffd" for char in text)


def _allowed(code: int) -> bool:
    return code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or code > 0xFFFF


@st.composite
def variants(draw: st.DrawFn) -> Variant:
    """Draw a variant in any language."""
    segments = tuple(draw(st.lists(st.integers(1, 999), max_size=3)))
    return Variant(
        draw(st.integers(0, 5)), draw(st.sampled_from(LANGUAGES)), segments, draw(texts), draw(st.booleans())
    )


units = st.builds(
    Unit,
    variants=st.lists(variants(), min_size=1, max_size=5).map(tuple),
    confidence=st.floats(0, 1).map(lambda value: round(value, 4)),
    status=st.sampled_from(Status),
    origin=st.sampled_from(Origin),
    english=st.one_of(st.just(""), texts),
    english_origin=st.sampled_from(Origin),
    note=any_text,
    bookmarked=st.booleans(),
    reasons=st.dictionaries(st.sampled_from(NAMES), st.floats(-1, 2).map(lambda value: round(value, 3))),
    story_id=st.integers(0, 10**6),
    position=st.integers(0, 10**6),
    changed=st.sampled_from(["", "2026-01-02T03:04:05Z"]),
    id=st.integers(1, 10**9),
)

_words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)
terms = st.builds(
    Term,
    language=st.sampled_from(LANGUAGES),
    text=_words,
    status=st.sampled_from(TermStatus),
    part_of_speech=st.one_of(st.just(""), st.sampled_from(["noun", "verb"]), _words),
    gender=st.one_of(st.just(""), st.sampled_from(["feminine", "masculine"]), _words),
    do_not_translate=st.booleans(),
    case_sensitive=st.booleans(),
    note=st.one_of(st.just(""), _words),
)
concepts = st.builds(
    Concept,
    key=st.one_of(_words, st.from_regex(r"[a-z][a-z-]{0,8}", fullmatch=True)),
    terms=st.lists(terms, min_size=1, max_size=6).map(tuple),
    subject=st.one_of(st.just(""), _words),
    definition=st.one_of(st.just(""), _words),
    note=st.one_of(st.just(""), _words),
    source=st.one_of(st.just(""), _words),
)


def in_order(found: tuple[Variant, ...]) -> tuple[Variant, ...]:
    """Return variants in the order in which files have them."""
    return tuple(sorted(found, key=lambda variant: LANGUAGES.index(variant.language)))


def as_file_has(unit: Unit) -> Unit:
    """Return what is left of a unit in a file that knows no article and no segment: cleaned, in order."""
    kept = in_order(unit.variants)
    bare = tuple(replace(variant, article_id=0, segment_ids=(), text=cleaned(variant.text)) for variant in kept)
    english = cleaned(unit.english)
    if english in [variant.text for variant in bare if variant.language == EN]:
        english = ""  # the English article says the same; files have it once
    origin = unit.english_origin if english else Origin.MACHINE
    return replace(unit, variants=bare, english=english, english_origin=origin, note=cleaned(unit.note))


@st.composite
def any_aids(draw: st.DrawFn) -> Aids:
    """Draw aids that may stand beside any unit: spans may overlap or reach beyond the text."""
    starts = st.integers(0, 12)
    spans = st.builds(lambda start, length: Span(start, start + length), starts, st.integers(1, 6))
    words = st.lists(texts, min_size=1, max_size=2).map(tuple)
    marked = st.builds(MarkedTerm, texts, words, any_text, spans)
    part = st.floats(0, 1)
    origins = st.sampled_from([Origin.MACHINE, Origin.MEMORY])
    matches = st.builds(Match, texts, texts, part, origins, st.one_of(st.none(), part))
    return Aids(tuple(draw(st.lists(marked, max_size=3))), tuple(draw(st.lists(matches, max_size=3))))
