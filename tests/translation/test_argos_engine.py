"""Rendering in batches: what comes out, with which scores, and what is done when it goes wrong."""

import math
import subprocess
import sys
from dataclasses import replace

import ctranslate2
import pytest
import toy
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import Cancelled, ModelError
from workbench.model import Rendering
from workbench.progress import Silent
from workbench.translation import ArgosEngine, PackageInfo, Search
from workbench.translation.argos_library import open_package

WORDS = [word for word in toy.UK_EN if word not in ("коло", "тиша")]
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)


def expected(sentence: str) -> str:
    return " ".join(toy.UK_EN[word][0] for word in sentence.split())


def texts(renderings: list[Rendering]) -> list[str]:
    return [rendering.text for rendering in renderings]


class Counter(Silent):
    """Progress that counts, and stops the work when it has seen enough."""

    def __init__(self, stop_at: int = sys.maxsize) -> None:
        self.done, self.total, self.finished, self._stop_at = 0, None, False, stop_at

    def start(self, description: str, total: int | None) -> None:
        self.total = total

    def advance(self, steps: int = 1) -> None:
        self.done += steps
        if self.done >= self._stop_at:
            raise Cancelled("stopped")

    def finish(self) -> None:
        self.finished = True


@given(st.lists(sentences, max_size=20))
@settings(max_examples=20, deadline=None)
def test_every_text_gets_its_own_english_in_its_own_place(engine: ArgosEngine, several: list[str]) -> None:
    assert texts(engine.render(several)) == [expected(sentence) for sentence in several]


def test_no_texts_need_no_model(info: PackageInfo) -> None:
    assert ArgosEngine(replace(info, path=info.path)).render([]) == []


def test_the_score_is_the_mean_log_probability_of_the_tokens_and_the_end(
    engine: ArgosEngine, info: PackageInfo
) -> None:
    package = open_package(info.path)
    translator = ctranslate2.Translator(str(info.path / "model"), compute_type="auto")
    for sentence in ("дім", "малий пес бачить великий дім", "пес і пес і пес"):
        rendering = engine.render([sentence])[0]
        for text, score in [(rendering.text, rendering.score)] + [(h.text, h.score) for h in rendering.alternatives]:
            pieces = package.tokenizer.encode(text)
            logs = translator.score_batch([package.tokenizer.encode(sentence)], [pieces])[0].log_probs
            assert len(logs) == len(pieces) + 1
            assert score == pytest.approx(sum(logs) / len(logs), abs=1e-4)


def test_alternatives_are_the_rest_of_the_list_best_first(info: PackageInfo) -> None:
    rendering = ArgosEngine(info, Search(beam=4, hypotheses=4)).render(["великий дім"])[0]
    assert rendering.text == "big house"
    assert [hypothesis.text for hypothesis in rendering.alternatives] == ["big home", "large house", "large home"] or [
        hypothesis.text for hypothesis in rendering.alternatives
    ] == ["large house", "big home", "large home"]
    scores = [rendering.score, *(hypothesis.score for hypothesis in rendering.alternatives)]
    assert scores == sorted(scores, reverse=True)


def test_identical_texts_are_rendered_once_and_come_together(engine: ArgosEngine) -> None:
    found = list(engine.render_batches(["пес", "кіт", "пес ", "пес"]))
    together = [sorted(place for place, rendering in batch if rendering.text == "dog") for batch in found]
    assert [0, 2, 3] in together


def test_batches_come_as_they_are_ready_and_stopping_keeps_them(info: PackageInfo) -> None:
    small = ArgosEngine(info, Search(batch_tokens=8, guarded=False))
    many = [f"{word} {other}" for word in WORDS for other in WORDS]
    batches = small.render_batches(many)
    first = next(batches)
    batches.close()
    assert 0 < len(first) < len(many)
    assert all(rendering.text == expected(many[place]) for place, rendering in first)


def test_progress_counts_every_text_and_can_stop_the_work(info: PackageInfo) -> None:
    small = ArgosEngine(info, Search(batch_tokens=8, guarded=False))
    many = [f"{word} {other}" for word in WORDS for other in WORDS] * 3
    counter = Counter()
    small.render(many, counter)
    assert (counter.done, counter.total, counter.finished) == (len(many), len(many), True)
    stopped = Counter(stop_at=1)
    with pytest.raises(Cancelled):
        small.render(many, stopped)
    assert stopped.finished
    assert stopped.done < len(many)


@pytest.mark.parametrize("text", ["", "  ", "2024", "***", "Reuters", "♪ 25 %", "BBC News, 12:30"])
def test_what_has_nothing_to_translate_passes_unchanged(engine: ArgosEngine, text: str) -> None:
    rendering = engine.render([text])[0]
    assert rendering.text == text.strip()
    assert (rendering.score, rendering.flags) == (0.0, ())


def test_a_loop_is_tried_again_and_mended(info: PackageInfo) -> None:
    greedy = Search(beam=1, hypotheses=1)
    sentence = "коло спить кіт пес"
    raw = ArgosEngine(info, replace(greedy, guarded=False)).render([sentence])[0].text
    assert raw.split().count("loop") > 2
    mended = ArgosEngine(info, greedy).render([sentence])[0]
    assert mended.text == "circle sleeps cat dog"
    assert mended.flags == ()


def test_an_ending_before_its_time_is_tried_again(engine: ArgosEngine, raw_engine: ArgosEngine) -> None:
    sentence = "пес тиша великий малий кіт спить кіт спить"
    assert len(raw_engine.render([sentence])[0].text) < 12
    assert engine.render([sentence])[0].text != raw_engine.render([sentence])[0].text


def test_what_cannot_be_mended_is_flagged(tmp_path_factory: pytest.TempPathFactory) -> None:
    copier = toy.build(tmp_path_factory.mktemp("copier") / "copier", dictionary={"дім": ["дім"], "і": ["і"]})
    from workbench.translation.package_info import describe

    rendering = ArgosEngine(describe(copier)).render(["дім і дім або ліс"])[0]
    assert "copied" in rendering.flags
    assert rendering.quality <= 0.1


def test_a_name_that_the_model_does_not_know_is_romanised_and_said_so(engine: ArgosEngine) -> None:
    rendering = engine.render(["кіт Згурський бачить дім"])[0]
    assert rendering.text == "cat Zghurskyi sees house"
    assert rendering.flags == ("romanised",)


def test_numbers_and_latin_words_survive(engine: ArgosEngine) -> None:
    rendering = engine.render(["пес бачить 2024 і reuters 25%"])[0]
    assert rendering.text == "dog sees 2024 and reuters 25%"
    assert rendering.flags == ()


def test_a_lost_number_is_looked_for_among_the_alternatives(tmp_path_factory: pytest.TempPathFactory) -> None:
    from workbench.translation.package_info import describe

    path = toy.build(tmp_path_factory.mktemp("n") / "p", dictionary={**toy.UK_EN, "37": ["some", "many", "37"]})
    info = describe(path)
    assert ArgosEngine(info, Search(guarded=False)).render(["37 років"])[0].text == "some years"
    assert ArgosEngine(info).render(["37 років"])[0].text == "37 years"


def test_a_sentence_longer_than_the_model_reads_comes_out_whole(engine: ArgosEngine, info: PackageInfo) -> None:
    sentence = "малий кіт спить, " * 9 + "великий пес бачить дім"
    assert len(open_package(info.path).tokenizer.encode(sentence)) > 3 * info.longest
    rendering = engine.render([sentence])[0]
    assert rendering.text == "small cat sleeps, " * 9 + "big dog sees house"
    assert -0.3 < rendering.score < 0
    assert rendering.alternatives[0].score < rendering.score


def test_invisible_characters_and_stress_marks_do_not_reach_the_model(engine: ArgosEngine) -> None:
    clean, marked = engine.render(["малий кіт спить", "ма\u0301лий\u00a0кіт\u200b \u202eспи\u00adть\n"])
    assert marked.text == clean.text == "small cat sleeps"


def test_the_same_texts_give_the_same_english_in_any_company(info: PackageInfo) -> None:
    many = [f"{word} {other}, {word}" for word in WORDS for other in WORDS]
    whole = ArgosEngine(info).render(many)
    assert ArgosEngine(info).render(many) == whole
    alone = ArgosEngine(info)
    assert [alone.render([text])[0].text for text in many[:20]] == texts(whole[:20])


def test_the_id_names_package_version_beam_and_model(info: PackageInfo, engine: ArgosEngine) -> None:
    assert engine.id.startswith("argos-uk_en@1.9+beam2+")
    assert engine.id == ArgosEngine(info).id
    assert engine.id != ArgosEngine(info, Search(beam=4)).id
    assert engine.render(["дім"])[0].model == engine.id


def test_another_model_of_the_same_version_has_another_id(
    engine: ArgosEngine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from workbench.translation.package_info import describe

    other = toy.build(tmp_path_factory.mktemp("other") / "translate-uk_en-1_9", dictionary={"дім": ["hut"]})
    assert ArgosEngine(describe(other)).id != engine.id


def test_a_model_that_does_not_load_is_named(uk_en: object, tmp_path_factory: pytest.TempPathFactory) -> None:
    from workbench.translation.package_info import describe

    path = toy.build(tmp_path_factory.mktemp("broken") / "broken")
    (path / "model" / "model.bin").write_bytes(b"not a model")
    with pytest.raises(ModelError, match="broken"):
        ArgosEngine(describe(path)).render(["дім"])


def test_quality_falls_where_the_model_is_unsure(engine: ArgosEngine) -> None:
    sure, unsure = engine.render(["малий кіт спить", "дім дім пес пес"])
    assert 0 <= unsure.quality < sure.quality <= 1
    assert math.isclose(sure.quality, 1, abs_tol=0.01)


def test_no_splitter_and_no_heavy_library_is_loaded(uk_en: object, info: PackageInfo) -> None:
    """In a process of its own: stanza, spaCy, torch stay out, stdout stays empty, no socket is opened."""
    code = f"""
import socket, sys
def refuse(*args, **kwargs): raise AssertionError("network")
socket.socket.connect = refuse
from pathlib import Path
import workbench.translation as translation
assert not {{"ctranslate2", "argostranslate", "rapidfuzz"}} & set(sys.modules), "heavy at import"
engine = translation.engine_for("uk", Path({str(info.path.parent)!r}))
assert engine.render(["дім"])[0].text == "house"
assert not {{"stanza", "spacy", "torch", "argostranslate.translate", "minisbd"}} & set(sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=_noisy())
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def _noisy() -> dict[str, str]:
    import os

    return {**os.environ, "ARGOS_DEBUG": "1"}
