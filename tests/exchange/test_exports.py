"""Choosing units, splitting them, writing files whole or not at all, and the manifest beside them."""

import errno
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.examples import CONCEPTS, UNITS, context, units
from workbench.errors import ExchangeError, UsageError
from workbench.exchange import FORMATS, atomic, format_of, manifest
from workbench.exchange.filters import Filter, Split, unique
from workbench.model import Status, Unit, Variant

FIRST, SECOND = UNITS


@pytest.mark.parametrize(
    ("wanted", "passes"),
    [
        (Filter(), [FIRST, SECOND]),
        (Filter(statuses=(Status.ACCEPTED,)), [SECOND]),
        (Filter(confidence=0.6), [FIRST]),
        (Filter(languages=("ru", "en")), [FIRST]),
        (Filter(since="2026-11-25"), [FIRST]),
        (Filter(since="2026-11-26"), []),
        (Filter(until="2026-11-25"), [FIRST, SECOND]),
        (Filter(until="2026-11-24"), [SECOND]),
        (Filter(articles={3}), [FIRST]),
        (Filter(stories={4}), [SECOND]),
        (Filter(one_to_one=True), []),
        (Filter(length=20), [FIRST]),
        (Filter(without={12}), [SECOND]),
    ],
)
def test_a_filter_lets_pass_what_meets_all_its_conditions(wanted: Filter, passes: list[Unit]) -> None:
    assert [unit for unit in UNITS if wanted(unit)] == passes


def test_a_filter_names_the_condition_that_failed() -> None:
    assert Filter(confidence=0.9, languages=("ru",)).reason(SECOND) == "confidence"


def test_repeats_go_whatever_their_case_and_spacing() -> None:
    again = replace(FIRST, variants=tuple(replace(v, text=f" {v.text.upper()} ") for v in FIRST.variants), id=99)
    again = replace(again, english=FIRST.english)
    assert list(unique([FIRST, again, SECOND])) == [FIRST, SECOND]


@given(st.lists(units, max_size=20))
def test_no_story_is_on_two_sides_of_a_split(values: list[Unit]) -> None:
    split = Split(0.3, 0.3)
    parts = {name: list(split.of(values, name)) for name in ("train", "dev", "test")}
    assert sum(map(len, parts.values())) == len(values)
    for story in {unit.story_id for unit in values if unit.story_id}:
        assert sum(any(unit.story_id == story for unit in part) for part in parts.values()) == 1


def test_shares_of_a_split_come_out_about_as_asked() -> None:
    split = Split(0.1, 0.2)
    parts = [split.part(Unit((), story_id=number)) for number in range(1, 5001)]
    assert abs(parts.count("dev") / 5000 - 0.1) < 0.02
    assert abs(parts.count("test") / 5000 - 0.2) < 0.02


@pytest.mark.parametrize("shares", [(-0.1, 0.1), (0.5, 0.5)])
def test_impossible_shares_are_refused(shares: tuple[float, float]) -> None:
    with pytest.raises(UsageError):
        Split(*shares)


def failing() -> Iterator[Unit]:
    yield FIRST
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("name", ["tmx", "moses"])
def test_a_failed_export_leaves_the_old_files_and_no_others(tmp_path: Path, name: str) -> None:
    old = [tmp_path / "news.tmx"] if name == "tmx" else [tmp_path / "news.uk", tmp_path / "news.en"]
    for path in old:
        path.write_text("old")
    with pytest.raises(ExchangeError, match="No space left"):
        FORMATS[name].save(failing(), tmp_path / ("news.tmx" if name == "tmx" else "news"), context())
    assert {path: path.read_text() for path in tmp_path.iterdir()} == dict.fromkeys(old, "old")


def test_a_real_full_disk_is_an_error_that_says_so() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    code = (
        "import resource, signal, sys, pathlib; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000));"
        "from workbench.exchange import atomic; from workbench.errors import ExchangeError\n"
        "try:\n"
        "    with atomic(pathlib.Path(sys.argv[1])) as stream: stream.write(b'x' * 100_000)\n"
        "except ExchangeError as error: print(error.message)\n"
    )
    target = Path(os.environ.get("TMPDIR", "/tmp")) / "workbench-limit-test"
    done = subprocess.run([sys.executable, "-c", code, str(target)], capture_output=True, text=True, check=True)
    assert "cannot write" in done.stdout
    assert not target.exists()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match="nowhere"), atomic(tmp_path / "nowhere" / "a.tmx"):
        pass


def test_a_replaced_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("old")
    path.chmod(0o640)
    with atomic(path) as stream:
        stream.write(b"new")
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("new", 0o640)


def test_a_manifest_has_counts_and_hashes_and_notices_a_change(tmp_path: Path) -> None:
    counts = manifest.Counts()
    made = context()
    written, files = FORMATS["tmx"].save(counts.of(UNITS), tmp_path / "a.tmx", made)
    path = manifest.write(tmp_path / "a.tmx", files, counts, made, "tmx", written, {"least": 0.5})
    found = json.loads(path.read_text("utf-8"))
    assert (found["written"], found["counts"]["units"], found["counts"]["stories"]) == (2, 2, 2)
    assert found["counts"]["by_status"] == {"accepted": 1, "proposed": 1}
    assert (found["signature"], found["settings"]) == (made.signature, {"least": 0.5})
    assert manifest.verify(path) == []
    (tmp_path / "a.tmx").write_bytes(b"changed")
    assert manifest.verify(path) == ["a.tmx"]


def test_a_format_is_told_by_name_or_by_the_file() -> None:
    assert format_of("tei").name == "tei"
    assert format_of("", Path("a.TMX")).name == "tmx"
    assert format_of("", Path("a.csv"), holds="concepts").name == "glossary-csv"
    with pytest.raises(UsageError):
        format_of("", Path("a.doc"))
    with pytest.raises(UsageError):
        format_of("nonsense")


@pytest.mark.parametrize("name", ["xliff", "xliff1", "docx", "moses"])
def test_formats_of_one_pair_ask_for_it(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="pair"):
        FORMATS[name].save(UNITS, tmp_path / "a", context(pair=None))


def test_units_without_a_text_in_the_pair_are_counted(tmp_path: Path) -> None:
    made = context(pair=("ru", "en"))
    assert FORMATS["xliff"].save(UNITS, tmp_path / "a.xlf", made)[0] == 1
    assert made.tally.left_out == 1


def test_listing_the_formats_loads_none_of_them() -> None:
    code = (
        "import sys, workbench.exchange as e; list(e.FORMATS.values());"
        "print(sorted(m for m in sys.modules if m == 'lxml' or m == 'docx' or m.startswith('workbench.exchange.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    light = [f"workbench.exchange.{name}" for name in ("aids", "context", "files")]
    assert done.stdout.strip() == str(light)


def test_html_runs_nothing_and_hides_nothing(tmp_path: Path) -> None:
    hostile = Variant(0, "uk", (), "<script>alert(1)</script>\u202egnp")
    FORMATS["html"].save([Unit((hostile,), english="ok", id=1)], tmp_path / "a.html", context())
    text = (tmp_path / "a.html").read_text("utf-8")
    assert "<script" not in text and "&lt;script&gt;" in text
    assert "\u202e" not in text and "⟨202E⟩" in text
    assert "http" not in text.replace("http-equiv", "")


def test_a_tab_separated_glossary_has_a_line_a_source_term_with_the_preferred_target_first(tmp_path: Path) -> None:
    made = context(pair=("ru", "en"))
    count, _ = FORMATS["glossary-tab"].save(CONCEPTS, tmp_path / "a.txt", made)
    first, second = (tmp_path / "a.txt").read_text("utf-8").splitlines()
    assert first.split("\t")[:2] == ["Совет Безопасности", "Security Council"]
    assert second.split("\t")[:2] == ["Совбез", "Security Council"]
    assert first.split("\t")[2].startswith("not: Safety Council; international bodies; Principal organ")
    assert (count, made.tally.left_out) == (1, 0)


def test_a_concept_without_one_of_the_languages_is_counted(tmp_path: Path) -> None:
    made = context(pair=("ru", "en"))
    bare = replace(CONCEPTS[0], terms=CONCEPTS[0].terms[:2])
    assert FORMATS["glossary-tab"].save([bare], tmp_path / "a.txt", made)[0] == 0
    assert made.tally.left_out == 1
