"""The command line. `main` runs it; one module a noun; nothing here that a test would want to call without it."""

import sys

from workbench.cli.failures import run
from workbench.cli.root import workbench


def main() -> None:
    """Run the command line and exit with its code."""
    sys.exit(run(workbench))
