"""`clauseline kb diff | accept | reject`: the drafts of a place, and what becomes of them."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import click

from pipeline.commands.tables import printable
from pipeline.drafting import version_of
from pipeline.errors import ClauselineError
from pipeline.knowledge.building import accept, changes, differences, reject, unknown
from pipeline.settings import Settings
from pipeline.stores import open_knowledge
from pipeline.stores.protocols import KnowledgeStore
from schemas import Pack

_WIDEST = 70  # characters of a value that a difference shows


@contextmanager
def told() -> Iterator[None]:
    """Tell what a user can act on in one line."""
    try:
        yield
    except ClauselineError as error:
        raise click.ClickException(printable(str(error))) from None


def show_diff(code: str, settings: Settings) -> None:
    """Print a place's drafts against what is accepted there."""
    with told(), open_knowledge(settings.knowledge_url, settings.database_patience) as knowledge:
        show(_kept(code, knowledge))


def accept_drafts(code: str, settings: Settings, ids: Sequence[str], start: date | None) -> None:
    """Accept drafts of a place, all or some, and say since when they are in force."""
    with told(), open_knowledge(settings.knowledge_url, settings.database_patience) as knowledge:
        pack = _with_drafts(code, knowledge, ids)
        kept, count = accept(pack, version_of(knowledge, pack.jurisdiction), date.today(), ids, start)
        knowledge.put(kept)
    left = sum(r.draft for r in kept.requirements)
    click.echo(
        f"{count} accepted in {pack.jurisdiction}{f', {left} drafts left' if left else ''}; version {kept.version}"
    )


def reject_drafts(code: str, settings: Settings, ids: Sequence[str]) -> None:
    """Drop drafts of a place, all or some."""
    with told(), open_knowledge(settings.knowledge_url, settings.database_patience) as knowledge:
        pack = _with_drafts(code, knowledge, ids)
        kept, count = reject(pack, version_of(knowledge, pack.jurisdiction), ids)
        knowledge.put(kept)
    click.echo(f"{count} drafts of {pack.jurisdiction} dropped; version {kept.version}")


def _kept(code: str, knowledge: KnowledgeStore) -> Pack:
    pack = knowledge.get(code.upper())
    if pack is None:
        there = ", ".join(knowledge.jurisdictions()) or "none"
        raise click.ClickException(
            f"there is no pack of your own for {code.upper()} (there are: {there}); make one with `clauseline kb build TEMPLATE`"
        )
    return pack


def _with_drafts(code: str, knowledge: KnowledgeStore, ids: Collection[str]) -> Pack:
    pack = _kept(code, knowledge)
    if not any(r.draft for r in pack.requirements):
        raise click.ClickException(f"{pack.jurisdiction} has no drafts; make some with `clauseline kb build TEMPLATE`")
    if wrong := unknown(pack, list(ids)):
        raise click.ClickException(
            f"{pack.jurisdiction} has no draft {', '.join(wrong)}; `clauseline kb diff {pack.jurisdiction}` shows them"
        )
    return pack


def show(pack: Pack) -> None:
    """The drafts of a pack against what is accepted in it."""
    found = differences(pack)
    for line in _lines(pack):
        click.echo(printable(line))
    if not found:
        click.echo(f"{pack.jurisdiction} has no drafts: everything is accepted, or dropped")
        return
    counts = f"{len(found.new)} new, {len(found.changed)} changed, {len(found.dropped)} dropped"
    click.echo(f"{counts}; take them over with `clauseline kb accept {pack.jurisdiction}`")


def _lines(pack: Pack) -> Iterator[str]:
    found = differences(pack)
    for r in found.new:
        yield f"  new       {r.id}  {r.name} ({r.kind}, p. {r.template.page if r.template else '?'})"
        if r.replaces:
            yield f"              stricter than {r.replaces}, which it replaces"
    for old, new in found.changed:
        yield f"  changed   {new.id}  {new.name} (p. {new.template.page if new.template else '?'})"
        for path, before, after in changes(old, new):
            yield f"              {path}: {_short(before)} → {_short(after)}"
    for r in found.dropped:
        yield f"  dropped   {r.id}  {r.name} (in force until {r.in_force_to})"


def _short(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"
