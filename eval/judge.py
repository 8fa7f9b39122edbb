"""A result against its gold: one verdict per field."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from eval.compare import credit
from eval.gold import GoldDocument
from schemas import LeaseTerms, ProtocolTerms, Result

Verdict = Literal["right", "silent", "wrong", "spurious", "missing"]
MODELS: dict[str, type[BaseModel]] = {
    "lease": LeaseTerms,
    "lease_amendment": LeaseTerms,
    "clinical_protocol": ProtocolTerms,
}
CORE_LEASE = frozenset(
    [
        "lease_id",
        "new_or_amendment",
        "agreement_signed_date",
        "deposit_amount",
        "deposit_paid_by_date",
        "fixtures",
        "owner_name",
        "property_address",
        "rent_amount",
        "rent_paid_by_day_of_month",
        "tenancy_end_date",
        "tenancy_start_date",
        "tenant_name",
        "termination_notice_min_days",
        "utilities_terms_electricity",
        "state",
        "zipcode",
    ]
)


@dataclass(frozen=True, slots=True)
class Judged:
    """One field of one document.

    Args:
        document, field, doc_type: which.
        predicted: the value, None for nothing said.
        right: the first value that counts as right, None if the document does not say.
        credit: 0..1; lists earn part of it.
        verdict: "right" (credit 1), "silent" (rightly), "wrong" (another value is right), "spurious" (none is),
            "missing" (nothing said where the document says).
        tp, fp, fn: what the field adds to true positives, false positives and false negatives.
        confidence: of the prediction.
        grounded: whether the prediction has evidence.
        quote: its first evidence.
        start, end: where that is in the document's text.
    """

    document: str
    field: str
    doc_type: str
    predicted: Any
    right: Any
    credit: float
    verdict: Verdict
    tp: float
    fp: float
    fn: float
    confidence: float
    grounded: bool
    quote: str = ""
    page: int = 0
    start: int = -1
    end: int = -1


def judge(gold: GoldDocument, result: Result) -> Iterator[Judged]:
    """Every labelled field of a document; a result of another document type says nothing about it."""
    model = MODELS.get(gold.doc_type)
    for name in model.model_fields if model else ():
        if name in gold.fields:
            yield _judged(gold, result, name, comparator(name, gold.doc_type))


def comparator(name: str, doc_type: str) -> str:
    """How values of a field are compared, as its schema says."""
    extra = MODELS[doc_type].model_fields[name].json_schema_extra
    assert isinstance(extra, dict)
    return str(extra["comparator"])


def _judged(gold: GoldDocument, result: Result, name: str, kind: str) -> Judged:
    term = getattr(result.terms, name, None)
    predicted = term.value if term is not None and term.value not in ("", []) else None
    right = gold.fields[name]
    earned = credit(kind, predicted, right.values if right else ())
    silence_is_right = right is None or None in right.values
    tp = earned if predicted is not None and right is not None else 0.0
    fp = (1.0 - tp) if predicted is not None else 0.0
    fn = 0.0 if right is None else (1.0 - tp if predicted is not None else float(not silence_is_right))
    first = term.evidence[0] if term is not None and term.evidence else None
    return Judged(
        gold.name, name, gold.doc_type, predicted, right.value if right else None, earned,
        _verdict(predicted, right is not None, earned), tp, fp, fn, term.confidence if term is not None else 0.0,
        first is not None, *((first.quote, first.page, first.start, first.end) if first else ()),
    )  # fmt: skip


def _verdict(predicted: Any, labelled: bool, earned: float) -> Verdict:
    if predicted is None:
        return "silent" if earned else "missing"
    if not labelled:
        return "spurious"
    return "right" if earned == 1.0 else "wrong"
