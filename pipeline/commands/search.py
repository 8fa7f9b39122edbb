"""`clauseline search`: hits across everything processed, with document, page, heading, passage and the terms found there."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from pipeline.commands.tables import console, printable
from pipeline.errors import ClauselineError
from pipeline.searching import Search, SearchHit
from pipeline.settings import Settings
from schemas import DocType

if TYPE_CHECKING:
    from rich.table import Table

_EMPTY = "there is nothing to search yet: clauseline run FOLDER (--no-resume if it was read into another database)"
_MARKED = re.compile(r"\*\*(\S(?:.*?\S)?)\*\*")
_LONG = 160
"""Characters of a term's value that are shown."""


def search_and_show(
    query: str, settings: Settings, *, doc_type: str | None, state: str | None, limit: int, as_json: bool
) -> None:
    """Print the passages that answer a query best.

    Raises:
        click.ClickException: there is nothing to look for, or the database can't be read.
    """
    if not query.strip():
        raise click.UsageError("nothing to look for: give some words")
    try:
        with Search(settings) as search:
            hits = search(query, doc_type=cast("DocType | None", doc_type), state=state, limit=limit)
            if not hits:
                click.echo("nothing found" if search.stores.chunks.count() else _EMPTY, err=True)
    except ClauselineError as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        for hit in hits:
            click.echo(hit.model_dump_json())
    elif hits:
        console().print(hits_table(hits))


def hits_table(hits: list[SearchHit]) -> Table:
    """A row per hit: where it is, what it says with the words of the query marked, and the terms read there."""
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False, expand=True, padding=(0, 2, 1, 0))
    table.add_column("document", ratio=4, overflow="fold")
    table.add_column("passage", ratio=7)
    table.add_column("terms found there", ratio=4, overflow="fold")
    for hit in hits:
        heading = " › ".join(hit.heading)
        where = f"[bold]{escape(printable(_relative(hit.path)))}[/]\np. {hit.page}"
        where += f"\n[dim]{escape(printable(heading))}[/]" if heading else ""
        passage = _MARKED.sub(r"[bold yellow]\1[/]", escape(printable(" ".join(hit.snippet.split()))))
        terms = "\n".join(f"[dim]{t.field}[/] {escape(printable(_brief(t.value)))}" for t in hit.terms)
        table.add_row(where, passage, terms)
    return table


def _relative(path: str) -> str:
    """The path from here, if it is below."""
    try:
        return str(Path(path).relative_to(Path.cwd()))
    except ValueError:
        return path


def _brief(value: Any) -> str:
    """A term's value on a line.

    >>> _brief(["Ada Byron", "Charles Babbage"])
    'Ada Byron; Charles Babbage'
    >>> _brief(5700.0)
    '5,700'
    """
    if isinstance(value, list):
        value = "; ".join(_brief(part) for part in value)
    if isinstance(value, float):
        value = f"{value:,}".removesuffix(".0")
    said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return said if len(said) <= _LONG else f"{said[:_LONG]}…"
