"""`clauseline index`: the commands of the search index."""

from __future__ import annotations

import click

from pipeline.commands.options import settings_of


@click.group()
def index() -> None:
    """Look after the search index: what `clauseline search` searches."""


@index.command("rebuild")
def index_rebuild() -> None:
    """Make the search index anew with the embedder of the settings; searches go on meanwhile.

    Needed after CLAUSELINE_EMBEDDER has changed. On OpenSearch a new version is built beside the one in use, the alias is
    switched to it in one step, and the old one is deleted.

    \b
    Example:
      CLAUSELINE_EMBEDDER=openai:text-embedding-3-small clauseline index rebuild
    """
    from pipeline.commands.index_rebuild import rebuild_and_tell

    rebuild_and_tell(settings_of())
