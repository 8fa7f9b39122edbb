"""What every store of lease records promises."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from pipeline.errors import Conflict
from pipeline.stores.record_store import RecordStore
from schemas import Evidence, Jurisdiction, LeaseRecord, LeaseTerms, RecordSource, Term

NOW = datetime(2025, 3, 1, 12, tzinfo=UTC)
OHIO, IOWA = Jurisdiction(country="US", state="Ohio"), Jurisdiction(country="US", state="Iowa")


def record(tenancy: str = "u1-a", version: int = 1, **more: Any) -> LeaseRecord:
    """A version of a record; the unit is what stands before the hyphen."""
    given = {"unit": tenancy.partition("-")[0], "changed": NOW, "terms": LeaseTerms(), "jurisdiction": OHIO} | more
    return LeaseRecord(tenancy=tenancy, version=version, **given)


def test_a_record_comes_back_as_it_was(records: RecordStore) -> None:
    quoted = Evidence(page=1, start=3, end=9, quote="$1,450.50 — “rent” \0", boxes=[(1.0, 2.0, 3.0, 4.0)])
    terms = LeaseTerms(rent_amount=Term(value=Decimal("1450.50"), confidence=0.9, evidence=[quoted], source="offline"))
    source = RecordSource(sha256="a" * 64, path="a.pdf", doc_type="lease", validated=True, dated="2025-02-01")
    kept = record(terms=terms, sources=(source,), origins={"rent_amount": "a" * 64}, closed_on=date(2026, 1, 31))
    records.put((kept,))
    assert records.get("u1-a") == kept
    assert records.get("u1-b") is None


def test_every_version_is_kept_and_the_last_one_counts(records: RecordStore) -> None:
    versions = [record(version=n, change="created" if n == 1 else "renewed") for n in range(1, 13)]
    for version in versions:
        records.put((version,))
    assert records.get("u1-a") == versions[-1]
    assert list(records.history("u1-a")) == versions
    assert list(records.history("u1-b")) == []


def test_the_same_version_again_changes_nothing(records: RecordStore) -> None:
    first, second = record(), record(version=2, change="renewed")
    for version in (first, second, first, second):
        records.put((version,))
    assert list(records.history("u1-a")) == [first, second]


@pytest.mark.parametrize("version", [record(version=2), record(version=3), record(change="renewed")])
def test_a_version_that_does_not_follow_the_last_is_refused(records: RecordStore, version: LeaseRecord) -> None:
    if version.version != 2:
        records.put((record(),))
    with pytest.raises(Conflict):
        records.put((version,))
    assert [kept.version for kept in records.history("u1-a")] == ([] if version.version == 2 else [1])


def test_a_unit_has_one_open_tenancy(records: RecordStore) -> None:
    records.put((record("u1-a"), record("u2-x")))
    with pytest.raises(Conflict):
        records.put((record("u1-b"),))
    opened = records.open_for("u1")
    assert opened is not None and opened.tenancy == "u1-a"
    assert records.open_for("u3") is None


def test_a_tenancy_is_closed_and_the_next_begun_in_one_go_in_any_order(records: RecordStore) -> None:
    records.put((record("u1-b"), record("u2-a")))
    records.put((record("u1-a"), record("u1-b", 2, status="closed", change="closed")))
    records.put((record("u2-a", 2, status="closed", change="closed"), record("u2-b")))
    assert [records.open_for(unit) for unit in ("u1", "u2")] == [record("u1-a"), record("u2-b")]
    assert [kept.tenancy for kept in records.of_unit("u1")] == ["u1-a", "u1-b"]
    assert list(records.of_unit("u3")) == []


def test_a_closed_tenancy_leaves_its_unit_free_and_can_be_opened_again(records: RecordStore) -> None:
    records.put((record(),))
    records.put((record(version=2, status="closed", change="closed"),))
    assert records.open_for("u1") is None
    records.put((record(version=3, change="renewed"),))
    assert records.open_for("u1") == record(version=3, change="renewed")


def test_all_are_kept_or_none(records: RecordStore) -> None:
    records.put((record("u1-a"),))
    with pytest.raises(Conflict):
        records.put((record("u1-a", 2, status="closed", change="closed"), record("u1-b"), record("u2-a", 7)))
    assert records.get("u1-a") == record("u1-a") and records.get("u1-b") is None and records.get("u2-a") is None


def test_they_are_found_by_state_and_status_the_last_version_of_each(records: RecordStore) -> None:
    records.put((record("u1-a"), record("u2-a", jurisdiction=IOWA), record("u3-a", jurisdiction=None)))
    records.put((record("u1-a", 2, status="closed", change="closed"), record("u1-b")))
    assert [(r.tenancy, r.version) for r in records.find()] == [("u1-a", 2), ("u1-b", 1), ("u2-a", 1), ("u3-a", 1)]
    assert [r.tenancy for r in records.find(state="Ohio", status="open")] == ["u1-b"]
    assert [r.tenancy for r in records.find(status="closed")] == ["u1-a"]
    assert [r.tenancy for r in records.find(state="Iowa")] == ["u2-a"]


def test_many_are_read_as_a_stream(records: RecordStore) -> None:
    for start in range(0, 210, 30):
        records.put(tuple(record(f"u{n:03}-a") for n in range(start, start + 30)))
    stream = records.find()
    assert next(stream).tenancy == "u000-a"
    assert sum(1 for _ in stream) == 209


def test_of_many_who_write_the_same_version_one_wins(records: RecordStore) -> None:
    def turn(number: int) -> bool:
        try:
            records.put((record(f"u1-{number % 2}", closed_on=date(2026, 1, 1 + number)),))
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(turn, range(24)))
    assert sum(won) == 1
    assert len(list(records.of_unit("u1"))) == 1
