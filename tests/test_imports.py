"""Nothing heavy is imported until it is needed, and the core never imports the terminal UI."""

import subprocess
import sys

import pytest

HEAVY = (
    "torch",
    "transformers",
    "sentence_transformers",
    "argostranslate",
    "ctranslate2",
    "spacy",
    "stanza",
    "trafilatura",
    "pymorphy3",
    "sacrebleu",
    "scipy",
)


def imported_by(statement: str) -> set[str]:
    """Return the top-level packages that a fresh interpreter has loaded after a statement."""
    script = f"{statement}\nimport sys\nprint(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    "statement",
    [
        "import workbench",
        "from workbench import Project",
        "import workbench.cli",
        "import workbench.ingest",
        "import workbench.translation",
        "import workbench.embedding",
        "import workbench.stories, workbench.alignment",
        "import workbench.exchange",
        "import workbench.glossary, workbench.checks",
        "import workbench.stages.adding, workbench.stages.aligning, workbench.stages.rendering",
        "import tui",
    ],
)
def test_importing_a_room_loads_nothing_heavy(statement: str) -> None:
    assert not imported_by(statement) & set(HEAVY)


def test_help_loads_neither_numpy_nor_textual_nor_a_subcommand() -> None:
    loaded = imported_by(
        "import sys; sys.argv = ['workbench', '--help']\n"
        "from workbench.cli.failures import run\nfrom workbench.cli.root import workbench\nrun(workbench)"
    )
    assert not loaded & {*HEAVY, "numpy", "textual", "rich", "sqlite_utils", "lxml"}


def test_the_core_never_imports_the_terminal_ui() -> None:
    everything = (
        "import importlib, pkgutil, workbench\n"
        "for module in pkgutil.walk_packages(workbench.__path__, 'workbench.'):\n"
        "    if not any(part in module.name for part in ('cli', 'training', '__main__')):\n"
        "        importlib.import_module(module.name)"
    )
    assert "tui" not in imported_by(everything)
