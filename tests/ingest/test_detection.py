"""The language of an article is named, with a confidence that means something."""

import pytest

from tests.ingest.samples import FOREIGN, NEWS
from workbench.errors import IngestError, UnsupportedLanguageError
from workbench.ingest import detection
from workbench.languages import name


@pytest.mark.parametrize("language", NEWS)
def test_an_article_is_recognised_with_confidence(language: str) -> None:
    guess = detection.detect([NEWS[language]])
    assert guess.language == language and guess.confidence > 0.95


@pytest.mark.parametrize("language", FOREIGN)
def test_a_neighbour_is_named_and_refused(language: str) -> None:
    with pytest.raises(UnsupportedLanguageError) as caught:
        detection.detect([FOREIGN[language]])
    assert name(language) in caught.value.message and caught.value.hint


@pytest.mark.parametrize("text", ["Η κυβέρνηση ενέκρινε τον νόμο", "政府批准了新法律", "الحكومة وافقت على القانون"])
def test_another_script_is_refused(text: str) -> None:
    with pytest.raises(UnsupportedLanguageError, match="neither Cyrillic nor Latin"):
        detection.detect([text])


def test_digits_alone_have_no_language() -> None:
    with pytest.raises(IngestError, match="no letters"):
        detection.detect(["12 345"])


@pytest.mark.parametrize("size", [3, 5, 8])
def test_confidence_is_about_the_share_that_is_right(size: int) -> None:
    """Of short scraps that are judged sure, nearly all are right; of all scraps, no fewer than confidence says."""
    right = sure = sure_right = 0
    total = 0.0
    count = 0
    for language, text in NEWS.items():
        words = text.split()
        for start in range(len(words) - size):
            try:
                guess = detection.detect([" ".join(words[start : start + size])])
            except UnsupportedLanguageError:
                continue
            count += 1
            total += guess.confidence
            right += guess.language == language
            if guess.confidence >= 0.9:
                sure += 1
                sure_right += guess.language == language
    assert right / count >= total / count - 0.03
    assert sure > 0.3 * count and sure_right >= 0.98 * sure


def test_paragraphs_in_another_language_are_noticed() -> None:
    assert set(detection.strangers([NEWS["ru"], NEWS["uk"]], "ru")) == {"uk"}
    assert not detection.strangers([NEWS["ru"], NEWS["ru"]], "ru")


def test_latin_names_are_not_another_language() -> None:
    line = "Агенции Reuters и Associated Press сообщили, что Apple и Microsoft подписали договор с Bloomberg. "
    assert not detection.strangers([line * 3], "ru")
