"""Terms: validating and merging concepts, recognising inflected forms, finding candidates, keeping equivalents."""

from workbench.glossary.candidates import Candidate, Sentence, candidates
from workbench.glossary.choosing import Choice, choose
from workbench.glossary.extraction import Proposal, extract
from workbench.glossary.matching import Matcher, Occurrence
from workbench.glossary.names import is_name
from workbench.glossary.repair import Mended, mend, replaced
from workbench.glossary.terms import Merged, ambiguous, equivalents, merge, new_key, search, validated
from workbench.glossary.violations import Violation, violations
from workbench.glossary.word_alignment import EncodeWords

__all__ = [
    "Candidate",
    "Choice",
    "EncodeWords",
    "Matcher",
    "Mended",
    "Merged",
    "Occurrence",
    "Proposal",
    "Sentence",
    "Violation",
    "ambiguous",
    "candidates",
    "choose",
    "equivalents",
    "extract",
    "is_name",
    "mend",
    "merge",
    "new_key",
    "replaced",
    "search",
    "validated",
    "violations",
]
