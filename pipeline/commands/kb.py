"""`clauseline kb`: the jurisdictions, their requirements, and whether the packs hold up."""

from collections.abc import Sequence
from datetime import date

import click

from pipeline.commands.kb_drafts import told
from pipeline.commands.kb_examples import check_example, example_codes, load_example
from pipeline.commands.tables import console
from pipeline.knowledge import OwnPacks, check_packs, knowledge_version, load_pack, load_packs, pack_codes
from pipeline.pipeline import Pipeline
from pipeline.settings import Settings
from pipeline.stores import kept_packs
from schemas import Pack


def show_packs(settings: Settings) -> None:
    """A table of all packs: those that ship, then the team's own."""
    from rich.table import Table

    columns = ("code", "name", "version", "documents", "requirements", "drafts", "unconfirmed")
    table = Table(*columns, box=None, header_style="bold")
    with told():
        own = kept_packs(settings.knowledge_url, settings.database_patience)
    for pack in (*load_packs().values(), *own):
        accepted = [r for r in pack.requirements if not r.draft]
        low = sum(r.confidence == "low" for r in accepted)
        drafts = len(pack.requirements) - len(accepted)
        kind = pack.doc_type.replace("_", " ") if pack not in own else "lease (own)"
        table.add_row(
            pack.jurisdiction, pack.name, pack.version, kind, str(len(accepted)), str(drafts or ""), str(low or "")
        )
    console().print(table)
    click.echo(f"knowledge version {knowledge_version(OwnPacks(own))}")


def show_pack(code: str, as_of: date, settings: Settings) -> None:
    """The requirements of a jurisdiction in force on a day: those that ship, then the team's own and its drafts."""
    code = code.upper()
    with told():
        own = [
            pack for pack in kept_packs(settings.knowledge_url, settings.database_patience) if pack.jurisdiction == code
        ]
        packs = [load_pack(code), *own] if code in pack_codes() or not own else own
    for pack in packs:
        _show_pack(pack, as_of)


def _show_pack(pack: Pack, as_of: date) -> None:
    from rich.markup import escape

    out = console()
    out.print(f"[bold]{escape(pack.name)}[/] ({pack.jurisdiction}), version {pack.version}, as of {as_of}\n")
    shown = [r for r in pack.requirements if r.draft or r.in_force(as_of)]
    for r in shown:
        doubt = "  [yellow](not confirmed)[/]" if r.confidence == "low" else ""
        state = "  [yellow](draft)[/]" if r.draft else doubt
        out.print(f"[bold]{escape(r.name)}[/]  {r.id}  {r.severity}{state}")
        out.print(f"  {escape(r.condition)}")
        source = f"{r.template.file}, p. {r.template.page}" if r.template else r.url
        out.print(f"  {escape(r.citation)}  {escape(source)}\n", style="dim")
    if not shown:
        click.echo(f"nothing was in force on {as_of}, as far as this pack knows", err=True)


def check(codes: Sequence[str] = ()) -> int:
    """Print every fault of the packs and of their example leases; the exit status of the command.

    Args:
        codes: jurisdictions to check; all if none is named.
    """
    wanted = [code.upper() for code in codes] or list(pack_codes())
    faults = check_packs(wanted)
    examples = [code for code in wanted if code in example_codes()]
    if not faults:
        pipeline = Pipeline(Settings(boxes=False), knowledge=OwnPacks())
        faults = [fault for code in examples for fault in check_example(code, pipeline)]
    for fault in faults:
        click.echo(fault, err=True)
    if not faults:
        rules = sum(len(load_pack(code).requirements) for code in wanted)
        planted = sum(len(load_example(code).faults) for code in examples)
        click.echo(
            f"{rules} requirements in {len(wanted)} packs, {planted} faults planted in {len(examples)} leases: no faults in the packs"
        )
    return 1 if faults else 0
