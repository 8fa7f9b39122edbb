"""The terms in force as documents come in, in whatever order: the latest lease's, each replaced by a later amendment's."""

from pipeline.tenancies import KEPT
from schemas import LeaseRecord, LeaseTerms, RecordSource

_PLACE = frozenset(
    {"property_address", "city", "county", "state", "zipcode"}
)  # an amendment names them, it moves nobody


def consolidated(record: LeaseRecord, source: RecordSource, said: LeaseTerms) -> LeaseRecord:
    """A record with one more document; it has the same version still.

    Args:
        record: as it is held; one without sources is a new one.
        source: the document.
        said: its terms.
    """
    sources = tuple(sorted((*record.sources, source), key=_order))  # of two of one day the one that came later counts
    place = {each.sha256: position for position, each in enumerate(sources)}
    here, base = place[source.sha256], base_of(sources)
    terms, origins, change = record.terms, record.origins, record.change
    if base is source:
        later = {field: sha256 for field, sha256 in origins.items() if place.get(sha256, -1) > here}
        terms = said.model_copy(update={field: getattr(terms, field) for field in later})
        origins = dict.fromkeys(_said(said), source.sha256) | later
        change = "renewed" if record.sources else "created"
    elif source.doc_type == "lease_amendment" and (base is None or here > place[base.sha256]):
        fields = [f for f in _said(said) if f not in KEPT | _PLACE and place.get(origins.get(f, ""), -1) < here]
        terms = terms.model_copy(update={field: getattr(said, field) for field in fields})
        origins = origins | dict.fromkeys(fields, source.sha256)
        change = "amended"
    else:
        change = "documented"
    return record.model_copy(update={"sources": sources, "terms": terms, "origins": origins, "change": change})


def base_of(sources: tuple[RecordSource, ...]) -> RecordSource | None:
    """The latest lease."""
    return next((source for source in reversed(sources) if source.doc_type == "lease"), None)


def _order(source: RecordSource) -> tuple[str, bool]:
    return source.dated, source.doc_type != "lease"


def _said(terms: LeaseTerms) -> list[str]:
    return [field for field in LeaseTerms.model_fields if getattr(terms, field).value is not None]
