"""One build of the encoder that ships, shared by the tests of this room."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.embedding import load_encoder
from workbench.embedding.bundled import bundled_encoder
from workbench.embedding.encoder import SentenceEncoder


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache directory of the tests' own, with the encoder built in it."""
    directory = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_CACHE", str(directory))
        bundled_encoder()
        yield directory


@pytest.fixture(scope="session")
def encoder(cache: Path) -> SentenceEncoder:
    """The encoder that ships, in the precision of this machine."""
    return load_encoder()
