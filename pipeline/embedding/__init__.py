"""Texts -> vectors: an embedder is a name and a function; one string of the settings says which."""

from pipeline.embedding.embedder import Embed, Embedder
from pipeline.embedding.factory import embedder_for
from pipeline.embedding.static import DIMENSIONS, load_embed

__all__ = ["DIMENSIONS", "Embed", "Embedder", "embedder_for", "load_embed"]
