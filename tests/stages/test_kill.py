"""A kill at any moment of any stage loses nothing that was finished and doubles nothing."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from workbench import Project

FOLDER = Path(__file__).parents[2] / "seeds"
KILLS = 8


def command(*arguments: object) -> list[str]:
    """Return the command line that runs the workbench in a process of its own."""
    return [sys.executable, "-m", "workbench", *map(str, arguments)]


def killed_at(arguments: list[str], seconds: float) -> int:
    """Run a command, kill it the hard way after a while, and return how it ended."""
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        return process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        return process.wait()


def content(path: Path) -> list[object]:
    """Return all that stages made, without numbers that depend on the order of work."""
    with Project.open(path) as project:
        texts = [
            (article.path, article.version, [(s.position, s.text, s.kind) for s in project.segments(article.id)])
            for article in project.articles()
        ]
        units = sorted(
            (sorted((v.language, v.text) for v in unit.variants), round(unit.confidence, 6), unit.english)
            for unit in project.each_unit()
        )
    return [sorted(texts), units]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    """The same work without a kill, and how long it took."""
    path = tmp_path_factory.mktemp("undisturbed") / "p.workbench"
    Project.create(path).close()
    began = time.monotonic()
    subprocess.run(command("add", path, FOLDER), check=True, capture_output=True)
    subprocess.run(command("run", path), check=True, capture_output=True)
    return path, time.monotonic() - began


def test_killed_again_and_again_and_run_to_the_end_it_is_the_same_project(
    undisturbed: tuple[Path, float], tmp_path: Path
) -> None:
    whole, seconds = undisturbed
    path = tmp_path / "p.workbench"
    Project.create(path).close()
    moments = random.Random(20261125)
    for number in range(KILLS):
        stage = command("add", path, FOLDER) if number < KILLS // 2 else command("run", path)
        killed_at(stage, moments.uniform(0.1, seconds / 2 if number >= KILLS // 2 else 1.0))
    subprocess.run(command("add", path, FOLDER), check=True, capture_output=True)
    subprocess.run(command("run", path), check=True, capture_output=True)
    assert [text for _, _, text in content(path)[0]] == [text for _, _, text in content(whole)[0]]  # type: ignore[attr-defined]
    assert content(path)[1] == content(whole)[1]


def test_run_again_on_a_finished_project_calls_no_model(
    undisturbed: tuple[Path, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    import workbench.embedding
    from workbench.translation import ArgosEngine

    def forbidden(*arguments: object, **options: object) -> None:
        raise AssertionError("a model was called")

    monkeypatch.setattr(ArgosEngine, "render_batches", forbidden)
    monkeypatch.setattr(workbench.embedding.encoder.SentenceEncoder, "encode", forbidden)
    before = content(undisturbed[0])
    with Project.open(undisturbed[0]) as project:
        project.run()
    assert content(undisturbed[0]) == before
