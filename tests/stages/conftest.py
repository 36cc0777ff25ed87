"""A small real project: a Ukrainian and a Russian article on one event, no model needed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench import Project

UKRAINIAN = """Рада міністрів затвердила бюджет на наступний рік

Уряд схвалив проєкт бюджету у вівторок увечері. Видатки на освіту зростуть на 12 відсотків.

Опозиція назвала документ нереалістичним. Голосування в парламенті очікують 14 листопада.
"""
RUSSIAN = """Совет министров утвердил бюджет на следующий год

Правительство одобрило проект бюджета во вторник вечером. Расходы на образование вырастут на 12 процентов.

Оппозиция назвала документ нереалистичным. Голосование в парламенте ожидают 14 ноября.
"""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Both articles in one story, nothing aligned yet."""
    with Project.create(tmp_path / "news.workbench") as made:
        ids = [
            made.add_content(UKRAINIAN.encode(), "uk.txt").article,
            made.add_content(RUSSIAN.encode(), "ru.txt").article,
        ]
        made.place([article.id for article in ids if article], None)
        yield made
