"""One small example of each format, byte for byte: a change of what we write is never an accident."""

import pytest

from tests.exchange.write_golden import NAMES, golden


@pytest.mark.parametrize("name", NAMES)
def test_the_example_is_written_as_before(name: str) -> None:
    path, data = golden(name)
    assert data == path.read_bytes()
