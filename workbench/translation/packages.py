"""Translation packages on this machine: where they stand, putting in, taking out, checking."""

import json
import os
import re
from pathlib import Path

from workbench.errors import ModelError, UsageError
from workbench.progress import Progress, Silent
from workbench.translation import archive, argos_library, index
from workbench.translation.package_info import RECEIPT, PackageInfo, PackageOrigin, describe

_PAIR = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{2,3}))?")


def data_dir() -> Path:
    """Return where the product keeps its own models: `WORKBENCH_DATA`, or the user's data directory."""
    import platformdirs

    chosen = os.environ.get("WORKBENCH_DATA")
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir("translation-workbench", appauthor=False))


def starter_dir() -> Path:
    """Return where the packages that ship are unpacked to; apart from the user's own, so never in their way."""
    return data_dir() / "starter"


def ensure_starter() -> list[PackageInfo]:
    """Unpack the packages that ship, where they are not yet, and return them.

    Raises:
        ModelError: The directory cannot be written, or this installation lacks the model.
    """
    from workbench.translation.starter import install_starter

    try:
        paths = install_starter(starter_dir())
    except OSError as error:
        raise ModelError(
            f"the starter model cannot be unpacked into {starter_dir()}: {error.strerror or error}",
            "Set WORKBENCH_DATA to a directory that you can write.",
        ) from error
    return [describe(path, PackageOrigin.STARTER) for path in paths]


def installed(packages_dir: Path | None = None, *, starter: bool = True) -> list[PackageInfo]:
    """Return the translation packages on this machine, damaged ones included, the user's own before the starter.

    Args:
        packages_dir: Where to look instead of Argos Translate's own directories.
        starter: Whether to list the packages that ship as well.
    """
    directories = [packages_dir] if packages_dir else argos_library.package_dirs()
    found = [
        describe(path)
        for directory in directories
        if directory.is_dir()
        for path in sorted(directory.iterdir())
        if path.is_dir() and not path.name.startswith(".") and _translates(path)
    ]
    return found + (_starter() if starter else [])


def _starter() -> list[PackageInfo]:
    """Return the packages that ship, or what is wrong with them: that must not hide the user's own."""
    try:
        return ensure_starter()
    except ModelError as error:
        return [PackageInfo("", "", "", starter_dir(), PackageOrigin.STARTER, problem=error.message)]


def _translates(directory: Path) -> bool:
    """Whether a directory is, or should be, a translation package (Argos has other types, for sentences)."""
    try:
        metadata = json.loads((directory / "metadata.json").read_text(encoding="utf-8"))
        return str(metadata.get("type", "translate")) == "translate"
    except (OSError, ValueError, AttributeError, RecursionError):
        return True


def install(
    source: str | Path,
    *,
    packages_dir: Path | None = None,
    progress: Progress | None = None,
    index_url: str | None = None,
) -> PackageInfo:
    """Install a package for this user: checked first, then put in its place in one step.

    Args:
        source: An `.argosmodel` file, a package directory, or a pair of the Argos index (`uk_en`, `uk-en`, `uk`).
        packages_dir: Where to, instead of Argos Translate's own directory.
        progress: Told how much is downloaded.
        index_url: The index to ask, instead of Argos Translate's setting.

    Raises:
        ModelError: The package is damaged, unsafe or not to be had. Nothing is changed then.
        UsageError: The source is neither a file, a directory nor a pair.
    """
    home = packages_dir or argos_library.package_dirs()[0]
    with archive.staging(home) as stage:
        path = Path(source)
        if path.is_dir():
            unpacked, origin = archive.copy_directory(path, stage / "new"), PackageOrigin.USER
        elif path.is_file():
            unpacked, origin = archive.unpack(path, stage / "new"), PackageOrigin.USER
        else:
            file = _fetch(str(source), stage, progress or Silent(), index_url)
            unpacked, origin = archive.unpack(file, stage / "new"), PackageOrigin.OFFICIAL
        problems = verify(unpacked)
        if problems:
            raise ModelError(f"{path.name} is not a usable package: {problems[0]}", "Nothing was installed.")
        (unpacked / RECEIPT).write_text(json.dumps({"origin": origin, "source": str(source)}), encoding="utf-8")
        info = describe(unpacked)
        final = home / f"translate-{info.name}-{re.sub(r'[^0-9A-Za-z]+', '_', info.version)}"
        archive.put_in_place(unpacked, final, stage)
    return describe(final)


def _fetch(source: str, stage: Path, progress: Progress, index_url: str | None) -> Path:
    match = _PAIR.fullmatch(source.strip().lower())
    if not match:
        raise UsageError(
            f"'{source}' is neither a file, a directory nor a language pair",
            "Give an .argosmodel file, a package directory, or a pair such as uk_en.",
        )
    entry = index.find(match[1], match[2] or "en", index_url)
    return index.download(entry, stage / f"{entry.name}.argosmodel", progress)


def available(index_url: str | None = None) -> list[index.Entry]:
    """Ask the Argos index which packages there are. Uses the network."""
    return index.read(index_url)


def remove(name: str, *, packages_dir: Path | None = None) -> list[PackageInfo]:
    """Remove the installed packages of a pair (`uk_en`, `uk-en`) or the one in a directory of that name.

    Raises:
        ModelError: There is none, or only the starter, which ships with the product and stays.
    """
    pair = name.strip().replace("-", "_")
    mine = [info for info in installed(packages_dir, starter=False) if pair == info.name or name == info.path.name]
    if not mine:
        raise ModelError(f"no package '{name}' is installed", "See them with: workbench models list")
    for info in mine:
        with archive.staging(info.path.parent) as stage:
            # Moved away in one step, so that no half-removed package is ever found; the stage removes it.
            try:
                info.path.rename(stage / "old")
            except OSError as error:
                raise ModelError(
                    f"{info.path} cannot be removed: {error.strerror}", "Is it yours to remove?"
                ) from error
    return mine


def verify(package: PackageInfo | Path) -> list[str]:
    """Check a package: its files, its metadata, that the model loads and renders a sentence.

    Returns:
        What is wrong with it, one line each; empty for a sound package.
    """
    info = package if isinstance(package, PackageInfo) else describe(package)
    if info.problem:
        return [info.problem]
    from workbench.translation.argos import ArgosEngine

    try:
        rendering = ArgosEngine(info).render([_SAMPLES.get(info.from_code, _SAMPLES["en"])])[0]
    except ModelError as error:
        return [error.message]
    return [] if rendering.text else [f"package {info.path.name} renders a test sentence as nothing"]


_SAMPLES = {"bg": "Добър ден, свят.", "uk": "Добрий день, світе.", "ru": "Добрый день, мир.", "en": "Good day, world."}
