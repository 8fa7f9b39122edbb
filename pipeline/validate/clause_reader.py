"""What kind of forbidden clause a sentence is, read word by word: a small encoder decides on what the model over words proposes.

The model over words (`clause_kinds`) is fast and cannot tell "shall be commingled" from "shall not be"; the encoder can, at some
milliseconds a sentence. It is MiniLM (all-MiniLM-L6-v2, Apache-2.0) taught by `python -m eval.train_clause_reader`.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

_HERE = Path(str(files("pipeline.validate")))
ENCODER = _HERE / "clause_reader.onnx"
TOKENIZER = _HERE / "clause_reader.json"


@dataclass(frozen=True, slots=True)
class ClauseReader:
    """A sentence encoder with a head that names the kind of clause.

    Args:
        kinds: in the order of its outcomes; the last outcome, none of them, has no name.
        session: an `onnxruntime.InferenceSession` from `ids` to `probabilities`.
        tokenizer: a `tokenizers.Tokenizer`, which cuts at the longest the encoder reads.
    """

    kinds: tuple[str, ...]
    session: Any
    tokenizer: Any

    def probabilities(self, sentence: str) -> dict[str, float]:
        """How probable it is, 0..1, that a sentence is a clause of each kind.

        Sentences are read one at a time: eight-bit arithmetic scales by what is read together, and a sentence must not be
        judged by its neighbours.

        Args:
            sentence: as it stands in the document, or levelled.
        """
        ids = self.tokenizer.encode(" ".join(sentence.split())).ids
        (said,) = self.session.run(["probabilities"], {"ids": [ids]})[0]
        return dict(zip(self.kinds, map(float, said), strict=False))


@cache
def shipped_reader() -> ClauseReader:
    """The reader that comes with the package; loaded at the first sentence that needs it.

    >>> said = shipped_reader().probabilities("The deposit is not commingled with Landlord's own money.")
    >>> max(said.values()) < 0.5
    True
    """
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(ENCODER), options, providers=["CPUExecutionProvider"])
    kinds = json.loads(session.get_modelmeta().custom_metadata_map["kinds"])
    return ClauseReader(tuple(kinds), session, Tokenizer.from_file(str(TOKENIZER)))
