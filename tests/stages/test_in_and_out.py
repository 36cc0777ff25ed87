"""What leaves comes back; human English is reused; parts of a corpus never share a story."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.stages.conftest import RUSSIAN, UKRAINIAN
from workbench import Project
from workbench.errors import ExchangeError, UsageError
from workbench.model import Status, UnitQuery
from workbench.review import actions
from workbench.stages.exporting import Wanted


@pytest.fixture
def reviewed(project: Project) -> Project:
    """Five linked units with a reviewer's English; the first is rejected, the second accepted."""
    articles = {key: project.article(key) for key in (1, 2)}
    for number, (uk, ru) in enumerate(zip(project.segments(1), project.segments(2), strict=True)):
        project.apply(actions.link({1: [uk], 2: [ru]}, articles, number))
    for number, unit in enumerate(project.units(project.unit_ids())):
        project.apply(actions.edit_english(unit, f"English {number}."))
    first, second, *_ = project.units(project.unit_ids())
    project.apply(actions.set_status([first], Status.REJECTED))
    project.apply(actions.set_status([second], Status.ACCEPTED))
    return project


def test_rejected_units_stay_behind_unless_they_are_asked_for(reviewed: Project, tmp_path: Path) -> None:
    assert reviewed.export("tsv", tmp_path / "a.tsv").units == 4
    rejected = Wanted(UnitQuery(statuses=(Status.REJECTED,)))
    assert reviewed.export("tsv", tmp_path / "b.tsv", wanted=rejected).units == 1


def test_the_same_project_gives_the_same_bytes_and_a_manifest_that_says_so(reviewed: Project, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    for name in ("tmx", "jsonl", "csv"):
        reviewed.export(name, tmp_path / f"x.{name}")
        reviewed.export(name, tmp_path / "again" / f"x.{name}")
        assert (tmp_path / f"x.{name}").read_bytes() == (tmp_path / "again" / f"x.{name}").read_bytes()
        manifest = json.loads((tmp_path / f"x.{name}.manifest.json").read_bytes())
        assert manifest["written"] == 4 and "encoder:" in manifest["signature"]


def test_a_dry_run_counts_and_writes_nothing(reviewed: Project, tmp_path: Path) -> None:
    assert reviewed.export("tmx", tmp_path / "x.tmx", dry_run=True).units == 4
    assert not (tmp_path / "x.tmx").exists()


def test_a_failed_export_leaves_the_older_file(reviewed: Project, tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match="cannot write"):
        reviewed.export("tmx", tmp_path / "no" / "folder.tmx")
    with pytest.raises(UsageError, match="pair"):
        reviewed.export("xliff", tmp_path / "x.xlf")


@pytest.mark.parametrize("name", ["tmx", "jsonl", "tsv", "csv"])
def test_units_come_back_from_what_was_exported(reviewed: Project, tmp_path: Path, name: str) -> None:
    path = tmp_path / f"x.{name}"
    reviewed.export(name, path)
    with Project.create(tmp_path / f"{name}.workbench") as other:
        preview = other.import_file(path, dry_run=True)
        assert preview.read == 4 and not preview.skipped and other.count_units() == 0
        other.import_file(path)
        before = [
            {variant.language: variant.text for variant in unit.variants}
            for unit in reviewed.each_unit()
            if unit.status is not Status.REJECTED
        ]
        after = [{v.language: v.text for v in unit.variants if v.language != "en"} for unit in other.each_unit()]
        assert after == before


def test_a_damaged_file_brings_nothing_in(tmp_path: Path, project: Project) -> None:
    (tmp_path / "bad.tmx").write_text("<tmx version='1.4'><body><tu>")
    with pytest.raises(ExchangeError):
        project.import_file(tmp_path / "bad.tmx")
    assert project.count_units() == 0


def test_a_reviewers_english_renders_the_same_sentence_elsewhere_without_a_model(
    reviewed: Project, tmp_path: Path
) -> None:
    from workbench.database import open_existing
    from workbench.progress import Silent
    from workbench.stages import rendering
    from workbench.translation import PassThrough

    repeated = UKRAINIAN.split("\n\n")[1] + "\n"
    added = reviewed.add_content(repeated.encode(), "again.txt", language="uk")
    assert added.article is not None
    database = open_existing(reviewed.path)
    (result,) = rendering.render(database, {"uk": PassThrough()}, Silent())
    assert result.remembered >= 2
    english = reviewed.renderings(segment.id for segment in reviewed.segments(added.article.id))
    assert {rendering.text for rendering in english.values()} == {"English 1.", "English 2."}


def test_parts_of_a_corpus_never_share_a_story(reviewed: Project, tmp_path: Path) -> None:
    for number in range(12):
        ids = [
            reviewed.add_content(text.replace("14", str(number + 30)).encode(), f"{name}{number}.txt").article
            for name, text in (("uk", UKRAINIAN), ("ru", RUSSIAN))
        ]
        keys = [article.id for article in ids if article]
        reviewed.place(keys, None)
        articles = {key: reviewed.article(key) for key in keys}
        passages = {key: [reviewed.segments(key)[1]] for key in keys}
        reviewed.apply(actions.link(passages, articles, 0))
    done = reviewed.export("jsonl", tmp_path / "x.jsonl", wanted=replace(Wanted(), split=(0.3, 0.3)))
    stories = [
        {json.loads(line).get("story") for line in path.read_text().splitlines() if '"story"' in line}
        for path in done.files
    ]
    assert sum(map(len, stories)) == len(set().union(*stories)) and done.units == 16
