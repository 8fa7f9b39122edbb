"""`clauseline worker` and `clauseline dlq`: the event-driven desk. Everything heavy is imported by the command that needs it."""

from __future__ import annotations

import sys

import click

from pipeline.commands.options import BACKEND, OCR, PASSWORD, PLACE, OcrCommand, model_options, settings_of

_QUEUE = click.option(
    "--queue", metavar="URL",
    help="https://sqs.REGION.amazonaws.com/ACCOUNT/NAME, sqs://NAME, or amqp://USER@HOST/VHOST?queue=NAME (or CLAUSELINE_QUEUE, which may hold a password).",
)  # fmt: skip


@click.command(cls=OcrCommand)
@_QUEUE
@click.option("--out", required=True, metavar="URL", help="Where results go: s3://BUCKET/PREFIX, or a folder.")
@click.option("--records", metavar="URL", help="Where lease records are: dynamodb://REGION/PREFIX, or a database (default: CLAUSELINE_DATABASE).")  # fmt: skip
@click.option("--concurrency", type=click.IntRange(1), metavar="N", help="Messages in hand at once, whatever waits (default: three per process).")  # fmt: skip
@click.option("--workers", type=click.IntRange(0), help="Processes; 0 (default) is one per CPU.")
@click.option("--drain", "mode", flag_value="drain", help="End when the queue gives nothing more.")
@click.option("--once", "mode", flag_value="once", help="End after the first messages.")
@click.option("--templates", metavar="PREFIX", help="Uploads whose key begins so are standard leases to build knowledge from (default: templates/).")  # fmt: skip
@click.option("--visibility", type=click.IntRange(10, 43_200), metavar="SECONDS", help="After so long without a word a worker's message is another's (default: 120; SQS).")  # fmt: skip
@click.option("--attempts", type=click.IntRange(1), metavar="N", help="Tries of a document that ends its process or hangs (default: 5).")  # fmt: skip
@BACKEND
@PLACE
@model_options
@OCR
@PASSWORD
def worker(out: str, jurisdiction: str | None, concurrency: int | None, mode: str | None, **flags: object) -> None:
    """Work on uploads to S3 as a queue tells of them: documents are read and validated, valid leases are recorded.

    For each upload OUT/<key>/ has result.json and the report (report.json, .md, .html), and `clauseline search` finds
    it; an amendment is validated with the lease that is recorded; schedules (CLAUSELINE_SCHEDULES) follow the records.
    An upload below templates/ becomes draft knowledge, as by `kb build` (draft.json). A message is acknowledged when all that is written. What
    fails for want of a service is tried again, later and later; what can't be read is put to the dead letters, which
    `clauseline dlq` looks after. SIGTERM and Ctrl-C end the worker without losing a message.

    \b
    Example:
      clauseline worker --queue https://sqs.us-east-1.amazonaws.com/1234/uploads --out s3://results/leases

    \b
    Exit status: 0 it was told to end, or the queue is empty (--drain); 1 it could not go on; 2 the command was wrong.
    """
    from pipeline.commands.worker import work_and_show

    sys.exit(work_and_show(settings_of(**flags), out, jurisdiction, concurrency or 0, mode or "forever"))


@click.group()
def dlq() -> None:
    """Look after the dead letters: messages whose upload could not be read, or failed too often."""


@dlq.command("list")
@_QUEUE
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON, one a line.")
def dlq_list(queue: str | None, as_json: bool) -> None:
    """List the dead letters: which upload, why, after how many attempts, since when. None is hidden by it.

    \b
    Example:
      clauseline dlq list --queue sqs://uploads
    """
    from pipeline.commands.dead_letters import list_letters

    sys.exit(list_letters(settings_of(queue=queue), as_json=as_json))


@dlq.command("show")
@click.argument("id")
@_QUEUE
def dlq_show(id: str, queue: str | None) -> None:
    """Show a dead letter: each attempt with its time, and the message. ID is one that `dlq list` has, or its beginning."""
    from pipeline.commands.dead_letters import show_letter

    sys.exit(show_letter(settings_of(queue=queue), id))


@dlq.command("retry")
@click.argument("ids", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All of them.")
@_QUEUE
def dlq_retry(ids: tuple[str, ...], everything: bool, queue: str | None) -> None:
    """Put dead letters back into the queue, as if nothing had been tried yet: IDS, or --all."""
    from pipeline.commands.dead_letters import retry_letters

    if everything == bool(ids):
        raise click.UsageError("give the ids of dead letters, as `clauseline dlq list` has them, or --all")
    sys.exit(retry_letters(settings_of(queue=queue), None if everything else ids))
