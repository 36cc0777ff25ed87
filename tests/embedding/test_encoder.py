"""Texts become unit vectors: same text same vector, any order, near in meaning near in space."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.embedding import Encoder, load_encoder, views
from workbench.embedding.encoder import SentenceEncoder, batches_by_length
from workbench.embedding.training import fit
from workbench.errors import Cancelled, ModelError
from workbench.progress import Silent

SAME = [
    "Кметът откри новото училище.",
    "Мер відкрив нову школу.",
    "Мэр открыл новую школу.",
    "The mayor opened a new school.",
]
OTHER = "The price of oil fell for a third week."


def test_vectors_have_unit_length_and_the_stated_dimension(encoder: SentenceEncoder) -> None:
    vectors = encoder.encode([*SAME, "", "x"])
    assert vectors.shape == (6, encoder.dimension) and vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_translations_are_nearer_than_other_news(encoder: SentenceEncoder) -> None:
    vectors = encoder.encode([*SAME, OTHER])
    near = vectors[:4] @ vectors[:4].T
    far = vectors[:4] @ vectors[4]
    assert near.min() > far.max()


def test_sub_words_cover_the_words_of_each_text_and_lie_nearest_their_translations(encoder: SentenceEncoder) -> None:
    texts = [*SAME, "", "кмет " * 2000]
    found = encoder.encode_words(texts)
    assert [len(each.vectors) for each in found[4:5]] == [0]
    for text, words in zip(texts[:4], found, strict=False):
        covered = {place for start, end in words.spans for place in range(start, end)}
        assert covered == {place for place, letter in enumerate(text) if letter != " "}
        np.testing.assert_allclose(np.linalg.norm(words.vectors, axis=1), 1, atol=1e-5)
    school = found[3].vectors[found[3].spans[:, 0] >= SAME[3].index("school")][0]
    assert found[0].spans[(found[0].vectors @ school).argmax()][0] >= SAME[0].index("училище")
    assert 0 < len(found[5].vectors) <= 512, "the model's limit cuts a long text"


def test_the_fine_view_tells_translations_from_other_news_more_clearly(encoder: SentenceEncoder) -> None:
    languages = ("bg", "uk", "ru", "en", "en")
    raw = encoder.encode([*SAME, OTHER])
    seen = [views(encoder.id, code, raw[[place]]) for place, code in enumerate(languages)]

    def gap(vectors: np.ndarray) -> float:
        return float((vectors[:4] @ vectors[:4].T).min() - (vectors[:4] @ vectors[4]).max())

    plain, fine = (np.concatenate([view[kind] for view in seen]) for kind in (0, 1))
    np.testing.assert_allclose(np.linalg.norm(plain, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(fine, axis=1), 1, atol=1e-5)
    assert gap(raw) < gap(plain) and gap(raw) < gap(fine)


def test_vectors_of_another_encoder_are_left_as_they_are() -> None:
    vectors = np.eye(3, dtype=np.float32)
    plain, fine = views("labse@12345678", "bg", vectors)
    assert plain is vectors and fine is None


def test_the_fitted_space_is_narrow_where_translations_differ() -> None:
    chance = np.random.default_rng(5)
    meaning, noise = chance.normal(size=(400, 6)), chance.normal(size=(3, 400))
    vectors = {}
    for place, code in enumerate(("bg", "uk", "ru")):
        vectors[code] = np.hstack([meaning, 4 * noise[place][:, None]]) + place  # the last direction is the language's
    means, directions = fit(vectors)
    weight = np.linalg.norm(directions.T @ np.eye(7), axis=0)
    assert weight[6] < 0.2 * weight[:6].min()
    assert abs(means["uk"] - means["bg"] - 1).max() < 1


def test_no_text_gives_no_vector(encoder: SentenceEncoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dimension)


def test_equal_texts_share_one_vector_and_runs_repeat_exactly(encoder: SentenceEncoder) -> None:
    texts = [SAME[0], OTHER, SAME[0]]
    first = encoder.encode(texts)
    assert (first[0] == first[2]).all()
    assert (encoder.encode(texts) == first).all()


def test_order_and_company_do_not_change_a_vector(encoder: SentenceEncoder) -> None:
    alone = encoder.encode([SAME[1]])[0]
    among = encoder.encode([OTHER * 3, SAME[1], "Да."])[1]
    assert float(alone @ among) > 0.9995


def test_a_text_beyond_the_limit_is_cut_not_refused(encoder: SentenceEncoder) -> None:
    vectors = encoder.encode(["слово " * 5_000, "слово " * 600])
    assert float(vectors[0] @ vectors[1]) > 0.99


def test_the_identity_names_model_and_weights(encoder: SentenceEncoder) -> None:
    name, _, digest = encoder.id.partition("@")
    assert name == "e5-small" and len(digest) == len("12345678+8")
    protocol: Encoder = encoder
    assert protocol.dimension == 2 * 384


def test_progress_counts_texts_and_can_cancel(encoder: SentenceEncoder) -> None:
    class Watcher(Silent):
        seen = 0

        def advance(self, steps: int = 1) -> None:
            self.seen += steps
            if self.seen >= 2:
                raise Cancelled("stopped")

    watcher = Watcher()
    with pytest.raises(Cancelled):
        encoder.encode(["дом " * 500, "школа " * 500, "город " * 500, "река " * 500] * 3, watcher)
    assert watcher.seen >= 2


def test_a_model_that_is_not_here_is_named_without_touching_the_network() -> None:
    with pytest.raises(ModelError, match="'sentence-transformers/LaBSE' is not on this machine") as caught:
        load_encoder("sentence-transformers/LaBSE")
    assert caught.value.hint


def test_a_directory_without_weights_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="holds no model weights"):
        load_encoder(str(tmp_path))


def test_a_path_loads_what_ships_as_an_ordinary_model(cache: Path, encoder: SentenceEncoder) -> None:
    built = next(cache.iterdir())
    named = load_encoder(str(built))
    assert named.id.startswith(built.name + "@")
    both = encoder.encode(SAME)
    assert named.dimension == 384
    np.testing.assert_allclose(named.encode(SAME), both[:, :384] * 2**0.5, atol=5e-3)


@given(st.lists(st.integers(1, 600), max_size=60), st.integers(1, 1000))
def test_batches_hold_every_text_once_and_keep_to_the_limit(lengths: list[int], tokens: int) -> None:
    batches = list(batches_by_length(lengths, tokens))
    assert sorted(number for batch in batches for number in batch) == list(range(len(lengths)))
    for batch in batches:
        assert len(batch) == 1 or max(lengths[n] for n in batch) * len(batch) <= tokens
