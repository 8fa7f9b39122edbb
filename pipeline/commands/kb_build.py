"""`clauseline kb build`: a team's own requirements, drafted from its standard leases."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import click

from pipeline.classify.jurisdiction import parse_code
from pipeline.commands.kb_drafts import show, told, version_of
from pipeline.commands.tables import printable
from pipeline.errors import KnowledgeError
from pipeline.generate import opened_backend
from pipeline.generate.backend import Backend
from pipeline.knowledge import OwnPacks, load_pack, lookup, pack_codes
from pipeline.knowledge.building import (
    Ask,
    Clause,
    Draft,
    Template,
    dated,
    draft,
    name_of,
    township_of,
    with_draft,
)
from pipeline.knowledge.places import key_of, named_part
from pipeline.pipeline import Pipeline
from pipeline.prompt import render, wanted_schema
from pipeline.settings import Settings
from pipeline.stores import open_knowledge
from pipeline.stores.protocols import KnowledgeStore
from pipeline.validate import tenancy_kind
from pipeline.validate.check import run_check
from pipeline.validate.passages import ReadText
from schemas import (
    Check,
    CheckResult,
    Document,
    Jurisdiction,
    LeaseTerms,
    Page,
    Passage,
    Result,
    Task,
    TenancyKind,
    analysis_for,
)


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
        what = {"other": "no lease"}.get(result.doc_type, f"a {result.doc_type.replace('_', ' ')}, no lease")
        raise KnowledgeError(f"this is {what}; give a standard lease, a template from which leases are made")
    place = _chosen_place(jurisdiction) if jurisdiction else _own_place(result, document)
    if place is None:
        raise KnowledgeError(
            "the template does not say for which state it is; give its place with --jurisdiction, such as US-OH"
        )
    code, places = key_of(place)
    if code in pack_codes():
        places = load_pack(code).places
    edition = dated(document)
    kind: TenancyKind = "commercial" if tenancy_kind(document, result.terms) == "commercial" else "residential"
    template = Template(code, name or name_of(document), path.name, edition or date.today(), edition, places, kind)
    return draft(document, template, lookup(place, template.day, kind), judge, _asker(backend, document))


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
        messages = partial(render, "template_clause", analysis, passages=passages)
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
    pack = with_draft(knowledge.get(template.code), made, version_of(knowledge, template.code))
    if pack is None:
        click.echo(f"nothing new: {template.code} has all of it")
        return
    knowledge.put(pack)
    show(pack)
