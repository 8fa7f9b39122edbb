"""The whole way of a document through validation: its kind, its date, the law of its place, the report."""

from datetime import date

from pipeline.knowledge import KnowledgeSource, codes_for, knowledge_version, lookup
from pipeline.validate.clause import Find
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
    notes = [applied(regulators, set(packs))] if kind == "protocol" else _notes(kind, jurisdiction)
    if as_of is None and day == today and kind != "protocol":
        notes.append(f"The agreement's own date was not found; the law of {day} was applied.")
    report = validate(
        terms, document, doc_type, jurisdiction, requirements, day,
        find=find, ask=ask, knowledge_version=knowledge_version(own), threshold=threshold,
        covered=kind in ("commercial", "protocol") or (kind == "residential" and _covers(jurisdiction)), notes=notes,
    )  # fmt: skip
    if report is not None and kind == "protocol":
        return report.model_copy(update={"jurisdiction": ", ".join(packs)})
    return report


def _covers(jurisdiction: Jurisdiction | None) -> bool:
    """Whether there are rules of the very state (or, outside the US, country)."""
    return (
        jurisdiction is not None
        and jurisdiction.code in codes_for(jurisdiction, "residential")
        and (jurisdiction.country != "US" or jurisdiction.code != "US")
    )


def _notes(kind: TenancyKind, jurisdiction: Jurisdiction | None) -> list[str]:
    place = (jurisdiction.state or jurisdiction.country) if jurisdiction else ""
    if kind == "commercial":
        law = f"the residential landlord-tenant law of {place}" if place else "residential landlord-tenant law"
        return [f"This is a commercial lease: {law} was not applied, only the general rules for every lease."]
    if kind == "unknown":
        return [
            "It cannot be told whether this lease is residential or commercial: only the general rules for every lease were applied."
        ]
    if jurisdiction is None:
        return [
            "The place of the property is not known: only the general rules were applied. Give it with --jurisdiction."
        ]
    if not _covers(jurisdiction):
        wider = "federal law and the general rules" if jurisdiction.country == "US" else "the general rules"
        return [
            f"The knowledge base has no rules of {place} yet: only {wider} were applied, so the agreement cannot be validated in full."
        ]
    return []
