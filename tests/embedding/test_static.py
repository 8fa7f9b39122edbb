"""The embeddings load without a network and leave the logging of the process alone."""

import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.embedding import DIMENSIONS, load_embed
from pipeline.embedding.embedder import unit


def test_vectors_have_length_one_and_nothing_has_none() -> None:
    vectors = load_embed()(["the rent is due monthly", "security deposit", ""])
    assert vectors.shape == (3, DIMENSIONS) and vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors[:2], axis=1), 1.0, atol=1e-5)
    assert np.isfinite(vectors).all()
    assert load_embed()([]).shape == (0, DIMENSIONS)


def test_like_texts_are_near() -> None:
    rent, like, other = load_embed()(["monthly rent payment", "payment of rent each month", "adverse event reporting"])
    assert rent @ like > rent @ other


def test_it_works_without_a_network_and_without_touching_the_root_logger() -> None:
    program = (
        "import logging, socket\n"
        "def refuse(*a, **k): raise OSError('no network')\n"
        "socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse\n"
        "from pipeline.embedding import load_embed\n"
        "assert load_embed()(['rent']).shape == (1, 256)\n"
        "assert logging.getLogger().handlers == [] and logging.getLogger().level == logging.WARNING\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=200)


texts = st.lists(st.text(st.sampled_from("ab Z\n\t .,’“é1▁<s>/語🎉"), max_size=60), min_size=1, max_size=8)


@settings(max_examples=100, deadline=None)
@given(texts=texts)
def test_vectors_are_those_of_the_model_to_the_bit_though_each_word_is_split_into_tokens_once(texts: list[str]) -> None:
    import wordllama

    whole = _model(Path(wordllama.__file__).parent)
    expected = unit(whole.embed([text or " " for text in texts], norm=False))
    assert (load_embed()(texts) == expected).all()


@cache
def _model(folder: Path) -> Any:
    import wordllama

    return wordllama.WordLlama.load(cache_dir=folder, dim=DIMENSIONS, disable_download=True)
