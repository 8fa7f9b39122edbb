"""`clauseline kb build | diff | accept | reject`: a team's own requirements, drafted from its standard leases."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import click

from pipeline.classify.jurisdiction import parse_code
from pipeline.commands.tables import printable
from pipeline.errors import ClauselineError, KnowledgeError
from pipeline.generate import backend_for
from pipeline.generate.backend import Backend
from pipeline.knowledge import OwnPacks, load_pack, lookup, pack_codes
from pipeline.knowledge.building import (
    Ask,
    Clause,
    Draft,
    Template,
    accept,
    changes,
    dated,
    differences,
    draft,
    name_of,
    reject,
    township_of,
    unknown,
    with_draft,
)
from pipeline.knowledge.places import key_of, named_part
from pipeline.pipeline import Pipeline
from pipeline.prompt import render, wanted_schema
from pipeline.settings import Settings
from pipeline.stores import open_stores
from pipeline.stores.protocols import KnowledgeStore
from pipeline.validate.check import run_check
from pipeline.validate.passages import ReadText
from schemas import (
    Check,
    CheckResult,
    Document,
    Jurisdiction,
    LeaseTerms,
    Pack,
    Page,
    Passage,
    Result,
    Task,
    analysis_for,
)

_WIDEST = 70  # characters of a value that a difference shows


def build(paths: Sequence[Path], settings: Settings, jurisdiction: str | None, name: str | None) -> int:
    """Draft requirements from standard leases, keep them, print them with what they change; the exit status of the command.

    Args:
        paths: the templates.
        settings: the backend that reads them, the database that keeps them.
        jurisdiction: the place they are for, where they do not say it themselves or it is to be another.
        name: what the template is called, the same for all its editions; its title if None.
    """
    failed = 0
    try:
        backend = backend_for(settings.backend, settings)
        with open_stores(settings.database) as stores:
            for path in paths:
                try:
                    _keep(drafted(path, settings, backend, jurisdiction, name), stores.knowledge)
                except KnowledgeError as error:
                    click.echo(printable(f"clauseline: {path}: {error}"), err=True)
                    failed += 1
    except ClauselineError as error:
        raise click.ClickException(str(error)) from None
    return 1 if failed else 0


def drafted(path: Path, settings: Settings, backend: Backend, jurisdiction: str | None, name: str | None) -> Draft:
    """The draft that a template comes to.

    Args:
        path: the template.
        settings: how it is read.
        backend: what reads its clauses beside their structure; one that needs no messages leaves it at that.
        jurisdiction, name: as in `build`.

    Raises:
        KnowledgeError: it can't be read, is no lease, or its place is not known; the message says what to do.
        WrongUsage: there is no such jurisdiction.
    """
    offline = settings.model_copy(update={"backend": "offline", "boxes": False})
    result, document = Pipeline(offline, knowledge=OwnPacks()).run_with_document(path)
    if document is None or not document.text.strip():
        raise KnowledgeError(result.errors[0].message if result.errors else "there is no text in it")
    if result.doc_type != "lease":
        kind = {"other": "no lease"}.get(result.doc_type, f"a {result.doc_type.replace('_', ' ')}, no lease")
        raise KnowledgeError(f"this is {kind}; give a standard lease, a template from which leases are made")
    place = _chosen_place(jurisdiction) if jurisdiction else _own_place(result, document)
    if place is None:
        raise KnowledgeError(
            "the template does not say for which state it is; give its place with --jurisdiction, such as US-OH"
        )
    code, places = key_of(place)
    if code in pack_codes():
        places = load_pack(code).places
    edition = dated(document)
    template = Template(code, name or name_of(document), path.name, edition or date.today(), edition, places)
    return draft(document, template, lookup(place, template.day), judge, _asker(backend, document))


def judge(check: Check, text: str) -> CheckResult:
    """What a check says of a text that stands alone."""
    return run_check(check, _read(text), LeaseTerms()).result


@lru_cache(128)
def _read(text: str) -> ReadText:
    return ReadText(Document("clause", "", "text/plain", text, (Page(1, 0, len(text)),)))


def _asker(backend: Backend, document: Document) -> Ask | None:
    """What asks the backend about a clause; None for a backend that reads no messages."""
    if backend.context_tokens is None:
        return None

    def ask(clause: Clause) -> dict[str, Any]:
        heading = " ".join(filter(None, (clause.number, clause.title)))
        passages = (Passage(1, clause.text, clause.start, clause.end, clause.page, (heading,)),)
        analysis = analysis_for("lease")
        wanted = wanted_schema("template_clause", analysis.model, None)
        messages = partial(render, "template_clause", analysis, None, passages)
        task = Task("template_clause", "lease", document, passages, wanted=wanted, render=messages)
        return {field: answer.value for field, answer in backend.answer(task).fields.items()}

    return ask


def _chosen_place(code: str) -> Jurisdiction:
    """The place of a code: a state's, or a part of it ("US-OH-COLUMBUS", "US-OH-FRANKLIN-COUNTY", "US-OH-43215")."""
    country, _, rest = code.strip().upper().partition("-")
    state, _, part = rest.partition("-")
    if country != "US" or not part:
        return parse_code(code)
    return named_part(parse_code(f"US-{state}"), part)


def _own_place(result: Result, document: Document) -> Jurisdiction | None:
    """The place a template says it is for: its state, and the county, city, township or ZIP code that it fixes."""
    if result.jurisdiction is None or not isinstance(result.terms, LeaseTerms):
        return None
    terms, doubtful = result.terms, set(result.needs_review)
    fixed = {
        field: getattr(terms, field).value
        for field in ("county", "city", "zipcode")
        if field not in doubtful and getattr(terms, field).evidence
    }
    fixed["city"] = fixed.get("city") or township_of(document)
    return Jurisdiction(country=result.jurisdiction.country, state=result.jurisdiction.state, **fixed)


def _keep(made: Draft, knowledge: KnowledgeStore) -> None:
    """Put a draft beside what is kept, and print what came of it."""
    template = made.template
    edition = f", edition of {template.dated}" if template.dated else ""
    click.echo(printable(f"{template.name} ({template.file}{edition}) → {template.code}"))
    for remark in made.remarks:
        click.echo(printable(f"  note      {remark}"))
    for what, ids in made.left_out:
        click.echo(printable(f"  left out  {what}: asked already by {', '.join(ids)}"))
    pack = with_draft(knowledge.get(template.code), made, _version(knowledge, template.code))
    if pack is None:
        click.echo(f"nothing new: {template.code} has all of it")
        return
    knowledge.put(pack)
    _show(pack)


def show_diff(code: str, settings: Settings) -> None:
    """Print a place's drafts against what is accepted there."""
    with open_stores(settings.database) as stores:
        _show(_kept(code, stores.knowledge))


def accept_drafts(code: str, settings: Settings, ids: Sequence[str], start: date | None) -> None:
    """Accept drafts of a place, all or some, and say since when they are in force."""
    with open_stores(settings.database) as stores:
        pack = _with_drafts(code, stores.knowledge, ids)
        kept, count = accept(pack, _version(stores.knowledge, pack.jurisdiction), date.today(), ids, start)
        stores.knowledge.put(kept)
    left = sum(r.draft for r in kept.requirements)
    click.echo(
        f"{count} accepted in {pack.jurisdiction}{f', {left} drafts left' if left else ''}; version {kept.version}"
    )


def reject_drafts(code: str, settings: Settings, ids: Sequence[str]) -> None:
    """Drop drafts of a place, all or some."""
    with open_stores(settings.database) as stores:
        pack = _with_drafts(code, stores.knowledge, ids)
        kept, count = reject(pack, _version(stores.knowledge, pack.jurisdiction), ids)
        stores.knowledge.put(kept)
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


def _version(knowledge: KnowledgeStore, code: str) -> str:
    """The next version's name: the day, and how many there are."""
    return f"{date.today()}.{len(knowledge.versions(code)) + 1}"


def _show(pack: Pack) -> None:
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
