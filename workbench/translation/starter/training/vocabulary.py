"""The English pieces that the decoder writes: the commonest XLM-R pieces and every character they need."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
BOS, PAD, EOS, UNKNOWN = range(4)
#: Characters that are kept whatever their count, so that any name and number can be written.
CHARACTERS = (
    "▁0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    ".,:;!?'\"()-–—/%&+=*@#$€£°_[]<>«»„“”‘’…№éèêëáàâäãåçñóòôöõøúùûüíìîïýßšžčćłńśőűğışțăā"
)


def choose_pieces(tokens: Iterable[Sequence[str]], size: int) -> list[str]:
    """Return the special tokens, the characters and the commonest pieces, `size` of them in all."""
    counts = Counter(token for sentence in tokens for token in sentence)
    chosen = dict.fromkeys([*SPECIAL, *CHARACTERS])
    for piece, _ in counts.most_common():
        if len(chosen) >= size:
            break
        if piece.isascii() or piece.removeprefix("▁").isascii():
            chosen.setdefault(piece)
    return list(chosen)


def target_tokenizer(tokenizer: Any, pieces: Sequence[str]) -> Any:
    """Make a copy of a unigram tokenizer whose vocabulary is cut to `pieces`, in their order.

    Pieces that the tokenizer lacks get the score of its rarest one.
    """
    from tokenizers import Tokenizer

    described = json.loads(tokenizer.to_str())
    scores = dict(described["model"]["vocab"])
    rarest = min(scores.values())
    described["model"]["vocab"] = [[piece, scores.get(piece, rarest)] for piece in pieces]
    described["added_tokens"] = []
    described["post_processor"] = None
    return Tokenizer.from_str(json.dumps(described))


def write_pieces(pieces: Sequence[str], path: Path) -> None:
    """Write one piece a line."""
    path.write_text("\n".join(pieces) + "\n", encoding="utf-8")


def read_pieces(path: Path) -> list[str]:
    """Read what `write_pieces` wrote."""
    return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
