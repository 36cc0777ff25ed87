"""Sentences end where a reader says they do."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import IngestError
from workbench.ingest import segments
from workbench.ingest.srx import OWN_RULES, boundaries, parse

CASES = Path(__file__).parent / "cases"
LINES = [
    (path.stem, line) for path in sorted(CASES.glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("language", "line"), LINES)
def test_hard_case(language: str, line: str) -> None:
    expected = line.split("‖")
    assert [segment.text for segment in segments(" ".join(expected), language)] == expected


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from('абвҐЇЯ ABz.!?…"«»„“–-()/:;\n\t\u00a0 19\x1b\u202e'), max_size=300))
def test_offsets_are_honest_and_nothing_visible_is_lost(text: str) -> None:
    found = segments(text, "uk")
    assert all(text[one.start : one.end] == one.text for one in found)
    assert [one.position for one in found] == list(range(len(found)))
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert "".join("".join(one.text.split()) for one in found) == "".join(text.split())
    assert not any("\n" in one.text for one in found)


def test_rules_of_the_user_replace_ours(tmp_path: Path) -> None:
    rules = tmp_path / "mine.srx"
    rules.write_text(
        '<srx version="2.0" xmlns="http://www.lisa.org/srx20"><header cascade="no"/><body><languagerules>'
        '<languagerule languagerulename="Mine">'
        '<rule break="no"><beforebreak>лв\\.</beforebreak><afterbreak>\\s</afterbreak></rule>'
        "<rule><beforebreak>[.;]</beforebreak><afterbreak>\\s</afterbreak></rule></languagerule></languagerules>"
        '<maprules><languagemap languagepattern="bg" languagerulename="Mine"/></maprules></body></srx>',
        encoding="utf-8",
    )
    found = segments("едно; две. 5 лв. и три", "bg", srx=rules)
    assert [one.text for one in found] == ["едно;", "две.", "5 лв. и три"]
    with pytest.raises(IngestError, match="no breaking rule for 'uk'"):
        segments("одне. два", "uk", srx=rules)


def test_our_rules_copied_give_the_same(tmp_path: Path) -> None:
    copy = tmp_path / "copy.srx"
    copy.write_bytes(OWN_RULES.read_bytes())
    assert boundaries("Едно. Две.", "bg", copy) == boundaries("Едно. Две.", "bg") == [5]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"not xml", "not XML"),
        (b"<tmx/>", "not an SRX document"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><srx><body>&x;</body></srx>', "no breaking rule"),
        (
            b'<srx><body><languagerules><languagerule languagerulename="A"><rule><beforebreak>(</beforebreak></rule>'
            b'</languagerule></languagerules><maprules><languagemap languagepattern=".*" languagerulename="A"/>'
            b"</maprules></body></srx>",
            "wrong expression",
        ),
    ],
)
def test_wrong_rules_are_refused_in_one_line(content: bytes, message: str, tmp_path: Path) -> None:
    rules = tmp_path / "wrong.srx"
    rules.write_bytes(content)
    with pytest.raises(IngestError, match=message):
        segments("Едно. Две.", "bg", srx=rules)


def test_our_rules_have_their_own_for_each_language() -> None:
    common = parse(OWN_RULES.read_bytes(), "ours", "xx")
    for language in ("bg", "uk", "ru", "en"):
        assert len(parse(OWN_RULES.read_bytes(), "ours", language)) > len(common)
