"""Sentence vectors: the encoder that ships, any other that the user names, and how texts are fed to it."""

from workbench.embedding.encoder import Encoder, load_encoder
from workbench.embedding.space import views

__all__ = ["Encoder", "load_encoder", "views"]
