"""The whole way of a document through validation: its kind, its date, the law of its place, the report."""

from datetime import date

from pipeline.knowledge import KnowledgeSource, knowledge_version, lookup
from pipeline.validate.basis import covers, laws, not_applied, notes_on
from pipeline.validate.matches import Find
from pipeline.validate.opinion import Ask
from pipeline.validate.regulators import applied, regulators_of
from pipeline.validate.report import validate
from pipeline.validate.tenancy import governing_date, tenancy_kind
from schemas import DocType, Document, Jurisdiction, ProtocolTerms, TenancyKind, Terms, ValidationReport


def validate_document(
    terms: Terms,
    document: Document,
    doc_type: DocType,
    jurisdiction: Jurisdiction | None,
    *,
    today: date,
    as_of: date | None = None,
    find: Find | None = None,
    ask: Ask | None = None,
    threshold: float = 95.0,
    own: KnowledgeSource | None = None,
) -> ValidationReport | None:
    """Look up what applies to a document and check it; None for a document of type "other".

    Args:
        terms: the document's terms.
        document: the document.
        doc_type: its type.
        jurisdiction: where the property is; None if unknown.
        today: the law of this day is applied to a document that has no date of its own.
        as_of: the law of this day is applied whatever the document's date.
        find: an in-document searcher (query, how many).
        ask: a language model for clauses that are not found otherwise.
        threshold: least confidence in percent for "agreement is validated".
        own: a team's own requirements, checked beside the shipped ones.
    """
    if doc_type == "other":
        return None
    kind: TenancyKind = "protocol" if doc_type == "clinical_protocol" else tenancy_kind(document, terms)
    day = as_of or governing_date(terms, today)
    regulators = regulators_of(document, terms) if isinstance(terms, ProtocolTerms) else ()
    requirements = lookup(jurisdiction, day, kind, tuple(r.code for r in regulators), own)
    packs = dict.fromkeys(r.id.split(".")[0] for r in requirements)
    notes = [applied(regulators, set(packs))] if kind == "protocol" else notes_on(kind, jurisdiction)
    if as_of is None and day == today and kind != "protocol":
        notes.append(f"The agreement's own date was not found; the law of {day} was applied.")
    report = validate(
        terms, document, doc_type, jurisdiction, requirements, day,
        find=find, ask=ask, knowledge_version=knowledge_version(own), threshold=threshold,
        covered=kind in ("commercial", "protocol") or (kind == "residential" and covers(jurisdiction)), notes=notes,
    )  # fmt: skip
    if report is None:
        return None
    basis = {"basis": laws(requirements), "not_applied": not_applied(jurisdiction, day, kind)}
    return report.model_copy(update=basis | ({"jurisdiction": ", ".join(packs)} if kind == "protocol" else {}))
