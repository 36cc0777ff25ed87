"""A glossary as most translation programs read it: source term, tab, target terms, tab, comment, in UTF-8.

OmegaT, CafeTran and many others take such a file as it is; few of them read TBX 3. One language pair a file.
"""

from collections.abc import Iterable
from typing import BinaryIO

from workbench.errors import UsageError
from workbench.exchange.context import Context
from workbench.exchange.moses import one_line
from workbench.exchange.xml import clean
from workbench.model import Concept, Term, TermStatus


def write(concepts: Iterable[Concept], stream: BinaryIO, context: Context) -> int:
    """Write a line for each source term of each concept that has both languages, and return how many concepts.

    The preferred target comes first; admitted ones follow after commas, forbidden and deprecated ones only in the
    comment. A forbidden source term has a line all the same: a text may use it.

    Raises:
        UsageError: The context names no pair.
    """
    if context.pair is None:
        raise UsageError("glossary-tab holds one language pair", "Name it, for example --pair uk-en.")
    source, target = context.pair
    written = 0
    for concept in concepts:
        sources = [term for term in concept.terms if term.language == source]
        targets = [term for term in concept.terms if term.language == target]
        wanted = [term for status in _USABLE for term in targets if term.status is status]
        if not sources or not wanted:
            context.tally.left_out += 1
            continue
        equivalents = ", ".join(_cell(term.text, context) for term in wanted)
        comment = _comment(concept, [term for term in targets if term not in wanted], context)
        for term in sources:
            stream.write(f"{_cell(term.text, context)}\t{equivalents}\t{comment}\n".encode())
        written += 1
    return written


_USABLE = (TermStatus.PREFERRED, TermStatus.ADMITTED)


def _cell(text: str, context: Context) -> str:
    return one_line(clean(text, context.tally))


def _comment(concept: Concept, avoided: list[Term], context: Context) -> str:
    parts = [f"not: {', '.join(term.text for term in avoided)}" if avoided else "", concept.subject]
    parts += [concept.definition, concept.note]
    return "; ".join(cell for part in parts if (cell := _cell(part, context)))
