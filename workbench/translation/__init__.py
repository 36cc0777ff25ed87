"""Rendering articles in English, offline: engines, packages, reuse of human English."""

from workbench.translation.argos import ArgosEngine, Search
from workbench.translation.engine import Engine, PassThrough, Pivot, engine_for
from workbench.translation.index import Entry
from workbench.translation.memory import Match, exact, fuzzy, marked, remembered
from workbench.translation.package_info import PackageInfo, PackageOrigin
from workbench.translation.packages import available, install, installed, remove, verify
from workbench.translation.quality import quality
from workbench.translation.word_links import english_spans

__all__ = [
    "ArgosEngine",
    "Engine",
    "Entry",
    "Match",
    "PackageInfo",
    "PackageOrigin",
    "PassThrough",
    "Pivot",
    "Search",
    "available",
    "engine_for",
    "english_spans",
    "exact",
    "fuzzy",
    "install",
    "installed",
    "marked",
    "quality",
    "remembered",
    "remove",
    "verify",
]
