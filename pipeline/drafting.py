"""A team's standard lease as a draft of requirements, kept beside what the team has accepted."""

from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from pipeline.classify.jurisdiction import parse_code
from pipeline.errors import KnowledgeError
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
    Pack,
    Page,
    Passage,
    Result,
    Task,
    TenancyKind,
    analysis_for,
)


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


def keep(made: Draft, knowledge: KnowledgeStore) -> Pack | None:
    """Put a draft beside what is kept of its place; the pack as it is now, None where it has all of the draft already."""
    code = made.template.code
    pack = with_draft(knowledge.get(code), made, version_of(knowledge, code))
    if pack is not None:
        knowledge.put(pack)
    return pack


def version_of(knowledge: KnowledgeStore, code: str) -> str:
    """The next version's name: the day, and how many there are."""
    return f"{date.today()}.{len(knowledge.versions(code)) + 1}"


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
