"""`python -m eval.scale.simulate [--check]`: what an installation must be, simulated from measured documents; or, is that right?

`--check` runs the pipeline on this machine with one worker and two, and with a chat model that holds it up, and compares each
throughput with the simulated one; exit status 1 if a kind of run is off by more than a tenth.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from eval.scale.check import check
from eval.scale.measured import Measured, kept
from eval.scale.model import Crew, Document, Provider, Run, sampled, simulate

LEASES_A_DAY = 1_000_000
EVERY = 86_400 / LEASES_A_DAY
MINUTES = 10
"""Of arrivals that are simulated; what waits then is told, not waited for."""

RECORD = 0.02
"""Seconds of the run's own process a lease, into journal and search index: assumed, not measured."""


def leases(measured: Sequence[Measured], *, asking: bool) -> list[Document]:
    """The measured leases with a text layer."""
    found = (m for m in measured if m.doc_type == "lease" and not m.ocr_pages)
    return [Document(m.asked_seconds, m.questions) if asking else Document(m.seconds) for m in found]


def offline(measured: Sequence[Measured]) -> Iterator[str]:
    """Leases as they arrive, by number of cores, and by where results are recorded."""
    pool, number = leases(measured, asking=False), int(MINUTES * 60 / EVERY)
    yield "| cores | busy | from arrival to result, median | 95 % | the same with one process that records |"
    yield "|---|---|---|---|---|"
    for cores in (2, 3, 4, 8):
        run = simulate(list(sampled(pool, number)), Crew(cores), every=EVERY)
        recorded = simulate(list(sampled(pool, number)), Crew(cores, record=RECORD), every=EVERY)
        busy = run.busy / (cores * run.seconds)
        yield f"| {cores} | {busy:.0%} | {_at(run, 0.5):.1f} s | {_at(run, 0.95):.1f} s | {_at(recorded, 0.95):.1f} s |"


def asked(measured: Sequence[Measured]) -> Iterator[str]:
    """Leases as they arrive with a chat model, by what its provider allows."""
    pool, number = leases(measured, asking=True), int(MINUTES * 60 / EVERY)
    yield "| questions a minute allowed | cores | leases a day that get through | refused and put again |"
    yield "|---|---|---|---|"
    for allowed in (2_000, 5_000, 10_000, 15_000):
        documents = list(islice(sampled(pool, number), number // 5))  # a fifth, all at once: what gets through at most
        crew, provider = Crew(8, slots=200), Provider(2.0, at_once=1_000, per_minute=allowed)
        run = simulate(documents, crew, provider)
        through = len(documents) / max(run.seconds, run.questions / allowed * 60) * 86_400
        yield f"| {allowed:,} | {crew.workers} | {through:,.0f} | {run.refused / max(1, run.questions):.0%} |"


def lost(measured: Sequence[Measured]) -> Iterator[str]:
    """The same leases with workers that are lost: what doing them again costs."""
    pool = leases(measured, asking=False)
    documents = list(sampled(pool, 3_000))
    safe = simulate(documents, Crew(4))
    yield "| workers lost, of the times a lease is taken up | more core seconds | more time |"
    yield "|---|---|---|"
    for share in (0.001, 0.01, 0.1):
        spot = simulate(documents, Crew(4, lost=share), seed=1)
        yield f"| {share:.1%} | {spot.busy / safe.busy - 1:+.1%} | {spot.seconds / safe.seconds - 1:+.1%} |"


def _at(run: Run, share: float) -> float:
    """Seconds within which so many results came."""
    return sorted(run.waited)[min(len(run.waited) - 1, int(share * len(run.waited)))]


TABLES: tuple[tuple[str, Callable[[Sequence[Measured]], Iterator[str]]], ...] = (
    (f"{LEASES_A_DAY:,} leases a day, offline", offline),
    (f"{LEASES_A_DAY:,} leases a day, with a chat model that answers in 2 s", asked),
    ("Preempted machines", lost),
)


def main(arguments: Sequence[str]) -> int:
    """Print the tables, or check the simulation; the exit status."""
    if arguments == ["--check"]:
        return 0 if check(lambda line: print(line, flush=True)) else 1
    measured = kept()
    for title, table in TABLES:
        print(f"\n{title}\n", *table(measured), sep="\n", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
