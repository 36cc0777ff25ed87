"""The model that ships: whole packages in the user's directory, read by Argos Translate itself, sane English."""

import json
import re
import shutil
import threading
from pathlib import Path
from typing import Any

import ctranslate2
import pytest
from argostranslate.package import Package

from workbench.errors import ModelError
from workbench.translation import starter

SENTENCES = {
    "bg": ("Кметът откри новото училище в събота.", {"mayor", "school", "saturday"}),
    "uk": ("Уряд підвищив ціни на газ на 15 відсотків.", {"government", "gas", "15"}),
    "ru": ("Правительство повысило цены на газ на 15 процентов.", {"government", "gas", "15"}),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("data") / "starter"
    starter.install_starter(directory)
    return directory


@pytest.fixture(scope="module")
def translator(home: Path) -> ctranslate2.Translator:
    return ctranslate2.Translator(str(home / "translate-bg_en-starter" / "model"), compute_type="int8")


def render(translator: ctranslate2.Translator, package: Package, text: str) -> str:
    result = translator.translate_batch(
        [package.tokenizer.encode(text)], beam_size=2, no_repeat_ngram_size=4, repetition_penalty=1.05
    )
    decoded: str = package.tokenizer.decode(result[0].hypotheses[0])
    return decoded.strip()


def test_three_packages_are_put_in_place_once(home: Path) -> None:
    names = sorted(path.name for path in home.iterdir())
    assert names == ["translate-bg_en-starter", "translate-ru_en-starter", "translate-uk_en-starter"]
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*")}
    assert sorted(path.name for path in starter.install_starter(home)) == names
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*")} == before


def test_metadata_tell_what_it_is_and_how_good(home: Path) -> None:
    for code in starter.LANGUAGES:
        metadata = json.loads((home / f"translate-{code}_en-starter" / "metadata.json").read_text())
        assert (metadata["from_code"], metadata["to_code"]) == (code, "en")
        assert metadata["licence"] and metadata["package_version"] and metadata["argos_version"]
        assert metadata["scores"]["flores-dev-bleu"] > 0


@pytest.mark.parametrize("code", starter.LANGUAGES)
def test_argos_translate_reads_the_package_and_the_gist_comes_through(
    code: str, home: Path, translator: ctranslate2.Translator
) -> None:
    package = Package(home / f"translate-{code}_en-starter")
    text, gist = SENTENCES[code]
    english = render(translator, package, text)
    assert gist <= set(re.findall(r"\w+", english.lower())), english
    assert not re.search("[а-яіїєґ]", english), english


def test_the_same_text_gives_the_same_english(home: Path, translator: ctranslate2.Translator) -> None:
    package = Package(home / "translate-uk_en-starter")
    assert len({render(translator, package, SENTENCES["uk"][0]) for _ in range(3)}) == 1


def test_the_tokenizer_keeps_numbers_latin_words_and_names_whole(home: Path) -> None:
    tokenizer = Package(home / "translate-uk_en-starter").tokenizer
    for text in ("OBOZ.UA: 1234,5 млн", "Київ і Łódź", "Щъєїґ", "7 — €5"):
        assert tokenizer.decode(tokenizer.encode(text)).strip() == text
    assert tokenizer.decode(tokenizer.encode("Два  пробіли\tй табуляція ")).strip() == "Два пробіли й табуляція"


def test_a_damaged_package_is_replaced(home: Path, tmp_path: Path) -> None:
    directory = tmp_path / "starter"
    place = starter.install_starter(directory)[0]
    (place / "model" / "model.bin").unlink()
    (place / "model" / "model.bin").write_bytes(b"short")
    starter.install_starter(directory)
    assert starter.is_sound(place, starter.starter_packages()["bg"])
    (place / "metadata.json").write_text("{ torn")
    starter.install_starter(directory)
    assert starter.is_sound(place, starter.starter_packages()["bg"])
    assert len(list(directory.iterdir())) == 3


def test_a_directory_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    theirs = tmp_path / "translate-ru_en-starter"
    theirs.mkdir()
    (theirs / "metadata.json").write_text('{"from_code": "ru", "to_code": "en", "package_version": "9"}')
    places = starter.install_starter(tmp_path)
    assert theirs not in places and len(places) == 2
    assert [path.name for path in theirs.iterdir()] == ["metadata.json"]


def test_two_at_once_do_not_hurt_each_other(tmp_path: Path) -> None:
    failures: list[BaseException] = []

    def install() -> None:
        try:
            starter.install_starter(tmp_path / "starter")
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=install) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    for code, metadata in starter.starter_packages().items():
        assert starter.is_sound(tmp_path / "starter" / f"translate-{code}_en-starter", metadata)
    assert len(list((tmp_path / "starter").iterdir())) == 3


def test_a_damaged_installation_is_said_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "model"
    shutil.copytree(starter.MODEL, broken)
    with (broken / "sentencepiece.model").open("r+b") as file:
        file.write(b"damage")
    monkeypatch.setattr(starter, "MODEL", broken)
    with pytest.raises(ModelError, match=r"damaged: sentencepiece\.model"):
        starter.install_starter(tmp_path / "starter")
    assert not any((tmp_path / "starter").iterdir())
    monkeypatch.setattr(starter, "MODEL", tmp_path / "nowhere")
    with pytest.raises(ModelError, match="missing from this installation"):
        starter.install_starter(tmp_path / "starter")


def test_what_ships_stays_under_64_megabytes() -> None:
    contents: dict[str, Any] = json.loads((starter.MODEL / starter.CONTENTS).read_text())
    assert sum(entry["bytes"] for entry in contents["files"].values()) < 64_000_000
