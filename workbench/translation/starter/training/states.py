"""The frozen encoder: the lower layers of the sentence encoder that ships, and what they make of a corpus.

Words of different languages that mean the same lie closest together in the middle layers (measured by the share of
mutual nearest neighbours between the pieces of translated sentences), so the upper layers are left off.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

LAYERS = 8
WIDTH = 384
BATCH_TOKENS = 4096


def load_encoder_layers(directory: Path, dtype: torch.dtype = torch.bfloat16) -> Any:
    """Load the lower layers of the encoder as a `BertModel` that does not learn."""
    from transformers import BertModel

    model: Any = BertModel.from_pretrained(directory, dtype=dtype, add_pooling_layer=False)
    model.encoder.layer = model.encoder.layer[:LAYERS]
    model.eval()  # no dropout, in training either: the time is too short to overfit
    return model.requires_grad_(False)


def encode_states(model: Any, sentences: Sequence[Sequence[int]]) -> list[np.ndarray[Any, Any]]:
    """Return the states of each sentence as bfloat16 bits, uint16 of shape (tokens, width)."""
    states: list[Any] = [None] * len(sentences)
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]))
    start = 0
    while start < len(order):
        end = start + 1
        while end < len(order) and len(sentences[order[end]]) * (end - start + 1) <= BATCH_TOKENS:
            end += 1
        batch = order[start:end]
        length = len(sentences[batch[-1]])
        ids = torch.ones(len(batch), length, dtype=torch.long)
        mask = torch.zeros(len(batch), length, dtype=torch.long)
        for row, number in enumerate(batch):
            ids[row, : len(sentences[number])] = torch.tensor(sentences[number])
            mask[row, : len(sentences[number])] = 1
        with torch.inference_mode():
            hidden = model(ids, attention_mask=mask).last_hidden_state.to(torch.bfloat16).view(torch.uint16)
        for row, number in enumerate(batch):
            states[number] = hidden[row, : len(sentences[number])].numpy().copy()
        start = end
    return states
