"""The reviewer's corrections as pure functions: the unit as it is goes in, a `Change` comes out.

Nothing here reads or writes the project; `Project.apply` makes the change and records it with its inverse.
A passage that changes becomes the reviewer's: the machine never proposes over it again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from workbench.errors import WorkbenchError
from workbench.languages import LANGUAGES
from workbench.model import Article, Kind, Origin, Segment, Status, Unit, Variant
from workbench.review.states import Change


class ActionError(WorkbenchError):
    """A correction cannot be made on this unit."""


def set_status(units: Sequence[Unit], status: Status, note: str | None = None) -> Change:
    """Accept, reject, flag or reopen units; a note is kept with each where one is given."""
    verb = {
        Status.ACCEPTED: "accept",
        Status.REJECTED: "reject",
        Status.FLAGGED: "flag",
        Status.PROPOSED: "reopen",
    }[status]
    return Change(
        verb,
        tuple((unit, replace(unit, status=status, note=unit.note if note is None else note)) for unit in units),
    )


def set_note(unit: Unit, note: str) -> Change:
    """Write a note on a unit, or wipe it with an empty one."""
    return Change("note", ((unit, replace(unit, note=note.strip())),))


def set_bookmark(units: Sequence[Unit], bookmarked: bool) -> Change:
    """Set or remove bookmarks."""
    return Change("bookmark", tuple((unit, replace(unit, bookmarked=bookmarked)) for unit in units))


def edit_english(unit: Unit, text: str) -> Change:
    """Replace the English of a unit by a reviewer's."""
    return Change("edit English", ((unit, replace(unit, english=text.strip(), english_origin=Origin.REVIEWER)),))


def restore_english(unit: Unit) -> Change:
    """Let the machine's English stand again; `Project.apply` fills it in."""
    return Change("restore English", ((unit, replace(unit, english="", english_origin=Origin.MACHINE)),))


def correct_text(unit: Unit, article_id: int, text: str) -> Change:
    """Correct the text of one variant; the article itself stays as it came."""
    variants = tuple(
        replace(variant, text=text.strip(), corrected=True) if variant.article_id == article_id else variant
        for variant in unit.variants
    )
    return Change("correct text", ((unit, replace(unit, variants=variants)),))


def take_in(unit: Unit, added: Sequence[Segment], article: Article, holders: Sequence[Unit] = ()) -> Change:
    """Put segments of an article into a unit, taking them out of the units (`holders`) that have them now."""
    before = next((v for v in unit.variants if v.article_id == article.id), None)
    kept = before.segment_ids if before else ()
    texts = {segment.id: segment for segment in added}
    ids = tuple(dict.fromkeys((*kept, *texts)))
    grown = _with_passage(unit, article.id, article.language, ids)
    others = tuple((holder, _without(holder, set(texts))) for holder in holders if holder.id != unit.id)
    return Change("take in", ((unit, grown), *others))


def give_out(unit: Unit, segment_ids: Sequence[int]) -> Change:
    """Take segments out of a unit; they stay in their article, in no unit.

    Raises:
        ActionError: The unit holds none of them.
    """
    shrunk = _without(unit, set(segment_ids))
    if shrunk == unit:
        raise ActionError("the unit does not hold that segment")
    return Change("give out", ((unit, shrunk),))


def take_out(unit: Unit, article_id: int) -> Change:
    """Take the whole passage of one article out of a unit."""
    held = [key for variant in unit.variants if variant.article_id == article_id for key in variant.segment_ids]
    return replace(give_out(unit, held), kind="take out")


def split(unit: Unit, firsts: Mapping[int, int] | None = None) -> Change:
    """Cut a unit in two.

    Args:
        unit: The unit.
        firsts: Article id -> how many of its segments stay; the default is one of each passage with several.

    Raises:
        ActionError: Fewer than two languages would have text in the second part.
    """
    head, tail = [], []
    for variant in unit.variants:
        stay = (firsts or {}).get(variant.article_id, 1)
        left, right = variant.segment_ids[:stay], variant.segment_ids[stay:]
        head += [_plain(variant, left)] if left else []
        tail += [_plain(variant, right)] if right else []
    if not _is_unit(head) or not _is_unit(tail):
        raise ActionError(
            "cannot split: both parts need segments in two languages", "Take segments in, or give some out."
        )
    first = _reviewed(replace(unit, variants=tuple(head)))
    second = replace(_reviewed(replace(unit, variants=tuple(tail))), id=0, position=unit.position + 1, note="")
    return Change("split", ((unit, _reset_english(first)), (None, _reset_english(second))))


def merge(units: Sequence[Unit]) -> Change:
    """Join units into the first of them, passage by passage.

    Raises:
        ActionError: There are fewer than two, or they belong to different stories.
    """
    if len(units) < 2:
        raise ActionError("there is no unit to merge with")
    if len({unit.story_id for unit in units}) > 1:
        raise ActionError("cannot merge units of different stories")
    first, *rest = units
    merged = first
    for unit in rest:
        for variant in unit.variants:
            mine = next((v for v in merged.variants if v.article_id == variant.article_id), None)
            ids = (*(mine.segment_ids if mine else ()), *variant.segment_ids)
            merged = _with_passage(merged, variant.article_id, variant.language, tuple(dict.fromkeys(ids)))
    if any(unit.english_origin is Origin.REVIEWER for unit in units):
        english = " ".join(unit.english for unit in units if unit.english)
        merged = replace(merged, english=english, english_origin=Origin.REVIEWER)
    note = " ".join(unit.note for unit in units if unit.note)
    merged = replace(merged, note=note, bookmarked=any(unit.bookmarked for unit in units))
    return Change("merge", ((first, merged), *((unit, None) for unit in rest)))


def link(passages: Mapping[int, Sequence[Segment]], articles: Mapping[int, Article], position: int) -> Change:
    """Make a new unit of loose segments: article id -> segments.

    Raises:
        ActionError: They come from fewer than two languages, or from articles of different stories.
    """
    stories = {articles[key].story_id for key in passages}
    if len(stories) != 1 or None in stories:
        raise ActionError("only passages of one story can be linked", "Put the articles into one story first.")
    unit = Unit(variants=(), story_id=next(iter(stories)) or 0, position=position, origin=Origin.REVIEWER)
    for article_id, segments in passages.items():
        ids = tuple(segment.id for segment in sorted(segments, key=lambda segment: segment.position))
        unit = _with_passage(unit, article_id, articles[article_id].language, ids)
    if not _is_unit(unit.variants):
        raise ActionError("a unit needs passages in two languages")
    return Change("link", ((None, unit),))


def set_kind(segment: Segment, kind: Kind, holders: Sequence[Unit] = ()) -> Change:
    """Say what a segment is; one that takes no part in alignment leaves the units that hold it."""
    leaving = () if kind.aligned else tuple((unit, _without(unit, {segment.id})) for unit in holders)
    return Change(f"mark as {kind.value}", leaving, kinds=((segment.id, segment.kind, kind),))


def set_language(article: Article, language: str) -> Change:
    """Say which language an article is in."""
    return Change("set language", languages=((article.id, article.language, language),))


def _is_unit(variants: Sequence[Variant]) -> bool:
    return len({variant.language for variant in variants}) >= 2


def _plain(variant: Variant, segment_ids: tuple[int, ...]) -> Variant:
    """Return a variant with other segments; `Project.apply` fills in their text."""
    return replace(variant, segment_ids=segment_ids, text="", corrected=False)


def _reviewed(unit: Unit) -> Unit:
    return replace(unit, origin=Origin.REVIEWER, confidence=1.0, reasons={})


def _reset_english(unit: Unit) -> Unit:
    return unit if unit.english_origin is Origin.REVIEWER else replace(unit, english="")


def _with_passage(unit: Unit, article_id: int, language: str, ids: tuple[int, ...]) -> Unit:
    others = [variant for variant in unit.variants if variant.article_id != article_id]
    variants = [*others, Variant(article_id, language, ids, "")]
    variants.sort(key=lambda variant: (LANGUAGES.index(variant.language), variant.article_id))
    return _reset_english(_reviewed(replace(unit, variants=tuple(variants))))


def _without(unit: Unit, segment_ids: set[int]) -> Unit | None:
    """Return a unit without some segments; None where what is left is no longer a unit."""
    variants = []
    for variant in unit.variants:
        kept = tuple(key for key in variant.segment_ids if key not in segment_ids)
        if kept == variant.segment_ids:
            variants.append(variant)
        elif kept:
            variants.append(_plain(variant, kept))
    if tuple(variants) == unit.variants:
        return unit
    if not _is_unit(variants):
        return None
    return _reset_english(_reviewed(replace(unit, variants=tuple(variants))))
