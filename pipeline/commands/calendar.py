"""`clauseline calendar`: the dates of a tenancy as a table, as an iCalendar file, as schedules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.calendar import calendar_of, gone_occasions
from pipeline.calendar.ics import to_ics
from pipeline.commands.kb_drafts import told
from pipeline.commands.record_source import find_record
from pipeline.commands.tables import console, printable
from pipeline.knowledge import OwnPacks
from pipeline.settings import Settings
from pipeline.stores import kept_packs
from pipeline.stores.files import write_whole

if TYPE_CHECKING:
    from pipeline.calendar import TenancyCalendar
    from pipeline.calendar.schedules import Kept
    from schemas import TenancyKind

DOUBTFUL = 0.5
"""Confidence of a term below which its dates are marked."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a calendar."""

    ics: Path | None = None
    first: date | None = None
    last: date | None = None
    as_of: date | None = None
    months: int = 12
    kind: TenancyKind | None = None
    schedule: str | None = None


def show_calendar(name: str, settings: Settings, wanted: Wanted, *, as_json: bool) -> int:
    """Print the calendar of a tenancy, and write or schedule it as wanted; the exit status.

    Raises:
        click.ClickException: there is no such record, or a file, store or service can't be used.
    """
    if wanted.first and wanted.last and wanted.first > wanted.last:
        raise click.UsageError(f"--from {wanted.first} is after --until {wanted.last}")
    day = wanted.as_of or date.today()
    with told():
        kept = find_record(name, settings)
        own = OwnPacks(kept_packs(settings.knowledge_url, settings.database_patience))
        whole = calendar_of(kept.record, day, months_ahead=wanted.months, kind=wanted.kind, own=own)
        calendar = whole.between(wanted.first, wanted.last)
        if as_json:
            click.echo(calendar.model_dump_json(indent=2))
        else:
            _show(calendar)
        if wanted.ics is not None:
            gone = gone_occasions(kept.record, kept.earlier, whole, day, months_ahead=wanted.months, own=own)
            data = to_ics(calendar, gone)
            write_whole(wanted.ics, data)
            click.echo(f"wrote {wanted.ics} ({data.count(b'BEGIN:VEVENT')} events)", err=True)
        if wanted.schedule is not None:
            _schedule(whole, wanted.schedule)
    return 0


def _schedule(calendar: TenancyCalendar, url: str) -> None:
    """Keep the schedules of the whole calendar, and say what changed."""
    from pipeline.calendar.schedules import ScheduleGroup, keep_calendar

    group = ScheduleGroup.of(url)
    click.echo(told_of(keep_calendar(calendar, group, datetime.now(UTC)), group.name), err=True)


def told_of(done: Kept, group: str) -> str:
    """What was done to the schedules of a group, in a line."""
    return f"schedules in {group}: {done.created} new, {done.moved} moved, {done.removed} removed, {done.same} as they were"


def _show(calendar: TenancyCalendar) -> None:
    from rich.markup import escape
    from rich.table import Table

    out = console()
    out.print(f"[bold]{escape(printable(calendar.premises))}[/]  (version {calendar.version}, {calendar.status})\n")
    table = Table("date", "day", "what", "why", box=None, header_style="bold", pad_edge=False)
    for occasion in calendar.occasions:
        doubt = "[yellow](check)[/] " if occasion.confidence < DOUBTFUL else ""
        why = escape(printable(occasion.why))
        table.add_row(str(occasion.date), f"{occasion.date:%a}", doubt + escape(printable(occasion.title)), why)
    out.print(table)
    if calendar.gaps:
        out.print("\n[bold]Not dated[/]")
        for gap in calendar.gaps:
            out.print(f"  {gap.kind.replace('_', ' ')}: {escape(printable(gap.why))}")
    out.print()
    for note in calendar.notes:
        out.print(escape(printable(note)))
