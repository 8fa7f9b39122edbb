"""What is done with a message: real documents in a real bucket, the work done in this process."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.aws import aws_client
from pipeline.desk import Queue, WorkOrder, open_queue
from pipeline.desk.desk import Desk, Handled
from pipeline.desk.policy import Policy
from pipeline.desk.queue import History
from pipeline.desk.work import DeskWork, Outcome
from pipeline.errors import ServiceDown, WrongUsage
from pipeline.settings import Settings
from pipeline.stores import open_records
from schemas import Result
from tests.desk.conftest import failed
from tests.desk.uploads import SAMPLES, Inbox, lease

VALID = SAMPLES / "leases" / "california-compliant.pdf"

Drain = Callable[..., list[Handled]]


@pytest.fixture
def queue(sqs_url: str) -> Queue:
    return open_queue(sqs_url, Settings(_env_file=None))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, database=f"sqlite:///{tmp_path / 'clauseline.db'}", boxes=False)


@pytest.fixture
def drain(queue: Queue, settings: Settings, tmp_path: Path) -> Drain:
    """Handles what the queue gives until it gives nothing more; results go to a folder."""

    def run(out: str = str(tmp_path / "out"), policy: Policy | None = None, do: object = None) -> list[Handled]:
        desk = Desk(queue, do or _caught(DeskWork(settings, out)), out, policy or Policy())
        handled = []
        while messages := queue.receive(10, 0):
            handled += [desk.handle(message) for message in messages]
        return handled

    return run


def _caught(work: DeskWork) -> Callable[[WorkOrder], Outcome | Exception]:
    """What a worker process does with errors: they are values."""

    def do(order: WorkOrder) -> Outcome | Exception:
        try:
            return work(order)
        except Exception as error:
            return error

    return do


def result(tmp_path: Path, key: str) -> Result:
    return Result.model_validate_json((tmp_path / "out" / key / "result.json").read_bytes())


def test_the_same_message_twice_gives_one_result(
    inbox: Inbox, drain: Drain, settings: Settings, tmp_path: Path
) -> None:
    told = inbox.put("a.pdf", VALID.read_bytes())
    drain()
    written = (tmp_path / "out" / "a.pdf" / "result.json").stat().st_mtime_ns
    inbox.queue.send(told)
    inbox.queue.send(told)
    assert [h.outcome and h.outcome.what for h in drain()] == ["kept", "kept"]
    assert (tmp_path / "out" / "a.pdf" / "result.json").stat().st_mtime_ns == written
    with open_records(settings) as records:
        (record,) = records.find()
        assert record.version == 1


def test_a_record_that_could_not_be_put_is_put_when_the_message_comes_again(
    inbox: Inbox, drain: Drain, settings: Settings
) -> None:
    told = inbox.put("a.pdf", VALID.read_bytes())
    drain()
    Path(settings.database.removeprefix("sqlite:///")).unlink()  # as if the worker had ended before
    inbox.queue.send(told)
    (handled,) = drain()
    assert handled.outcome is not None and (handled.outcome.what, handled.outcome.record) == ("kept", "created")


def test_messages_in_any_order_end_with_the_last_version_of_an_object(
    inbox: Inbox, drain: Drain, tmp_path: Path
) -> None:
    old = inbox.put("a.txt", lease(1, rent=1000), tell=False)
    new = inbox.put("a.txt", lease(1, rent=2000), tell=False)
    for told in (new, old):
        inbox.queue.send(told)
        drain()
        assert result(tmp_path, "a.txt").terms.rent_amount.value == 2000


def test_an_object_that_changes_while_it_is_read_is_read_again(
    inbox: Inbox, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox.put("a.txt", lease(1, rent=1000), tell=False)
    work = DeskWork(settings, str(tmp_path / "out"))
    made, result_of = [], DeskWork._result

    def changed_meanwhile(self: DeskWork, *arguments: object) -> Outcome:
        made.append(len(made))
        if len(made) == 1:
            inbox.put("a.txt", lease(1, rent=2000), tell=False)
        return result_of(self, *arguments)

    monkeypatch.setattr(DeskWork, "_result", changed_meanwhile)
    assert work(WorkOrder(inbox.bucket, "a.txt")).what == "done"
    assert len(made) == 2
    assert result(tmp_path, "a.txt").terms.rent_amount.value == 2000


def test_a_key_of_another_bucket_is_no_other_documents_result(
    inbox: Inbox, queue: Queue, settings: Settings, tmp_path: Path
) -> None:
    other, work = Inbox.new(queue), DeskWork(settings, str(tmp_path / "out"))
    for place in (inbox, other):
        place.put("a.txt", lease(1), tell=False)
    work(WorkOrder(inbox.bucket, "a.txt"))
    with pytest.raises(WrongUsage, match="holds results of s3://"):
        work(WorkOrder(other.bucket, "a.txt"))


def test_what_no_one_can_read_goes_to_the_dead_letters_with_the_reason(
    inbox: Inbox, drain: Drain, queue: Queue, tmp_path: Path
) -> None:
    inbox.put("broken.pdf", b"%PDF-1.7 and nothing else")
    inbox.queue.send(inbox.put("good.txt", lease(1), tell=False).replace("good.txt", "gone.txt"))
    inbox.queue.send("no notification")
    inbox.put("good.txt", lease(1))
    assert sorted(h.what for h in drain()) == ["dead", "dead", "dead", "done"]
    reasons = {letter.history.attempts[-1].error_type for letter in queue.dead_letters()}
    assert reasons == {"CorruptDocument", "UnreadableFile", "UnknownMessage"}
    assert result(tmp_path, "broken.pdf").status == "failed"


def test_a_message_of_several_uploads_becomes_one_message_for_each(
    inbox: Inbox, drain: Drain, queue: Queue, tmp_path: Path
) -> None:
    told = [json.loads(inbox.put(f"{n}.txt", lease(n), tell=False))["Records"][0] for n in range(3)]
    queue.send(json.dumps({"Records": told}))
    assert [h.what for h in drain()] == ["done"] * 4
    assert all((tmp_path / "out" / f"{n}.txt" / "result.json").exists() for n in range(3))


def test_our_own_results_in_the_same_bucket_ask_for_nothing(inbox: Inbox, drain: Drain, queue: Queue) -> None:
    inbox.put("a.txt", lease(1))
    drain(f"s3://{inbox.bucket}")
    keys = [o["Key"] for o in aws_client("s3").list_objects_v2(Bucket=inbox.bucket)["Contents"]]
    assert "a.txt/result.json" in keys
    for key in keys:
        queue.send(inbox.put("x", b"", tell=False).replace('"key": "x"', f'"key": "{key}"'))
    handled = drain(f"s3://{inbox.bucket}")
    assert [h.what for h in handled] == ["done"] * len(keys)
    assert sum(h.outcome is not None for h in handled) == 1  # the document's own notification


def test_a_service_that_is_away_is_waited_for_a_bug_only_for_some_attempts(
    inbox: Inbox, drain: Drain, queue: Queue
) -> None:
    soon = Policy(attempts=3, patience=4, first=0.001, longest=0.001)
    inbox.put("a.txt", lease(1))
    away = drain(policy=soon, do=lambda order: ServiceDown("the bucket is away"))
    assert [h.what for h in away] == ["again"] * 3 + ["dead"]
    queue.retry()
    bug = drain(policy=soon, do=lambda order: ValueError("Ada Byron"))
    assert [h.what for h in bug] == ["again"] * 2 + ["dead"]
    (letter,) = queue.dead_letters()
    assert [a.error_type for a in letter.history.attempts] == ["ValueError"] * 3
    assert "Ada Byron" not in letter.history.model_dump_json()  # it may be a document's word


def test_a_clock_that_goes_backwards_changes_neither_order_nor_count(queue: Queue, drain: Drain, inbox: Inbox) -> None:
    times = iter([datetime(2026, 3, 1, tzinfo=UTC), *[datetime(1999, 1, 1, tzinfo=UTC)] * 20])
    backwards = Policy(attempts=3, first=0.001, longest=0.001, clock=lambda: next(times))
    inbox.put("a.txt", lease(1))
    assert [h.what for h in drain(policy=backwards, do=lambda order: ValueError())] == ["again", "again", "dead"]
    (letter,) = queue.dead_letters()
    assert [a.at.year for a in letter.history.attempts] == [2026, 1999, 1999]


def test_delays_double_up_to_a_bound_and_are_spread_over_all_of_it() -> None:
    policy, history = Policy(patience=100, first=10, longest=500), History()
    for bound in (10, 20, 40, 80, 160, 320, 500, 500):
        history = history.and_then(failed())
        delays = [policy.delay(history) or 0 for _ in range(300)]
        assert max(delays) <= bound
        assert max(delays) > 0.9 * bound and min(delays) < 0.1 * bound
