"""Two ways of doing the same, timed in turn, so that what else the machine does falls on both."""

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from itertools import cycle, islice
from pathlib import Path
from statistics import median


def median_ratio(ways: Mapping[str, Callable[[], float]], rounds: int, what: str) -> float:
    """Median over rounds of the first way's seconds by the second's; prints each round, neither way is always the first.

    Args:
        ways: the baseline and the other, by name; each does it once and gives its seconds.
        rounds: how often.
        what: is done, for the lines printed.

    >>> median_ratio({"slow": lambda: 2.0, "fast": lambda: 1.0}, 0, "nothing")
    Traceback (most recent call last):
    ...
    ValueError: at least one round
    """
    if rounds < 1:
        raise ValueError("at least one round")
    baseline, other = ways
    ratios = []
    for number in range(rounds):
        order = (baseline, other) if number % 2 == 0 else (other, baseline)
        seconds = {name: ways[name]() for name in order}
        ratios.append(seconds[baseline] / seconds[other])
        print(
            f"{what}: {baseline} {seconds[baseline]:.1f} s, {other} {seconds[other]:.1f} s, "
            f"ratio {ratios[-1]:.3f}, load {os.getloadavg()[0]:.1f}",
            flush=True,
        )
    return median(ratios)


def copied(originals: Sequence[Path], folder: Path, count: int) -> list[str]:
    """Make a folder with files again and again, until there are so many; their names, each its own."""
    folder.mkdir()
    names = []
    for number, path in enumerate(islice(cycle(originals), count)):
        names.append(f"{number:04}-{path.name}")
        shutil.copy(path, folder / names[-1])
    return names
