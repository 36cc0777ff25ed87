"""Terms: validating and merging concepts, recognising inflected forms, finding candidates, keeping equivalents."""

from workbench.glossary.matching import Matcher, Occurrence

__all__ = ["Matcher", "Occurrence"]
