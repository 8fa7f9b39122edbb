"""`clauseline dlq list | show | retry`: the messages that were given up."""

import json
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime

import click

from pipeline.commands.tables import console, printable
from pipeline.commands.worker import named
from pipeline.desk import DeadLetter, Queue, open_queue
from pipeline.errors import ClauselineError, WrongUsage
from pipeline.settings import Settings

_SHORT = 8  # characters of an id that the table shows
_BY_QUEUE = "given up by the queue itself: received too often without a word of what came of it"


def list_letters(settings: Settings, *, as_json: bool) -> int:
    """Print the dead letters, one a row or one JSON object a line; the exit status of the command."""
    with _opened(settings) as queue:
        letters = list(queue.dead_letters())
    if as_json:
        for letter in letters:
            click.echo(json.dumps(_as_dict(letter)))
        return 0
    if not letters:
        click.echo("no dead letters")
        return 0
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("id", "upload", "reason", "attempts", "age"):
        table.add_column(name, overflow="fold", justify="right" if name in ("attempts", "age") else "left")
    for letter in letters:
        cells = (_short(letter, letters), named(letter.body), _reason(letter), _attempts(letter), _age(letter))
        table.add_row(*(escape(printable(cell)) for cell in cells))
    console().print(table)
    click.echo("show one with `clauseline dlq show ID`, try them again with `clauseline dlq retry ID...` or `--all`")
    return 0


def show_letter(settings: Settings, id: str) -> int:
    """Print everything a dead letter says of itself; the exit status of the command."""
    with _opened(settings) as queue:
        letter = _chosen(list(queue.dead_letters()), id)
    click.echo(f"id        {letter.id}")
    click.echo(printable(f"upload    {named(letter.body)}"))
    click.echo(printable(f"reason    {_reason(letter)}"))
    click.echo(f"attempts  {_attempts(letter)}")
    for attempt in letter.history.attempts:
        click.echo(printable(f"  {attempt.at:%Y-%m-%d %H:%M:%S}  {attempt.error_type}: {attempt.error}"))
    if letter.history.dead:
        click.echo(f"given up  {letter.history.dead:%Y-%m-%d %H:%M:%S} UTC")
    click.echo(printable(f"message   {letter.body}"))
    return 0


def retry_letters(settings: Settings, ids: Sequence[str] | None) -> int:
    """Put dead letters back into the queue; the exit status of the command."""
    with _opened(settings) as queue:
        if ids is not None:
            letters = list(queue.dead_letters())
            ids = [_chosen(letters, id).id for id in ids]
        count = queue.retry(ids)
    click.echo(f"{count} dead letter{'' if count == 1 else 's'} put back into the queue")
    return 0


@contextmanager
def _opened(settings: Settings) -> Iterator[Queue]:
    """The queue of the settings; what a user can act on is told in one line."""
    try:
        if not settings.queue:
            raise WrongUsage("no queue is named; give --queue URL or set CLAUSELINE_QUEUE")
        with closing(open_queue(settings.queue, settings)) as queue:
            yield queue
    except WrongUsage as error:
        raise click.UsageError(str(error)) from None
    except ClauselineError as error:
        raise click.ClickException(printable(str(error))) from None


def _chosen(letters: Sequence[DeadLetter], id: str) -> DeadLetter:
    """The one letter whose id is this or begins so."""
    found = [letter for letter in letters if letter.id.startswith(id)]
    if len(found) != 1:
        many = "no dead letter" if not found else f"{len(found)} dead letters"
        raise click.ClickException(f"{many} with the id {id}; `clauseline dlq list` shows them")
    return found[0]


def _short(letter: DeadLetter, letters: Sequence[DeadLetter]) -> str:
    """The beginning of an id, as long as it must be to mean one letter."""
    for length in range(_SHORT, len(letter.id)):
        if sum(other.id.startswith(letter.id[:length]) for other in letters) == 1:
            return letter.id[:length]
    return letter.id


def _reason(letter: DeadLetter) -> str:
    last = letter.history.attempts[-1] if letter.history.attempts else None
    return f"{last.error_type}: {last.error}" if last and letter.history.dead else _BY_QUEUE


def _attempts(letter: DeadLetter) -> str:
    return str(letter.history.count) if letter.history.count else "?"


def _age(letter: DeadLetter) -> str:
    """How long it has been dead, roughly."""
    since = letter.history.dead or letter.sent
    if since is None:
        return "?"
    seconds = max(0, (datetime.now(UTC) - since).total_seconds())
    for unit, length in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= length:
            return f"{seconds / length:.0f} {unit}"
    return f"{seconds:.0f} s"


def _as_dict(letter: DeadLetter) -> dict[str, object]:
    return {
        "id": letter.id, "upload": named(letter.body), "reason": _reason(letter), "body": letter.body,
        "sent": letter.sent.isoformat() if letter.sent else None, **letter.history.model_dump(mode="json"),
    }  # fmt: skip
