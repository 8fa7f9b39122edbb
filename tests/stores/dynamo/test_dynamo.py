"""What only DynamoDB has: tables that somebody must make, items that are too large, calls that are left half done."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner

from pipeline.aws import aws_client
from pipeline.cli import main
from pipeline.errors import ServiceRefused, StoreError
from pipeline.stores.dynamo import open_dynamo_knowledge, open_dynamo_records
from pipeline.stores.dynamo.items import got, put_all
from pipeline.stores.dynamo.place import Place
from pipeline.stores.dynamo.records import MOST_TOGETHER
from schemas import Evidence, LeaseRecord, LeaseTerms, Term
from tests.services.aws_server import point_at
from tests.services.faults import FaultProxy, Rates
from tests.stores.test_records_contract import record


def large() -> LeaseRecord:
    """A record that no compression makes small enough for an item."""
    noise = " ".join(uuid4().hex for _ in range(30_000))
    return record(terms=LeaseTerms(lease_id=Term(value="x", evidence=[Evidence(page=1, start=0, end=1, quote=noise)])))


def test_a_large_record_goes_to_s3_and_comes_back(dynamodb: str) -> None:
    records, kept = open_dynamo_records(dynamodb), large()
    records.put((kept,))
    assert records.get(kept.tenancy) == kept
    assert list(records.find()) == [kept]
    records.put((kept,))
    bucket = dynamodb.rpartition("s3://")[2].partition("/")[0]
    (spilled,) = aws_client("s3").list_objects_v2(Bucket=bucket)["Contents"]
    assert spilled["Key"].startswith("large/")


def test_without_a_place_in_s3_a_large_record_is_refused_in_one_line(dynamodb: str) -> None:
    records = open_dynamo_records(dynamodb.partition("?")[0])
    with pytest.raises(StoreError, match=r"larger than an item may be.*\?spill=s3://BUCKET/PREFIX$"):
        records.put((large(),))
    assert records.get("u1-a") is None


def test_tables_that_are_not_there_are_told_with_what_makes_them(aws: str) -> None:
    url = "dynamodb:///nowhere"
    for use in (
        lambda: open_dynamo_records(url).get("t"),
        lambda: open_dynamo_records(url).put((record(),)),
        lambda: list(open_dynamo_records(url).find()),
        lambda: open_dynamo_knowledge(url).jurisdictions(),
    ):
        with pytest.raises(ServiceRefused, match="clauseline aws init dynamodb:///nowhere"):
            use()


def test_the_command_makes_the_tables_once(aws: str) -> None:
    url = f"dynamodb:///{uuid4().hex}"
    said = [CliRunner().invoke(main, ["aws", "init", url]) for _ in range(2)]
    assert [result.exit_code for result in said] == [0, 0]
    assert said[0].output.startswith("made ") and said[1].output == "the tables are there already\n"
    table = aws_client("dynamodb").describe_table(TableName=Place.of(url).records)["Table"]
    assert (
        table["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST" and table["SSEDescription"]["SSEType"] == "KMS"
    )


@pytest.mark.parametrize(
    "url", ["dynamodb://r/", "dynamodb:///a/b", "dynamodb:///t?x=1", "dynamodb:///t?spill=http://x"]
)
def test_a_url_that_names_no_tables_is_told(url: str) -> None:
    with pytest.raises(StoreError, match="give dynamodb://REGION/PREFIX"):
        open_dynamo_records(url)


def test_more_than_one_transaction_holds_is_refused_before_anything_is_kept(dynamodb: str) -> None:
    records = open_dynamo_records(dynamodb)
    with pytest.raises(StoreError, match="in one go at most"):
        records.put(tuple(record(f"u{n}-a") for n in range(MOST_TOGETHER + 1)))
    assert list(records.find()) == []


def test_what_a_call_leaves_undone_is_done_later(dynamodb: str) -> None:
    place = Place.of(dynamodb)
    table, events = place.requirements, place.client.meta.events
    sent: list[Any] = []
    items = [{"pack": {"S": "p"}, "part": {"S": f"{n:03}"}} for n in range(120)]

    def write(parsed: dict[str, Any], **_: Any) -> None:
        parsed["UnprocessedItems"] = (
            {table: rest} if (rest := (asked := sent.pop()[table])[(len(asked) + 1) // 2 :]) else {}
        )

    def read(parsed: dict[str, Any], **_: Any) -> None:
        keys = sent.pop()[table]["Keys"]
        held = {item["part"]["S"]: item for item in parsed["Responses"][table]}
        now, rest = keys[:40], keys[40:]
        parsed["Responses"] = {table: [held[key["part"]["S"]] for key in now]}
        parsed["UnprocessedKeys"] = {table: {"Keys": rest}} if rest else {}

    def note(params: dict[str, Any], **_: Any) -> None:
        sent.append(params["RequestItems"])

    for name, handler in (("BatchWriteItem", write), ("BatchGetItem", read)):
        events.register(f"provide-client-params.dynamodb.{name}", note)
        events.register(f"after-call.dynamodb.{name}", handler)
    put_all(place, table, items)
    assert sorted(item["part"]["S"] for item in got(place, table, items)) == [f"{n:03}" for n in range(120)]


def test_a_listing_reads_as_far_as_it_is_asked(dynamodb: str) -> None:
    records = open_dynamo_records(dynamodb)
    for start in range(0, 120, 30):
        records.put(tuple(record(f"u{n:03}-a") for n in range(start, start + 30)))
    calls: list[str] = []
    records.place.client.meta.events.register("before-call.dynamodb.BatchGetItem", lambda **_: calls.append("read"))
    assert [r.tenancy for r in islice(records.find(), 100)] == [f"u{n:03}-a" for n in range(100)]
    assert len(calls) == 1


@pytest.fixture
def proxy(aws: str, dynamodb: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultProxy]:
    with FaultProxy(aws, Rates(errors=0.05, throttles=0.05, drops=0.02, losses=0.02), seed=5) as made:
        point_at(made.url, monkeypatch)
        yield made
    point_at(aws, monkeypatch)


@pytest.mark.slow  # AWS on loopback copies its tables for each transaction
def test_two_hundred_records_through_an_unreliable_network(proxy: FaultProxy, dynamodb: str) -> None:
    """Also an answer that was lost after the records were kept makes neither a second version nor a conflict."""
    from tests.stores.conftest import one_at_a_time

    records = open_dynamo_records(dynamodb)
    one_at_a_time(records.place.client, "TransactWriteItems")
    new = [record(f"u{number:03}-a") for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda start: records.put(tuple(new[start : start + 25])), range(0, 200, 25)))
        list(pool.map(lambda kept: records.put((kept,)), new[:40]))  # the same again
        assert list(pool.map(lambda kept: records.get(kept.tenancy), new)) == new
    assert list(records.find()) == new
    assert all(len(list(records.history(kept.tenancy))) == 1 for kept in new[:40])
    assert proxy.faults >= 20 and min(proxy.counts[fault] for fault in ("errors", "throttles")) > 0
