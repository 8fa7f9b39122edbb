"""`clauseline worker`: messages of a queue, a line for each, until it is told to end."""

import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Event
from typing import cast

import click

from pipeline.commands.tables import printable
from pipeline.desk import open_queue
from pipeline.desk.desk import Handled
from pipeline.desk.events import UnknownMessage, orders_in
from pipeline.desk.worker import Mode, run_worker
from pipeline.errors import BackendUnavailable, ClauselineError, WrongUsage
from pipeline.settings import Settings
from pipeline.stores.objects import open_objects
from pipeline.workers import worker_count

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


def work_and_show(settings: Settings, out: str, jurisdiction: str | None, concurrency: int, mode: str) -> int:
    """Run a worker and print what becomes of each message; the exit status of the command."""
    from pipeline.classify import parse_code

    try:
        if jurisdiction:
            parse_code(jurisdiction)
        if not settings.queue:
            raise WrongUsage("no queue is named; give --queue URL or set CLAUSELINE_QUEUE")
        url = open_objects(out).url
        prefetch = concurrency or 3 * worker_count(settings.workers)
        with _told_to_end() as stop, closing(open_queue(settings.queue, settings, prefetch=prefetch)) as queue:
            click.echo(printable(f"taking messages from {queue.url}, results go to {url}"), err=True)
            summary = run_worker(
                queue, settings, url, jurisdiction=jurisdiction, concurrency=concurrency, mode=cast(Mode, mode),
                stop=stop, on_handled=_show,
            )  # fmt: skip
    except (WrongUsage, BackendUnavailable) as error:
        raise click.UsageError(str(error)) from None
    except ClauselineError as error:
        click.echo(printable(f"clauseline: {error}"), err=True)
        return 1
    told = ", ".join(f"{summary.handled[what]} {words}" for what, words in _WORDS.items() if summary.handled[what])
    click.echo(told or "nothing to do")
    if summary.stopped:
        click.echo(printable(f"clauseline: {summary.stopped}"), err=True)
    return 1 if summary.stopped else 0


_WORDS = {
    "done": "done", "again": "to be tried again", "dead": "to the dead letters", "back": "given back",
    "unsettled": "not acknowledged, they will come again",
}  # fmt: skip


@contextmanager
def _told_to_end() -> Iterator[Event]:
    """An event that SIGTERM and Ctrl-C set; a second one ends the command at once."""
    stop = Event()

    def end(*_: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        click.echo("ending: what is being read is finished, the rest is given back", err=True)

    before = {number: signal.signal(number, end) for number in _SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _show(handled: Handled) -> None:
    """What became of one message, in one line."""
    outcome, attempt = handled.outcome, handled.attempt
    line = f"{handled.what} {named(handled.message.body)}"
    if attempt is not None:
        line += f": {attempt.error_type}: {attempt.error}"
        line += f"; tried again in {handled.after:.0f} s" if handled.what == "again" else ""
    elif outcome is not None:
        said = (outcome.doc_type, outcome.status, outcome.record and f"record {outcome.record}")
        line += f" ({outcome.what}{''.join(f', {word}' for word in said if word)})"
    click.echo(printable(line), err=True)


def named(body: str) -> str:
    """What a message is about, in brief: the uploads it tells of."""
    try:
        return " ".join(order.url for order in orders_in(body)) or "(nothing to be done)"
    except UnknownMessage:
        return "(no notification of S3)"
