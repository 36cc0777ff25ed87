"""Translation packages: models list, info, available, install, verify, remove."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from workbench.cli.common import JSON, VERBOSE, narrate, print_json
from workbench.errors import ModelError

if TYPE_CHECKING:
    from workbench.translation import PackageInfo


@click.group()
def models() -> None:
    """List, install, verify and remove translation packages.

    The starter model comes with the workbench and needs no network. Official Argos packages are better; one that
    you install replaces the starter for its language. Only `install PAIR` and `available` use the network.

    \b
    Examples:
      workbench models list
      workbench models install translate-uk_en-1_9.argosmodel
      workbench models install uk_en
    """


def _as_json(info: "PackageInfo", used: bool) -> dict[str, Any]:
    return {
        "pair": info.name,
        "version": info.version,
        "origin": info.origin.value,
        "used": used,
        "size": info.size,
        "licence": info.licence,
        "scores": dict(info.scores),
        "path": str(info.path),
        "problem": info.problem,
    }


def _used(found: Sequence["PackageInfo"]) -> set[str]:
    from workbench.languages import SOURCE_LANGUAGES
    from workbench.translation.engine import route

    return {str(info.path) for code in SOURCE_LANGUAGES for info in route(code, found)}


def _say(info: "PackageInfo", used: bool) -> None:
    mark = "*" if used else " "
    scores = "  ".join(f"{name} {value:.1f}" for name, value in info.scores.items())
    state = info.problem or f"{info.size / 1e6:.0f} MB  {info.licence}  {scores}"
    click.echo(f"{mark} {info.name}  {info.version}  {info.origin.value}  {state}".rstrip())


@models.command("list")
@JSON
@VERBOSE
def list_(as_json: bool) -> None:
    """List the packages on this machine; a star marks what renders each language."""
    from workbench import translation

    found = translation.installed()
    used = _used(found)
    if as_json:
        print_json([_as_json(info, str(info.path) in used) for info in found])
        return
    for info in found:
        _say(info, str(info.path) in used)
    if not found:
        narrate("no translation package is installed")


@models.command()
@click.argument("pair")
@JSON
@VERBOSE
def info(pair: str, as_json: bool) -> None:
    """Show what is known of the packages of a PAIR, e.g. uk_en."""
    from workbench import translation

    wanted = pair.replace("-", "_")
    everything = translation.installed()
    found = [each for each in everything if each.name == wanted]
    if not found:
        raise ModelError(f"no package '{pair}' is installed", "See them with: workbench models list")
    used = _used(everything)
    if as_json:
        print_json([_as_json(each, str(each.path) in used) for each in found])
        return
    for each in found:
        for key, value in _as_json(each, str(each.path) in used).items():
            click.echo(f"{key:>8}  {value}")


@models.command()
@JSON
@VERBOSE
def available(as_json: bool) -> None:
    """Ask the Argos index which packages there are. Uses the network."""
    from workbench import translation

    entries = translation.available()
    if as_json:
        print_json([{"pair": entry.name, "version": entry.version, "size": entry.size} for entry in entries])
        return
    for entry in entries:
        click.echo(f"{entry.name}  {entry.version}")


@models.command()
@click.argument("source")
@VERBOSE
def install(source: str) -> None:
    """Install SOURCE: an .argosmodel file, a package folder, or a pair (uk_en) from the Argos index.

    Naming a pair uses the network; files and folders do not. A package is checked before it takes its place.
    """
    from workbench import translation
    from workbench.cli.bars import bar

    with bar() as progress:
        installed = translation.install(source, progress=progress)
    narrate(f"installed {installed.name} {installed.version} in {installed.path}")


@models.command()
@click.argument("pair", required=False)
@VERBOSE
def verify(pair: str | None) -> None:
    """Check the packages (of one PAIR): files, metadata, and that the model renders a sentence."""
    from workbench import translation

    wanted = pair.replace("-", "_") if pair else None
    chosen = [each for each in translation.installed() if wanted in (None, each.name)]
    if not chosen:
        raise ModelError(f"no package '{pair}' is installed", "See them with: workbench models list")
    broken = 0
    for each in chosen:
        problems = translation.verify(each)
        click.echo(f"{each.name}  {each.version}  {'; '.join(problems) or 'sound'}")
        broken += bool(problems)
    if broken:
        raise click.exceptions.Exit(1)


@models.command()
@click.argument("pair")
@VERBOSE
def remove(pair: str) -> None:
    """Remove the installed packages of a PAIR. The starter stays."""
    from workbench import translation

    for each in translation.remove(pair):
        narrate(f"removed {each.name} {each.version}")
