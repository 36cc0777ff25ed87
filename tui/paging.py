"""A queue of units as ids in memory and units by pages from the project: a million units cost eight megabytes."""

from array import array
from collections.abc import Iterable

from workbench.model import Unit
from workbench.project import Project

PAGE = 64
_KEPT_PAGES = 48


class UnitPages:
    """The ids of a queue, and its units fetched a page at a time as they are looked at.

    `complete` is False while the rest of the ids is still being read.
    """

    def __init__(self, project: Project, ids: Iterable[int] = (), *, complete: bool = True) -> None:
        self._project = project
        self.ids = ids if isinstance(ids, array) else array("q", ids)
        self.complete = complete
        self._pages: dict[int, dict[int, Unit]] = {}

    def __len__(self) -> int:
        return len(self.ids)

    def unit(self, place: int) -> Unit | None:
        """Return the unit at a place in the queue; None where it is gone or there is no such place."""
        if not 0 <= place < len(self.ids):
            return None
        number = place // PAGE
        if number not in self._pages:
            while len(self._pages) >= _KEPT_PAGES:
                self._pages.pop(next(iter(self._pages)))
            wanted = self.ids[number * PAGE : (number + 1) * PAGE]
            self._pages[number] = {unit.id: unit for unit in self._project.units(wanted)}
        return self._pages[number].get(self.ids[place])

    def place(self, unit_id: int, near: int = 0) -> int | None:
        """Return where a unit is in the queue, looking first near a place; None where it is not in it."""
        start = max(0, near - 2)
        for place in range(start, min(len(self.ids), near + 3)):
            if self.ids[place] == unit_id:
                return place
        try:
            return self.ids.index(unit_id)
        except ValueError:
            return None

    def forget(self) -> None:
        """Fetch units anew the next time they are looked at."""
        self._pages.clear()

    def renew(self, unit_ids: Iterable[int]) -> None:
        """Fetch some units anew where they are at hand."""
        wanted = set(unit_ids)
        fresh = {unit.id: unit for unit in self._project.units(sorted(wanted))} if len(wanted) < PAGE else {}
        for number, page in list(self._pages.items()):
            touched = wanted & page.keys()
            if touched and not fresh:
                del self._pages[number]
            for unit_id in touched & fresh.keys():
                page[unit_id] = fresh[unit_id]

    def remove(self, unit_id: int) -> None:
        """Take a unit out of the queue."""
        place = self.place(unit_id)
        if place is not None:
            del self.ids[place]
            self.forget()

    def insert(self, unit_id: int, after: int | None) -> None:
        """Put a unit into the queue after another one, at the beginning where that one is not in it."""
        if self.place(unit_id) is None:
            before = self.place(after) if after is not None else None
            self.ids.insert(0 if before is None else before + 1, unit_id)
            self.forget()
