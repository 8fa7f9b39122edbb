"""Runs with a chat model: one for all workers, waited for as long as it takes, left cleanly when it can't be asked any more."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.batch import run_batch
from pipeline.settings import Settings
from tests.services.openai_server import openai_server
from tests.services.script import Question, Turn, failed, throttled
from tests.services.service import Service

LEASE = (
    "RESIDENTIAL LEASE AGREEMENT\n\n1. PARTIES. This lease is between Ada Homes LLC, Landlord, and {name}, Tenant.\n\n"
    "2. RENT. Tenant shall pay Landlord a monthly rent of $950.00.\n\n3. TERM. The lease begins on January 1, 2026.\n"
)


def nothing(question: Question) -> Turn:
    """A model that finds no value anywhere."""
    fields = (question.schema or {}).get("properties", {})
    empty = {"value": None, "quote": None, "passage": None, "confidence": 0.9}
    return Turn(json.dumps(dict.fromkeys(fields, empty)), input_tokens=1_000, output_tokens=100)


Serve = Callable[[Callable[[Question], Turn]], Service]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts a model's server."""
    open_ones: list[Service] = []

    def start(answer: Callable[[Question], Turn]) -> Service:
        open_ones.append(openai_server(answer).__enter__())
        return open_ones[-1]

    yield start
    for service in open_ones:
        service.__exit__(None, None, None)


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("Grace Hopper", "Alan Turing", "Edsger Dijkstra", "Barbara Liskov"):
        (folder / f"{name.split()[0].lower()}.txt").write_text(LEASE.format(name=name))
    return folder


def start(service: Service, documents: Path, *flags: str, **environment: str) -> "subprocess.Popen[str]":
    command = [
        sys.executable,
        "-c",
        "from pipeline.cli import entry; entry()",
        "run",
        documents,
        "--out",
        documents.parent / "out",
    ]
    settings = {
        "CLAUSELINE_BASE_URL": f"{service.url}/v1", "OPENAI_API_KEY": "none", "NO_COLOR": "1",
        "CLAUSELINE_DATABASE": f"sqlite:///{documents.parent}/store.db",
    }  # fmt: skip
    return subprocess.Popen(
        [*map(str, command), "--backend", "openai:test", "--workers", "2", *flags],
        env=os.environ | settings | environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def run(service: Service, documents: Path, *flags: str, **environment: str) -> tuple[int, str, str, dict[str, Any]]:
    """Exit status, output, errors, summary.json."""
    started = start(service, documents, *flags, **environment)
    out, err = started.communicate(timeout=250)
    return started.returncode, out, err, json.loads((documents.parent / "out" / "summary.json").read_text())


def results(documents: Path) -> dict[str, dict[str, Any]]:
    return {p.parent.name: json.loads(p.read_text()) for p in (documents.parent / "out").rglob("result.json")}


def test_what_it_took_is_told_by_document_and_group_and_run(serve: Serve, documents: Path) -> None:
    status, out, _, summary = run(serve(nothing), documents)
    assert status == 0
    found = results(documents)
    assert len(found) == 4
    usage = found["grace.txt"]["usage"]
    groups = {group["group"]: group for group in usage["by_group"]}
    assert {"parties", "rent", "term"} <= set(groups)
    assert sum(group["input_tokens"] for group in groups.values()) == usage["input_tokens"] == 1_000 * usage["calls"]
    assert all(group["seconds"] > 0 for group in groups.values())
    assert summary["usage"]["calls"] == sum(r["usage"]["calls"] for r in found.values())
    assert f"{summary['usage']['input_tokens']:,} tokens read" in out


@pytest.mark.slow
def test_a_second_run_is_free(serve: Serve, documents: Path) -> None:
    service = serve(nothing)
    run(service, documents, "--workers", "1")
    asked = service.count
    _, out, _, summary = run(service, documents, "--workers", "1", "--no-resume")
    assert service.count == asked
    assert (summary["usage"]["calls"], summary["usage"]["kept"]) == (0, asked)
    assert "kept from before" in out


@pytest.mark.slow
def test_throttling_makes_a_run_slow_and_costs_no_document(serve: Serve, documents: Path) -> None:
    began: list[float] = []

    def answer(question: Question) -> Turn:
        began.append(time.monotonic())
        return throttled("2") if began[-1] - began[0] < 15 else nothing(question)

    status, _, _, summary = run(serve(answer), documents, "--timeout", "12")  # less than the throttling takes
    assert status == 0
    assert summary["documents"] == 4 and "failed" not in summary["by_status"]
    assert summary["throttled_seconds"] > 0


@pytest.mark.slow
def test_a_provider_that_is_down_stops_the_run_and_the_next_one_does_the_rest(serve: Serve, documents: Path) -> None:
    down = [False]

    def answer(question: Question) -> Turn:
        down[0] = down[0] or question.number >= 8
        return failed(503) if down[0] else nothing(question)

    service = serve(answer)
    flags = ("--max-concurrency", "1", "--workers", "1")
    status, _, err, summary = run(service, documents, *flags, CLAUSELINE_PROVIDER_PATIENCE="2")
    assert status == 1
    done = results(documents)
    assert summary["documents"] == len(done) < 4
    assert all(result["status"] != "failed" for result in done.values())
    assert summary["interrupted"] and summary["stopped"] and summary["stopped"] in err
    down[0], service.count = False, -1_000
    status, _, _, summary = run(service, documents, *flags)
    assert status == 0 and not summary["stopped"]
    assert summary["kept"] == len(done) and len(results(documents)) == 4


def test_a_spent_budget_stops_the_run(serve: Serve, documents: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "pipeline.generate.chat.opening.is_local", lambda url: False
    )  # the server counts as one to be paid
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    (documents.parent / "prices.yaml").write_text("- {models: 'openai:*', input: 1000, output: 0}\n")
    settings = Settings(
        backend="openai:test", base_url=f"{serve(nothing).url}/v1", database=f"sqlite:///{documents.parent}/store.db",
        prices=documents.parent / "prices.yaml", max_cost=22, max_concurrency=1, workers=1, _env_file=None,
    )  # type: ignore[call-arg]  # fmt: skip
    summary = run_batch([documents], documents.parent / "out", settings)
    assert "22" in summary.stopped and summary.interrupted
    assert 0 < summary.documents == len(results(documents)) < 4
    assert 7 <= summary.usage.cost_usd < 24
    more = settings.model_copy(update={"max_cost": 100.0})
    assert run_batch([documents], documents.parent / "out", more).by_status.keys() & {"failed"} == set()
    assert len(results(documents)) == 4


@pytest.mark.alone
def test_ctrl_c_ends_a_run_that_waits_for_its_model(serve: Serve, documents: Path) -> None:
    service = serve(lambda question: nothing(question).after(60))
    started = start(service, documents)
    while not service.in_flight:
        assert started.poll() is None
        time.sleep(0.05)
    began = time.monotonic()
    started.send_signal(signal.SIGINT)
    _, err = started.communicate(timeout=20)
    assert time.monotonic() - began < 3
    assert started.returncode == 130 and "run the same command again" in err
    assert json.loads((documents.parent / "out" / "summary.json").read_text())["interrupted"]


def test_a_wrong_backend_is_the_commands_error(serve: Serve, documents: Path) -> None:
    started = start(serve(nothing), documents, "--backend", "nonsense")
    _, err = started.communicate(timeout=60)
    assert started.returncode == 2 and "unknown backend" in err
