"""Recognising terms in running text, in every inflected form, by a trie over the keys of their words.

The words of a text are looked up once per distinct form; only where a word can begin a term is the trie walked
(Aho and Corasick 1975 without failure links: terms are short, and few words begin one).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from operator import itemgetter

from workbench.glossary.lemmas import APOSTROPHES, is_acronym, term_keys, text_keys
from workbench.model import Concept, Span, Term

# One word as it stands in a text: combining accents, soft hyphens, zero-width characters and apostrophes do not end
# it, and `U.S.` is one word.
WORD = re.compile(rf"((?:[A-Z]\.){{2,}}|\w[\w{APOSTROPHES}\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]*)")
_HYPHENS = "-‐‑"
# What may stand between two words of one term: white space, a hyphen, an opening quotation mark.
_JOINT = re.compile(rf"\s*[{_HYPHENS}]?\s*[\"«„“”'‘]?")
_BULGARIAN_ARTICLES = frozenset(("ът", "ят", "а", "я", "та", "то", "те"))
_MOST_READINGS = 64  # of one term: the product of its words' keys
_MOST_FORMS = 500_000  # kept per language before the cache is emptied


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A term found in a text: which concept, which of its terms, and where."""

    concept: str
    term: Term
    span: Span


@dataclass(frozen=True, slots=True)
class _Entry:
    """A term in the trie: whose it is, and the case that its words must have."""

    concept: str
    term: Term
    words: tuple[str, ...]

    def accepts(self, found: list[str]) -> bool:
        """Whether the words found are written in the case that the term asks for."""
        if self.term.case_sensitive:
            return all(map(_same_case, self.words, found))
        return not self.words[0][0].isupper() or found[0][0].isupper() or found[0][0].isdigit()


@dataclass(slots=True)
class _Node:
    children: dict[str, "_Node"] = field(default_factory=dict)
    entries: list[_Entry] = field(default_factory=list)


class _Forms(dict[str, tuple[_Node, ...]]):
    """For each word form met so far, the nodes of the trie that it leads to from the root."""

    def __init__(self, root: _Node, language: str) -> None:
        super().__init__()
        self._root, self._language = root, language

    def __missing__(self, word: str) -> tuple[_Node, ...]:
        if len(self) > _MOST_FORMS:
            self.clear()
        children = self._root.children
        nodes = tuple(children[key] for key in text_keys(word, self._language) if key in children)
        self[word] = nodes
        return nodes


def _same_case(wanted: str, found: str) -> bool:
    if wanted.islower() or wanted.isdigit():
        return not found[0].isupper()
    if is_acronym(wanted):
        return found.startswith(wanted)
    return found[0].isupper() and (wanted.istitle() == found.istitle() or len(found) == 1)


def split_words(text: str) -> list[str]:
    """Cut a text into separators (even positions) and words (odd positions); joined, they are the text."""
    return WORD.split(text)


class Matcher:
    """Finds the terms of a glossary in texts.

    Args:
        concepts: The glossary. Terms of every language and status take part.
    """

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts: dict[str, Concept] = {}
        self._roots: dict[str, _Node] = {}
        for concept in concepts:
            self.concepts[concept.key] = concept
            for term in concept.terms:
                self._add(concept.key, term)
        self._forms = {language: _Forms(root, language) for language, root in self._roots.items()}

    def _add(self, key: str, term: Term) -> None:
        words = tuple(split_words(term.text)[1::2])
        if not words:
            return
        entry = _Entry(key, term, words)
        part_of_speech = term.part_of_speech if len(words) == 1 else ""
        choices = [term_keys(word, term.language, part_of_speech) for word in words]
        root = self._roots.setdefault(term.language, _Node())
        for number, path in enumerate(product(*choices)):
            if number == _MOST_READINGS:
                break
            node = root
            for step in path:
                node = node.children.setdefault(step, _Node())
            if entry not in node.entries:
                node.entries.append(entry)

    def find(self, text: str, language: str, *, overlapping: bool = False) -> list[Occurrence]:
        """Return the terms in a text, in reading order.

        Where terms overlap the one that begins first wins, and among those the longest; terms of several concepts
        with the same words are all returned. With `overlapping`, terms inside longer ones are returned too.
        """
        forms = self._forms.get(language)
        if forms is None:
            return []
        pieces = split_words(text)
        heads = [forms[word] for word in pieces[1::2]]
        if not any(heads):
            return []
        return list(self._walk(pieces, heads, language, overlapping))

    def _walk(
        self, pieces: list[str], heads: list[tuple[_Node, ...]], language: str, overlapping: bool
    ) -> Iterator[Occurrence]:
        free = 0
        for first, nodes in enumerate(heads):
            if not nodes or first < free:
                continue
            matches = list(_matches(pieces, first, nodes, language))
            if not matches:
                continue
            if not overlapping:
                free = max(map(itemgetter(0), matches)) + 1
                matches = [match for match in matches if match[0] == free - 1]
            start = sum(map(len, pieces[: 2 * first + 1]))
            for last, entry in matches:
                surface = "".join(pieces[2 * first + 1 : 2 * last + 2])
                end = start + len(surface.rstrip(APOSTROPHES))  # a quotation mark, or a plural possessive
                yield Occurrence(entry.concept, entry.term, Span(start, end))


def _matches(pieces: list[str], first: int, nodes: Iterable[_Node], language: str) -> Iterator[tuple[int, _Entry]]:
    """Yield the last word and the entry of each term that begins with the word numbered `first`."""
    if not _begins_word(pieces, first):
        return
    last, count = first, len(pieces) // 2
    while nodes:
        entries = [entry for node in nodes for entry in node.entries]
        if entries and _ends_word(pieces, last, language):
            found = pieces[2 * first + 1 : 2 * last + 2 : 2]
            yield from ((last, entry) for entry in dict.fromkeys(entries) if entry.accepts(found))
        last += 1
        if last == count or not _JOINT.fullmatch(pieces[2 * last]):
            return
        keys = text_keys(pieces[2 * last + 1], language)
        nodes = [node.children[key] for node in nodes for key in keys if key in node.children]


def _glued(pieces: list[str], separator: int) -> bool:
    """Whether a hyphen makes one compound of the words on both sides, as in *прем'єр-міністр*, not *США-Китай*."""
    if pieces[separator] not in tuple(_HYPHENS) or not 0 < separator < len(pieces) - 1:
        return False
    left, right = pieces[separator - 1], pieces[separator + 1]
    return not (left[0].isupper() and right[0].isupper() and (is_acronym(left) or is_acronym(right)))


def _begins_word(pieces: list[str], word: int) -> bool:
    return not _glued(pieces, 2 * word)


def _ends_word(pieces: list[str], word: int, language: str) -> bool:
    if not _glued(pieces, 2 * word + 2):
        return True
    return language == "bg" and is_acronym(pieces[2 * word + 1]) and pieces[2 * word + 3] in _BULGARIAN_ARTICLES
