"""`clauseline records`: the lease records of a team. Everything heavy is imported by the command that needs it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from pipeline.commands.options import settings_of


@click.group()
def records() -> None:
    """Keep the lease record of each tenancy: its terms in force, the documents they come from, how it came to be.

    Records are in the database (CLAUSELINE_DATABASE), or where CLAUSELINE_RECORDS says. Where CLAUSELINE_SCHEDULES names a
    place for reminders, a record that is added or changed moves its schedules, one that is closed removes them.
    """


@records.command("add")
@click.argument("paths", nargs=-1, required=True, metavar="RESULT...", type=click.Path(path_type=Path, exists=True))
@click.option("--accept", is_flag=True, help="Take leases though their reports do not say 'agreement is validated'.")
def records_add(paths: tuple[Path, ...], accept: bool) -> None:
    """Create, renew or amend records from the results of a run: RESULT is a result.json, or a folder with everything below.

    A validated lease begins the record of its tenancy. A later one of the same tenants renews it, an amendment changes what
    it says, one of another tenant closes the record of the tenant before. The same document again changes nothing.

    \b
    Example:
      clauseline run leases --out out
      clauseline records add out
    Exit status: 0 every lease is in a record, 1 some are not, and it is said why.
    """
    from pipeline.commands.records import add

    sys.exit(add(paths, settings_of(), accept=accept))


@records.command("list")
@click.option("--state", metavar="NAME", help="Only of premises in this state, e.g. Ohio.")
@click.option("--status", type=click.Choice(["open", "closed"]), help="Only open or only closed ones.")
@click.option("--json", "as_json", is_flag=True, help="Print the records as JSON, one a line.")
def records_list(state: str | None, status: str | None, as_json: bool) -> None:
    """List the records, the last version of each."""
    from pipeline.commands.records import show_all

    show_all(settings_of(), state=state, status=status, as_json=as_json)


@records.command("show")
@click.argument("tenancy")
@click.option("--history", is_flag=True, help="Every version, the oldest first, and what each changed.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, a version a line.")
def records_show(tenancy: str, history: bool, as_json: bool) -> None:
    """Show the record of a tenancy: its terms and the document that each comes from. TENANCY is a key of `records list`.

    \b
    Example:
      clauseline records show 0bd3b7a4c5f1e2d8-1a2b3c4d --history
    """
    from pipeline.commands.records import show

    show(tenancy, settings_of(), history=history, as_json=as_json)


@records.command("close")
@click.argument("tenancy")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day the tenancy ended, e.g. 2026-05-31.")  # fmt: skip
def records_close(tenancy: str, day: Any) -> None:
    """Close the record of a tenancy that has ended. A later lease of the same tenants opens it again."""
    from pipeline.commands.records import close

    close(tenancy, settings_of(), day.date())
