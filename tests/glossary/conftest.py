"""The glossary that ships, and a shorthand for small ones."""

from pathlib import Path

import pytest

from workbench.exchange import glossary_csv
from workbench.glossary import Matcher
from workbench.model import Concept

STARTER = Path(__file__).parents[2] / "glossary"


@pytest.fixture(scope="session")
def starter() -> list[Concept]:
    with (STARTER / "starter.csv").open("rb") as stream:
        return [concept for concept in glossary_csv.read(stream) if isinstance(concept, Concept)]


@pytest.fixture(scope="session")
def starter_matcher(starter: list[Concept]) -> Matcher:
    return Matcher(starter)
