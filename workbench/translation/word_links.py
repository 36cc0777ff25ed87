"""Which source word each English word came from, told by the model's attention: pure functions.

The decoder of the starter was taught with word alignments where to look (Garg et al. 2019), so its attention, summed
over the pieces of words, is an alignment. Other models look about more freely, and their links are less sure.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from workbench.model import Span, WordLink

_WORD = re.compile(r"[^\W_]+(?:[.,:’'ʼ-][^\W_]+)*")
# How sentencepiece writes a space.
_SPACE = "▁"


def link(
    source: str,
    read: Sequence[str],
    english: str,
    written: Sequence[str],
    attention: Sequence[Sequence[float]],
) -> tuple[WordLink, ...]:
    """Link every word of the English with the source word that got the largest share of its attention.

    Args:
        source: The source text.
        read: Its pieces, as sentencepiece cut them.
        english: The English text.
        written: Its pieces.
        attention: For each piece of the English, its weights on the pieces of the source.

    Returns:
        The links, in the order of the English; none where the pieces are not sentencepiece's.
    """
    if not any(piece.startswith(_SPACE) for piece in read):
        return ()
    ours, theirs = words(source), words(english)
    place_of = _word_of_piece(read, source, ours)
    found = []
    rows: list[list[Sequence[float]]] = [[] for _ in theirs]
    for place, row in zip(_word_of_piece(written, english, theirs), attention, strict=False):
        if place is not None:
            rows[place].append(row)
    for word, several in zip(theirs, rows, strict=True):
        shares = [0.0] * len(ours)
        for row in several:
            for place, weight in zip(place_of, row, strict=False):
                if place is not None:
                    shares[place] += weight / len(several)
        if shares and several:
            best = max(range(len(ours)), key=shares.__getitem__)
            found.append(WordLink(ours[best], word, round(min(1.0, shares[best]), 3)))
    return tuple(found)


def words(text: str) -> list[Span]:
    """Return where the words and numbers of a text stand."""
    return [Span(*match.span()) for match in _WORD.finditer(text)]


def _word_of_piece(pieces: Sequence[str], text: str, found: Sequence[Span]) -> list[int | None]:
    """Return for each piece which of the text's words it is part of, None for marks."""
    joined = "".join(pieces).replace(_SPACE, " ")
    where = _moved(joined, text)
    owner: list[int | None] = [None] * (len(text) + 1)
    for number, span in enumerate(found):
        owner[span.start : span.end] = [number] * (span.end - span.start)
    places: list[int | None] = []
    at = 0
    for piece in pieces:
        letters = range(at + (piece.startswith(_SPACE)), at + len(piece))
        owners = (owner[place] for letter in letters if (place := where[letter]) is not None)
        places.append(next((number for number in owners if number is not None), None))
        at += len(piece)
    return places


def _moved(before: str, after: str) -> list[int | None]:
    """Return for each character of one text where it stands in a changed form of it, None where it is gone."""
    if before == after:
        return list(range(len(before)))
    from rapidfuzz.distance import Levenshtein

    places: list[int | None] = []
    for step in Levenshtein.opcodes(before, after):
        gone = step.tag == "delete"
        places += [None if gone else step.dest_start + n for n in range(step.src_end - step.src_start)]
    return places


def follow(links: Iterable[WordLink], before: str, after: str) -> tuple[WordLink, ...]:
    """Move links to where their English words stand after the English was changed; words that went have none."""
    if before == after:
        return tuple(links)
    places, whole = _moved(before, after), words(after)
    moved = []
    for one in links:
        letters = [place for place in places[one.english.start : one.english.end] if place is not None]
        parts = [word for word in whole if letters and word.start <= letters[-1] and word.end > letters[0]]
        if parts:
            moved.append(replace(one, english=Span(parts[0].start, parts[-1].end)))
    return tuple(moved)


def follow_source(links: Iterable[WordLink], before: str, after: str) -> tuple[WordLink, ...]:
    """Move links to where their source words stand in another form of the source."""
    if before == after:
        return tuple(links)
    turned = [WordLink(one.english, one.source, one.weight) for one in links]
    return tuple(WordLink(one.english, one.source, one.weight) for one in follow(turned, before, after))


def shift(links: Iterable[WordLink], source: int, english: int) -> tuple[WordLink, ...]:
    """Move links by a number of characters on each side, for joining the parts of a text."""
    return tuple(
        replace(
            one,
            source=Span(one.source.start + source, one.source.end + source),
            english=Span(one.english.start + english, one.english.end + english),
        )
        for one in links
    )


def english_spans(links: Sequence[WordLink], source: Span, least: float = 0.0) -> tuple[Span, ...]:
    """Return the stretches of the English that render a stretch of the source, in the order of the English.

    Args:
        links: The alignment of a rendering.
        source: Where in the source text.
        least: Words whose attention to their source word is a smaller share are passed over.

    Returns:
        Neighbouring words are one stretch; empty where the English has nothing from there.
    """
    stretches: list[Span] = []
    last = -2
    for number, one in enumerate(links):
        if one.weight < least or one.source.end <= source.start or one.source.start >= source.end:
            continue
        if number == last + 1:
            stretches[-1] = Span(stretches[-1].start, one.english.end)
        else:
            stretches.append(one.english)
        last = number
    return tuple(stretches)
