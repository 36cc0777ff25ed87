"""What is written is read again as it was, whatever the texts hold."""

import io
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.exchange.examples import (
    CONCEPTS,
    UNITS,
    any_aids,
    any_text,
    as_file_has,
    cleaned,
    concepts,
    context,
    in_order,
    texts,
    units,
)
from workbench.exchange import FORMATS, Aids, Context, ImportedUnit, Skipped
from workbench.exchange.aids import stretches
from workbench.exchange.context import text_of
from workbench.exchange.moses import one_line
from workbench.languages import LANGUAGES
from workbench.model import Concept, Origin, Unit, Variant


def written(name: str, values: Iterable[Any], with_context: Context | None = None) -> bytes:
    stream = io.BytesIO()
    FORMATS[name].write(values, stream, with_context or context())
    return stream.getvalue()


def read(name: str, data: bytes) -> list[Any]:
    return list(FORMATS[name].read(io.BytesIO(data)))


def texts_in_files(unit: Unit) -> int:
    stated = as_file_has(unit)
    return len(stated.variants) + bool(stated.english)


@given(st.lists(units, max_size=4))
def test_json_lines_give_back_the_very_same_units(given_units: list[Unit]) -> None:
    assert [found.unit for found in read("jsonl", written("jsonl", given_units))] == given_units


@given(units.filter(lambda unit: texts_in_files(unit) >= 2))
def test_tmx_gives_back_everything_but_article_and_segment_numbers(unit: Unit) -> None:
    (found,) = read("tmx", written("tmx", [unit]))
    assert found.unit == as_file_has(unit)


@pytest.mark.parametrize("name", ["tsv", "csv"])
@given(unit=units.filter(lambda unit: texts_in_files(unit) >= 2))
def test_tables_give_back_everything_but_numbers_and_corrections(name: str, unit: Unit) -> None:
    (found,) = read(name, written(name, [unit]))
    stated = as_file_has(unit)
    assert found.unit == replace(
        stated,
        variants=tuple(replace(variant, corrected=False) for variant in stated.variants),
        english_origin=stated.english_origin if stated.english else Origin.IMPORT,
    )


@pytest.mark.parametrize("name", ["tmx", "tsv", "csv", "jsonl"])
@given(
    values=st.lists(units.filter(lambda unit: texts_in_files(unit) >= 2), max_size=4, unique_by=lambda unit: unit.id)
)
def test_writing_what_was_read_gives_the_same_file(name: str, values: list[Unit]) -> None:
    first = read(name, written(name, values))
    kept = context(extras={found.unit.id: found.extras for found in first})
    second = read(name, written(name, [found.unit for found in first], kept))
    assert [found.unit for found in second] == [found.unit for found in first]
    assert [found.extras for found in second] == [found.extras for found in first]


@pytest.mark.parametrize("name", ["xliff", "xliff1"])
@given(unit=units)
def test_xliff_gives_back_the_pair_the_status_and_the_fields(name: str, unit: Unit) -> None:
    source, target = (cleaned(text_of(unit, code)) for code in ("uk", "en"))
    found = read(name, written(name, [unit]))
    if not all(text_of(unit, code).strip() for code in ("uk", "en")):
        assert found == []
        return
    back = found[0].unit
    assert (found[0].texts["uk"], found[0].english) == (source, target)
    for field in ("status", "confidence", "origin", "id", "story_id", "reasons", "bookmarked", "position"):
        assert getattr(back, field) == getattr(unit, field)
    assert back.note == cleaned(unit.note)
    assert back.english == (target if unit.variant("en") is None else "")


@pytest.mark.parametrize("name", ["xliff", "xliff1"])
@given(unit=units, offered=any_aids())
def test_what_is_offered_beside_a_unit_changes_nothing_of_it(name: str, unit: Unit, offered: Aids) -> None:
    aided = written(name, [unit], context(aids=lambda _: offered))
    assert read(name, aided) == read(name, written(name, [unit]))


@given(texts, any_aids())
def test_a_text_cut_at_its_terms_is_the_text(text: str, offered: Aids) -> None:
    pieces = stretches(text, offered.terms)
    assert "".join(piece for piece, _ in pieces) == text
    assert all(text[term.span.start : term.span.end] == piece for piece, terms in pieces for term in terms)


@given(units)
def test_tei_gives_back_texts_status_and_note(unit: Unit) -> None:
    data = written("tei", [unit])
    found = read("tei", data)
    if len(unit.variants) + bool(unit.english) < 2:
        assert isinstance(found[0], Skipped)
        return
    back = found[0].unit
    assert [variant.text for variant in back.variants] == [cleaned(v.text) for v in in_order(unit.variants)]
    assert (back.english, back.note, back.status, back.id) == (
        cleaned(unit.english),
        cleaned(unit.note),
        unit.status,
        unit.id,
    )


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(values=st.lists(units, max_size=4))
def test_moses_has_one_line_a_unit_in_every_file(tmp_path: Path, values: list[Unit]) -> None:
    count, files = FORMATS["moses"].save(values, tmp_path / "corpus", context())
    assert [file.name for file in files] == ["corpus.uk", "corpus.en", "corpus.ids", "corpus.scores"]
    sides = [file.read_text("utf-8").splitlines() for file in files]
    assert {len(side) for side in sides} == {count}
    wanted = [[one_line(cleaned(text_of(unit, code))) for code in ("uk", "en")] for unit in values]
    assert [[*pair] for pair in zip(sides[0], sides[1], strict=True)] == [pair for pair in wanted if all(pair)]
    assert all(isinstance(found, ImportedUnit) for found in FORMATS["moses"].load(tmp_path / "corpus.uk"))


@settings(max_examples=25, deadline=None)
@given(texts, texts, any_text)
def test_a_word_table_gives_back_the_texts_as_lines(source: str, target: str, note: str) -> None:
    assume(source.strip() and target.strip())
    unit = Unit((Variant(0, "uk", (), source),), english=target, note=note, id=7)
    (found,) = read("docx", written("docx", [unit]))
    assert (found.texts["uk"], found.english) == (as_word_has(source), as_word_has(target))
    assert (found.unit.note, found.unit.id) == (as_word_has(note), 7)


def as_word_has(text: str) -> str:
    """Word has one kind of line break."""
    return cleaned(text).replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("name", ["tbx", "tbx-dct", "glossary-csv"])
@given(concept=concepts)
def test_glossaries_give_back_the_same_concepts(name: str, concept: Concept) -> None:
    (found,) = read(name, written(name, [concept]))
    by_language = sorted(concept.terms, key=lambda term: LANGUAGES.index(term.language))
    assert found == replace(concept, terms=tuple(by_language))


@pytest.mark.parametrize(
    "name", [name for name, known in FORMATS.items() if not known.several_files and name != "parquet"]
)
def test_the_same_call_writes_the_same_bytes(name: str) -> None:
    values = CONCEPTS if FORMATS[name].holds == "concepts" else UNITS
    assert written(name, values) == written(name, values)


def test_parquet_gives_back_the_very_same_units() -> None:
    pytest.importorskip("pyarrow")
    assert [found.unit for found in read("parquet", written("parquet", UNITS))] == list(UNITS)


def test_replaced_characters_are_counted() -> None:
    unit = Unit((Variant(0, "uk", (), "a\x00b\x1b"), Variant(0, "ru", (), "с")), id=1)
    with_context = context()
    data = written("tmx", [unit], with_context)
    assert "a\ufffdb\ufffd".encode() in data
    assert with_context.tally.replaced == 2
