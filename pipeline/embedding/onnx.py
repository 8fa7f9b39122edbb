"""Sentence encoders as ONNX files, run here: a folder as sentence-transformers and its exporters write it."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.embedding.embedder import Embedder, unit
from pipeline.errors import WrongUsage

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vectors = npt.NDArray[np.float32]

AT_ONCE = 32
"""Texts in one run of the model, of about the same length."""

LONGEST = 512
"""Tokens of a text that count, where the model does not say."""


def load_onnx(folder: Path) -> Embedder:
    """The encoder in a folder with model.onnx (or onnx/model.onnx) and tokenizer.json.

    Tokens are pooled as 1_Pooling/config.json says, by their mean where there is none; the vectors have length 1.

    Raises:
        WrongUsage: a file is missing or damaged.
    """
    import onnxruntime
    from tokenizers import Tokenizer

    file = next((f for f in (folder / "model.onnx", folder / "onnx" / "model.onnx") if f.is_file()), None)
    if file is None or not (folder / "tokenizer.json").is_file():
        raise WrongUsage(f"embedder: {folder} has no {'tokenizer.json' if file else 'model.onnx'}; give the folder of an ONNX sentence encoder")  # fmt: skip
    said = _json(folder / "sentence_bert_config.json").get("max_seq_length") or LONGEST
    first = bool(_json(folder / "1_Pooling" / "config.json").get("pooling_mode_cls_token"))
    try:
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    except Exception as error:  # both raise types of their own
        raise WrongUsage(f"embedder: {folder} can't be loaded: {' '.join(str(error).split())[:200]}") from None
    tokenizer.enable_truncation(max_length=said)
    tokenizer.enable_padding()
    encoder = _Encoder(tokenizer, session, first)
    with file.open("rb") as data:
        digest = hashlib.file_digest(data, "sha256").hexdigest()[:8]
    return Embedder(f"onnx-{folder.resolve().name}-{digest}", encoder)


class _Encoder:
    """See `Embed`.

    Args:
        first: whether the first token stands for the text, instead of the mean of all.
    """

    def __init__(self, tokenizer: Any, session: Any, first: bool) -> None:
        self._tokenizer, self._session, self._first = tokenizer, session, first
        self._inputs = {entry.name for entry in session.get_inputs()}
        self._width = session.get_outputs()[0].shape[-1]

    def __call__(self, texts: Sequence[str]) -> "Vectors":
        import numpy as np

        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        vectors = np.zeros((len(texts), self._width), dtype=np.float32)
        for start in range(0, len(order), AT_ONCE):
            rows = order[start : start + AT_ONCE]
            vectors[rows] = self._pooled([texts[i] for i in rows])
        vectors[[not text.strip() for text in texts]] = 0
        return unit(vectors)

    def _pooled(self, texts: list[str]) -> "Vectors":
        import numpy as np

        read = self._tokenizer.encode_batch(texts)
        given = {
            "input_ids": np.array([r.ids for r in read], dtype=np.int64),
            "attention_mask": np.array([r.attention_mask for r in read], dtype=np.int64),
            "token_type_ids": np.array([r.type_ids for r in read], dtype=np.int64),
        }
        out: Vectors = self._session.run(None, {name: given[name] for name in self._inputs & given.keys()})[0]
        if out.ndim == 2:  # pooled by the model itself
            return out
        if self._first:
            return out[:, 0]
        counted = given["attention_mask"][:, :, None].astype(np.float32)
        mean: Vectors = (out * counted).sum(axis=1) / np.maximum(counted.sum(axis=1), 1e-9)
        return mean


def _json(file: Path) -> dict[str, Any]:
    """What a file of the model's own settings says; nothing where there is none."""
    try:
        said: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise WrongUsage(f"embedder: {file} can't be read: {error}") from None
    return said
