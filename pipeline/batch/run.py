"""Run the pipeline over files and folders; what is done stays done, whatever happens."""

import contextlib
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import takewhile
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING

from pipeline import telemetry
from pipeline.batch.discovery import documents
from pipeline.batch.events import BatchSummary, Event, OnEvent, Outcome
from pipeline.batch.executor import Executor, executor_for
from pipeline.batch.fingerprint import fingerprint
from pipeline.batch.layout import RESULTS, SUMMARY, named
from pipeline.batch.link import link_amendments
from pipeline.batch.record import Recorder
from pipeline.batch.sink import FolderSink, Sink, sink_for
from pipeline.batch.spool import Spool
from pipeline.batch.tally import Tally
from pipeline.batch.task import Item, PipelineProcess, Process, Task
from pipeline.errors import (
    BackendUnavailable,
    RunStopped,
    ServiceDown,
    ServiceRefused,
    StoreError,
    WrongUsage,
    told,
)
from pipeline.generate import backend_for, late_client_for, served
from pipeline.knowledge import OwnPacks
from pipeline.settings import Settings
from pipeline.stores import kept_packs
from pipeline.stores.files import DiskFull
from pipeline.stores.objects import is_url
from pipeline.workers import documents_at_once

if TYPE_CHECKING:
    from pipeline.generate.chat import ModelClient
    from pipeline.generate.chat.late import LateGateway

log = logging.getLogger("clauseline")

_APART = "what workers on other machines write does not appear in {}: give a folder that all of them share, or s3://BUCKET/PREFIX"


def run_batch(
    paths: Sequence[str | Path],
    out: str | Path,
    settings: Settings | None = None,
    *,
    jurisdiction: str | None = None,
    resume: bool = True,
    patterns: Sequence[str] = (),
    process: Process | None = None,
    on_event: OnEvent | None = None,
) -> BatchSummary:
    """Process files, and folders or buckets with all below them, in parallel; write a result for each, and a summary.

    A document that fails, kills its process or hangs gets a result that says so, and the others go on. A result whose
    document, code, data and settings are still the same is kept, so a run that was ended in any way and is started
    again does only what is missing, and what failed.

    Args:
        paths: files, folders and `s3://BUCKET/PREFIX`; what is in a bucket is fetched one at a time, where it is read.
        out: the output folder, where one run at a time writes, or `s3://BUCKET/PREFIX`, which has no such lock.
        settings: workers, time limit, database, and what the pipeline is to do; from the environment if not given.
        jurisdiction: used where neither document nor file name says ("US-OH").
        resume: False does every document again.
        patterns: take the files of folders (keys of buckets) that match one of these, see `pipeline.sources.discover`.
        process: what makes a result of a path; picklable. The pipeline if not given.
        on_event: told of everything that happens, one event at a time, but not always from the same thread.

    Returns:
        the summary, which is also written to `out`/summary.json. Where the run had to stop before its end (the model's
        provider is down, the budget is spent), it says so in `stopped`; the same run again does the rest.

    Raises:
        WrongUsage: no path, or a document named, or the folder searched, is where its result would go; or a budget for a
            model whose price is not known.
        BackendUnavailable: there is no such backend, or it is not installed or configured.
        StoreError: the output folder or bucket can't be written (any more), or a bucket not listed; what is done is kept.
        KeyboardInterrupt: Ctrl-C; results and summary so far are written.
    """
    settings = settings or Settings()
    sink = sink_for(out, kms_key=settings.s3_kms_key)
    if not paths:
        raise WrongUsage("nothing to do: give at least one file or folder")
    if any(_is_among(sink, path) for path in paths):
        raise WrongUsage(f"{sink.shown} is where the documents are; give another folder for the results with --out")
    mark = fingerprint(
        settings,
        jurisdiction=jurisdiction,
        knowledge=OwnPacks(kept_packs(settings.knowledge_url, settings.database_patience)).version,
    )
    emit = _one_at_a_time(on_event)
    passed_over: Counter[str] = Counter()
    with (
        telemetry.span("run", backend=settings.backend, executor=settings.executor) as span,
        executor_for(settings) as executor,
        sink.claimed(),
        TemporaryDirectory(prefix="clauseline-") as scratch,
        _model(settings, process, executor.host) as (gateway, client),
    ):
        work = process or PipelineProcess(settings, jurisdiction, client)
        task = Task(work, sink, mark, settings.backend, resume, Path(scratch), settings.max_bytes)
        found = documents(paths, patterns=patterns, on_skip=lambda _, why: passed_over.update([why]))
        spool = Spool((document.original, name) for document, name in named(found, unique=len(paths) == 1))
        emit(Event("found", total=len(spool)))
        tally = Tally(settings.backend, mark, len(spool), passed_over, gateway)

        def warn(message: str) -> None:
            tally.warn(message)
            emit(Event("warning", message=message))

        recorder = Recorder(settings, tally.summary(), sink.shown, warn)
        check = gateway.check if gateway is not None else _fine
        try:
            slots = 1 if process else documents_at_once(settings, executor.workers)
            for item, outcome in _outcomes(executor, task, spool, settings, slots, tally, emit, check):
                spool.mark(item)
                tally.add(outcome)
                recorder.add(outcome)
                _log(outcome)
                emit(Event("kept" if outcome.kept else "failed" if outcome.status == "failed" else "done",
                           outcome.path, outcome=outcome))  # fmt: skip
            check()
        except (KeyboardInterrupt, StoreError):
            recorder.close("interrupted")
            with contextlib.suppress(StoreError):  # a full disk is told once
                _finish(sink, spool, tally.summary(interrupted=True))
            raise
        except (BackendUnavailable, WrongUsage):  # there is no way to the model: nothing was done
            recorder.close("interrupted")
            raise
        recorder.close("interrupted" if tally.stopped else "done")
        link_amendments(sink, tally.leases["lease"], tally.leases["lease_amendment"])
        summary = tally.summary()
        span.set(documents=summary.documents, pages=summary.pages, failed=summary.failed, kept=summary.kept)
        _finish(sink, spool, summary)
        spool.close()
    return summary


@contextlib.contextmanager
def _model(
    settings: Settings, process: Process | None, host: str | None
) -> "Iterator[tuple[LateGateway | None, ModelClient | None]]":
    """The chat model of a run, and the client by which its workers ask it; none offline, and none for a process of its own."""
    gateway = None if process else late_client_for(settings)
    try:
        if process is None:
            backend_for(settings.backend, settings, gateway)  # a wrong name is the run's error, not each document's
        with served(gateway, host) as client:
            yield gateway, client
    finally:
        if gateway is not None:
            gateway.close()


def _outcomes(
    executor: Executor,
    task: Task,
    spool: Spool,
    settings: Settings,
    slots: int,
    tally: Tally,
    emit: OnEvent,
    check: Callable[[], None],
) -> Iterator[tuple[Item, Outcome]]:
    """What came of each document, as it comes. When the run must stop, the tally is told why, and no more are taken up.

    Raises:
        DiskFull, ServiceDown, ServiceRefused: nothing more can be written.
        BackendUnavailable, WrongUsage: there is no way to the model.
    """

    under_way: dict[str, None] = {}

    def started(item: Item) -> None:
        under_way[item.result] = None
        emit(Event("started", item.shown))

    ordered = spool.by_turns(slots * executor.workers // 2) if slots > 1 else spool.largest_first()
    results = executor.run(
        task,
        takewhile(lambda _: not tally.stopped, ordered),
        timeout=lambda item: settings.patience_for(item.original.size),
        slots=slots,
        on_start=started,
    )
    with _tidied(task.sink, under_way), contextlib.closing(results):
        for item, outcome in results:
            under_way.pop(item.result, None)
            check()  # documents are read while the way to the model is being opened, but nothing comes of them without it
            if isinstance(outcome, DiskFull | ServiceDown | ServiceRefused):
                raise outcome
            if isinstance(outcome, RunStopped):  # the others may yet be done with what they were told already
                tally.stopped = tally.stopped or " ".join(str(outcome).split())
            elif isinstance(outcome, StoreError):  # this one result can't be written
                yield item, Outcome(item.shown, item.name, "failed", error=told(outcome, "store"))
            elif isinstance(outcome, Exception):
                yield item, task.give_up(item, outcome)
            elif (
                executor.host and isinstance(sink := task.sink, FolderSink) and not (sink.folder / item.result).exists()
            ):
                raise ServiceRefused(_APART.format(sink.shown))  # else they would be missed at the end, and not told
            else:
                yield item, outcome


@contextlib.contextmanager
def _tidied(sink: Sink, under_way: Iterable[str]) -> Iterator[None]:
    """At the end, when their workers are no more, take away what those have left of results they were just writing."""
    try:
        yield
    finally:
        for name in list(under_way):
            sink.tidy(name)


def _fine() -> None:
    """Nothing to check."""


def _finish(sink: Sink, spool: Spool, summary: BatchSummary) -> None:
    """Write the results in input order as lines, and the summary."""
    sink.write(RESULTS, _lines(sink, spool.marked()))
    sink.write(SUMMARY, summary.model_dump_json(indent=2).encode() + b"\n")


def _lines(sink: Sink, items: Iterable[Item]) -> Iterator[bytes]:
    """Each item's result on one line; one that could not be written is left out."""
    return (_one_line(result) for result in sink.read_many(item.result for item in items) if result)


def _one_line(result: bytes) -> bytes:
    """JSON as we write it, on one line; its strings hold no line ends of their own, so it need not be read.

    >>> _one_line(b'{\\n  "status": "ok",\\n  "note": "two  blanks"\\n}\\n')
    b'{"status": "ok","note": "two  blanks"}\\n'
    """
    return b"".join(line.strip() for line in result.splitlines()) + b"\n"


def _log(outcome: Outcome) -> None:
    """What came of a document, for who collects logs; never what it says."""
    about = {
        "document": outcome.sha256 or telemetry.nameless(outcome.path), "path": outcome.path, "status": outcome.status,
        "doc_type": outcome.doc_type, "pages": outcome.pages, "seconds": round(outcome.seconds, 3), "kept": outcome.kept,
    }  # fmt: skip
    if error := outcome.error:
        about |= {"error": error.type, "stage": error.stage, "message_told": error.message}
    log.info("document %s", outcome.status, extra=about)


def _is_among(sink: Sink, place: str | Path) -> bool:
    """Whether the results would go where the documents of a place are."""
    if isinstance(sink, FolderSink) and not is_url(place):
        path = Path(place)
        return sink.folder.resolve() == (path if path.is_dir() else path.parent).resolve()
    return sink.shown in (str(place).rstrip("/"), str(place).rpartition("/")[0])


def _one_at_a_time(on_event: OnEvent | None) -> OnEvent:
    """The same listener, never called by two threads at once."""
    lock = Lock()

    def emit(event: Event) -> None:
        if on_event:
            with lock:
                on_event(event)

    return emit
