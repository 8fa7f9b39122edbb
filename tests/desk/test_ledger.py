"""What came through the desk is where a batch run would have put it: records with schedules, search, results, journal."""

import socket
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner

from pipeline import Pipeline
from pipeline.aws import aws_client
from pipeline.cli import main
from pipeline.desk import WorkOrder, open_queue
from pipeline.desk.desk import Desk
from pipeline.desk.ledger import check_places
from pipeline.desk.policy import Policy
from pipeline.desk.work import DeskWork, Outcome
from pipeline.errors import ServiceDown, ServiceRefused, WrongUsage
from pipeline.settings import Settings
from pipeline.stores import open_records, open_stores
from schemas import LeaseRecord, Result
from tests.calendar.test_follow import ARNS, moments
from tests.desk.uploads import SAMPLES, Inbox

VALID = SAMPLES / "leases" / "california-compliant.pdf"
YEAR = date.today().year  # the lease of the sample as if let this year, so that it ends in the future
AMENDMENT = """FIRST AMENDMENT TO LEASE

This amendment is made on {signed} between Desmond Aguirre and Yuki Aguirre ("Landlord") and Ingrid Baptiste and Nikhil Kothari
("Tenant") and changes the Lease dated July 9, {year} for the dwelling at 1318 Poppyfield Lane, Unit B, Sacramento, CA 95816.

1. The monthly rent is increased to $2,250.00 per month from August 1, {next}.

2. The term is extended and now ends on {end}.

3. All other terms of the lease remain in full force and effect.

Landlord: ______________________ Date: ________      Tenant: ______________________ Date: ________
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, database=f"sqlite:///{tmp_path / 'clauseline.db'}", boxes=False)


@pytest.fixture
def inbox(sqs_url: str) -> Inbox:
    return Inbox.new(open_queue(sqs_url, Settings(_env_file=None)))


@pytest.fixture
def group(aws: str) -> str:
    """The URL of a schedule group of the test's own."""
    name = f"tenancies-{uuid4().hex[:8]}"
    aws_client("scheduler").create_schedule_group(Name=name)
    return f"scheduler://{name}?{ARNS}"


Upload = Callable[..., Outcome]


@pytest.fixture
def upload(inbox: Inbox, tmp_path: Path, settings: Settings) -> Upload:
    """Uploads a document and has it read, by a new worker each time."""

    def do(key: str, content: bytes, more: dict[str, Any] | None = None) -> Outcome:
        inbox.put(key, content, tell=False)
        told = settings.model_copy(update=more or {})
        return DeskWork(told, str(tmp_path / "out"))(WorkOrder(inbox.bucket, key))

    return do


@cache
def valid() -> str:
    """The words of a lease that is valid, from August of this year to July of the next."""
    text = Pipeline(Settings(_env_file=None)).read(VALID).text
    return text.replace("2026", str(YEAR + 1)).replace("2025", str(YEAR))


def lease() -> bytes:
    return valid().encode()


def amendment(signed: str = f"June 1, {YEAR + 1}", end: str = f"July 31, {YEAR + 2}") -> bytes:
    return AMENDMENT.format(signed=signed, end=end, year=YEAR, next=YEAR + 1).encode()


def records_of(settings: Settings) -> list[LeaseRecord]:
    with open_records(settings) as records:
        return list(records.find())


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def test_search_records_results_and_journal_know_what_came_through_the_desk(
    upload: Upload, settings: Settings, inbox: Inbox
) -> None:
    assert upload("a.pdf", VALID.read_bytes()).record == "created"
    environment = {"CLAUSELINE_DATABASE": settings.database, "NO_COLOR": "1"}
    found = CliRunner().invoke(main, ["search", "late fee", "--type", "lease"], env=environment)
    assert found.exit_code == 0 and f"s3://{inbox.bucket}/a.pdf" in found.output.replace("\n", "")
    listed = CliRunner().invoke(main, ["records", "list", "--json"], env=environment)
    assert "1318 Poppyfield Lane" in listed.output
    with open_stores(settings.database) as stores:
        (row,) = stores.results.find(doc_type="lease", state="California")
        assert row.path == f"s3://{inbox.bucket}/a.pdf"
        (run,) = stores.journal.runs()
        (entry,) = stores.journal.entries(run.id)
        assert (entry.path, entry.sha256, entry.status) == (row.path, row.sha256, row.status) and entry.seconds > 0


def test_the_processes_of_a_worker_are_one_run_of_the_journal(inbox: Inbox, settings: Settings, tmp_path: Path) -> None:
    inbox.put("1.pdf", VALID.read_bytes(), tell=False)
    inbox.put("2.pdf", b"%PDF-1.7 and nothing else", tell=False)
    for key in ("1.pdf", "2.pdf"):
        DeskWork(settings, str(tmp_path / "out"), run="worker-1")(WorkOrder(inbox.bucket, key))
    with open_stores(settings.database) as stores:
        (run,) = stores.journal.runs()
        told = [(e.path.rpartition("/")[2], e.status, e.error_type) for e in stores.journal.entries("worker-1")]
    assert run.id == "worker-1"
    assert [(name, error) for name, _, error in told] == [("1.pdf", ""), ("2.pdf", "CorruptDocument")]


def test_a_search_index_that_is_away_costs_neither_result_nor_record_and_is_filled_later(
    inbox: Inbox, settings: Settings, tmp_path: Path
) -> None:
    away = settings.model_copy(update={"search_index": f"opensearch://127.0.0.1:{closed_port()}/desk?timeout=2"})
    inbox.put("a.pdf", VALID.read_bytes())

    def handle(settings: Settings) -> Any:
        def do(order: WorkOrder) -> Outcome | Exception:
            try:
                return DeskWork(settings, str(tmp_path / "out"))(order)
            except ServiceDown as error:
                return error

        (message,) = inbox.queue.receive(1, 5)
        return Desk(inbox.queue, do, str(tmp_path / "out"), Policy(first=0.001)).handle(message)

    first = handle(away)
    assert first.what == "again" and first.attempt.error_type == "ServiceDown" and "opensearch" in first.attempt.error
    assert len(records_of(settings)) == 1
    assert (tmp_path / "out" / "a.pdf" / "result.json").exists()
    second = handle(settings)  # another index, which answers
    assert second.what == "done" and second.outcome.what == "kept"
    with open_stores(settings.database) as stores:
        assert stores.chunks.search("late fee")
    assert [record.version for record in records_of(settings)] == [1]


def test_a_lease_s_schedules_are_kept_moved_by_its_amendment_and_the_same_event_twice_changes_nothing(
    upload: Upload, group: str, settings: Settings
) -> None:
    kept = {"schedules": group}
    upload("lease.txt", lease(), kept)
    (record,) = records_of(settings)
    before = moments(group, record.tenancy)
    assert "expiry" in before
    assert upload("lease.txt", lease(), kept).record == "unchanged"
    assert moments(group, record.tenancy) == before
    assert upload("amendment.txt", amendment(), kept).record == "amended"
    after = moments(group, record.tenancy)
    assert after["expiry"] == f"at({YEAR + 2}-07-01T09:00:00)" != before["expiry"]


def test_the_next_tenants_lease_removes_the_schedules_of_the_tenancy_before(
    upload: Upload, group: str, settings: Settings
) -> None:
    kept = {"schedules": group}
    upload("first.txt", lease(), kept)
    (first,) = records_of(settings)
    other = valid().replace("Ingrid Baptiste", "Olga Petrova").replace("Nikhil Kothari", "Ivan Petrov")
    for before, after in (
        (f"July 31, {YEAR + 1}", f"September 30, {YEAR + 2}"),
        (f"July 9, {YEAR}", f"September 9, {YEAR + 1}"),
        (f"August 1, {YEAR}", f"October 1, {YEAR + 1}"),
        (f"July 25, {YEAR}", f"September 25, {YEAR + 1}"),
    ):
        other = other.replace(before, after)
    assert upload("second.txt", other.encode(), kept).record == "created"
    assert moments(group, first.tenancy).keys() <= {"deposit_return", "move_out_inspection"}
    (second,) = (record for record in records_of(settings) if record.tenancy != first.tenancy)
    assert "expiry" in moments(group, second.tenancy)


def test_schedules_that_could_not_be_kept_are_kept_when_the_message_comes_again(
    upload: Upload, group: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as away:
        away.setenv("AWS_ENDPOINT_URL_SCHEDULER", f"http://127.0.0.1:{closed_port()}")
        away.setattr("pipeline.aws.ATTEMPTS", 1)
        aws_client.cache_clear()
        with pytest.raises(ServiceDown):
            upload("lease.txt", lease(), {"schedules": group})
    aws_client.cache_clear()
    (record,) = records_of(settings)  # it was durable before
    assert upload("lease.txt", lease(), {"schedules": group}).record == "unchanged"
    assert "expiry" in moments(group, record.tenancy)


def test_an_amendment_is_validated_together_with_the_recorded_lease(
    upload: Upload, settings: Settings, tmp_path: Path
) -> None:
    upload("lease.txt", lease())
    assert upload("amendment.txt", amendment()).record == "amended"
    made = Result.model_validate_json((tmp_path / "out" / "amendment.txt" / "result.json").read_bytes())
    assert made.amends is not None and made.amends.path.endswith("/lease.txt") and "rent_amount" in made.amends.changes
    assert made.validation is not None and made.validation.status == "agreement is validated"
    assert "lease.txt with amendment.txt" in made.validation.notes[0]
    (record,) = records_of(settings)
    assert (record.version, record.terms.rent_amount.value) == (2, 2250)
    later = amendment(f"June 20, {YEAR + 1}", f"December 31, {YEAR + 2}")
    assert upload("second.txt", later).record == "amended"  # with the lease and the amendment before
    report = (tmp_path / "out" / "second.txt" / "report.md").read_text()
    assert "lease.txt with amendment.txt with second.txt" in report


def test_an_amendment_that_came_before_its_lease_is_read_with_it_when_it_comes_again(
    upload: Upload, settings: Settings
) -> None:
    first = upload("amendment.txt", amendment())
    assert (first.what, first.record) == ("done", "refused")  # there is no lease that it amends
    upload("lease.txt", lease())
    again = upload("amendment.txt", amendment())
    assert (again.what, again.record) == ("done", "amended")
    assert upload("amendment.txt", amendment()).what == "kept"


def test_wrong_places_are_told_before_a_message_is_taken(aws: str, settings: Settings) -> None:
    for wrong in ({"schedules": "scheduler://x"}, {"search_index": "https://search"}):
        with pytest.raises(WrongUsage):
            check_places(settings.model_copy(update=wrong))
    with pytest.raises(ServiceRefused, match="there is no schedule group"):
        check_places(settings.model_copy(update={"schedules": f"scheduler://nowhere?{ARNS}"}))
    check_places(settings)
