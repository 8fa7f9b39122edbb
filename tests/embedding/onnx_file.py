"""A tiny ONNX encoder, written byte by byte: each token's vector is its row of a table. (The onnx package is a big one.)"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FLOAT, INT64 = 1, 7


def write_encoder(folder: Path, words: list[str], table: NDArray[np.float32], limit: int = 8) -> None:
    """Write model.onnx, tokenizer.json and sentence_bert_config.json.

    Args:
        words: of the vocabulary; the first stands for padding, the second for all unknown words.
        table: a row for each word.
        limit: tokens of a text that count.
    """
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({word: i for i, word in enumerate(words)}, unk_token=words[1]))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "sentence_bert_config.json").write_text(f'{{"max_seq_length": {limit}}}')
    (folder / "model.onnx").write_bytes(_model(table.astype("<f4")))


def _model(table: NDArray[np.float32]) -> bytes:
    weights = b"".join(_number(1, n) for n in table.shape) + _number(2, FLOAT) + _bytes(8, b"table")
    weights += _bytes(9, table.tobytes())
    gather = b"".join(
        [_bytes(1, b"table"), _bytes(1, b"input_ids"), _bytes(2, b"last_hidden_state"), _bytes(4, b"Gather")]
    )
    ids = _value(b"input_ids", INT64, [b"texts", b"tokens"])
    mask = _value(b"attention_mask", INT64, [b"texts", b"tokens"])
    out = _value(b"last_hidden_state", FLOAT, [b"texts", b"tokens", table.shape[1]])
    # a graph: node 1, name 2, initializer 5, input 11, output 12
    graph = _bytes(1, gather) + _bytes(2, b"tiny") + _bytes(5, weights) + _bytes(11, ids) + _bytes(11, mask)
    return _number(1, 8) + _bytes(7, graph + _bytes(12, out)) + _bytes(8, _bytes(1, b"") + _number(2, 13))


def _value(name: bytes, kind: int, dimensions: list[bytes | int]) -> bytes:
    shape = b"".join(_bytes(1, _number(1, d) if isinstance(d, int) else _bytes(2, d)) for d in dimensions)
    return _bytes(1, name) + _bytes(2, _bytes(1, _number(1, kind) + _bytes(2, shape)))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    low, rest = value & 0x7F, value >> 7
    return bytes([low | 0x80]) + _varint(rest) if rest else bytes([low])
