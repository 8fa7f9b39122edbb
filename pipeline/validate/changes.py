"""Two reports on the same agreement: what changed between them, and the report on a lease as an amendment leaves it."""

from collections.abc import Sequence
from datetime import datetime

from pipeline.validate.report import confidence_of, in_order, is_open
from schemas import Comparison, LeaseTerms, RequirementChange, RequirementResult, Terms, ValidationReport


def compare(
    before: ValidationReport,
    after: ValidationReport,
    *,
    made: datetime,
    path: str,
    terms: tuple[Terms, Terms] | None = None,
) -> Comparison:
    """What is different in a report from the one before.

    Args:
        before, after: the reports.
        made: when the one before was made.
        path: the document it was made of.
        terms: the terms then and now, to tell which values changed.
    """
    old = {r.id: r for r in before.requirements}
    new = {r.id: r for r in after.requirements}
    changed = [
        RequirementChange(
            id=name,
            name=(new.get(name) or old[name]).name,
            before=old[name].result if name in old else None,
            after=new[name].result if name in new else None,
        )
        for name in dict.fromkeys((*new, *old))
        if _result(old.get(name)) != _result(new.get(name))
    ]
    values = _changed_values(*terms) if terms else []
    return Comparison(made=made, path=path, status=before.status, requirements=changed, terms=values)


def _result(found: RequirementResult | None) -> str:
    """A requirement that was not asked is as good as one that did not apply."""
    return found.result if found and found.result != "not_applicable" else ""


def _changed_values(before: Terms, after: Terms) -> list[str]:
    if not isinstance(before, LeaseTerms) or not isinstance(after, LeaseTerms):
        return []
    return [n for n in LeaseTerms.model_fields if getattr(before, n).value != getattr(after, n).value]


def as_amended(
    lease: ValidationReport, amendment: ValidationReport, threshold: float, documents: Sequence[str]
) -> ValidationReport:
    """The report on a lease with its amendment: what the amendment sets is judged by it, everything else stays.

    Args:
        lease: the report on the lease alone.
        amendment: the report on the amendment, with the terms that result.
        threshold: least confidence in percent for "agreement is validated".
        documents: names of the lease and its amendment, for the reader.
    """
    by_amendment = {r.id: r for r in amendment.requirements}
    results = in_order((*(r for r in lease.requirements if r.id not in by_amendment), *amendment.requirements))
    confidence = confidence_of(results)
    whole = not any(is_open(r) for r in results) and confidence >= threshold
    note = f"The agreement as amended: {' with '.join(documents)}. Pages and quotes of what the amendment sets are its own."
    return lease.model_copy(
        update={
            "requirements": results,
            "confidence": confidence,
            "status": "agreement is validated" if whole else "agreement is not fully validated",
            "as_of": amendment.as_of,
            "notes": [note, *(n for n in lease.notes if not n.startswith("No fault was found"))],
            "since": None,
        }
    )
