"""`clauseline run`: a batch with a progress bar on a terminal, plain lines elsewhere, and the summary table."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.batch import BatchSummary, Event, run_batch
from pipeline.batch.layout import RESULTS
from pipeline.batch.sink import sink_for
from pipeline.commands.tables import console, printable, summary_line, summary_table, usage_line
from pipeline.errors import BackendUnavailable, ClauselineError, WrongUsage
from pipeline.settings import Settings
from pipeline.telemetry.logs import is_json
from schemas import Result

if TYPE_CHECKING:
    from rich.progress import Progress

INTERRUPTED = 130  # the shell's status for Ctrl-C


def run_and_show(
    paths: Sequence[Path | str],
    out: Path | str,
    settings: Settings,
    *,
    jurisdiction: str | None,
    resume: bool,
    globs: Sequence[str],
) -> int:
    """Run a batch, show how it goes, print the table; the exit status of the command."""
    from pipeline.classify import parse_code

    try:
        if jurisdiction:
            parse_code(jurisdiction)
        with _Display() as display:
            summary = run_batch(
                paths, out, settings, jurisdiction=jurisdiction, resume=resume, patterns=globs, on_event=display.show
            )
    except KeyboardInterrupt:
        click.echo("interrupted; what is done is kept, run the same command again to go on", err=True)
        return INTERRUPTED
    except (
        WrongUsage,
        BackendUnavailable,
    ) as error:  # a wrong backend; while the run goes on, its trouble is told otherwise
        raise click.UsageError(str(error)) from None
    except ClauselineError as error:
        click.echo(f"clauseline: {error}", err=True)
        return 1
    _show_summary(summary, out)
    if summary.stopped:
        click.echo(printable(f"clauseline: {summary.stopped}"), err=True)
    return 1 if summary.failed or summary.stopped else 0


class _Display:
    """A progress bar on a terminal, failures above it; a plain line per document elsewhere."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._bar: Progress | None = None
        self._total = self._done = 0

    def __enter__(self) -> _Display:
        if sys.stderr.isatty():
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            self._bar = self._stack.enter_context(Progress(*columns, console=console(stderr=True), transient=True))
            self._bar.add_task("looking for documents", total=None)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def show(self, event: Event) -> None:
        """Tell of one event."""
        if event.kind == "found":
            self._total = event.total
        elif event.kind not in ("started", "warning"):  # warnings are told at the end, where they are seen
            self._done += 1
            if not is_json() and (self._bar is None or event.kind == "failed"):
                error = event.outcome.error if event.outcome else None
                note = f": {error.message}" if error else ""
                click.echo(printable(f"[{self._done}/{self._total}] {event.kind} {event.path}{note}"), err=True)
        if self._bar is not None:
            from rich.markup import escape

            name = printable(Path(event.path).name)[-40:] or "looking for documents"
            self._bar.update(self._bar.task_ids[0], total=self._total, completed=self._done, description=escape(name))


def _show_summary(summary: BatchSummary, out: Path | str) -> None:
    """The table of the run's documents, and how it ended."""
    results = _results(out)
    root = Path(results[0].document.path).parent if len(results) == 1 else _common_root(results)
    if results:
        shown = console()
        shown.print(summary_table(results, summary.documents, root, shown.width))
    for reason, count in summary.passed_over.items():
        click.echo(f"passed over {count} file{'' if count == 1 else 's'}: {reason}")
    for warning in summary.warnings:
        click.echo(printable(f"warning: {warning}"), err=True)
    click.echo(summary_line(summary.by_status, summary.seconds, summary.kept, out))
    if spent := usage_line(summary.usage, summary.throttled_seconds):
        click.echo(spent)


def _results(out: Path | str) -> list[Result]:
    """What the run wrote, the first documents and every failed one, from results.jsonl."""
    from pipeline.commands.tables import MOST_ROWS

    results: list[Result] = []
    with closing(sink_for(out).lines(RESULTS)) as lines:
        for number, line in enumerate(lines):
            if number < MOST_ROWS or b'"status":"failed"' in line[:1_000].replace(b" ", b""):
                results.append(Result.model_validate_json(line))
            if len(results) >= 2 * MOST_ROWS:
                break
    return results


def _common_root(results: Sequence[Result]) -> Path | None:
    """The folder below which every document of the table is."""
    import os

    try:
        return Path(os.path.commonpath([str(Path(r.document.path).parent) for r in results]))
    except ValueError:
        return None
