"""Files that come with the product: the seed articles and the starter glossary."""

from pathlib import Path

from workbench.errors import WorkbenchError

_HERE = Path(__file__).parent


def seeds() -> list[Path]:
    """Return the five real articles that the demo is built from.

    Raises:
        WorkbenchError: The installation lacks them.
    """
    return _files(_HERE / "seeds", _HERE.parent / "seeds", "*.txt")


def starter_glossary() -> list[Path]:
    """Return the files of the starter glossary.

    Raises:
        WorkbenchError: The installation lacks them.
    """
    return _files(_HERE / "starter_glossary", _HERE.parent / "glossary", "*")


def _files(installed: Path, in_repository: Path, pattern: str) -> list[Path]:
    folder = installed if installed.is_dir() else in_repository
    found = sorted(path for path in folder.glob(pattern) if path.is_file())
    if not found:
        raise WorkbenchError(f"the installation is incomplete: {folder} is missing", "Install the workbench again.")
    return found
