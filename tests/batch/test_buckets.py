"""Runs from and to buckets: the same results as with folders, nothing fetched that need not be, nothing left behind."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from pipeline import Pipeline
from pipeline.aws import aws_client
from pipeline.batch import BatchSummary, run_batch
from pipeline.errors import ServiceRefused, WrongUsage
from pipeline.stores.objects import Objects, open_objects
from tests.batch.conftest import Desk
from tests.services.aws_server import point_at
from tests.services.faults import FaultProxy, Rates


@pytest.fixture
def bucket(aws: str) -> str:
    name = f"test-{uuid4().hex}"
    aws_client("s3").create_bucket(Bucket=name)
    aws_client("s3").put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    return name


@pytest.fixture
def inbox(bucket: str) -> Objects:
    """Where the documents are."""
    return open_objects(f"s3://{bucket}/inbox")


@pytest.fixture
def results(bucket: str) -> Objects:
    """Where the results go."""
    return open_objects(f"s3://{bucket}/results")


def run(desk: Desk, *places: str | Path, out: str | Path, **options: Any) -> BatchSummary:
    settings = desk.settings.model_copy(update={"document_timeout": 30.0})
    return run_batch(places, out, **({"settings": settings, "process": desk.process} | options))


def told(results: Objects, name: str) -> dict[str, Any]:
    return dict(json.loads(results.read(f"{name}/result.json") or b"{}"))


def test_documents_of_a_bucket_become_results_in_a_bucket(desk: Desk, inbox: Objects, results: Objects) -> None:
    inbox.write("a.txt", b"one")
    made = inbox.write("sub/b c.txt", b"two words")
    inbox.write("gold.json", b"{}")
    summary = run(desk, inbox.url, out=results.url)
    assert (summary.found, summary.documents, summary.failed) == (2, 2, 0)
    assert summary.passed_over == {"not a document": 1}
    assert [info.key for info in results.list()] == [
        "a.txt/result.json", "results.jsonl", "sub/b c.txt/result.json", "summary.json",
    ]  # fmt: skip
    document = told(results, "sub/b c.txt")["document"]
    assert document["path"] == f"{inbox.url}/sub/b c.txt" and document["characters"] == 9
    assert (document["identity"], document["version"]) == (made.identity, made.version)
    lines = [json.loads(line)["document"]["path"] for line in (results.read("results.jsonl") or b"").splitlines()]
    assert lines == [f"{inbox.url}/a.txt", f"{inbox.url}/sub/b c.txt"]
    assert json.loads(results.read("summary.json") or b"") == json.loads(summary.model_dump_json())


def test_what_did_not_change_is_not_fetched_again(desk: Desk, inbox: Objects, results: Objects) -> None:
    for name in ("a", "b", "c"):
        inbox.write(f"{name}.txt", b"corrupt" if name == "c" else b"one")
    run(desk, inbox.url, out=results.url)
    desk.processed()
    inbox.write("b.txt", b"changed")
    inbox.write("a.txt", b"one")  # the same again
    summary = run(desk, inbox.url, out=results.url)
    assert desk.processed() == ["b.txt", "c.txt"]
    assert (summary.kept, summary.documents, summary.failed) == (1, 3, 1)


def test_folders_and_buckets_go_together_either_way(desk: Desk, inbox: Objects, results: Objects) -> None:
    desk.write(a="here")
    inbox.write("a.txt", b"there")
    run(desk, desk.documents, inbox.url, out=results.url)
    run(desk, inbox.url, f"{inbox.url}/a.txt", out=desk.out)
    assert sorted(i.key for i in results.list() if i.key.endswith("t.json")) == [
        "a.txt/result.json",
        "inbox/a.txt/result.json",
    ]
    assert sorted(str(p.relative_to(desk.out)) for p in desk.out.rglob("result.json")) == [
        "a.txt/result.json", "inbox/a.txt/result.json",
    ]  # fmt: skip
    assert desk.result("a.txt")["document"]["sha256"] == told(results, "inbox/a.txt")["document"]["sha256"]


def test_a_document_that_kills_its_process_leaves_no_copy_behind(
    desk: Desk, inbox: Objects, results: Objects, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox.write("a.txt", b"kill")
    inbox.write("b.txt", b"fine")
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    summary = run(desk, inbox.url, out=results.url)
    assert summary.by_status == {"ok": 1, "failed": 1}
    assert told(results, "a.txt")["errors"][0]["type"] == "WorkerDied"
    assert list((tmp_path / "tmp").iterdir()) == []


def test_what_is_too_large_or_gone_fails_alone(desk: Desk, inbox: Objects, results: Objects) -> None:
    inbox.write("a.txt", b"fine")
    inbox.write("big.txt", b"much too long")
    settings = desk.settings.model_copy(update={"max_bytes": 5, "document_timeout": 30.0})
    summary = run(desk, inbox.url, f"{inbox.url}/gone.pdf", out=results.url, settings=settings)
    errors = {error.path.rpartition("/")[2]: error.type for error in summary.errors}
    assert errors == {"big.txt": "DocumentTooLarge", "gone.pdf": "UnreadableFile"}
    assert desk.processed() == ["a.txt"]


def test_patterns_notes_and_hidden_keys_are_told_from_documents(desk: Desk, inbox: Objects, results: Objects) -> None:
    for key in ("a.txt", "b/lease.pdf", "b/lease.txt", "b/.x.pdf", ".git/c.pdf", "readme.md", "d.xlsx"):
        inbox.write(key, b"fine")
    assert run(desk, inbox.url, out=results.url).found == 2
    assert sorted(set(desk.processed())) == ["a.txt", "lease.pdf"]
    run(desk, inbox.url, out=results.url, patterns=["b/*.txt"], resume=False)
    assert desk.processed() == ["lease.txt"]


@pytest.mark.parametrize("key", ["租赁 合同.txt", "a+b%20c&d.txt", "x//../y.txt", "é" * 200 + ".txt"])
def test_odd_keys_are_names(desk: Desk, inbox: Objects, key: str) -> None:
    bucket = inbox.url.split("/")[2]
    aws_client("s3").put_object(Bucket=bucket, Key=f"inbox/{key}", Body=b"fine")
    summary = run(desk, inbox.url, out=desk.out)
    assert summary.found == 1
    assert summary.by_status == {"ok": 1} or "could not be written" in summary.errors[0].message  # a name too long here
    assert all(desk.out in path.parents for path in desk.root.rglob("result.json"))


def test_a_wrong_bucket_is_told_before_anything_is_done(desk: Desk, inbox: Objects, results: Objects) -> None:
    inbox.write("a.txt", b"fine")
    for places, out in ((("s3://no-such-bucket-x/y",), results.url), ((inbox.url,), "s3://no-such-bucket-x/y")):
        with pytest.raises(ServiceRefused, match=r"s3://no-such-bucket-x/y.*NoSuchBucket"):
            run(desk, *places, out=out)
    with pytest.raises(WrongUsage, match="where the documents are"):
        run(desk, inbox.url, out=inbox.url)
    with pytest.raises(WrongUsage, match="give files, folders, or s3://"):
        run(desk, "https://example.org/a.pdf", out=desk.out)
    assert desk.processed() == []


@pytest.fixture
def proxy(aws: str, bucket: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultProxy]:
    rates = Rates(errors=0.05, throttles=0.05, drops=0.02, losses=0.02, halves=0.05)
    with FaultProxy(aws, rates, seed=3) as made:
        point_at(made.url, monkeypatch)
        yield made
        aws_client.cache_clear()


def test_an_unreliable_bucket_loses_nothing(desk: Desk, inbox: Objects, results: Objects, proxy: FaultProxy) -> None:
    for number in range(40):
        inbox.write(f"{number:02}.txt", b"lease %d" % number)
    summary = run(desk, inbox.url, out=results.url)
    assert summary.by_status == {"ok": 40} and proxy.faults > 0
    assert len((results.read("results.jsonl") or b"").splitlines()) == 40
    assert desk.processed() == [f"{number:02}.txt" for number in range(40)]


def test_the_library_reads_an_object_too(desk: Desk, inbox: Objects) -> None:
    made = inbox.write("lease.txt", b"RESIDENTIAL LEASE. The monthly rent is $900, due on the first day of each month.")
    pipeline = Pipeline(desk.settings)
    result = pipeline.run(f"{inbox.url}/lease.txt")
    assert result.document.path == f"{inbox.url}/lease.txt" and result.document.identity == made.identity
    assert result.status != "failed"
    gone = pipeline.run(f"{inbox.url}/gone.txt")
    assert gone.status == "failed" and gone.errors[0].type == "UnreadableFile"
