"""What the calendar of a tenancy holds: dated occasions, what each follows from, and what could not be dated."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from schemas import LeaseTerms, Requirement, Term

Kind = Literal[
    "rent_due", "late_fee", "renewal_offer", "non_renewal_notice", "rent_increase_notice", "expiry", "deposit_return",
    "move_in_inspection", "move_out_inspection",
]  # fmt: skip

REMIND: dict[Kind, int] = {
    "rent_due": 3, "late_fee": 0, "renewal_offer": 14, "non_renewal_notice": 14, "rent_increase_notice": 14, "expiry": 30,
    "deposit_return": 7, "move_in_inspection": 3, "move_out_inspection": 3,
}  # fmt: skip
"""Days ahead of an occasion at which one is reminded of it."""


class TermSource(BaseModel):
    """A term of the lease that a date follows from; `quote` is what the document says, where that is known."""

    model_config = ConfigDict(frozen=True)

    field: str
    value: str
    confidence: float = Field(ge=0, le=1, description="0 for a value that was not found in the document's words")
    quote: str = ""
    page: int | None = None

    @classmethod
    def of(cls, terms: LeaseTerms, field: str) -> "TermSource":
        """The source that a field of the lease is.

        >>> terms = LeaseTerms(rent_paid_by_day_of_month=Term(value=5, confidence=0.9))
        >>> TermSource.of(terms, "rent_paid_by_day_of_month").value
        '5'
        """
        term: Term[object] = getattr(terms, field)
        first = term.evidence[0] if term.evidence else None
        return cls(
            field=field,
            value=str(term.value),
            confidence=0.0 if "ungrounded" in term.flags else term.confidence,
            quote=" ".join(first.quote.split()) if first else "",
            page=first.page if first else None,
        )


class LawSource(BaseModel):
    """A requirement of the law that a date follows from."""

    model_config = ConfigDict(frozen=True)

    id: str
    condition: str
    citation: str
    url: str
    low_confidence: bool = False

    @classmethod
    def of(cls, requirement: Requirement) -> "LawSource":
        """The source that a requirement is."""
        return cls(
            id=requirement.id,
            condition=requirement.condition,
            citation=requirement.citation,
            url=requirement.url,
            low_confidence=requirement.confidence == "low",
        )


class Occasion(BaseModel):
    """A day on which something is due, or the last on which something can be done.

    `key` is the same in every version of the tenancy's record, so that a changed date moves the occasion.
    """

    model_config = ConfigDict(frozen=True)

    key: str = Field(pattern=r"^[a-z0-9_-]{1,40}$", examples=["rent_due-2025-03", "expiry"])
    kind: Kind
    date: date
    title: str
    why: str = Field(description="how the date follows, in plain words")
    terms: tuple[TermSource, ...] = ()
    laws: tuple[LawSource, ...] = ()

    @property
    def confidence(self) -> float:
        """That of the least certain term it follows from; 1 if it follows from none."""
        return min((source.confidence for source in self.terms), default=1.0)

    @property
    def remind_days(self) -> int:
        """Days ahead at which one is reminded of it."""
        return REMIND[self.kind]


class Gap(BaseModel):
    """Something that could not be dated, and why."""

    model_config = ConfigDict(frozen=True)

    kind: Kind
    why: str


class TenancyCalendar(BaseModel):
    """The occasions of a tenancy by date, as its record says in one version."""

    model_config = ConfigDict(frozen=True)

    tenancy: str
    version: int
    changed: datetime
    status: Literal["open", "closed"]
    premises: str = ""
    occasions: tuple[Occasion, ...] = ()
    gaps: tuple[Gap, ...] = ()
    notes: tuple[str, ...] = Field((), description="what a reader should know of all dates")

    def between(self, first: date | None, last: date | None) -> "TenancyCalendar":
        """Only the occasions from `first` to `last`, both included."""
        kept = (o for o in self.occasions if (first is None or o.date >= first) and (last is None or o.date <= last))
        return self.model_copy(update={"occasions": tuple(kept)})
