"""`clauseline letter` and `clauseline letters`: letters are written, and those that were sent are archived."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.calendar import calendar_of
from pipeline.commands.kb_drafts import told
from pipeline.commands.record_source import find_record
from pipeline.commands.tables import console, printable
from pipeline.errors import ServiceRefused, WrongUsage
from pipeline.knowledge import OwnPacks
from pipeline.letters import Letter, SentLetter, keep_letter, letter_content, sent_letters, write_letter
from pipeline.settings import Settings
from pipeline.stores import kept_packs
from pipeline.stores.files import write_whole
from pipeline.stores.objects import open_objects

if TYPE_CHECKING:
    from pipeline.stores.objects import Objects
    from schemas import LeaseRecord

_MOST = 16 * 1024 * 1024  # bytes of a letter
_MEDIA = {".html": "text/html", ".htm": "text/html", ".md": "text/markdown", ".txt": "text/plain", ".pdf": "application/pdf"}  # fmt: skip


_COLUMNS = ("id", "sent (UTC)", "kind", "dated", "to", "by", "record", "SHA-256", "content")


@dataclass(frozen=True, slots=True)
class Sending:
    """How a letter was sent, to whom (the tenants if nobody is named), and where that is kept."""

    channel: str
    to: tuple[str, ...]
    archive: str


def write_and_keep(
    kind: str,
    name: str,
    settings: Settings,
    on: date | None,
    values: tuple[str, ...],
    templates: Path | None,
    out: Path | None,
    sending: Sending | None,
) -> int:
    """Write a letter to a file or to standard output, archive it if it is sent; the exit status.

    Raises:
        click.ClickException: there is no such record or letter, or it can't be written or archived.
    """
    day = on or date.today()
    with told():
        record = find_record(name, settings).record
        own = OwnPacks(kept_packs(settings.knowledge_url, settings.database_patience))
        calendar = calendar_of(record, day, own=own)
        letter = write_letter(kind, record, calendar, day, fill=_filled(values), folder=templates)
        _tell_blanks(letter, sent=sending is not None)
        as_page = out is not None and out.suffix in (".html", ".htm")
        data = (letter.html if as_page else letter.text).encode()
        if out is not None:
            write_whole(out, data)
            click.echo(f"wrote {out}", err=True)
        else:
            click.echo(letter.text, nl=False)
        if sending is not None:
            _keep(record, data, kind, day, "text/html" if as_page else "text/markdown", sending, settings)
    return 0


def add_letter(name: str, file: Path, kind: str, settings: Settings, on: date | None, sending: Sending) -> None:
    """Archive a file as a letter that was sent.

    Raises:
        click.ClickException: there is no such record, or the file or the archive can't be used.
    """
    with told():
        record = find_record(name, settings).record
        media_type = _MEDIA.get(file.suffix.lower(), "application/octet-stream")
        try:
            if file.stat().st_size > _MOST:
                raise WrongUsage(f"{file} is too large to be a letter")
            data = file.read_bytes()
        except OSError as error:
            raise WrongUsage(f"{file} can't be read: {error.strerror}") from None
        _keep(record, data, kind, on or date.today(), media_type, sending, settings)


def show_sent(tenancy: str, archive: str, settings: Settings, *, as_json: bool) -> int:
    """Print the letters of a tenancy; exit status 1 if one is not there as it was sent.

    Raises:
        click.ClickException: the archive can't be read.
    """
    from rich.markup import escape
    from rich.table import Table

    table = Table(*_COLUMNS, box=None, header_style="bold")
    table.columns[0].no_wrap = True  # it is what `letters show` takes
    whole = True
    with told():
        objects, key = _open(archive, settings), _key(tenancy, settings)
        for letter in sent_letters(objects, key):
            state = _state(objects, letter)
            whole &= state == "unchanged"
            if as_json:
                click.echo(letter.model_dump_json())
            table.add_row(*(escape(printable(cell)) for cell in (*_cells(letter), state)))
    if table.row_count and not as_json:
        console().print(table)
    elif not as_json:
        click.echo(f"no letters of {printable(tenancy)} in {printable(archive)}")
    return 0 if whole else 1


def show_content(tenancy: str, letter_id: str, archive: str, settings: Settings) -> None:
    """Print a letter as it was sent.

    Raises:
        click.ClickException: there is no such letter, or it is not what was sent.
    """
    with told():
        objects, key = _open(archive, settings), _key(tenancy, settings)
        found = next((letter for letter in sent_letters(objects, key) if letter.id == letter_id), None)
        if found is None:
            raise WrongUsage(f"there is no letter {letter_id} of {tenancy}; `clauseline letters list` shows them")
        sys.stdout.buffer.write(letter_content(objects, found))


def _filled(values: tuple[str, ...]) -> dict[str, str]:
    """NAME=VALUE as a dictionary.

    Raises:
        WrongUsage: one is of another form.
    """
    pairs = [value.partition("=") for value in values]
    if wrong := next(
        (value for value, (name, equals, _) in zip(values, pairs, strict=True) if not (name and equals)), None
    ):
        raise WrongUsage(f"--set takes NAME=VALUE, such as new_rent=1,500.00; not {wrong!r}")
    return {name.strip(): value.strip() for name, _, value in pairs}


def _tell_blanks(letter: Letter, *, sent: bool) -> None:
    """Say what is left to fill in; a letter with blanks is not sent.

    Raises:
        WrongUsage: it has blanks, and is to be archived as sent.
    """
    if not letter.blanks:
        return
    names = ", ".join(letter.blanks)
    if sent:
        raise WrongUsage(
            f"not archived: {names} {'is' if len(letter.blanks) == 1 else 'are'} blank; give --set NAME=VALUE, or fill the "
            "letter in by hand and archive it with `clauseline letters add`"
        )
    click.echo(f"left blank, as the record does not say: {names}; give --set NAME=VALUE, or write it in", err=True)


def _keep(
    record: LeaseRecord, data: bytes, kind: str, day: date, media_type: str, sending: Sending, settings: Settings
) -> None:
    to = sending.to or tuple(record.terms.tenant_name.value or ())
    if not to:
        raise WrongUsage("the record names no tenant; say to whom it is sent with --to NAME")
    kept = keep_letter(
        _open(sending.archive, settings), record, data, kind=kind, dated=day, to=to, channel=sending.channel,
        media_type=media_type, now=datetime.now(UTC),
    )  # fmt: skip
    click.echo(f"archived as {kept.id} (tenancy {printable(record.tenancy)})", err=True)


def _open(archive: str, settings: Settings) -> Objects:
    return open_objects(archive, kms_key=settings.s3_kms_key)


def _key(tenancy: str, settings: Settings) -> str:
    """The key of a tenancy, given as such or by a file of its record."""
    return find_record(tenancy, settings).record.tenancy if Path(tenancy).exists() else tenancy


def _cells(letter: SentLetter) -> tuple[str, ...]:
    """What a table says of a letter."""
    sent, version = f"{letter.sent:%Y-%m-%d %H:%M}", f"version {letter.record_version}"
    to, digest = ", ".join(letter.to), letter.sha256[:12]
    return letter.id, sent, letter.kind, str(letter.dated), to, letter.channel, version, digest


def _state(archive: Objects, letter: SentLetter) -> str:
    """Whether what was sent is still there as it was."""
    try:
        letter_content(archive, letter)
    except ServiceRefused as error:
        return "changed" if "changed" in str(error) else "gone"
    return "unchanged"
