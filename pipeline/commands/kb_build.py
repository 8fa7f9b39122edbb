"""`clauseline kb build`: a team's own requirements, drafted from its standard leases."""

from collections.abc import Sequence
from pathlib import Path

import click

from pipeline.commands.kb_drafts import show, told
from pipeline.commands.tables import printable
from pipeline.drafting import drafted, keep
from pipeline.errors import KnowledgeError
from pipeline.generate import opened_backend
from pipeline.knowledge.building import Draft
from pipeline.settings import Settings
from pipeline.stores import open_knowledge
from pipeline.stores.protocols import KnowledgeStore


def build(paths: Sequence[Path], settings: Settings, jurisdiction: str | None, name: str | None) -> int:
    """Draft requirements from standard leases, keep them, print them with what they change; the exit status of the command.

    Args:
        paths: the templates.
        settings: the backend that reads them, the database that keeps them.
        jurisdiction: the place they are for, where they do not say it themselves or it is to be another.
        name: what the template is called, the same for all its editions; its title if None.
    """
    failed = 0
    with (
        told(),
        opened_backend(settings) as backend,
        open_knowledge(settings.knowledge_url, settings.database_patience) as knowledge,
    ):
        for path in paths:
            try:
                _keep(drafted(path, settings, backend, jurisdiction, name), knowledge)
            except KnowledgeError as error:
                click.echo(printable(f"clauseline: {path}: {error}"), err=True)
                failed += 1
    return 1 if failed else 0


def _keep(made: Draft, knowledge: KnowledgeStore) -> None:
    """Put a draft beside what is kept, and print what came of it."""
    template = made.template
    edition = f", edition of {template.dated}" if template.dated else ""
    click.echo(printable(f"{template.name} ({template.file}{edition}) → {template.code}"))
    for remark in made.remarks:
        click.echo(printable(f"  note      {remark}"))
    for what, ids in made.left_out:
        click.echo(printable(f"  left out  {what}: asked already by {', '.join(ids)}"))
    pack = keep(made, knowledge)
    if pack is None:
        click.echo(f"nothing new: {template.code} has all of it")
        return
    show(pack)
