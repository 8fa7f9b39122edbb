"""What an embedder is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vectors = npt.NDArray[np.float32]


class Embed(Protocol):
    """Makes one vector of length 1 per text: shape (texts, dimensions), float32; an empty text has a zero vector."""

    def __call__(self, texts: Sequence[str]) -> "Vectors": ...

    def __hash__(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Embedder:
    """An embedding model.

    Args:
        model: what its vectors are known by in an index; another model, or another version of it, has another name.
        embed: the model at work.
    """

    model: str
    embed: Embed


def unit(vectors: "Vectors") -> "Vectors":
    """Each row scaled to length 1; what is not finite counts as nothing.

    >>> import numpy as np
    >>> unit(np.array([[3, 4], [0, 0]], dtype=np.float32)).tolist()
    [[0.6000000238418579, 0.800000011920929], [0.0, 0.0]]
    """
    import numpy as np

    finite = np.nan_to_num(np.asarray(vectors, dtype=np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    length = np.linalg.norm(finite, axis=1, keepdims=True)
    scaled: Vectors = (finite / np.where(length > 0, length, 1)).astype(np.float32)
    return scaled
