"""How long the command and the import take to start."""

import subprocess
import sys
from statistics import median
from time import perf_counter


def seconds(command: list[str], rounds: int = 7) -> float:
    """Median wall time of a command, in seconds, after one warm-up."""
    times = []
    for _ in range(rounds + 1):
        start = perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(perf_counter() - start)
    return median(times[1:])


def help_seconds() -> float:
    """Of `clauseline --help`."""
    return seconds([sys.executable, "-c", "from pipeline.cli import main; main(['--help'])"])


def import_seconds() -> float:
    """Of `from pipeline import Pipeline`, the interpreter's own start included."""
    return seconds([sys.executable, "-c", "from pipeline import Pipeline"])
