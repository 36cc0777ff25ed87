"""Going through the queue: steps, jumps, filters, orders, counts."""

from tests.tui.conftest import Opener
from workbench.model import Status


async def test_steps_pages_and_ends(open_desk: Opener) -> None:
    async with open_desk(unit=3) as desk:
        places = []
        for key in ("j", "down", "k", "up", "end", "home", "pagedown", "pageup"):
            await desk.press(key)
            places.append(desk.review.place)
        assert places[:6] == [3, 4, 3, 2, 21, 0]
        assert places[6] > 3 and places[7] == 0


async def test_the_first_undecided_unit_comes_first(open_desk: Opener) -> None:
    async with open_desk(unit=1) as desk:
        await desk.press("a", "a")
    async with open_desk() as desk:
        assert desk.review.current is not None and desk.review.current.id == 3


FILTERS = {
    "bridge": [1, 2, 3, 12, 13, 14],
    "міст 240": [3, 14],
    "/20[0-9]{2}/": [11, 22],
    "is:accepted": [4],
    "story:2 конф": [],
    "article:4 ferry": [17],
    "conf:>89%": [4, 15],
    "conf:<0.39 is:proposed": [1, 12],
    "lang:ru toll": [],
    "is:left toll": [7, 18],
    "by:tester": [4, 5],
    "is:flagged is:accepted": [4, 5],
    "is:note": [5],
    "": list(range(1, 23)),
}


async def test_filters(open_desk: Opener) -> None:
    async with open_desk(unit=4) as desk:
        await desk.press("a", "f", "h", "m", "enter")
        for text, ids in FILTERS.items():
            await desk.press("f3", "ctrl+u")
            await desk.write(text)
            await desk.press("enter")
            assert list(desk.review.pages.ids) == ids, text
            assert desk.review.left == sum(desk.unit(i).status is Status.PROPOSED for i in ids)  # type: ignore[union-attr]


async def test_a_filter_that_cannot_be_read_says_why(open_desk: Opener) -> None:
    async with open_desk() as desk:
        for text, said in (("/(/", "regular expression"), ("is:purple", "nothing can be is:purple")):
            await desk.press("f3", "ctrl+u")
            await desk.write(text)
            await desk.press("enter")
            assert said in desk.said


async def test_counts_follow_the_work(open_desk: Opener) -> None:
    async with open_desk(unit=1) as desk:
        assert "22 left" in desk.lines()[0]
        await desk.press("a", "x")
        assert "20 left" in desk.lines()[0]
        await desk.press("m")
        assert "19 left" in desk.lines()[0] and "3/21" in desk.lines()[0]
        await desk.press("u", "u", "u")
        assert "22 left" in desk.lines()[0] and "/22" in desk.lines()[0]


async def test_only_what_is_left_and_by_confidence(open_desk: Opener) -> None:
    async with open_desk(unit=1) as desk:
        await desk.press("a", "w")
        assert 1 not in desk.review.pages.ids and len(desk.review.pages) == 21
        await desk.press("w", "o")
        units = desk.project.units(desk.review.pages.ids)
        assert len(units) == 22
        assert [unit.confidence for unit in units] == sorted(unit.confidence for unit in units)
        await desk.press("o")
        assert "worst English first" in desk.said and len(desk.review.pages) == 22
        await desk.press("o")
        assert "reading order" in desk.said and list(desk.review.pages.ids) == list(desk.project.unit_ids())


async def test_jumps_by_kind(open_desk: Opener) -> None:
    async with open_desk(unit=1) as desk:
        await desk.press("a", "a", "b", "k", "k", "N")
        assert desk.review.current is not None and desk.review.current.id == 3
        await desk.press("v", "6")
        assert desk.review.current.id == 3
        await desk.press("end", "P")
        assert desk.review.current is not None and desk.review.current.id == 3


async def test_go_to_a_unit_outside_the_filter(open_desk: Opener) -> None:
    async with open_desk(unit=1) as desk:
        await desk.press("slash")
        await desk.write("bridge")
        await desk.press("enter", "g")
        await desk.write("20")
        await desk.press("enter")
        assert desk.review.current is not None and desk.review.current.id == 20
        assert len(desk.review.pages) == 22
        await desk.press("g")
        await desk.write("999")
        await desk.press("enter")
        assert "there is no unit 999" in desk.said


async def test_passages_are_chosen_by_tab_and_digit(open_desk: Opener) -> None:
    async with open_desk(unit=1) as desk:
        seen = []
        for key in ("tab", "tab", "tab", "tab", "shift+tab", "2"):
            await desk.press(key)
            seen.append(desk.review.passage)
        assert seen == [1, 2, 3, 0, 3, 1]


async def test_a_click_goes_to_a_unit(open_desk: Opener) -> None:
    async with open_desk(unit=1) as desk:
        await desk.pilot.click("#list", offset=(20, 3))
        await desk.settle()
        assert desk.review.place == 3
