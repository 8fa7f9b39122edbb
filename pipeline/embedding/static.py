"""The static embeddings that come in the wordllama wheel, loaded without any network."""

import logging
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.embedding.embedder import Embed, unit

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from wordllama.inference import WordLlamaInference

DIMENSIONS = 256
_LONGEST = 4_000  # characters of a text that count
_WORD = re.compile(r" +[^ \n]*|\n[^ \n]*")
_UNUSUAL = re.compile("[\u2581]|</?s>|<unk>")
"""What the tokenizer takes for something else than words: its own mark of a blank, and its control tokens."""
_MOST_WORDS, _LONGEST_WORD = 30_000, 40  # that are kept with their tokens, about 6 MB


@cache
def load_model() -> "WordLlamaInference":
    """The tokenizer and the vectors of its tokens."""
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    import wordllama  # configures the root logger when it is imported, which is not its business

    root.setLevel(level)
    root.handlers[:] = handlers
    folder = Path(wordllama.__file__).parent
    return wordllama.WordLlama.load(cache_dir=folder, dim=DIMENSIONS, disable_download=True)


@cache
def load_embed() -> Embed:
    """The embedder that works offline everywhere; about 0.5 s the first time, 16 MB.

    Static token vectors averaged over a text (WordLlama l2_supercat, 256 dimensions): good for finding what is said in
    other words, blind to word order.

    >>> load_embed()(["rent due monthly", ""]).shape
    (2, 256)
    """
    import numpy as np

    mean = _Means(load_model())

    def embed(texts: Sequence[str]) -> "npt.NDArray[np.float32]":
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        return unit(np.array([mean.of(text[:_LONGEST] or " ") for text in texts]))

    return embed


class _Means:
    """The mean of a text's token vectors, to the bit as the model makes it, at a seventh of its processor time.

    No token reaches over a blank or a line break, so each word is split into tokens once; and each text is added up by
    itself, where the model fills all texts of a batch up to the longest.

    Args:
        model: has the tokenizer and the vectors.
    """

    def __init__(self, model: "WordLlamaInference") -> None:
        self._model = model
        self._tokens: dict[str, list[int]] = {}

    def of(self, text: str) -> "npt.NDArray[np.float32]":
        """The mean, of as many numbers as there are dimensions."""
        import numpy as np

        if _UNUSUAL.search(text):
            own: npt.NDArray[np.float32] = self._model.embed([text], norm=False)[0]
            return own
        known = self._tokens
        tokens = [token for word in _WORD.findall(f" {text}") for token in known.get(word) or self._split(word)]
        total: npt.NDArray[np.float32] = np.add.reduce(self._model.embedding[tokens], axis=0)
        return total / np.float32(len(tokens))

    def _split(self, word: str) -> list[int]:
        """The tokens of a word that begins with a blank or a line break; the tokenizer puts a blank before what it is given."""
        tokens: list[int]
        if word == " ":
            tokens = self._encoded("a ")[1:]
        elif word[0] == " ":
            tokens = self._encoded(word[1:])
        else:
            tokens = self._encoded(word)[1:]
        if len(word) <= _LONGEST_WORD:
            if len(self._tokens) >= _MOST_WORDS:
                self._tokens.clear()
            self._tokens[word] = tokens
        return tokens

    def _encoded(self, text: str) -> list[int]:
        ids: list[int] = self._model.tokenizer.encode(text, add_special_tokens=False).ids
        return ids
