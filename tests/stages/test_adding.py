"""Articles come in once, change by versions, and never cost a reviewer anything."""

from pathlib import Path

from tests.stages.conftest import RUSSIAN, UKRAINIAN
from workbench import Project
from workbench.model import Status
from workbench.review import actions
from workbench.stages.adding import Outcome


def bodies(project: Project, article_id: int) -> dict[str, int]:
    """Return text -> id of the segments of an article."""
    return {segment.text: segment.id for segment in project.segments(article_id)}


def test_languages_are_told_apart(project: Project) -> None:
    assert [article.language for article in project.articles()] == ["uk", "ru"]


def test_the_same_file_twice_is_noticed(project: Project) -> None:
    assert project.add_content(UKRAINIAN.encode(), "uk.txt").outcome is Outcome.UNCHANGED


def test_the_same_bytes_under_another_name_are_a_duplicate(project: Project) -> None:
    again = project.add_content(UKRAINIAN.encode(), "copy.txt")
    assert again.outcome is Outcome.DUPLICATE
    assert again.article is not None and again.article.path == "uk.txt"
    assert len(project.articles()) == 2


def test_a_changed_file_becomes_a_new_version_whose_unchanged_sentences_keep_their_ids(project: Project) -> None:
    before = bodies(project, 1)
    changed = UKRAINIAN.replace("14 листопада", "21 листопада")
    updated = project.add_content(changed.encode(), "uk.txt")
    assert updated.outcome is Outcome.UPDATED and updated.article is not None and updated.article.version == 2
    after = bodies(project, 1)
    same = before.keys() & after.keys()
    assert len(same) == len(before) - 1
    assert all(before[text] == after[text] for text in same)
    assert project.source(1, 1) == UKRAINIAN.encode() and project.source(1, 2) == changed.encode()


def test_a_reviewed_unit_survives_a_new_version_of_its_article(project: Project) -> None:
    uk, ru = project.segments(1), project.segments(2)
    articles = {key: project.article(key) for key in (1, 2)}
    project.apply(actions.link({1: [uk[-1]], 2: [ru[-1]]}, articles, 0))
    project.apply(actions.set_status(project.units(project.unit_ids()), Status.ACCEPTED))
    project.add_content(UKRAINIAN.replace("14 листопада", "21 листопада").encode(), "uk.txt")
    (unit,) = project.units(project.unit_ids())
    assert unit.status is Status.ACCEPTED
    assert unit.variants[0].text == uk[-1].text


def test_a_reviewers_language_stays_when_the_file_changes(project: Project) -> None:
    project.apply(actions.set_language(project.article(2), "bg"))
    project.add_content((RUSSIAN + "\nКонец.\n").encode(), "ru.txt")
    assert project.article(2).language == "bg"


def test_files_that_cannot_be_read_are_reported_and_the_others_come_in(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(RUSSIAN, encoding="windows-1251")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 20)
    with Project.create(tmp_path / "p.workbench") as project:
        results = {result.path: result for result in project.add([tmp_path])}
        assert results["good.txt"].outcome is Outcome.ADDED
        assert results["empty.txt"].outcome is results["binary.txt"].outcome is Outcome.REFUSED
        assert results["empty.txt"].remarks and results["binary.txt"].remarks
        (article,) = project.articles()
        assert article.encoding.replace("cp", "windows-") == "windows-1251"


def test_segments_are_stretches_of_the_articles_text(project: Project) -> None:
    for article in (project.article(1), project.article(2)):
        segments = project.segments(article.id)
        assert segments
        assert all(article.text[s.start : s.end] == s.text for s in segments)
