"""How like segments are, by stored vectors: on the scale of cosines, the highest of several, and none without any."""

from pathlib import Path

import numpy as np
import pytest

from tests.building import build_project
from workbench.database import Database, renderings, settings
from workbench.project import Project
from workbench.text import text_hash


def _embed(project: Project, vectors: dict[int, list[float]]) -> None:
    database: Database = project._database
    settings.put(database, "encoder", "test@1")
    texts = project.segments_by_id(vectors)
    rows = [(text_hash(texts[key].text), np.array(v, dtype="<f2").tobytes()) for key, v in vectors.items()]
    renderings.save_vectors(database, "test@1", rows)


def test_the_highest_cosine_counts_and_what_has_no_vector_is_absent(tmp_path: Path) -> None:
    with build_project(tmp_path / "p.workbench") as project:
        left, right = (project.segments(number) for number in (1, 2))
        assert project.likeness([left[0].id], 2) == {}
        _embed(
            project,
            {left[1].id: [2, 0], left[2].id: [0, 1], right[1].id: [1, 0], right[2].id: [3, 4], right[3].id: [-1, 0]},
        )
        one = project.likeness([left[1].id], 2)
        assert one == pytest.approx({right[1].id: 1.0, right[2].id: 0.6, right[3].id: -1.0}, abs=1e-3)
        both = project.likeness([left[1].id, left[2].id], 2)
        assert both[right[2].id] == pytest.approx(0.8, abs=1e-3) and both[right[3].id] == pytest.approx(0, abs=1e-3)
