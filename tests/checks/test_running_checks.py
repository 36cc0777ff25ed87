"""Profiles, the user's rules, consistency, keys and reports."""

import json
import tomllib
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checks.building import unit
from workbench.checks import (
    Profile,
    check,
    check_consistency,
    finding_key,
    load_profile,
    parse_profile,
    parse_rules,
    unit_text,
)
from workbench.checks.report import DESCRIPTIONS, as_json, as_sarif, as_text, summary, texts_by_place
from workbench.errors import UsageError
from workbench.glossary import Matcher
from workbench.model import Concept, Severity, Term, TermStatus

ODD = replace(unit("on 19 June  he left", uk="18 червня він поїхав", ru="18 июня он уехал"), id=7)


def test_findings_carry_the_number_of_their_unit() -> None:
    assert {one.unit_id for one in check(ODD)} == {7}


def test_a_profile_turns_checks_off_and_changes_their_severity() -> None:
    assert {one.check for one in check(ODD)} == {"numbers", "spaces"}
    profile = Profile(off=frozenset({"spaces"}), severities={"numbers": Severity.ERROR})
    assert [(one.check, one.severity) for one in check(ODD, profile=profile)] == [("numbers", Severity.ERROR)]


def test_terms_are_checked_where_there_is_a_glossary() -> None:
    kyiv = Concept("kyiv", (Term("uk", "Київ"), Term("en", "Kyiv"), Term("en", "Kiev", TermStatus.FORBIDDEN)))
    found = check(unit("In Kiev", uk="У Києві"), matcher=Matcher([kyiv]))
    assert [(one.check, one.severity, one.where) for one in found] == [("terms", Severity.ERROR, "en")]
    missing = check(unit("In the capital", uk="У Києві"), matcher=Matcher([kyiv]))
    assert [(one.check, one.severity, one.where) for one in missing] == [("terms", Severity.WARNING, "uk")]


def test_own_rules_look_at_their_language_and_may_be_excused_by_the_english() -> None:
    rules = parse_rules("""
        [[rule]]
        name = "special-operation"
        pattern = "спецопераци"
        language = "ru"
        message = "Put it in quotation marks."
        unless_english = '"special'
        ignore_case = true
        severity = "error"
    """)
    profile = Profile(rules=rules)
    plain = unit("The special operation goes on.", ru="Спецоперация продолжается.")
    quoted = unit('The "special operation" goes on.', ru="Спецоперация продолжается.")
    assert [(one.check, one.severity, one.where) for one in check(plain, profile=profile)] == [
        ("special-operation", Severity.ERROR, "ru")
    ]
    assert check(quoted, profile=profile) == []


@pytest.mark.parametrize(
    "source",
    [
        "[[rule]\n",
        "[[rule]]\nname='a'\n",
        "[[rule]]\nname='a'\nmessage='m'\npattern='('\n",
        "[[rule]]\nname='a'\nmessage='m'\npattern='x'\nlanguage='de'\n",
        "[[rule]]\nname='a'\nmessage='m'\npattern='x'\nseverity='fatal'\n",
        "[[rule]]\nname='a'\nmessage='m'\npattern='x'\ncolour='red'\n",
    ],
)
def test_faulty_rules_are_refused(source: str) -> None:
    with pytest.raises(UsageError):
        parse_rules(source)


@pytest.mark.parametrize("pattern", ["(a|aa)+$", "(a|a)*b", "((a{1,1000}){1,1000}){1,1000}b"])
def test_a_pattern_that_could_take_for_ever_ends_with_a_message(pattern: str) -> None:
    rules = parse_rules(f"[[rule]]\nname='slow'\nmessage='m'\npattern='{pattern}'\n")
    begun = process_time()
    with suppress(UsageError):
        check(unit("a" * 500 + "!", uk="аааа"), profile=Profile(rules=rules))
    assert process_time() - begun < 10


def test_a_slow_pattern_is_named() -> None:
    rules = parse_rules("[[rule]]\nname='slow'\nmessage='m'\npattern='(a|aa)+$'\n")
    with pytest.raises(UsageError, match="'slow' takes too long"):
        check(unit("a" * 500 + "!", uk="аааа"), profile=Profile(rules=rules))


def test_rules_may_look_around() -> None:
    rules = parse_rules("[[rule]]\nname='x'\nmessage='m'\npattern='(?<!Mr )Smith'\n")
    assert [one.check for one in check(unit("Mr Smith met Smith.", uk="Сміт"), profile=Profile(rules=rules))] == ["x"]


def test_a_profile_is_read_from_a_file_with_its_rules(tmp_path: Path) -> None:
    path = tmp_path / "profile.toml"
    path.write_text(
        "off = ['spaces']\nlongest_ratio = 3\n[severity]\nnumbers = 'error'\n"
        "[[rule]]\nname='x'\nmessage='m'\npattern='y'\n"
    )
    profile = load_profile(path)
    assert (profile.off, profile.severities) == ({"spaces"}, {"numbers": Severity.ERROR})
    assert (profile.longest_ratio, [rule.name for rule in profile.rules]) == (3.0, ["x"])


def test_the_profile_that_the_help_shows_is_one() -> None:
    from click.testing import CliRunner

    from workbench.cli.checking import check as command

    shown = CliRunner().invoke(command, ["--help"], terminal_width=200).output
    example = shown.split("every key of it optional:")[1].split("Options:")[0]
    profile = parse_profile(tomllib.loads(example))
    assert profile.off == {"spaces", "quotes"}
    assert [rule.name for rule in profile.rules] == ["special-operation"]


@pytest.mark.parametrize(
    "table", [{"of": []}, {"off": ["nombers"]}, {"off": "spaces"}, {"severity": {"spaces": "fatal"}}, {"rule": {}}]
)
def test_a_faulty_profile_is_refused(table: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        parse_profile(table)


def test_the_same_source_with_other_english_is_inconsistent_and_the_commoner_english_is_right() -> None:
    def numbered(number: int, english: str) -> object:
        return replace(unit(english, uk="Війська відійшли на схід."), id=number)

    units = [numbered(1, "Troops withdrew."), numbered(2, "The army fell back."), numbered(3, "Troops withdrew.")]
    found = list(check_consistency(units))
    assert [(one.check, one.unit_id, one.where) for one in found] == [("inconsistent", 2, "en")]
    assert "Troops withdrew." in found[0].message


def test_the_same_english_for_different_sources_is_information() -> None:
    units = [
        replace(unit("The talks went on.", uk="Переговори тривали ще день."), id=1),
        replace(unit("The talks went on.", uk="Бесіда знову затягнулася надовго."), id=2),
    ]
    assert [(one.check, one.severity, one.unit_id) for one in check_consistency(units)] == [
        ("reused", Severity.INFO, 2)
    ]


def test_a_key_holds_until_any_text_of_the_unit_changes() -> None:
    finding = check(ODD)[0]
    key = finding_key(finding, unit_text(ODD))
    assert key == finding_key(replace(finding, unit_id=99), unit_text(replace(ODD, id=99, note="seen")))
    assert key != finding_key(finding, unit_text(replace(ODD, english=ODD.english + "!")))
    assert key != finding_key(check(ODD)[1], unit_text(ODD))


def test_reports_say_the_same_in_three_forms() -> None:
    findings, texts, keys = check(ODD), texts_by_place([ODD]), {7: unit_text(ODD)}
    assert as_text(findings, texts).count("\n") == len(findings) == 2
    rows = json.loads(as_json(findings, texts, keys))
    assert [(row["unit"], row["check"], row["text"]) for row in rows] == [(7, "numbers", "19"), (7, "spaces", "  ")]
    log = json.loads(as_sarif(findings, texts, "news.workbench", keys))
    assert log["version"] == "2.1.0"
    results = log["runs"][0]["results"]
    assert [(one["ruleId"], one["level"]) for one in results] == [("numbers", "warning"), ("spaces", "note")]
    assert results[0]["partialFingerprints"]["findingKey/v1"] == rows[0]["key"]
    rules = [rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]]
    assert all(rules[one["ruleIndex"]] == one["ruleId"] for one in results)
    assert summary(findings) == {"error": 0, "warning": 1, "info": 1}


def test_a_report_never_prints_the_controls_of_hostile_text() -> None:
    hostile = unit("\x1b[2Jred red", uk="червоний")
    assert "\x1b" not in as_text(check(hostile), texts_by_place([hostile]))


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_any_unit_can_be_checked_and_spans_lie_in_its_texts(english: str, uk: str, ru: str) -> None:
    hostile = unit(english, uk=uk, ru=ru)
    texts = {"en": english, "uk": uk, "ru": ru}
    for finding in check(hostile):
        assert finding.check in DESCRIPTIONS
        if finding.span:
            assert 0 <= finding.span.start < finding.span.end <= len(texts[finding.where])
