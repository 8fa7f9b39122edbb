"""`clauseline index rebuild`: every passage embedded anew, by the embedder of the settings."""

from collections.abc import Sequence
from time import monotonic
from typing import TYPE_CHECKING

import click

from pipeline.embedding import embedder_for
from pipeline.errors import ClauselineError
from pipeline.settings import Settings
from pipeline.stores import stores_of

if TYPE_CHECKING:
    from pipeline.stores.protocols import Vectors


def rebuild_and_tell(settings: Settings) -> None:
    """Make the index anew, and say how far it is and what came of it.

    Raises:
        click.ClickException: the database, the index or the embedder can't be used; the index is as it was.
    """
    from pipeline.commands.tables import console

    started = monotonic()
    try:
        embedder = embedder_for(settings)
        with stores_of(settings) as stores, console(stderr=True).status("embedding") as status:
            every, done = stores.chunks.count(), 0

            def embed(texts: Sequence[str]) -> "Vectors":
                nonlocal done
                done += len(texts)
                status.update(f"embedding: {done:,} of {every:,} passages")
                return embedder.embed(texts)

            passages = stores.chunks.rebuild(embedder.model, embed)
    except ClauselineError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{passages:,} passages embedded by {embedder.model} in {monotonic() - started:.1f} s")
