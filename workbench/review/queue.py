"""Which units a reviewer goes through: filters written as text, and jumps from one unit of a kind to the next."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from workbench.errors import UsageError
from workbench.languages import parse as parse_language
from workbench.model import Order, Status, UnitQuery

if TYPE_CHECKING:
    from workbench.project import Project

#: Below this, an undecided unit is doubtful.
DOUBTFUL = 0.5
_SCAN = 100
_SCAN_LIMIT = 2000

FILTER_HELP = (
    "words  /regular expression/  is:left|proposed|accepted|rejected|flagged|note|bookmark|uneven|doubtful\n"
    "lang:bg,uk  conf:<0.5  conf:>0.8  article:3  story:2  by:anna  term:key   nothing: all units"
)


class Wanted(StrEnum):
    """Kinds of units that a reviewer jumps to."""

    UNREVIEWED = "unreviewed"
    DOUBTFUL = "doubtful"
    UNEVEN = "not one to one"
    FINDING = "with a finding"
    NOTE = "with a note"
    BOOKMARK = "bookmarked"
    FLAGGED = "flagged"


def wanted_query(query: UnitQuery, wanted: Wanted) -> UnitQuery:
    """Narrow a query to the units of a kind; findings are computed, so that kind leaves the query as it is."""
    match wanted:
        case Wanted.UNREVIEWED:
            return replace(query, statuses=(Status.PROPOSED,))
        case Wanted.DOUBTFUL:
            return replace(query, statuses=(Status.PROPOSED,), most=DOUBTFUL)
        case Wanted.UNEVEN:
            return replace(query, uneven=True)
        case Wanted.NOTE:
            return replace(query, note=True)
        case Wanted.BOOKMARK:
            return replace(query, bookmarked=True)
        case Wanted.FLAGGED:
            return replace(query, statuses=(Status.FLAGGED,))
        case Wanted.FINDING:
            return query


def beside(
    project: "Project",
    unit_id: int,
    query: UnitQuery,
    wanted: Wanted,
    faulty: Callable[[Sequence[int]], set[int]],
    *,
    back: bool = False,
) -> int | None:
    """Return the nearest unit of a kind after (or before) a unit; findings are looked for among the next 2000.

    `faulty` says in which of several units the checks find something.
    """
    narrowed = wanted_query(query, wanted)
    if wanted is not Wanted.FINDING:
        found = project.units_beside(unit_id, narrowed, back=back)
        return found[0] if found else None
    scanned = 0
    while scanned < _SCAN_LIMIT:
        ids = project.units_beside(unit_id, narrowed, _SCAN, back=back)
        if not ids:
            return None
        found_in = faulty(ids)
        for candidate in ids:
            if candidate in found_in:
                return candidate
        scanned += len(ids)
        unit_id = ids[-1]
    return None


def count_left(project: "Project", query: UnitQuery) -> int:
    """Return how many units of a query nobody has decided on."""
    if query.statuses and Status.PROPOSED not in query.statuses:
        return 0
    return project.count_units(replace(query, statuses=(Status.PROPOSED,)))


_TOKEN = re.compile(r"/(?:\\.|[^/\\])+/|\S+")


#: Says in which units the terms of a concept with a key occur.
Occurring = Callable[[str], Iterable[int]]


def parse_filter(
    text: str, project: "Project", order: Order = Order.READING, occurring: Occurring | None = None
) -> UnitQuery:
    """Turn what a reviewer wrote into a query. See `FILTER_HELP`.

    Args:
        text: What was written.
        project: The project.
        order: The order that the query keeps.
        occurring: Who looks for terms; the project itself where nobody else does.

    Raises:
        UsageError: A condition is unknown or malformed.
    """
    query = UnitQuery(order=order)
    look = occurring or (lambda key: units_with_term(project, key))
    loose: list[str] = []
    for token in _TOKEN.findall(text):
        name, colon, value = token.partition(":")
        if len(token) > 2 and token.startswith("/") and token.endswith("/"):
            query = replace(query, text=_pattern(token[1:-1]))
        elif name == "term" and value:
            query = _among(query, set(look(value)))
        elif colon and name in _CONDITIONS and value:
            query = _CONDITIONS[name](query, value, project)
        else:
            loose.append(token)
    return replace(query, words=" ".join(loose))


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise UsageError(f"not a regular expression: {error}", "Plain words need no slashes.") from error
    return text


def _is(query: UnitQuery, value: str, project: "Project") -> UnitQuery:
    if value in list(Status):
        return replace(query, statuses=(*query.statuses, Status(value)))
    kinds = {
        "left": {"statuses": (Status.PROPOSED, Status.FLAGGED)},
        "note": {"note": True},
        "bookmark": {"bookmarked": True},
        "uneven": {"uneven": True},
        "doubtful": {"statuses": (Status.PROPOSED,), "most": DOUBTFUL},
    }
    if value not in kinds:
        raise UsageError(f"nothing can be is:{value}", f"is: takes {', '.join([*Status, *kinds])}")
    return replace(query, **kinds[value])  # type: ignore[arg-type]


def _lang(query: UnitQuery, value: str, project: "Project") -> UnitQuery:
    return replace(query, languages=tuple(parse_language(code) for code in value.split(",")))


def _conf(query: UnitQuery, value: str, project: "Project") -> UnitQuery:
    found = re.fullmatch(r"([<>]?)=?(\d*\.?\d+)(%?)", value)
    if found is None:
        raise UsageError(f"cannot read conf:{value}", "Write conf:<0.5 or conf:>80%")
    number = float(found[2]) / (100 if found[3] else 1)
    return replace(query, most=number) if found[1] == "<" else replace(query, least=number)


def _number(value: str, noun: str) -> int:
    if not value.isdecimal():
        raise UsageError(f"{noun}:{value} is not a number", "workbench status lists articles and stories.")
    return int(value)


def _article(query: UnitQuery, value: str, project: "Project") -> UnitQuery:
    return replace(query, article_id=_number(value, "article"))


def _story(query: UnitQuery, value: str, project: "Project") -> UnitQuery:
    return replace(query, story_id=_number(value, "story"))


def _by(query: UnitQuery, value: str, project: "Project") -> UnitQuery:
    touched = {
        int(key[5:])
        for action in project.history()
        if action.reviewer.casefold() == value.casefold()
        for key in action.after
        if key.startswith("unit:")
    }
    return _among(query, touched)


def units_with_term(project: "Project", key: str) -> set[int]:
    """Return the units where the terms of a concept occur, in any form.

    Raises:
        GlossaryError: There is no such concept.
    """
    return {found.unit_id for found in project.occurrences(key) if found.unit_id is not None}


def _among(query: UnitQuery, ids: set[int]) -> UnitQuery:
    kept = ids if query.unit_ids is None else ids & set(query.unit_ids)
    return replace(query, unit_ids=tuple(sorted(kept)))


_CONDITIONS = {
    "is": _is,
    "lang": _lang,
    "conf": _conf,
    "article": _article,
    "story": _story,
    "by": _by,
}
