"""Lease records written and read a second: `python -m eval.bench.records URL [LEASES]`, with any URL that records may have.

The database should be an empty one: what is measured stays in it.
"""

import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from pipeline import Pipeline, Settings
from pipeline.settings import without_password
from pipeline.stores import open_records
from pipeline.stores.record_store import RecordStore
from schemas import LeaseRecord, LeaseTerms

SAMPLE = Path(__file__).parents[2] / "samples" / "leases" / "ohio.pdf"
THREADS = 4


def sample_terms() -> LeaseTerms:
    """The terms of a real lease with all their evidence, so that a record has the size it has in use."""
    result = Pipeline(Settings(ocr="off", database="sqlite://")).run(SAMPLE)
    assert isinstance(result.terms, LeaseTerms)
    return result.terms


def made(terms: LeaseTerms, count: int) -> list[LeaseRecord]:
    """New records, each of a unit of its own."""
    now, run = datetime.now(UTC), uuid4().hex[:8]
    return [
        LeaseRecord(tenancy=f"{run}-{n:06}-t", unit=f"{run}-{n:06}", changed=now, terms=terms) for n in range(count)
    ]


def a_second(work: Callable[[LeaseRecord], object], records: Sequence[LeaseRecord], threads: int) -> float:
    """How many records a second are worked on."""
    started = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(work, records):
            pass
    return len(records) / (time.perf_counter() - started)


def measure(store: RecordStore, records: Sequence[LeaseRecord]) -> dict[str, float]:
    """Records a second: put one by one, a second version of each, read by key, read by unit, all as a stream."""
    renewed = [record.model_copy(update={"version": 2, "change": "renewed"}) for record in records]
    half = len(records) // 2
    found = {
        "written, one caller": a_second(lambda record: store.put((record,)), records[:half], 1),
        f"written, {THREADS} callers": a_second(lambda record: store.put((record,)), records[half:], THREADS),
        "renewed, one caller": a_second(lambda record: store.put((record,)), renewed, 1),
        "read by tenancy, one caller": a_second(lambda record: store.get(record.tenancy), records, 1),
        "read by unit, one caller": a_second(lambda record: store.open_for(record.unit), records, 1),
    }
    started = time.perf_counter()
    count = sum(1 for _ in store.find())
    return found | {"read as a stream": count / (time.perf_counter() - started)}


def main(url: str, count: int) -> None:
    """Measure and print, one line a figure."""
    records = made(sample_terms(), count)
    print(f"{without_password(url)}: {count} records of {len(records[0].model_dump_json()) / 1000:.0f} KB")
    with open_records(Settings(records=url)) as store:
        for what, figure in measure(store, records).items():
            print(f"{what}: {figure:,.0f}/s")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 2_000)
