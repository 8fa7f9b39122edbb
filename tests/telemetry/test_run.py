"""What a run tells while it goes on: spans and sums to a collector, events to stderr; nothing of what documents say."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.services.otlp_collector import Collector, ReceivedSpan, otlp_collector

UNUSUAL = ("Zebulon", "Quartermain", "Xanthippe", "Oglethorpe", "Wumpus", "8731", "4217.39", "97213")

LEASE = """RESIDENTIAL LEASE AGREEMENT

This Lease is made on March 1, 2025 between Zebulon Quartermain ("Landlord") and Xanthippe Oglethorpe ("Tenant").
1. PREMISES. The Landlord leases to the Tenant the premises at 8731 Wumpus Street, Portland, Oregon 97213.
2. TERM. The term begins on April 1, 2025 and ends on March 31, 2026.
3. RENT. The Tenant shall pay rent of $4217.39 per month, due on the first day of each month.
4. SECURITY DEPOSIT. The Tenant has paid a security deposit of $4217.39.
"""


@dataclass(frozen=True)
class Told:
    """What a run told: to the collector, and on stderr."""

    collector: Collector
    stderr: str

    @property
    def events(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.stderr.splitlines()]

    def spans(self, name: str) -> list[ReceivedSpan]:
        return [span for span in self.collector.spans if span.name == name]


def clauseline(*arguments: str, folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run the command in a process of its own."""
    known = {k: v for k, v in os.environ.items() if not k.startswith(("OTEL_", "CLAUSELINE_", "TRACEPARENT"))}
    return subprocess.run(
        [sys.executable, "-c", "from pipeline.cli import entry; entry()", *arguments],
        cwd=folder, capture_output=True, text=True, timeout=240,
        env={**known, "CLAUSELINE_DATABASE": f"sqlite:///{folder}/db", **environment},
    )  # fmt: skip


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """A run over three documents, one of them broken, in two processes, whose names are personal data themselves."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "in").mkdir()
    (folder / "in" / "Quartermain-1.txt").write_text(LEASE)
    (folder / "in" / "Quartermain-2.txt").write_text(LEASE.replace("March 31, 2026", "June 30, 2026"))
    (folder / "in" / "Oglethorpe.pdf").write_bytes(b"%PDF-1.7 broken Wumpus")
    with otlp_collector() as collector:
        command = ["--log-json", "--log-level", "debug", "run", "in", "--out", "out", "--workers", "2"]
        shown = clauseline(*command, folder=folder, OTEL_EXPORTER_OTLP_ENDPOINT=collector.url)
        assert shown.returncode == 1, shown.stderr
        yield Told(collector, shown.stderr)


def test_every_document_has_a_span_below_that_of_the_run_whatever_process_it_was_in(told: Told) -> None:
    (run,) = told.spans("run")
    documents = told.spans("document")
    assert len(documents) == 3 and {d.parent for d in documents} == {run.id}
    assert {d.trace for d in told.collector.spans} == {run.trace}
    assert run.process not in {d.process for d in documents}
    assert run.attributes == {
        "backend": "offline", "executor": "local", "documents": 3, "pages": 2, "failed": 1, "kept": 0
    }  # fmt: skip
    assert told.collector.service == "clauseline"


def test_documents_say_their_type_and_status_and_have_a_span_for_each_stage(told: Told) -> None:
    lease = next(d for d in told.spans("document") if d.attributes.get("doc_type") == "lease")
    assert lease.attributes["pages"] == 1 and lease.attributes["backend"] == "offline"
    assert re.fullmatch("[0-9a-f]{64}", lease.attributes["document"])
    stages = {span.name for span in told.collector.spans if span.parent == lease.id}
    assert stages == {"parse", "classify", "generate", "ground", "validate", "store"}
    broken = next(d for d in told.spans("document") if d.attributes.get("status") == "failed")
    assert next(s for s in told.spans("parse") if s.parent == broken.id).failed


def test_sums_over_all_processes_are_those_of_the_run(told: Told) -> None:
    collector = told.collector
    assert collector.total("clauseline.documents") == 3
    assert collector.total("clauseline.documents", doc_type="lease") == 2
    assert collector.total("clauseline.documents", status="failed") == 1
    assert collector.total("clauseline.pages", source="text") == 2
    assert collector.total("clauseline.stage_seconds", stage="parse") == 3
    assert collector.total("clauseline.stage_seconds", stage="validate") == 2


def test_each_line_on_stderr_is_an_event_with_document_and_stage(told: Told) -> None:
    parsed = [e for e in told.events if e.get("stage") == "parse" and e["event"] == "stage done"]
    assert len(parsed) == 2 and all(re.fullmatch("[0-9a-f]{64}", str(e["document"])) for e in parsed)
    ended = [e for e in told.events if str(e["event"]).startswith("document ")]
    assert {str(e["document"]) for e in parsed} < {str(e["document"]) for e in ended}
    assert all(isinstance(e["seconds"], float) for e in (*parsed, *ended)) and len(ended) == 3
    failed = next(e for e in ended if e["status"] == "failed")
    assert (failed["error"], failed["stage"]) == ("CorruptDocument", "parse")


def test_neither_log_nor_telemetry_holds_a_word_of_the_documents_or_their_names(told: Told) -> None:
    sent = b"".join(told.collector.raw).decode("latin-1")
    for word in UNUSUAL:
        assert word.lower() not in told.stderr.lower() and word.lower() not in sent.lower()


def test_paths_are_told_where_they_are_asked_for(tmp_path: Path) -> None:
    (tmp_path / "no-document.bin").write_bytes(b"\x00\x01\x02nothing")
    asked = ["--log-paths", "--log-level", "info", "run", "no-document.bin", "--out", "out", "--workers", "1"]
    shown = clauseline(*asked, folder=tmp_path)
    assert "path=no-document.bin" in shown.stderr


def test_opentelemetry_is_not_imported_unless_a_collector_is_named(tmp_path: Path) -> None:
    (tmp_path / "lease.txt").write_text(LEASE)
    code = (
        "import sys; from pipeline import Pipeline; from pipeline.settings import Settings; "
        "assert Pipeline(Settings(database='sqlite://')).run('lease.txt').status != 'failed'; "
        "sys.exit('opentelemetry' in sys.modules)"
    )
    environment = {k: v for k, v in os.environ.items() if not k.startswith("OTEL_")}
    assert subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, timeout=120).returncode == 0


def test_a_collector_that_does_not_answer_holds_nothing_up(tmp_path: Path) -> None:
    (tmp_path / "lease.txt").write_text(LEASE)
    run = ["run", "lease.txt", "--out", "out", "--workers", "1"]
    shown = clauseline(*run, folder=tmp_path, OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:9")
    assert shown.returncode == 0 and (tmp_path / "out" / "lease.txt" / "result.json").is_file()
    assert "Quartermain" not in shown.stderr


@pytest.mark.slow
def test_workers_of_a_ray_cluster_tell_the_same_collector_below_the_same_run(tmp_path: Path) -> None:
    pytest.importorskip("ray")
    (tmp_path / "in").mkdir()
    for number in range(3):
        (tmp_path / "in" / f"{number}.txt").write_text(LEASE.replace("8731", str(8000 + number)))
    with otlp_collector() as collector:
        command = ["run", "in", "--out", "out", "--workers", "2", "--executor", "ray"]
        shown = clauseline(*command, folder=tmp_path, OTEL_EXPORTER_OTLP_ENDPOINT=collector.url)
        assert shown.returncode == 0, shown.stderr
        (run,) = (span for span in collector.spans if span.name == "run")
        documents = [span for span in collector.spans if span.name == "document"]
        assert len(documents) == 3 and {d.parent for d in documents} == {run.id}
        assert {span.trace for span in collector.spans} == {run.trace}
        assert run.process not in {d.process for d in documents}
        assert collector.total("clauseline.documents") == 3
