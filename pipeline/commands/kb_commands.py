"""`clauseline kb`: the commands of the knowledge base. Everything heavy is imported by the command that needs it."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from pipeline.commands.options import BACKEND, settings_of


@click.group()
def kb() -> None:
    """Look at the knowledge base: what the law of each place, and your own standard leases, ask of a document."""


@kb.command("list")
def kb_list() -> None:
    """List the jurisdictions and how many requirements each has."""
    from pipeline.commands.kb import show_packs

    show_packs(settings_of())


@kb.command("show")
@click.argument("code")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="What was in force on this day (default: today).")
def kb_show(code: str, as_of: Any) -> None:
    """Show the requirements of a jurisdiction, with their citations. CODE is one that `kb list` has, such as US-OH."""
    from pipeline.commands.kb import show_pack

    show_pack(code, as_of.date() if as_of else date.today(), settings_of())


@kb.command("build")
@click.argument("templates", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--jurisdiction", metavar="CODE",
    help="Place it is for, where it does not say: US-OH, US-OH-COLUMBUS, US-OH-FRANKLIN-COUNTY, US-OH-43215.",
)  # fmt: skip
@click.option(
    "--name", metavar="TEXT", help="Name of the template, the same for all its editions (default: its title)."
)
@BACKEND
def kb_build(templates: tuple[Path, ...], jurisdiction: str | None, name: str | None, backend: str | None) -> None:
    """Draft requirements from standard leases: TEMPLATES as PDF, Word or text, with clauses under headings.

    What the shipped packs ask already is left out, unless the template is stricter. Drafts are kept in the database and
    used only once they are accepted: `kb diff CODE` shows them, `kb accept CODE` takes them over, `kb reject CODE` drops them.
    """
    from pipeline.commands.kb_build import build

    sys.exit(build(templates, settings_of(backend=backend), jurisdiction, name))


@kb.command("diff")
@click.argument("code")
def kb_diff(code: str) -> None:
    """Show the drafts of a place against what is accepted: new, changed with old and new value, dropped."""
    from pipeline.commands.kb_drafts import show_diff

    show_diff(code, settings_of())


_ONLY = click.option(
    "--only", "ids", multiple=True, metavar="ID", help="Only this one, by its id or the last part of it; repeatable."
)


@kb.command("accept")
@click.argument("code")
@_ONLY
@click.option(
    "--from",
    "start",
    type=click.DateTime(["%Y-%m-%d"]),
    help="In force from this day (default: the template's, else today).",
)
def kb_accept(code: str, ids: tuple[str, ...], start: Any) -> None:
    """Accept the drafts of a place; the versions before end the day before, and stay for leases of their time."""
    from pipeline.commands.kb_drafts import accept_drafts

    accept_drafts(code, settings_of(), ids, start.date() if start else None)


@kb.command("reject")
@click.argument("code")
@_ONLY
def kb_reject(code: str, ids: tuple[str, ...]) -> None:
    """Drop the drafts of a place; what is accepted stays."""
    from pipeline.commands.kb_drafts import reject_drafts

    reject_drafts(code, settings_of(), ids)


@kb.command("check")
@click.argument("codes", nargs=-1)
def kb_check(codes: tuple[str, ...]) -> None:
    """Verify the packs of all jurisdictions, or of CODES: schema, citations, dates, every rule executable, and each pack's
    own leases: the one that complies must pass, and every fault planted in it must be found."""
    from pipeline.commands.kb import check

    sys.exit(check(codes))
