"""Telling names from words that merely begin with a capital letter."""

from functools import lru_cache

from workbench.glossary.lemmas import CACHE, known, tags
from workbench.languages import EN, RU, UK

_PERSONAL = {"Surn", "Name", "Patr"}  # of OpenCorpora
_LIKELIEST = 3  # readings of a word, of which each must be a person's


@lru_cache(maxsize=CACHE)
def is_name(word: str, language: str) -> bool:
    """Whether a capitalised word is a person's name, or a name that no dictionary has.

    Ordinary words with a capital (*Верховний*, *Congress*) and the well-known places, which each language may
    call differently, are not.
    """
    if len(word) < 2 or not word[0].isupper() or word.isupper():
        return False
    if language in (RU, UK):
        if not known(word, language):
            return True
        return _personal(word, language)
    lowered = word.lower()
    return not known(lowered, language) and (language == EN or not known(word, language))


def _personal(word: str, language: str) -> bool:
    return all(_PERSONAL & tag for tag in tags(word, language)[:_LIKELIEST])
