"""Encoder and decoder as one module to train: the decoder alone on cached states, or upper layers of both."""

from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from workbench.translation.starter.training.data import Batch
from workbench.translation.starter.training.decoder import Decoder
from workbench.translation.starter.training.states import load_encoder_layers
from workbench.translation.starter.training.vocabulary import PAD, UNKNOWN, read_pieces

POSITIONS = 256


class Translator(nn.Module):
    """The decoder and, where some of it is trained, the encoder (None otherwise)."""

    def __init__(self, decoder: Decoder, encoder: Any) -> None:
        super().__init__()
        self.decoder = decoder
        self.encoder = encoder

    def losses(self, batch: Batch, smoothing: float) -> tuple[Tensor, Tensor]:
        """Return the mean loss of the English pieces and that of the guided attention."""
        memory = batch.memory
        if self.encoder is not None:
            memory = self.encoder(memory, attention_mask=(memory != PAD).long()).last_hidden_state
        states, guided = self.decoder(batch.given, memory, batch.padding)
        real = batch.wanted != PAD
        logits = self.decoder.project(states[real])
        words = F.cross_entropy(logits.float(), batch.wanted[real], label_smoothing=smoothing)
        return words, _alignment_loss(guided.float(), batch.aligned)


def new_translator(work: Path, encoder: Path, *, thawed: int, dropout: float = 0.0) -> Translator:
    """Make a translator for the prepared vocabulary, its decoder warm-started from the encoder.

    The upper `thawed` layers of the encoder learn too; its word vectors stay as they are.
    """
    from transformers import AutoTokenizer, BertModel

    pieces = read_pieces(work / "target.txt")
    known = AutoTokenizer.from_pretrained(encoder).get_vocab()
    decoder = Decoder(len(pieces), POSITIONS, dropout=dropout)
    bert = BertModel.from_pretrained(encoder, dtype=torch.float32, add_pooling_layer=False)
    decoder.start_from(bert, [known.get(piece, UNKNOWN) for piece in pieces])
    return Translator(
        decoder, _thawed(load_encoder_layers(encoder, torch.float32), thawed, dropout) if thawed else None
    )


def _thawed(encoder: Any, layers: int, dropout: float) -> Any:
    for layer in encoder.encoder.layer[-layers:]:
        layer.requires_grad_(True)
    if dropout:
        for part in encoder.modules():
            if isinstance(part, nn.Dropout):
                part.p = dropout
        encoder.train()
    return encoder


def _alignment_loss(scores: Tensor, aligned: Tensor) -> Tensor:
    """Ask each guided head to look at the aligned source piece when the piece is about to be written."""
    found = aligned >= 0
    by_head = scores.transpose(1, 2)[found]
    wanted = aligned[found].unsqueeze(1).expand(-1, by_head.shape[1])
    return F.cross_entropy(by_head.flatten(0, 1), wanted.flatten())
