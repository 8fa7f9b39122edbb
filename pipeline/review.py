"""What a person should look at: the fields in doubt, and the status they give a result."""

from typing import Any

from schemas import Analysis, StageError, Status, Term, Terms


def to_review(terms: Terms, analysis: Analysis) -> list[str]:
    """Fields a person should look at: a value below its threshold or without evidence, a required one missing."""
    review = []
    for name in type(terms).model_fields:
        term: Term[Any] = getattr(terms, name)
        doubtful = term.value is not None and term.confidence < analysis.threshold(name)
        if doubtful or (term.value is None and name in analysis.required):
            review.append(name)
    return review


def status_of(errors: list[StageError], review: list[str]) -> Status:
    """partial when a stage failed on this document, needs_review when a field does, else ok."""
    return "partial" if errors else "needs_review" if review else "ok"
