"""The shallow decoder: BERT-like layers with attention to the encoder, warm-started from the encoder's own layers."""

from collections.abc import Sequence
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from workbench.translation.starter.training.states import WIDTH

HEADS = 12
#: Layers of the sentence encoder that the decoder's layers start from (Rothe et al. 2020).
WARM_START = (1, 4, 7)
#: The decoder layer whose attention word alignments guide, and how many of its heads they guide.
GUIDED_LAYER, GUIDED_HEADS = 1, 4


class Attention(nn.Module):
    """Attention of some positions to others, with the query, key, value and output maps of BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.output = (nn.Linear(WIDTH, WIDTH) for _ in range(4))

    def forward(self, x: Tensor, memory: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
        """Return what was attended to, (batch, length, width), and the log-weights before normalising."""
        q, k, v = (self._split(part) for part in (self.query(x), self.key(memory), self.value(memory)))
        scores = q @ k.transpose(2, 3) * (WIDTH // HEADS) ** -0.5 + bias
        mixed = torch.softmax(scores, -1).to(v.dtype) @ v
        return self.output(mixed.transpose(1, 2).reshape(x.shape)), scores

    def _split(self, x: Tensor) -> Tensor:
        return x.view(x.shape[0], x.shape[1], HEADS, -1).transpose(1, 2)


class Layer(nn.Module):
    """Self-attention, attention to the source, feed-forward; each added and then normalised."""

    def __init__(self, inner: int, dropout: float) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.self_attention, self.attention = Attention(), Attention()
        self.self_norm, self.norm, self.final_norm = (nn.LayerNorm(WIDTH, eps=1e-12) for _ in range(3))
        self.rise, self.fall = nn.Linear(WIDTH, inner), nn.Linear(inner, WIDTH)

    def forward(self, x: Tensor, memory: Tensor, causal: Tensor, padding: Tensor) -> tuple[Tensor, Tensor]:
        """Return the new states, and the log-weights of attention to the source."""
        x = self.self_norm(x + self.dropout(self.self_attention(x, x, causal)[0]))
        mixed, scores = self.attention(x, memory, padding)
        x = self.norm(x + self.dropout(mixed))
        return self.final_norm(x + self.dropout(self.fall(F.gelu(self.rise(x))))), scores


class Decoder(nn.Module):
    """Predicts the next English piece from the pieces so far and the encoder's states."""

    def __init__(
        self,
        vocabulary: int,
        positions: int,
        inner: int = 4 * WIDTH,
        layers: int = len(WARM_START),
        dropout: float = 0.0,
    ) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.words = nn.Embedding(vocabulary, WIDTH)
        self.places = nn.Embedding(positions, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(inner, dropout) for _ in range(layers))
        self.project = nn.Linear(WIDTH, vocabulary)

    def forward(self, pieces: Tensor, memory: Tensor, padding: Tensor) -> tuple[Tensor, Tensor]:
        """Return states, (batch, length, width), and the guided layer's log-weights, (batch, heads, length, source).

        `padding` is what is added to the log-weights: 0, or a large negative number at padded source positions.
        """
        length = pieces.shape[1]
        causal = torch.full((length, length), -1e4, device=pieces.device).triu(1)
        x = self.dropout(self.norm(self.words(pieces) + self.places.weight[:length]))
        guided = x
        for number, layer in enumerate(self.layers):
            x, scores = layer(x, memory, causal, padding)
            if number == GUIDED_LAYER:
                guided = scores[:, :GUIDED_HEADS]
        return x, guided

    def start_from(self, bert: Any, rows: Sequence[int]) -> None:
        """Take over the encoder's word vectors at `rows` (one for each piece), positions, norms and layers."""
        embeddings = bert.embeddings
        with torch.no_grad():
            words = embeddings.word_embeddings.weight[torch.tensor(rows)].float()
            self.words.weight.copy_(words)
            places = embeddings.position_embeddings.weight.float() + embeddings.token_type_embeddings.weight[0].float()
            self.places.weight.copy_(places[: self.places.num_embeddings])
            self.norm.load_state_dict(embeddings.LayerNorm.state_dict())
            centred = words - words.mean(0)
            self.project.weight.copy_(centred / centred.norm(dim=1).mean())
            self.project.bias.zero_()
            for layer, number in zip(self.layers, WARM_START, strict=True):
                _warm_layer(layer, bert.encoder.layer[number])


def _warm_layer(layer: Any, source: Any) -> None:
    """Copy one encoder layer into a decoder layer; attention to the source starts as a copy of self-attention."""
    inside = source.attention.self
    for attention in (layer.self_attention, layer.attention):
        for name, linear in (
            ("query", inside.query), ("key", inside.key), ("value", inside.value),
            ("output", source.attention.output.dense),
        ):  # fmt: skip
            getattr(attention, name).load_state_dict(linear.state_dict())
    layer.self_norm.load_state_dict(source.attention.output.LayerNorm.state_dict())
    layer.norm.load_state_dict(source.attention.output.LayerNorm.state_dict())
    layer.rise.load_state_dict(source.intermediate.dense.state_dict())
    layer.fall.load_state_dict(source.output.dense.state_dict())
    layer.final_norm.load_state_dict(source.output.LayerNorm.state_dict())
