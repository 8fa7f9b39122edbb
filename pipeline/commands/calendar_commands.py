"""`clauseline calendar`: its flags. Everything heavy is imported when it runs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from pipeline.commands.options import settings_of

RECORD = click.argument("record", metavar="RECORD")
_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@RECORD
@click.option("--ics", type=click.Path(path_type=Path, dir_okay=False), help="Write an iCalendar file, to import into any calendar program.")  # fmt: skip
@click.option("--from", "first", type=_DAY, help="Only from this day (YYYY-MM-DD).")
@click.option("--until", "last", type=_DAY, help="Only until this day (YYYY-MM-DD).")
@click.option("--months", type=click.IntRange(1, 120), default=12, show_default=True, help="How far a tenancy without an end is looked ahead.")  # fmt: skip
@click.option("--kind", type=click.Choice(["residential", "commercial"]), help="Kind of tenancy, where the terms don't tell.")  # fmt: skip
@click.option("--as-of", type=_DAY, help="The day it is looked at from (default: today).")
@click.option("--schedule", metavar="URL", help="Keep EventBridge schedules: scheduler://GROUP?target=SNS_TOPIC_ARN&role=ROLE_ARN")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the calendar as JSON.")
def calendar(
    record: str,
    ics: Path | None,
    first: Any,
    last: Any,
    months: int,
    kind: Any,
    as_of: Any,
    schedule: str | None,
    as_json: bool,
) -> None:
    """Show the dates of a tenancy: rent, late fees, notices, the end, the deposit; each with what it follows from.

    RECORD is the key of a tenancy (`clauseline records list`), or the result.json of a lease that `clauseline run` wrote.

    \b
      clauseline run lease.pdf --out out
      clauseline calendar out/lease.pdf/result.json --ics lease.ics

    What can't be dated is told with the reason. A file of a changed record moves the events when it is imported again.
    With --schedule, EventBridge Scheduler sends each occasion to an SNS topic ahead of time; a changed record moves its
    schedules, a closed one removes them.
    """
    from pipeline.commands.calendar import Wanted, show_calendar

    days = [day.date() if day else None for day in (first, last, as_of)]
    wanted = Wanted(ics=ics, first=days[0], last=days[1], as_of=days[2], months=months, kind=kind, schedule=schedule)
    sys.exit(show_calendar(record, settings_of(), wanted, as_json=as_json))
