"""Real packages to translate with, built once."""

from pathlib import Path

import pytest
import toy

from workbench.translation import ArgosEngine, PackageInfo, Search
from workbench.translation.package_info import describe

BG_UK = {"къща": ["дім"], "малка": ["малий"], "котка": ["кіт"], "спи": ["спить"], "и": ["і"]}


@pytest.fixture(scope="session")
def uk_en(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package directory that reads at most twelve tokens at once."""
    home = tmp_path_factory.mktemp("packages")
    return toy.build(home / "translate-uk_en-1_9", max_source_tokens=12, license="CC0", scores={"toy": {"bleu": 99}})


@pytest.fixture(scope="session")
def bg_uk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package directory for the first leg of a pivot."""
    return toy.build(tmp_path_factory.mktemp("first") / "translate-bg_uk-1_0", "bg", "uk", BG_UK, version="1.0")


@pytest.fixture(scope="session")
def package_file(uk_en: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as an `.argosmodel` file."""
    return toy.pack(uk_en, tmp_path_factory.mktemp("files") / "translate-uk_en-1_9.argosmodel")


@pytest.fixture(scope="session")
def info(uk_en: Path) -> PackageInfo:
    """What the package says of itself."""
    return describe(uk_en)


@pytest.fixture(scope="session")
def engine(info: PackageInfo) -> ArgosEngine:
    """The engine as the product uses it."""
    return ArgosEngine(info)


@pytest.fixture(scope="session")
def raw_engine(info: PackageInfo) -> ArgosEngine:
    """The engine without guards."""
    return ArgosEngine(info, Search(guarded=False))


@pytest.fixture(autouse=True)
def own_directories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every test away from the packages and settings of whoever runs it."""
    packages = tmp_path / "argos"
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(packages))
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("ARGOS_PACKAGE_INDEX", raising=False)
    return packages


@pytest.fixture(scope="session")
def aligned_engine(info: PackageInfo) -> ArgosEngine:
    """The engine, asked for alignments."""
    return ArgosEngine(info, Search(aligned=True))
