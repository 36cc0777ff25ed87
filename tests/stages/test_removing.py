"""An article leaves the project; what others still say together stays, what was reviewed stays unless forced."""

import pytest

from workbench import Project
from workbench.errors import WorkbenchError
from workbench.model import Status
from workbench.review import actions

BULGARIAN = """Министерският съвет прие бюджета за следващата година

Правителството одобри проекта във вторник вечерта.
"""


@pytest.fixture
def three(project: Project) -> Project:
    """The headlines of three articles in one unit, one more sentence of two of them in another; machine's work."""
    added = project.add_content(BULGARIAN.encode(), "bg.txt").article
    assert added
    project.place([added.id], 1)
    found = {key: project.article(key) for key in (1, 2, 3)}
    heads = {key: [project.segments(key)[0]] for key in found}
    project.apply(actions.link(heads, found, 0))
    project.apply(actions.link({key: [project.segments(key)[1]] for key in (1, 3)}, found, 10))
    return project


def test_its_passages_leave_their_units_and_a_passage_alone_is_no_unit(three: Project) -> None:
    three.remove_article(3, force=True)
    left = list(three.each_unit())
    assert [unit.languages for unit in left] == [("uk", "ru")]
    assert [article.id for article in three.articles()] == [1, 2]
    three.verify()


def test_what_was_reviewed_is_not_lost_without_force(three: Project) -> None:
    three.apply(actions.set_status(three.units(three.unit_ids()[:1]), Status.ACCEPTED))
    with pytest.raises(WorkbenchError, match="reviewed"):
        three.remove_article(2)
    assert len(three.articles()) == 3 and len(three.unit_ids()) == 2


def test_undoing_what_concerned_it_is_refused_in_words(three: Project) -> None:
    before = three.unit_ids()
    three.apply(actions.set_status(three.units(before[1:]), Status.REJECTED))
    three.remove_article(3, force=True)
    with pytest.raises(WorkbenchError, match=r"removed|changed"):
        three.undo()


def test_an_article_that_is_not_there_is_named(three: Project) -> None:
    with pytest.raises(WorkbenchError, match="no article 9"):
        three.remove_article(9)
