"""`clauseline kb`: the jurisdictions, their requirements, and whether the packs hold up."""

from collections.abc import Sequence
from datetime import date

import click

from pipeline.commands.kb_examples import check_example, example_codes, load_example
from pipeline.commands.tables import console
from pipeline.errors import KnowledgeError
from pipeline.knowledge import check_packs, knowledge_version, load_pack, load_packs, pack_codes
from pipeline.pipeline import Pipeline
from pipeline.settings import Settings


def show_packs() -> None:
    """A table of all packs."""
    from rich.table import Table

    table = Table("code", "name", "version", "documents", "requirements", "unconfirmed", box=None, header_style="bold")
    for code, pack in load_packs().items():
        low = sum(r.confidence == "low" for r in pack.requirements)
        kind = pack.doc_type.replace("_", " ")
        table.add_row(code, pack.name, pack.version, kind, str(len(pack.requirements)), str(low or ""))
    console().print(table)
    click.echo(f"knowledge version {knowledge_version()}")


def show_pack(code: str, as_of: date) -> None:
    """The requirements of a jurisdiction in force on a day."""
    from rich.markup import escape

    try:
        pack = load_pack(code.upper())
    except KnowledgeError as error:
        raise click.ClickException(str(error)) from None
    out = console()
    out.print(f"[bold]{escape(pack.name)}[/] ({pack.jurisdiction}), version {pack.version}, as of {as_of}\n")
    in_force = [r for r in pack.requirements if r.in_force_from <= as_of and (r.in_force_to or as_of) >= as_of]
    for r in in_force:
        doubt = "  [yellow](not confirmed)[/]" if r.confidence == "low" else ""
        out.print(f"[bold]{escape(r.name)}[/]  {r.id}  {r.severity}{doubt}")
        out.print(f"  {escape(r.condition)}")
        out.print(f"  {escape(r.citation)}  {escape(r.url)}\n", style="dim")
    if not in_force:
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
        pipeline = Pipeline(Settings(boxes=False))
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
