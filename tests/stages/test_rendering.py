"""Rendering stores what a real package says; the glossary chooses among its hypotheses."""

from pathlib import Path

import pytest

from tests.translation import toy
from workbench import Project
from workbench.model import Concept, Term


@pytest.fixture
def house(tmp_path: Path) -> tuple[Project, Path]:
    """A project with one Ukrainian sentence, and a package that renders *дім* as house, then as home."""
    toy.build(tmp_path / "packages" / "translate-uk_en-1_9")
    project = Project.create(tmp_path / "p.workbench")
    project.add_content("малий кіт бачить дім\n".encode(), "a.txt", language="uk")
    return project, tmp_path / "packages"


def english(project: Project) -> list[str]:
    """Return the English of all segments."""
    return [r.text for r in project.renderings(s.id for s in project.segments(1)).values()]


def test_texts_are_rendered_once_by_the_package_that_was_named(house: tuple[Project, Path]) -> None:
    project, packages = house
    (first,) = project.translate(packages=packages)
    (second,) = project.translate(packages=packages)
    assert (first.texts, second.texts) == (1, 0)
    assert english(project)[0].casefold() == "small cat sees house"


def test_the_glossary_chooses_the_hypothesis_that_keeps_its_term(house: tuple[Project, Path]) -> None:
    project, packages = house
    project.save_concepts([Concept("home", (Term("uk", "дім"), Term("en", "home")))])
    project.translate(packages=packages, by_glossary=True)
    assert english(project)[0].casefold() == "small cat sees home"


def test_an_imported_memory_comes_before_the_package(house: tuple[Project, Path], tmp_path: Path) -> None:
    project, packages = house
    (tmp_path / "memory.tsv").write_text("uk\ten\nМалий кіт бачить дім\tThe Small House\n", encoding="utf-8")
    project.import_file(tmp_path / "memory.tsv", use="memory")
    (result,) = project.translate(packages=packages)
    assert (result.texts, result.remembered) == (0, 1)
    assert english(project) == ["The Small House"]
