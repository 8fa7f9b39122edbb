"""Fails when a score falls more than the tolerance below the last recorded one.

    python -m eval.floor SCORE.json [CROSS_VALIDATED.json [MUTANTS.json]]

The first file is the scorer's; the second, what `python -m eval.train_lease --json` wrote, is read as `cross_validated`; the
third, what `python -m eval.mutants --json` wrote, as `mutants`.
"""

import json
import sys
from pathlib import Path
from typing import Any

FLOOR = Path(__file__).with_name("floor.json")
TOLERANCE = 0.01


def shortfalls(score: dict[str, Any], floor: dict[str, float], tolerance: float = TOLERANCE) -> list[str]:
    """The measures that fell, one line each.

    Args:
        score: what the scorer wrote ("lease": {"f1": ...}, "grounded": ...).
        floor: measure ("lease.f1", "grounded") to its last recorded value.
        tolerance: how far a measure may fall.

    >>> shortfalls({"grounded": 0.97, "lease": {"f1": 0.8}}, {"grounded": 0.99, "lease.f1": 0.8})
    ['grounded fell to 0.970 from 0.990']
    """
    fallen = []
    for measure, recorded in floor.items():
        value: Any = score
        for key in measure.split("."):
            value = value[key]
        if value < recorded - tolerance:
            fallen.append(f"{measure} fell to {value:.3f} from {recorded:.3f}")
    return fallen


def main() -> int:
    """Compare the given score files with floor.json; a measure whose file was not given is left out."""
    read = [json.loads(Path(name).read_text("utf-8")) for name in sys.argv[1:4]]
    score = {**read[0], **dict(zip(("cross_validated", "mutants"), read[1:], strict=False))}
    floor = json.loads(FLOOR.read_text("utf-8"))
    fallen = shortfalls(score, {measure: value for measure, value in floor.items() if measure.split(".")[0] in score})
    print("\n".join(fallen) or f"no score is more than {TOLERANCE} below {FLOOR.name}")
    return bool(fallen)


if __name__ == "__main__":
    sys.exit(main())
