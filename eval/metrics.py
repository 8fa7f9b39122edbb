"""Scores with their uncertainty: F1, accuracy, bootstrap intervals by document, and the significance of a difference."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eval.judge import CORE_LEASE, Judged

_ROUNDS = 1_000
_SEED = 20_240_701  # the same figures for the same results


@dataclass(frozen=True, slots=True)
class Score:
    """Scores over some judged fields; `low` and `high` bound the 95 % interval of F1 (bootstrap over documents)."""

    fields: int
    labelled: int
    precision: float
    recall: float
    f1: float
    accuracy: float
    low: float
    high: float
    wrong: int
    missing: int
    spurious: int


def score(judged: Sequence[Judged]) -> Score:
    """Scores of judged fields.

    >>> score([]).f1
    0.0
    """
    sums = _sums(judged)
    total = sums.sum(axis=0) if len(sums) else np.zeros(5)
    tp, fp, fn, credit, count = (float(x) for x in total)
    low, high = _interval(sums)
    return Score(
        len(judged), sum(j.right is not None for j in judged), tp / max(1e-9, tp + fp), tp / max(1e-9, tp + fn),
        _f1(tp, fp, fn), credit / max(1.0, count), low, high,
        *(sum(j.verdict == verdict for j in judged) for verdict in ("wrong", "missing", "spurious")),
    )  # fmt: skip


def groups(judged: Sequence[Judged]) -> dict[str, list[Judged]]:
    """The judged fields by headline group: core lease fields, all lease fields, protocol fields."""
    lease = [j for j in judged if j.doc_type.startswith("lease")]
    named = {
        "lease_core17": [j for j in lease if j.field in CORE_LEASE],
        "lease": lease,
        "protocol": [j for j in judged if j.doc_type == "clinical_protocol"],
    }
    return {name: members for name, members in named.items() if members}


def by_field(judged: Sequence[Judged]) -> dict[str, list[Judged]]:
    """The judged fields by field, in their schema's order."""
    found: dict[str, list[Judged]] = defaultdict(list)
    for j in judged:
        found[j.field].append(j)
    return dict(found)


def significance(one: Sequence[Judged], other: Sequence[Judged]) -> float:
    """The two-sided p-value of the difference in F1 of two backends on the same documents.

    Approximate randomisation: the two results of a document are exchanged at random, and the share of rounds whose
    difference is at least the observed one is counted (Noreen, 1989; Yeh, COLING 2000).
    """
    mine, theirs = _by_document(one), _by_document(other)
    shared = sorted(mine.keys() & theirs.keys())
    if not shared:
        return 1.0
    a = np.array([_sums_of(mine[d]) for d in shared])
    b = np.array([_sums_of(theirs[d]) for d in shared])
    observed = abs(_f1_of(a.sum(axis=0)) - _f1_of(b.sum(axis=0)))
    random = np.random.default_rng(_SEED)
    extreme = 0
    for _ in range(_ROUNDS):
        swap = random.random(len(shared))[:, None] < 0.5
        difference = abs(_f1_of(np.where(swap, b, a).sum(axis=0)) - _f1_of(np.where(swap, a, b).sum(axis=0)))
        extreme += difference >= observed - 1e-12
    return (extreme + 1) / (_ROUNDS + 1)


def _interval(sums: npt.NDArray[np.float64]) -> tuple[float, float]:
    """The 95 % interval of F1 when documents are drawn anew (percentile bootstrap; Efron, 1979)."""
    if not len(sums):
        return 0.0, 0.0
    random = np.random.default_rng(_SEED)
    drawn = sums[random.integers(0, len(sums), (_ROUNDS, len(sums)))].sum(axis=1)
    tp, fp, fn = drawn[:, 0], drawn[:, 1], drawn[:, 2]
    f1 = 2 * tp / np.maximum(1e-9, 2 * tp + fp + fn)
    low, high = np.quantile(f1, (0.025, 0.975))
    return float(low), float(high)


def _sums(judged: Sequence[Judged]) -> npt.NDArray[np.float64]:
    """One row per document: tp, fp, fn, credit, fields."""
    return np.array([_sums_of(members) for members in _by_document(judged).values()])


def _sums_of(judged: Sequence[Judged]) -> list[float]:
    measures: tuple[Callable[[Judged], float], ...] = (
        lambda j: j.tp, lambda j: j.fp, lambda j: j.fn, lambda j: j.credit, lambda _: 1.0,
    )  # fmt: skip
    return [sum(measure(j) for j in judged) for measure in measures]


def _by_document(judged: Sequence[Judged]) -> dict[str, list[Judged]]:
    found: dict[str, list[Judged]] = defaultdict(list)
    for j in judged:
        found[j.document].append(j)
    return found


def _f1_of(sums: npt.NDArray[np.float64]) -> float:
    return _f1(float(sums[0]), float(sums[1]), float(sums[2]))


def _f1(tp: float, fp: float, fn: float) -> float:
    return 2 * tp / max(1e-9, 2 * tp + fp + fn)
