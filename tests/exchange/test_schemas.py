"""Our files keep to schemas that we wrote from the specifications, whatever the texts hold."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.exchange.examples import CONCEPTS, UNITS, aids, any_aids, concepts, context, units
from workbench.errors import ExchangeError
from workbench.exchange import FORMATS, Aids
from workbench.model import Concept, Unit

SCHEMAS = Path(__file__).parent / "schemas"
FILES = {"xliff": "xliff21", "xliff20": "xliff21", "xliff1": "xliff12", "tbx": "tbx_basic", "tbx-dct": "tbx_basic"}


def document(name: str, values: object, **settings: object) -> etree._Element:
    stream = io.BytesIO()
    FORMATS[name].write(values, stream, context(**settings))  # type: ignore[arg-type]
    return etree.fromstring(stream.getvalue())


def schema(name: str) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(SCHEMAS / f"{FILES[name]}.rng"))


@pytest.mark.parametrize("name", ["xliff", "xliff20", "xliff1"])
@given(values=st.lists(units, max_size=3))
def test_xliff_keeps_to_its_schema(name: str, values: list[Unit]) -> None:
    rules = schema(name)
    assert rules.validate(document(name, [*UNITS, *values])), rules.error_log


@pytest.mark.parametrize("name", ["xliff", "xliff20", "xliff1"])
def test_xliff_without_units_keeps_to_its_schema(name: str) -> None:
    rules = schema(name)
    assert rules.validate(document(name, [])), rules.error_log


def test_what_no_schema_of_ours_can_say_of_xliff_1_and_tei_holds_as_well() -> None:
    names = document("xliff1", UNITS).xpath("//*[local-name()='context-group']/@name")
    assert len(names) == len(UNITS) == len(set(names)), "a name of a context group is given twice"
    assert [child.tag for child in document("tei", []).find(".//{*}body")] == ["{http://www.tei-c.org/ns/1.0}p"]


@pytest.mark.parametrize("name", ["tbx", "tbx-dct"])
def test_tbx_without_concepts_is_not_written_since_no_schema_allows_it(name: str) -> None:
    with pytest.raises(ExchangeError, match="must hold a concept"):
        document(name, [])


@pytest.mark.parametrize("name", ["xliff", "xliff1"])
@given(unit=units, offered=any_aids())
def test_xliff_with_aids_keeps_to_its_schema(name: str, unit: Unit, offered: Aids) -> None:
    rules = schema(name)
    root = document(name, [*UNITS, unit], aids=lambda each: offered if each is unit else aids(each))
    assert rules.validate(root), rules.error_log


@given(offered=any_aids())
def test_every_glossary_entry_and_match_of_xliff_points_at_something_in_its_unit(offered: Aids) -> None:
    root = document("xliff", UNITS, aids=lambda each: offered)
    for unit in root.iter("{*}unit"):
        names = {f"#{name}" for name in unit.xpath(".//@id")}
        assert {ref for ref in unit.xpath(".//@ref")} <= names


@pytest.mark.parametrize("name", ["tbx", "tbx-dct"])
@given(values=st.lists(concepts, max_size=3, unique_by=lambda concept: concept.key))
def test_tbx_keeps_to_its_schema(name: str, values: list[Concept]) -> None:
    rules = schema(name)
    assert rules.validate(document(name, [*CONCEPTS, *values])), rules.error_log


@given(values=st.lists(units, max_size=3))
def test_tmx_keeps_to_its_dtd(values: list[Unit]) -> None:
    dtd = etree.DTD(io.BytesIO((SCHEMAS / "tmx14.dtd").read_bytes()))
    assert dtd.validate(document("tmx", [*UNITS, *values])), dtd.error_log


@pytest.mark.parametrize("name", FILES)
def test_the_schemas_notice_a_stranger(name: str) -> None:
    values = CONCEPTS if FORMATS[name].holds == "concepts" else UNITS
    root = document(name, values)
    root[-1].append(etree.Element("stranger"))
    assert not schema(name).validate(root)


@given(values=st.lists(units, min_size=1, max_size=3))
def test_every_link_of_tei_points_at_a_passage(values: list[Unit]) -> None:
    root = document("tei", values)
    passages = {f"#{name}" for name in root.xpath("//*[local-name()='ab']/@xml:id")}
    targets = [target for link in root.iter("{*}link") for target in link.get("target", "").split()]
    assert sorted(targets) == sorted(passages)
    names = root.xpath("//@xml:id")
    assert len(names) == len(set(names))
