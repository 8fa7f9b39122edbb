"""Whether confidences mean what they say, and how much can be accepted at a given precision."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.judge import Judged

RIGHT = 0.999  # credit from which a value counts as right


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions of like confidence: how many, their mean confidence, the share that is right."""

    count: int
    confidence: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Point:
    """Accepting every prediction of at least `confidence` accepts this `coverage` (share) at this `precision`."""

    confidence: float
    coverage: float
    precision: float


def predictions(judged: Sequence[Judged]) -> list[tuple[float, bool]]:
    """Confidence, and whether it was right, of every value that was given."""
    return [(j.confidence, j.credit >= RIGHT and j.right is not None) for j in judged if j.predicted is not None]


def reliability(judged: Sequence[Judged], bins: int = 10) -> list[Bin]:
    """The reliability diagram: predictions in bins of equal width, empty ones left out."""
    sorted_in: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for confidence, right in predictions(judged):
        sorted_in[min(bins - 1, int(confidence * bins))].append((confidence, right))
    return [
        Bin(len(held), sum(c for c, _ in held) / len(held), sum(r for _, r in held) / len(held))
        for held in sorted_in
        if held
    ]


def calibration_error(judged: Sequence[Judged], bins: int = 10) -> float:
    """Expected calibration error: mean distance of confidence from accuracy over the bins (Naeini et al., AAAI 2015).

    >>> calibration_error([])
    0.0
    """
    held = reliability(judged, bins)
    total = sum(b.count for b in held)
    return sum(b.count * abs(b.confidence - b.accuracy) for b in held) / total if total else 0.0


def coverage_curve(judged: Sequence[Judged]) -> list[Point]:
    """Coverage and precision at every threshold, from the surest prediction down; ties are accepted together."""
    ranked = sorted(predictions(judged), reverse=True)
    points, right = [], 0
    for i, (confidence, good) in enumerate(ranked, 1):
        right += good
        if i == len(ranked) or ranked[i][0] < confidence:
            points.append(Point(confidence, i / len(ranked), right / i))
    return points


def coverage_at(judged: Sequence[Judged], precision: float = 0.99) -> Point | None:
    """The largest coverage whose precision is at least `precision`; None if there is no such threshold."""
    good = [p for p in coverage_curve(judged) if p.precision >= precision]
    return max(good, key=lambda p: p.coverage, default=None)
