"""The static embeddings that come in the wordllama wheel, loaded without any network."""

import logging
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.embedding.embedder import Embed, unit

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

DIMENSIONS = 256
_LONGEST = 4_000  # characters of a text that count


@cache
def load_embed() -> Embed:
    """The embedder that works offline everywhere; about 0.5 s the first time, 16 MB.

    Static token vectors averaged over a text (WordLlama l2_supercat, 256 dimensions): good for finding what is said in
    other words, blind to word order.

    >>> load_embed()(["rent due monthly", ""]).shape
    (2, 256)
    """
    import numpy as np

    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    import wordllama  # configures the root logger when it is imported, which is not its business

    root.setLevel(level)
    root.handlers[:] = handlers
    folder = Path(wordllama.__file__).parent
    model = wordllama.WordLlama.load(cache_dir=folder, dim=DIMENSIONS, disable_download=True)

    def embed(texts: Sequence[str]) -> "npt.NDArray[np.float32]":
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        return unit(model.embed([text[:_LONGEST] or " " for text in texts], norm=False))

    return embed
