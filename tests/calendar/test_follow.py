"""Schedules that follow the records, on AWS on loopback: created, moved by a renewal, removed by the next tenant."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner

from pipeline.aws import aws_client
from pipeline.calendar.follow import follow_records
from pipeline.calendar.schedules import Kept, ScheduleGroup, prefix_of
from pipeline.cli import main
from pipeline.records import closed, keep
from pipeline.stores import open_stores
from pipeline.stores.protocols import Stores
from schemas import LeaseRecord
from tests.calendar.conftest import ARNS
from tests.records.leases import AMENDMENT, LEASE, RENEWAL, SUCCESSOR, document

NOW = datetime(2023, 6, 10, 12, tzinfo=UTC)


@pytest.fixture
def stores() -> Any:
    with open_stores("sqlite://") as opened:
        yield opened


def moments(url: str, tenancy: str) -> dict[str, str]:
    """When each occasion of a tenancy is reminded of."""
    client, group = aws_client("scheduler"), ScheduleGroup.of(url).name
    pages = client.get_paginator("list_schedules").paginate(GroupName=group, NamePrefix=prefix_of(tenancy))
    found = (client.get_schedule(GroupName=group, Name=s["Name"]) for page in pages for s in page["Schedules"])
    return {s["Name"].partition(".")[2]: s["ScheduleExpression"] for s in found}


def test_an_amended_record_moves_its_schedules_and_the_same_again_changes_nothing(url: str, stores: Stores) -> None:
    tenancy = keep(LEASE, stores.records).tenancy
    made = follow_records(tenancy, stores.records, url, NOW)
    assert made.created >= 2 and moments(url, tenancy)["expiry"] == "at(2024-05-01T09:00:00)"
    assert follow_records(tenancy, stores.records, url, NOW) == Kept(same=made.created)
    keep(AMENDMENT, stores.records)
    assert follow_records(tenancy, stores.records, url, NOW).moved > 0
    assert moments(url, tenancy)["expiry"] == "at(2024-08-01T09:00:00)"
    keep(AMENDMENT, stores.records)  # the same event twice
    assert follow_records(tenancy, stores.records, url, NOW) == Kept(same=len(moments(url, tenancy)))


def test_a_renewed_record_moves_its_schedules(url: str, stores: Stores) -> None:
    tenancy = keep(LEASE, stores.records).tenancy
    follow_records(tenancy, stores.records, url, NOW)
    assert keep(RENEWAL, stores.records).tenancy == tenancy
    follow_records(tenancy, stores.records, url, NOW)
    assert moments(url, tenancy)["expiry"] == "at(2025-08-01T09:00:00)"


def test_the_next_tenant_s_lease_removes_the_schedules_of_the_one_before(url: str, stores: Stores) -> None:
    first = keep(LEASE, stores.records).tenancy
    follow_records(first, stores.records, url, NOW)
    second = keep(SUCCESSOR, stores.records).tenancy
    done = follow_records(second, stores.records, url, NOW)
    assert done.created >= 2 and done.removed >= 2
    assert "expiry" in moments(url, second)
    assert moments(url, first).keys() <= {"deposit_return", "move_out_inspection"}


def test_a_record_closed_by_a_person_removes_them(url: str, stores: Stores) -> None:
    tenancy = keep(LEASE, stores.records).tenancy
    follow_records(tenancy, stores.records, url, NOW)
    record = stores.records.get(tenancy)
    assert record is not None
    stores.records.put((closed(record, date(2023, 6, 5), now=NOW),))
    assert follow_records(tenancy, stores.records, url, NOW).removed >= 2
    assert moments(url, tenancy).keys() <= {"deposit_return", "move_out_inspection"}


def test_a_record_that_changes_meanwhile_is_followed_to_its_last_version(url: str, stores: Stores) -> None:
    class Busy:
        """Records to which another worker adds the amendment as soon as they have been read."""

        def get(self, tenancy: str) -> LeaseRecord | None:
            return stores.records.get(tenancy)

        def of_unit(self, unit: str) -> list[LeaseRecord]:
            read = list(stores.records.of_unit(unit))
            keep(AMENDMENT, stores.records)
            return read

    tenancy = keep(LEASE, stores.records).tenancy
    follow_records(tenancy, Busy(), url, NOW)  # type: ignore[arg-type]
    assert moments(url, tenancy)["expiry"] == "at(2024-08-01T09:00:00)"


def test_the_records_command_keeps_moves_and_removes_schedules(url: str, tmp_path: Path) -> None:
    environment = {"CLAUSELINE_DATABASE": f"sqlite:///{tmp_path}/store.db", "CLAUSELINE_SCHEDULES": url}
    this = date.today().year
    let = {"tenancy_start_date": f"{this}-01-01", "tenancy_end_date": f"{this + 1}-12-31"}
    lease = document("lease", agreement_signed_date=f"{this - 1}-12-01", **let)
    file = tmp_path / "result.json"
    file.write_text(lease.model_dump_json())

    def run(*arguments: str) -> Any:
        return CliRunner().invoke(main, ["records", *arguments], env=environment)

    added = run("add", str(file))
    assert added.exit_code == 0 and " new, 0 moved, 0 removed, 0 as they were" in added.stderr
    assert ": 0 new, 0 moved, 0 removed," in run("add", str(file)).stderr
    with open_stores(environment["CLAUSELINE_DATABASE"]) as stores:
        (record,) = stores.records.find()
    ended = run("close", record.tenancy, "--on", str(date.today()))
    assert ended.exit_code == 0 and "0 moved, 0 removed" not in ended.stderr
    assert moments(url, record.tenancy).keys() <= {"deposit_return", "move_out_inspection"}
    again = run("close", record.tenancy, "--on", str(date.today()))
    assert again.exit_code == 0 and ": 0 new, 0 moved, 0 removed," in again.stderr


def test_a_group_that_is_missing_is_told_and_the_record_is_kept(aws: str, tmp_path: Path) -> None:
    environment = {"CLAUSELINE_DATABASE": f"sqlite:///{tmp_path}/store.db"}
    environment["CLAUSELINE_SCHEDULES"] = f"scheduler://nowhere-{uuid4().hex[:6]}?{ARNS}"
    file = tmp_path / "result.json"
    file.write_text(LEASE.model_dump_json())
    added = CliRunner().invoke(main, ["records", "add", str(file)], env=environment)
    assert added.exit_code == 1 and "there is no schedule group" in added.stderr and "records are kept" in added.stderr
    with open_stores(environment["CLAUSELINE_DATABASE"]) as stores:
        assert len(list(stores.records.find())) == 1


def test_a_wrong_url_is_told_before_a_record_is_changed(tmp_path: Path) -> None:
    environment = {"CLAUSELINE_DATABASE": f"sqlite:///{tmp_path}/store.db", "CLAUSELINE_SCHEDULES": "scheduler://x"}
    file = tmp_path / "result.json"
    file.write_text(LEASE.model_dump_json())
    added = CliRunner().invoke(main, ["records", "add", str(file)], env=environment)
    assert added.exit_code == 1 and "schedules go to scheduler://GROUP" in added.stderr
    with open_stores(environment["CLAUSELINE_DATABASE"]) as stores:
        assert not list(stores.records.find())
