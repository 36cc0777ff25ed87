"""The training code: what it may read, how it aligns, that the converted model says what the trained one said."""

import gzip
import subprocess
import sys
from copy import deepcopy
from pathlib import Path

import ctranslate2
import numpy as np
import pytest
import torch
from transformers import AutoTokenizer, BertConfig, BertModel

from workbench.embedding.bundled import bundled_encoder
from workbench.translation.starter.training import (
    alignment,
    convert,
    corpus,
    data,
    decoder,
    muon,
    prepare,
    reverse,
    start,
    train,
    vocabulary,
)
from workbench.translation.starter.training.model import POSITIONS
from workbench.translation.starter.training.states import load_encoder_layers


def test_origins_without_a_licence_are_never_read(tmp_path: Path) -> None:
    for language in corpus.SOURCES:
        with gzip.open(tmp_path / f"{language}-en.tsv.gz", "wt", encoding="utf-8") as file:
            file.write("Привет\tHello\ttatoeba\tgeneral\nПока\tBye\tprogit2\tdocs\n")
    (tmp_path / "authored").mkdir()
    (tmp_path / "authored" / "news.tsv").write_text("n1\tRain\tДъжд\tДощ\tДождь\n", encoding="utf-8")
    pairs = list(corpus.read_pairs(tmp_path, sentences=tmp_path / "none"))
    assert {pair.origin for pair in pairs} == {"tatoeba", "authored"}
    assert [(p.language, p.source) for p in pairs[3:]] == [("bg", "Дъжд"), ("uk", "Дощ"), ("ru", "Дождь")]


def test_our_own_sentences_beside_the_code_are_read(tmp_path: Path) -> None:
    for language in corpus.SOURCES:
        with gzip.open(tmp_path / f"{language}-en.tsv.gz", "wt", encoding="utf-8"):
            pass
    ours = tmp_path / "sentences"
    ours.mkdir()
    (ours / "1.tsv").write_text("id\ten\tbg\tuk\tru\na1\tSnow\tСняг\tСніг\t\n", encoding="utf-8")
    pairs = list(corpus.read_pairs(tmp_path, ours))
    assert [(pair.language, pair.origin, pair.source) for pair in pairs] == [
        ("bg", "authored", "Сняг"),
        ("uk", "authored", "Сніг"),
    ]
    (ours / "1.tsv").write_text("a1\tSnow\tСняг\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"1\.tsv, line 1"):
        list(corpus.read_pairs(tmp_path, ours))


def test_the_sentences_that_belong_to_the_code_are_whole() -> None:
    files = sorted(corpus.SENTENCES.glob("*.tsv"))
    rows = [line.split("\t") for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    assert {len(row) for row in rows} <= {5}


def test_the_choice_is_limited_by_origin_and_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus, "LIMITS", {"tatoeba": 2})
    pairs = [corpus.Pair("bg", "tatoeba", "а" * n, "a") for n in (1, 2, 3, 50)] + [corpus.Pair("bg", "x", "а", "a")]
    chosen = corpus.choose(iter(pairs), longest=10, seed=1)
    assert len(chosen) == 2 and all(pair.origin == "tatoeba" and len(pair.source) <= 3 for pair in chosen)


def test_words_that_occur_together_are_aligned() -> None:
    words = np.random.default_rng(0).integers(10, 60, size=(600, 5))
    order = [1, 0, 2, 4, 3]  # each word has one rendering, and neighbours change places
    sources = [np.array([0, *row, 2]) for row in words]
    targets = [row[order] + 100 for row in words]
    found = alignment.align(sources, targets)
    right = np.mean([np.mean(row == np.array(order) + 1) for row in found])
    assert right > 0.9


def test_rows_survive_flattening() -> None:
    rows = [[1, 2, 3], [4], [5, 6]]
    assert [row.tolist() for row in prepare.rows_of(prepare.flatten("x", rows), "x")] == rows


def test_orthogonal_makes_singular_values_near_one() -> None:
    torch.manual_seed(0)
    for shape in ((64, 64), (128, 64), (64, 128)):
        values = torch.linalg.svdvals(muon.orthogonal(torch.randn(shape), 6).float())
        assert values.median() > 0.6 and values.max() < 1.4


def test_the_decoder_never_sees_what_it_is_to_write() -> None:
    torch.manual_seed(0)
    model = decoder.Decoder(50, 16).eval()
    memory, padding = torch.randn(1, 4, 384), torch.zeros(1, 1, 1, 4)
    first = model(torch.tensor([[0, 5, 6, 7]]), memory, padding)[0]
    second = model(torch.tensor([[0, 5, 6, 9]]), memory, padding)[0]
    torch.testing.assert_close(first[:, :3], second[:, :3])
    assert not torch.allclose(first[:, 3], second[:, 3])


def test_batches_hold_each_drawn_pair_once_and_shift_the_target(tmp_path: Path) -> None:
    targets = [[10 + n] * (n % 7 + 1) for n in range(40)]
    sources = [[0, *range(5, 5 + n % 5), 2] for n in range(40)]
    np.savez(tmp_path / "tokens.npz", **prepare.flatten("source", sources), **prepare.flatten("target", targets))
    np.save(tmp_path / "alignment.npy", np.full(sum(map(len, targets)), -1, np.int16))
    (tmp_path / "pairs.tsv").write_text("bg\ttatoeba\ta\tb\n" * 40)
    pairs = data.Pairs(tmp_path, 1, cached=False)
    batches = list(pairs.batches({}, longest=5, tokens=30, draws=100))
    written = sorted(int(row[0]) for batch in batches for row in batch.wanted)
    assert written == [10 + n for n in range(40) if n % 7 + 1 <= 5]
    for batch in batches:
        assert batch.given.numel() <= 30
        assert (batch.given[:, 0] == vocabulary.BOS).all()
        assert (
            batch.given[:, 1:] == batch.wanted[:, :-1].where(batch.wanted[:, :-1] != vocabulary.EOS, vocabulary.PAD)
        ).all()


def test_the_converted_model_writes_what_the_trained_one_writes(tmp_path: Path) -> None:
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=60,
        hidden_size=384,
        num_hidden_layers=2,
        num_attention_heads=12,
        intermediate_size=1536,
        max_position_embeddings=64,
        layer_norm_eps=1e-12,
    )
    bert = BertModel(config, add_pooling_layer=False).eval()
    writer = decoder.Decoder(50, 64).eval()
    torch.nn.init.normal_(writer.project.weight, std=0.5)
    reads = [*vocabulary.SPECIAL, *(f"r{n}" for n in range(56))]
    writes = [*vocabulary.SPECIAL, *(f"w{n}" for n in range(46))]
    convert.write_model(bert, range(60), writer, reads, writes, tmp_path / "model", quantization=None)
    translator = ctranslate2.Translator(str(tmp_path / "model"), compute_type="float32")
    for source in ([4, 9, 17, 30], [59], list(range(10, 40))):
        result = translator.translate_batch([[reads[n] for n in source]], beam_size=1, max_decoding_length=20)
        ids = torch.tensor([[vocabulary.BOS, *source, vocabulary.EOS]])
        written = [vocabulary.BOS]
        with torch.inference_mode():
            memory = bert(ids).last_hidden_state
            while len(written) <= 20 and written[-1] != vocabulary.EOS:
                states = writer(torch.tensor([written]), memory, torch.zeros(1, 1, 1, ids.shape[1]))[0]
                written.append(int(writer.project(states[0, -1]).argmax()))
        assert result[0].hypotheses[0] == [writes[n] for n in written[1:] if n != vocabulary.EOS]
        _compare_scores_and_attention(translator, [reads[n] for n in source], written, writer, bert, ids)


def _compare_scores_and_attention(
    translator: ctranslate2.Translator,
    source: list[str],
    written: list[int],
    writer: decoder.Decoder,
    bert: BertModel,
    ids: torch.Tensor,
) -> None:
    """Compare the log-probability of every piece, and where the guided heads look, with what torch computes."""
    result = translator.translate_batch(
        [source], beam_size=1, max_decoding_length=20, return_scores=True, return_attention=True, length_penalty=0
    )[0]
    with torch.inference_mode():
        given = torch.tensor([written[:-1]])
        states, guided = writer(given, bert(ids).last_hidden_state, torch.zeros(1, 1, 1, ids.shape[1]))
        found = torch.log_softmax(writer.project(states[0]), -1)
        score = found[range(len(written) - 1), written[1:]].sum().item()
    assert result.scores[0] == pytest.approx(score, abs=1e-3)
    looks = torch.softmax(guided[0], -1).mean(0)[:, 1:-1]
    rows = len(result.attention[0])
    np.testing.assert_allclose(np.array(result.attention[0]), looks[:rows].numpy(), atol=1e-4)


def test_training_goes_on_from_a_package_with_its_weights(tmp_path: Path) -> None:
    torch.manual_seed(4)
    bert = load_encoder_layers(bundled_encoder(), torch.float32)
    for layer in bert.encoder.layer:
        layer.output.dense.weight.add_(torch.randn_like(layer.output.dense.weight) / 100)
    writes = [*vocabulary.SPECIAL, *(f"w{n}" for n in range(46))]
    writer = decoder.Decoder(len(writes), POSITIONS)
    before = {name: deepcopy(part.state_dict()) for name, part in (("decoder", writer), ("encoder", bert))}
    convert.write_model(bert, range(len(writes)), writer, [*writes[:-1], "r"], writes, tmp_path / "model")

    start.start_from(tmp_path, bundled_encoder(), tmp_path / "work")

    assert vocabulary.read_pieces(tmp_path / "work/target.txt") == writes
    found = torch.load(tmp_path / "work/checkpoint.pt", weights_only=True)
    for part, weights in before.items():
        assert found[part].keys() == weights.keys()
        for name, wanted in weights.items():
            step = wanted.abs().amax() / 127  # int8 keeps 127 steps of the greatest weight of a row
            assert (found[part][name] - wanted).abs().amax() <= step, name


def test_blended_weights_are_the_weighted_mean() -> None:
    half = start.blended({"decoder": {"x": torch.zeros(2)}}, {"decoder": {"x": torch.ones(2)}}, 0.25)
    assert half["decoder"]["x"].tolist() == [0.25, 0.25]


def test_the_product_does_not_import_the_training_code() -> None:
    code = (
        "import sys, workbench.translation.starter\n"
        "print(any('training' in name or name == 'torch' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_a_stranger_is_told_the_steps() -> None:
    command = [sys.executable, "-m", "workbench.translation.starter.training", "--help"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert all(step in shown for step in ("prepare", "cache", "train", "convert", "evaluate", "pack", "--device cuda"))


def test_rows_of_different_lengths_are_padded_and_joined() -> None:
    rows = data.Rows(np.array([1, 2, 3, 4]), np.array([0, 2, 3, 4]))
    both = rows.joined(data.Rows(np.array([7, 8]), np.array([0, 2])))
    assert both.padded(np.array([3, 1]), 3, 0).tolist() == [[7, 8, 0], [3, 0, 0]]
    assert both.lengths(np.array([0, 2])).tolist() == [2, 1]


def test_english_is_translated_back_by_what_was_trained_the_other_way_round(tmp_path: Path) -> None:
    encoder = bundled_encoder()
    work, other = tmp_path / "work", tmp_path / "reversed"
    work.mkdir()
    tokenizer = AutoTokenizer.from_pretrained(encoder)
    pairs = [corpus.Pair(code, "tatoeba", "Привет, мир!", "Hello, world!") for code in corpus.SOURCES]
    source, english = (tokenizer.backend_tokenizer.encode(text) for text in ("Привет, мир!", "Hello, world!"))
    pieces = list(dict.fromkeys([*vocabulary.SPECIAL, *english.tokens[1:-1]]))
    vocabulary.write_pieces(pieces, work / "target.txt")
    vocabulary.write_pieces(list(dict.fromkeys([*pieces, *source.tokens[1:-1]])), work / "source.txt")
    prepare.write(work, pairs, [source.ids] * 3, [[pieces.index(piece) for piece in english.tokens[1:-1]]] * 3)
    reverse.reverse(work, encoder, other)
    train.train(other, encoder, train.Plan(5.0, tokens=64, draws=64, warmup=5, thawed=1))
    (tmp_path / "english.txt").write_text("Hello, world!\n", encoding="utf-8")
    reverse.back_translate(other, encoder, tmp_path / "english.txt", work, "cpu")
    before, after = data.Pairs(work, 1), data.Pairs(work, 1, cached=False)
    assert before.refresh() == 0  # nothing is cached
    made = np.load(work / data.BACK_FILE)
    sources = prepare.rows_of(made, "source")
    for row in sources:  # how well five seconds teach is chance; what is written down is not
        assert row[:2].tolist() == [vocabulary.BOS, vocabulary.UNKNOWN] and row[-1] == vocabulary.EOS
        assert set(row[2:-1].tolist()) <= {*source.ids, *english.ids}
    assert after.refresh() == len(prepare.rows_of(np.load(work / "tokens.npz"), "source")) + len(sources)


def test_a_loop_is_no_sentence() -> None:
    assert reverse.is_sentence([5, 6, 7]) and not reverse.is_sentence([5, 6])
    assert not reverse.is_sentence([5, 6] * 6)
