"""Gathering articles into stories, and the passages of a story into units, without touching what is reviewed."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from workbench import alignment
from workbench import stories as rooms
from workbench.alignment import Document, Group
from workbench.database import Database, articles, renderings, segments, stories, units
from workbench.languages import LANGUAGES
from workbench.model import Article, Mode, Origin, Segment, Status, Unit, UnitQuery, Variant
from workbench.progress import Progress, tracked
from workbench.stages import english, learning, vectors
from workbench.text import words

#: Probability from which on a link between comparable articles is proposed. It was learned on translated news put out
#: of order, where sentences match better than in news written twice; a reviewer rejects with one key what is wrong, but
#: cannot see what is not proposed.
PROPOSED_FROM = 0.1
# Reading positions are places within an article, in millionths: an edit elsewhere does not renumber a unit.
_SCALE = 1_000_000


@dataclass(frozen=True, slots=True)
class Aligned:
    """What alignment did with one story.

    Attributes:
        story_id: The story.
        modes: By pair of article ids, how the two were aligned.
        proposed: Units that the machine proposes now, those it proposed before included.
        kept: Units that a reviewer had decided on, left as they are.
        fresh: Whether anything had to be computed.
    """

    story_id: int
    modes: Mapping[tuple[int, int], Mode]
    proposed: int
    kept: int
    fresh: bool


def gather(database: Database, encoder_id: str) -> int:
    """Put articles that report the same event into one story; return the number of stories.

    Articles that a reviewer placed stay where they are. A story keeps its number while most of its articles stay.
    """
    cards = []
    for article in articles.every(database, with_text=False):
        parts = segments.aligned_of_article(database, article.id)
        if parts:
            texts = [segment.text for segment, _ in parts]
            plain, fine = vectors.compared(database, encoder_id, article.language, [key for _, key in parts])
            cards.append(rooms.card(article.id, article.language, texts, plain, article.published, fine))
    with database.write():
        fixed = stories.fixed(database)
        before = {a.id: a.story_id for a in articles.every(database, with_text=False) if a.story_id is not None}
        for members in rooms.gather(cards, fixed=fixed):
            story_id = _known_story(members, fixed, before) or stories.new(database, "", Origin.MACHINE)
            machine = {key: story_id for key in members if key not in fixed}
            stories.assign(database, machine, Origin.MACHINE)
            for key in members:
                before.pop(key, None)
        _name_stories(database)
        stories.drop_empty(database)
    return len(stories.every(database))


def _known_story(members: Sequence[int], fixed: Mapping[int, int], before: Mapping[int, int]) -> int | None:
    """Return the story that most of the members were in, a reviewer's word counting first."""
    told = [fixed[key] for key in members if key in fixed]
    held = told or [before[key] for key in members if key in before]
    return max(sorted(set(held)), key=held.count) if held else None


def _name_stories(database: Database) -> None:
    titles = {article.id: article.title for article in articles.every(database, with_text=False)}
    for story in stories.every(database):
        title = story.title or next((titles[key] for key in story.article_ids if titles[key]), "")
        if title and title != story.title:
            stories.rename(database, story.id, title)


def align(database: Database, encoder_id: str, progress: Progress) -> list[Aligned]:
    """Align every story whose articles, segments, decisions or settings have changed since it was aligned.

    Raises:
        Cancelled: The user stopped it; finished stories are stored.
    """
    taught = learning.learn(database)
    pending = stories.every(database)
    modes, keys = stories.modes(database), stories.alignment_keys(database)
    results = []
    for story in tracked(pending, progress, "Aligning stories", len(pending)):
        members = [articles.by_ids(database, [key])[key] for key in story.article_ids]
        mode = modes.get(story.id)
        results.append(_align_story(database, story.id, members, encoder_id, mode, keys.get(story.id, ""), taught))
    return results


@dataclass(frozen=True, slots=True)
class _Part:
    """A segment that takes part, and under which hashes its vector and that of its English are found."""

    segment: Segment
    hash: str
    english_hash: str


def _align_story(
    database: Database,
    story_id: int,
    members: Sequence[Article],
    encoder_id: str,
    mode: Mode | None,
    old_key: str,
    taught: learning.Learned,
) -> Aligned:
    parts = {article.id: _comparable_parts(database, article.id, encoder_id) for article in members}
    reviewed = [unit for unit in _units_of(database, story_id) if _is_decided(unit)]
    key = _key(parts, members, reviewed, encoder_id, mode)
    if key == old_key:
        proposed = sum(1 for unit in _units_of(database, story_id) if not _is_decided(unit))
        return Aligned(story_id, {}, proposed, len(reviewed), fresh=False)
    documents = [
        _document(database, article, parts[article.id], encoder_id) for article in members if parts[article.id]
    ]
    ids = {article.id: [part.segment.id for part in parts[article.id]] for article in members}
    fixed = [group for unit in reviewed if unit.status is not Status.REJECTED for group in _group(unit, ids)]
    rejected = [group for unit in reviewed if unit.status is Status.REJECTED for group in _whole_group(unit, ids)]
    result = alignment.align(documents, mode=mode, fixed=fixed, rejected=rejected, least=PROPOSED_FROM)
    fixed_sets = {_places(group) for group in fixed}
    by_id = {article.id: article for article in members}
    proposals = [
        _unit(group, story_id, by_id, parts, taught) for group in result.groups if _places(group) not in fixed_sets
    ]
    with database.write():
        _replace_proposals(database, story_id, proposals)
        stories.set_alignment_key(database, story_id, key)
    modes = {(pair.left, pair.right): pair.mode for pair in result.pairs}
    return Aligned(story_id, modes, len(proposals), len(reviewed), fresh=True)


def _comparable_parts(database: Database, article_id: int, encoder_id: str) -> list[_Part]:
    """Return what can be compared: a segment of one word (*Context:*) is like any other and says nothing."""
    found = [part for part in segments.aligned_of_article(database, article_id) if len(words(part[0].text)) > 1]
    english_hashes = renderings.embedded_english(database, encoder_id, (segment.id for segment, _ in found))
    return [_Part(segment, key, english_hashes.get(segment.id, "")) for segment, key in found]


def _units_of(database: Database, story_id: int) -> list[Unit]:
    return units.load(database, units.ids(database, UnitQuery(story_id=story_id)))


def _is_decided(unit: Unit) -> bool:
    return unit.status is not Status.PROPOSED or unit.origin is not Origin.MACHINE or _is_touched(unit)


def _is_touched(unit: Unit) -> bool:
    """Whether a reviewer has left anything on a unit that would be lost with it."""
    return bool(unit.note or unit.bookmarked or unit.english_origin is Origin.REVIEWER) or any(
        variant.corrected for variant in unit.variants
    )


def signature() -> str:
    """Return a short hash of all weights and thresholds that alignment goes by."""
    return hashlib.blake2b(
        repr((*map(alignment.default, alignment.Knowledge), PROPOSED_FROM)).encode(), digest_size=4
    ).hexdigest()


def _key(
    parts: Mapping[int, Sequence[_Part]],
    members: Sequence[Article],
    reviewed: Sequence[Unit],
    encoder_id: str,
    mode: Mode | None,
) -> str:
    """Return a hash of all that the result depends on."""
    inputs = [
        signature(),
        encoder_id,
        mode,
        [[a.id, a.language, [[p.segment.id, p.hash, p.english_hash] for p in parts[a.id]]] for a in members],
        sorted([unit.status.value, sorted(_held(unit))] for unit in reviewed),
    ]
    return hashlib.blake2b(json.dumps(inputs).encode(), digest_size=16).hexdigest()


def _document(database: Database, article: Article, parts: Sequence[_Part], encoder_id: str) -> Document:
    texts = tuple(part.segment.text for part in parts)
    views = vectors.compared(database, encoder_id, article.language, [part.hash for part in parts])
    rendered = vectors.compared_english(database, encoder_id, [part.english_hash for part in parts])
    return Document(article.id, article.language, texts, *views, rendered)


def _group(unit: Unit, ids: Mapping[int, Sequence[int]]) -> Iterator[Group]:
    """Yield a decided unit as a hard point, as far as its segments still take part in alignment."""
    members = {}
    for variant in unit.variants:
        present = ids.get(variant.article_id, ())
        places = tuple(present.index(key) for key in variant.segment_ids if key in present)
        if places:
            members[variant.article_id] = places
    if members:
        yield Group(members=members, confidence=1.0)


def _whole_group(unit: Unit, ids: Mapping[int, Sequence[int]]) -> Iterator[Group]:
    """Yield a decided unit as a group, if all of its segments still take part."""
    yield from (group for group in _group(unit, ids) if len(_places(group)) == len(_held(unit)))


def _places(group: Group) -> frozenset[tuple[int, int]]:
    return frozenset((key, place) for key, places in group.members.items() for place in places)


def _held(unit: Unit) -> frozenset[int]:
    return frozenset(key for variant in unit.variants for key in variant.segment_ids)


def _unit(
    group: Group,
    story_id: int,
    members: Mapping[int, Article],
    parts: Mapping[int, Sequence[_Part]],
    taught: learning.Learned,
) -> Unit:
    variants = []
    for article_id, places in sorted(group.members.items()):
        chosen = [parts[article_id][place].segment for place in places]
        variants.append(
            Variant(
                article_id,
                members[article_id].language,
                tuple(segment.id for segment in chosen),
                " ".join(segment.text for segment in chosen),
            )
        )
    # Units are read in the order of the story's first article; what it lacks goes where its own article has it.
    first = min(group.members)
    position = int(_SCALE * group.members[first][0] / max(1, len(parts[first])))
    confidence, reasons = taught.applied(group.confidence, {**group.reasons, **_by_languages(group, members)})
    return Unit(
        variants=tuple(variants),
        confidence=confidence,
        reasons=reasons,
        story_id=story_id,
        position=position,
    )


def _by_languages(group: Group, members: Mapping[int, Article]) -> dict[str, float]:
    """Return the score of each pair of languages in a group of three or more: where they contradict, it shows."""
    if len(group.members) < 3:
        return {}
    scores: dict[str, float] = {}
    for (left, right), score in group.scores.items():
        pair = "-".join(sorted((members[left].language, members[right].language), key=LANGUAGES.index))
        scores[pair] = round(max(score, scores.get(pair, 0.0)), 4)
    return scores


def _replace_proposals(database: Database, story_id: int, proposals: Sequence[Unit]) -> None:
    """Store what the machine proposes now; a unit that it proposed before in the same words keeps its number."""
    old = {_held(unit): unit for unit in _units_of(database, story_id) if not _is_decided(unit)}
    kept = []
    for unit in proposals:
        before = old.pop(_held(unit), None)
        if before is not None:
            unit = replace(unit, id=before.id, revision=before.revision, changed=before.changed, english=before.english)
        kept.append(units.save(database, unit))
    units.delete(database, [unit.id for unit in old.values()])
    english.refresh(database, kept)


def set_mode(database: Database, mode: Mode | None) -> None:
    """Choose how all stories are aligned; None lets the data decide, story by story."""
    stories.set_mode(database, [story.id for story in stories.every(database)], mode)
