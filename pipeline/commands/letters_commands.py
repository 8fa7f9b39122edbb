"""`clauseline letter` and `clauseline letters`: their flags. Everything heavy is imported when they run."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from pipeline.commands.options import settings_of

_DAY = click.DateTime(["%Y-%m-%d"])
_ARCHIVE = click.option(
    "--archive", metavar="PLACE", envvar="CLAUSELINE_LETTERS", default=str(Path.home() / ".local" / "share" / "clauseline" / "letters"),
    help="Folder or s3://BUCKET/PREFIX of the letters that were sent (or CLAUSELINE_LETTERS; default: ~/.local/share/clauseline/letters).",
)  # fmt: skip
_TO = click.option("--to", multiple=True, metavar="NAME", help="To whom it is sent; repeatable (default: the tenants).")


@click.command()
@click.argument("kind", metavar="KIND")
@click.argument("record", metavar="RECORD")
@click.option("--on", type=_DAY, help="The day of the letter (YYYY-MM-DD; default: today).")
@click.option("--set", "values", multiple=True, metavar="NAME=VALUE", help="A value the record does not have, such as new_rent=1,500.00; repeatable.")  # fmt: skip
@click.option("--templates", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Folder of your own templates, NAME.md.j2; they come before the shipped ones.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write, as text or, with the ending .html, as a web page (default: standard output).")  # fmt: skip
@click.option("--sent", "channel", metavar="CHANNEL", help="Archive it as sent, by mail, email, hand ...; only a letter without blanks.")  # fmt: skip
@_TO
@_ARCHIVE
def letter(
    kind: str,
    record: str,
    on: Any,
    values: tuple[str, ...],
    templates: Path | None,
    out: Path | None,
    channel: str | None,
    to: tuple[str, ...],
    archive: str,
) -> None:
    """Write a letter of a tenancy: reminder, renewal, non-renewal, deposit-return, or one of your own templates.

    RECORD is the key of a tenancy (`clauseline records list`), or the result.json of a lease that `clauseline run` wrote.
    What the record does not say is left as a blank, and told.

    \b
      clauseline letter reminder out/lease.pdf/result.json
      clauseline letter renewal "12 elm st/ada" --set new_rent="1,500.00 USD" --set new_end="May 31, 2027" \\
                 --set answer_by="April 1, 2026" --out renewal.html --sent email
    """
    from pipeline.commands.letters import Sending, write_and_keep

    sending = Sending(channel, to, archive) if channel else None
    day = on.date() if on else None
    sys.exit(write_and_keep(kind, record, settings_of(), day, values, templates, out, sending))


@click.group()
def letters() -> None:
    """The letters that were sent: when, to whom, by which channel, and what they said."""


@letters.command("list")
@click.argument("tenancy")
@_ARCHIVE
@click.option("--json", "as_json", is_flag=True, help="Print the entries as JSON, one a line.")
def letters_list(tenancy: str, archive: str, as_json: bool) -> None:
    """List the letters of a tenancy, and whether what was sent is still there unchanged; exit status 1 if not."""
    from pipeline.commands.letters import show_sent

    sys.exit(show_sent(tenancy, archive, settings_of(), as_json=as_json))


@letters.command("show")
@click.argument("tenancy")
@click.argument("letter_id", metavar="ID")
@_ARCHIVE
def letters_show(tenancy: str, letter_id: str, archive: str) -> None:
    """Print a letter as it was sent. ID is one that `letters list` shows."""
    from pipeline.commands.letters import show_content

    show_content(tenancy, letter_id, archive, settings_of())


@letters.command("add")
@click.argument("record", metavar="RECORD")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--kind", required=True, metavar="KIND", help="What it is: reminder, renewal, non-renewal ...")
@click.option("--sent", "channel", required=True, metavar="CHANNEL", help="How it was sent: mail, email, hand ...")
@click.option("--on", type=_DAY, help="The day it bears (YYYY-MM-DD; default: today).")
@_TO
@_ARCHIVE
def letters_add(record: str, file: Path, kind: str, channel: str, on: Any, to: tuple[str, ...], archive: str) -> None:
    """Archive a letter that was finished by hand: FILE as it was sent.

    \b
      clauseline letters add "12 elm st/ada" renewal-signed.html --kind renewal --sent mail --on 2026-02-20
    """
    from pipeline.commands.letters import Sending, add_letter

    add_letter(record, file, kind, settings_of(), on.date() if on else None, Sending(channel, to, archive))
