"""`clauseline records`: results in, records out, in tables that a person reads."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from pipeline.commands.calendar import told_of
from pipeline.commands.kb_drafts import told
from pipeline.commands.tables import console, printable
from pipeline.errors import StoreError
from pipeline.knowledge import OwnPacks
from pipeline.records import Update, closed, keep
from pipeline.settings import Settings
from pipeline.stores import kept_packs, open_records
from pipeline.stores.record_store import RecordStore
from schemas import LeaseRecord, LeaseTerms, Result

RESULT = "result.json"


def add(paths: Sequence[Path], settings: Settings, *, accept: bool) -> int:
    """Put results into the records, leases before the amendments that change them; the exit status of the command.

    Args:
        paths: result.json files, and folders with such files below.
        settings: where the records are.
        accept: take what is not validated.
    """
    counts: Counter[str] = Counter()
    changed: dict[str, None] = {}
    with told(), open_records(settings) as records:
        follow = _follower(settings, records)

        def take(result: Result) -> None:
            update = keep(result, records, accept=accept)
            counts[_say(result, update)] += 1
            changed[update.tenancy] = None

        later: list[Path] = []
        for path in _results(paths):
            result = _read(path, counts)
            if result is None:
                continue
            if result.doc_type == "lease_amendment":
                later.append(path)
            else:
                take(result)
        for path in later:
            if result := _read(path, counts):
                take(result)
        follow(*filter(None, changed))
    click.echo(", ".join(f"{count} {outcome}" for outcome, count in counts.items()) or "there are no leases in it")
    return 1 if counts["refused"] or counts["unreadable"] else 0


def show_all(settings: Settings, *, state: str | None, status: str | None, as_json: bool) -> None:
    """A table of the records, or a line of JSON for each."""
    from rich.markup import escape
    from rich.table import Table

    table = Table("tenancy", "premises", "tenants", "rent", "term", "version", "status", box=None, header_style="bold")
    with told(), open_records(settings) as records:
        for record in records.find(state=state, status=status):
            if as_json:
                click.echo(record.model_dump_json())
            else:
                table.add_row(*(escape(printable(cell)) for cell in _row(record)))
    if table.row_count:
        console().print(table)
    elif not as_json:
        click.echo("there are no such records; make some with `clauseline records add RESULT.json`", err=True)


def show(tenancy: str, settings: Settings, *, history: bool, as_json: bool) -> None:
    """A record with its terms and sources, or every version of it.

    Raises:
        click.ClickException: there is no such record.
    """
    with told(), open_records(settings) as records:
        versions = list(records.history(tenancy)) if history else [_found(records, tenancy)]
    if not versions:
        raise click.ClickException(_UNKNOWN.format(tenancy))
    if as_json:
        for version in versions:
            click.echo(version.model_dump_json())
        return
    if history:
        for before, version in zip([None, *versions], versions, strict=False):
            _show_version(version, before)
    else:
        _show_record(versions[0])


def close(tenancy: str, settings: Settings, day: date) -> None:
    """Close a record.

    Raises:
        click.ClickException: there is no such record, or it is closed; its schedules can't be moved.
    """
    with told(), open_records(settings) as records:
        follow = _follower(settings, records)
        ended = _found(records, tenancy)
        if ended.closed_on != day or settings.schedules is None:  # else its schedules may have been left behind
            ended = closed(ended, day, now=datetime.now(UTC))
            records.put((ended,))
        click.echo(f"{ended.tenancy} is closed on {day}, version {ended.version}")
        follow(tenancy)


def _follower(settings: Settings, records: RecordStore) -> Callable[..., None]:
    """What makes the schedules of tenancies follow their records; nothing where no schedules are kept.

    Raises:
        WrongUsage: the settings name a wrong place for them; known before a record is changed.
    """
    if settings.schedules is None:
        return lambda *tenancies: None
    from pipeline.calendar.follow import follow_records
    from pipeline.calendar.schedules import Kept, ScheduleGroup

    url = settings.schedules
    group = ScheduleGroup.of(url).name

    def follow(*tenancies: str) -> None:
        own = OwnPacks(kept_packs(settings.knowledge_url, settings.database_patience))
        done = Kept()
        try:
            for tenancy in tenancies:
                done += follow_records(tenancy, records, url, datetime.now(UTC), own=own)
        except StoreError as error:
            raise StoreError(f"{error} (the records are kept; the same command again moves their schedules)") from None
        if tenancies:
            click.echo(told_of(done, group), err=True)

    return follow


_UNKNOWN = "there is no record {}; `clauseline records list` shows them all"


def _found(records: RecordStore, tenancy: str) -> LeaseRecord:
    record = records.get(tenancy)
    if record is None:
        raise click.ClickException(printable(_UNKNOWN.format(tenancy)))
    return record


def _results(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(path.rglob(RESULT)) if path.is_dir() else (path,)


def _read(path: Path, counts: Counter[str]) -> Result | None:
    """A result with the terms of a lease; what is none is passed over, what can't be read is told."""
    try:
        result = Result.model_validate_json(path.read_bytes())
    except (OSError, ValueError):
        click.echo(printable(f"clauseline: {path} is no result of a run; give its result.json files"), err=True)
        counts["unreadable"] += 1
        return None
    return result if isinstance(result.terms, LeaseTerms) else None


def _say(result: Result, update: Update) -> str:
    """Tell what became of a document."""
    what = f"{update.outcome} {update.tenancy}" if update.tenancy else update.outcome
    ended = [r.tenancy for r in update.records if r.change == "closed" and r.tenancy != update.tenancy]
    more = f", {', '.join(ended)} closed" if ended else f": {update.reason}" if update.reason else ""
    click.echo(printable(f"{result.document.path}: {what}{more}"), err=update.outcome == "refused")
    return update.outcome


def _row(record: LeaseRecord) -> tuple[str, ...]:
    terms = record.terms
    rent = f"{terms.rent_amount.value:,.2f}" if terms.rent_amount.value is not None else ""
    until = f"closed {record.closed_on or ''}".strip() if record.status == "closed" else "open"
    return (
        record.tenancy, terms.property_address.value or "", ", ".join(terms.tenant_name.value or ()), rent,
        f"{terms.tenancy_start_date.value or '?'} – {terms.tenancy_end_date.value or '?'}", str(record.version), until,
    )  # fmt: skip


def _show_record(record: LeaseRecord) -> None:
    """Terms with the document that each comes from, then the documents."""
    from rich.markup import escape
    from rich.table import Table

    click.echo(printable(f"{record.tenancy}, version {record.version} ({record.change}), {_row(record)[-1]}"))
    paths = {source.sha256: source.path for source in record.sources}
    table = Table("term", "value", "from", box=None, header_style="bold")
    for name in LeaseTerms.model_fields:
        value = getattr(record.terms, name).value
        if value is not None:
            table.add_row(
                name, escape(printable(_shown(value))), escape(printable(paths.get(record.origins.get(name, ""), "")))
            )
    console().print(table)
    for source in record.sources:
        checked = "validated" if source.validated else "accepted by a person"
        click.echo(
            printable(f"{source.dated or 'undated'}  {source.doc_type.replace('_', ' ')}  {source.path}  {checked}")
        )


def _show_version(record: LeaseRecord, before: LeaseRecord | None) -> None:
    """A version in a line, and below it the terms that it changed."""
    documents = f"{len(record.sources)} document{'' if len(record.sources) == 1 else 's'}"
    click.echo(f"{record.version}  {record.changed:%Y-%m-%d %H:%M}  {record.change}, {_row(record)[-1]}, {documents}")
    for name in LeaseTerms.model_fields if before else ():
        old, new = (getattr(version.terms, name).value for version in (before, record) if version)
        if old != new:
            click.echo(printable(f"     {name}: {_shown(old)} → {_shown(new)}"))


def _shown(value: Any) -> str:
    return "–" if value is None else ", ".join(map(str, value)) if isinstance(value, list) else str(value)
