"""Fits what a lease reader's probabilities are worth, from results on leases it did not learn from."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from eval.judge import Judged

_SHRINK = 4.0  # leases' worth of the mean that a field's own figures are mixed with


def calibrate(results: Iterable[Judged]) -> dict[str, float]:
    """Slope and intercept that make the confidences of given values most likely (Platt 1999); lists count by credit."""
    given = [r for r in results if r.predicted is not None]
    return _line([r.confidence for r in given], [r.credit if r.right is not None else 0.0 for r in given])


def calibrate_silence(results: Iterable[Judged]) -> tuple[dict[str, float], dict[str, float]]:
    """What silence is worth: by field the share of leases left unanswered that rightly were, then a line as for values.

    Args:
        results: fields of leases not learned from; `confidence` of an unanswered one is the chance that nothing is said.
    """
    silent = [r for r in results if r.predicted is None]
    mean = float(np.mean([r.credit for r in silent])) if silent else 1.0
    shares = {}
    for field in sorted({r.field for r in silent}):
        own = [r.credit for r in silent if r.field == field]
        shares[field] = round((sum(own) + _SHRINK * mean) / (len(own) + _SHRINK), 4)
    line = _line([min(r.confidence, shares[r.field]) for r in silent], [r.credit for r in silent])
    return shares, line


def _line(shares: Sequence[float], right: Sequence[float]) -> dict[str, float]:
    """Slope and intercept on the log-odds, drawn to 1 and 0."""
    from scipy.optimize import minimize  # only learning needs it

    if not shares:
        return {"slope": 1.0, "intercept": 0.0}
    clipped, true = np.clip(np.array(shares), 1e-4, 1 - 1e-4), np.array(right)
    odds = np.log(clipped / (1 - clipped))

    def loss(line: Any) -> float:
        scores = line[0] * odds + line[1]
        return float(np.logaddexp(0, scores).sum() - (true * scores).sum() + 0.5 * ((line - (1, 0)) ** 2).sum())

    slope, intercept = minimize(loss, np.array([1.0, 0.0])).x
    return {"slope": round(float(slope), 3), "intercept": round(float(intercept), 3)}


def thresholds(results: Sequence[Judged], precision: float = 0.99) -> dict[str, float]:
    """By field, the least confidence above which all given values but a share of 1 - `precision` were right.

    A field of which no threshold's values were right often enough gets 1.0: nothing is accepted unseen.
    """
    found = {}
    for field in dict.fromkeys(r.field for r in results):
        given = sorted(((r.confidence, r.credit >= 0.999 and r.right is not None) for r in results if r.field == field and r.predicted is not None), reverse=True)  # fmt: skip
        cut, right = 1.0, 0
        for number, (confidence, good) in enumerate(given, 1):
            right += good
            last = number == len(given) or given[number][0] < confidence
            if last and right / number >= precision:
                cut = confidence
        found[field] = round(cut - 5e-4, 3) if cut < 1.0 else 1.0
    return found
