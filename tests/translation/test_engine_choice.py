"""Which model renders a language: the user's own, a way around, the starter, or an error that says what to do."""

import shutil
from pathlib import Path

import pytest
import toy

from workbench.errors import ModelError, UnsupportedLanguageError
from workbench.model import Rendering
from workbench.translation import PackageInfo, PackageOrigin, PassThrough, Pivot, engine_for
from workbench.translation.engine import route


def info(name: str, version: str = "1.0", origin: PackageOrigin = PackageOrigin.USER, problem: str = "") -> PackageInfo:
    source, target = name.split("_")
    return PackageInfo(source, target, version, Path(name), origin, problem=problem)


def names(way: tuple[PackageInfo, ...]) -> list[str]:
    return [f"{each.name}@{each.version}" for each in way]


def test_english_passes_through() -> None:
    engine = engine_for("en")
    assert isinstance(engine, PassThrough)
    assert engine.render(["A cat.", " B "]) == [
        Rendering("A cat.", model="pass-through"),
        Rendering(" B ", model="pass-through"),
    ]


def test_a_package_in_argos_own_place_is_found(uk_en: Path, own_directories: Path) -> None:
    shutil.copytree(uk_en, own_directories / uk_en.name)
    assert engine_for("uk").render(["дім"])[0].text == "house"


def test_a_language_without_a_way_to_english_goes_through_another(uk_en: Path, bg_uk: Path, tmp_path: Path) -> None:
    home = tmp_path / "both"
    shutil.copytree(uk_en, home / uk_en.name)
    shutil.copytree(bg_uk, home / bg_uk.name)
    engine = engine_for("bg", home)
    assert isinstance(engine, Pivot)
    assert engine.id.startswith("argos-bg_uk@1.0+beam2+")
    assert ">argos-uk_en@1.9+beam2+" in engine.id
    known, unknown, latin = engine.render(["малка къща спи", "Пловдив спи", "Reuters"])
    assert known.text == "small house sleeps"
    assert unknown.text == "Plovdyv sleeps"
    assert unknown.flags == ("romanised",)
    assert latin.text == "Reuters"
    assert known.score < 0


def test_a_language_of_which_nothing_is_known_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedLanguageError):
        engine_for("de", tmp_path)


def test_the_users_own_comes_first_then_the_newest() -> None:
    starter = info("uk_en", "9.0", PackageOrigin.STARTER)
    assert names(route("uk", [starter, info("uk_en", "1.9"), info("uk_en", "1.10")])) == ["uk_en@1.10"]
    assert route("uk", [starter])[0] is starter


def test_ways_around_are_taken_only_where_there_is_no_straight_one() -> None:
    assert names(route("bg", [info("bg_ru"), info("ru_en"), info("bg_uk")])) == ["bg_ru@1.0", "ru_en@1.0"]
    assert names(route("bg", [info("bg_ru"), info("ru_en"), info("bg_en")])) == ["bg_en@1.0"]
    assert route("bg", [info("bg_ru"), info("uk_en"), info("en_bg")]) == ()


def test_a_damaged_package_is_passed_over_and_named_when_nothing_else_is_there(tmp_path: Path) -> None:
    assert route("uk", [info("uk_en", problem="damaged")]) == ()
    home = tmp_path / "home"
    toy.build(home / "translate-de_en-1_0", "de", "en")
    (home / "translate-bg_en-1_0").mkdir()
    with pytest.raises(ModelError, match="translate-bg_en-1_0") as caught:
        engine_for_without_starter("bg", home)
    assert "install bg_en" in caught.value.hint


def engine_for_without_starter(language: str, home: Path) -> object:
    from workbench.translation import packages

    with pytest.MonkeyPatch.context() as patch:
        # The starter renders every language; here the machine is one where it was left out.
        patch.setattr(packages, "ensure_starter", list)
        return engine_for(language, home)
