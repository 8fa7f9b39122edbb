"""`clauseline search`: hits across everything processed, with document, page, heading and the passage."""

from typing import cast

import click

from pipeline.commands.tables import console, printable
from pipeline.errors import ClauselineError
from pipeline.embedding import DIMENSIONS, load_embed
from pipeline.settings import Settings
from pipeline.stores import open_stores
from pipeline.stores.protocols import Hit, Stores
from schemas import DocType

MODEL = f"wordllama-{DIMENSIONS}"
_AT_ONCE = 1_000  # passages embedded at a time
_EMPTY = "this database has nothing to search yet: clauseline run FOLDER (--no-resume if it was read into another one)"


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
        with open_stores(settings.database, settings.database_patience) as stores:
            hits = search(stores, query, cast("DocType | None", doc_type), state, limit)
            if not hits:
                click.echo("nothing found" if stores.chunks.count() else _EMPTY, err=True)
    except ClauselineError as error:
        raise click.ClickException(str(error)) from None
    for hit in hits:
        _show(hit, as_json)


def search(stores: Stores, query: str, doc_type: DocType | None, state: str | None, limit: int) -> list[Hit]:
    """The best passages by words and meaning; passages that are new since the last search are embedded first."""
    embed = load_embed()
    while new := stores.chunks.without_vectors(MODEL, _AT_ONCE):
        keys, texts = zip(*new, strict=True)
        stores.chunks.set_vectors(MODEL, keys, embed(texts))
    vector = embed([query])[0]
    return stores.chunks.search(query, vector=vector, model=MODEL, doc_type=doc_type, state=state, limit=limit)


def _show(hit: Hit, as_json: bool) -> None:
    passage = hit.passage
    if as_json:
        import json

        found = {
            "path": hit.document.path, "sha256": hit.document.sha256, "doc_type": hit.document.doc_type,
            "state": hit.document.state, "page": passage.page, "start": passage.start, "end": passage.end,
            "heading": list(passage.heading), "score": passage.score, "text": passage.text,
        }  # fmt: skip
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    from rich.markup import escape

    heading = f" · {' › '.join(passage.heading)}" if passage.heading else ""
    out = console()
    out.print(f"[bold]{escape(printable(hit.document.path))}[/] p. {passage.page}{escape(printable(heading))}")
    out.print(f"  {escape(printable(' '.join(hit.snippet.split())))}\n")
