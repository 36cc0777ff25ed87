"""Offline translation and alignment of Bulgarian, Ukrainian and Russian news.

A script imports one name, `Project`; it is loaded on first use so that importing `workbench` costs nothing.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.project import Project

__all__ = ["Project", "__version__"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    if name == "Project":
        from workbench.project import Project

        return Project
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
