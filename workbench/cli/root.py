"""The command `workbench` and its table of subcommands, each loaded only when it is called."""

import importlib
from collections.abc import Mapping
from typing import Any

import click

from workbench import __version__

#: Command -> (module:attribute, what `workbench --help` says of it).
COMMANDS: Mapping[str, tuple[str, str]] = {
    "demo": ("demo:demo", "Build demo.workbench from five real articles and show what came out."),
    "init": ("projects:init", "Make a new, empty project file."),
    "add": ("projects:add", "Read articles into a project."),
    "remove": ("projects:remove", "Take articles out of a project."),
    "run": ("stages:run", "Translate and align whatever is new."),
    "translate": ("stages:translate", "Render articles into English."),
    "align": ("stages:align", "Gather articles into stories and align their passages."),
    "story": ("stages:story", "List stories, or say which articles belong together."),
    "review": ("reviewing:review", "Step through the units and correct them."),
    "show": ("projects:show", "Print aligned units side by side."),
    "search": ("projects:search", "Find words in sources and English."),
    "status": ("projects:status", "Say where a project stands."),
    "check": ("checking:check", "List what looks wrong in the units."),
    "glossary": ("glossaries:glossary", "Keep the project's terms."),
    "memory": ("remembering:memory", "Print the human English that is remembered for texts like one."),
    "import": ("importing:import_", "Read aligned units or a memory from other tools."),
    "export": ("exporting:export", "Write units for other tools: TMX, TSV, JSONL and more."),
    "history": ("reviewing:history", "List the reviewers' changes, or take one back."),
    "models": ("models:models", "List, install, verify and remove translation packages."),
    "evaluate": ("evaluating:evaluate", "Measure translation or alignment against a gold standard."),
}

EXAMPLES = """\b
Examples:
  workbench demo
  workbench init news.workbench
  workbench add news.workbench articles/ page.html
  workbench run news.workbench
  workbench review news.workbench
  workbench export news.workbench -f tmx -o news.tmx
"""


class LazyGroup(click.Group):
    """A group that imports a subcommand's module only when that subcommand is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table: the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a subcommand."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(f"workbench.cli.{module}"), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table without importing a single subcommand."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Name the nearest command where the user mistyped one."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            ctx.fail(f"there is no command '{args[0]}'" + (f"; did you mean '{near[0]}'?" if near else ""))
        return super().resolve_command(ctx, args)


@click.group(
    cls=LazyGroup, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def workbench() -> None:
    """Translate and align Bulgarian, Ukrainian and Russian news, offline, in the terminal.

    A project is one file. Articles go in, are rendered into English, gathered into stories and aligned passage by
    passage; you review the result and export it. Nothing leaves this machine.
    """
