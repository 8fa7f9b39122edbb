"""What a lease's record states for its dates: the term, the notice, the first day of a late fee. Nothing is guessed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from pipeline.validate.grace import days_of_grace
from pipeline.validate.tenancy import tenancy_kind
from pipeline.values.durations import Duration, find_durations
from schemas import LeaseTerms, TenancyKind, Term

_MONTHLY = re.compile(r"month[- ](?:to|by)[- ]month|\bat[- ]will\b|by the month\b", re.IGNORECASE)
_PRORATED = re.compile(r"\bpro[- ]?rat", re.IGNORECASE)
_LATE = re.compile(r"\b(?:late|after|past|overdue|within|grace|following|unpaid|not (?:been )?(?:paid|received))\b", re.IGNORECASE)  # fmt: skip
_PER = re.compile(r"\b(?:per|each|every|a)\s$", re.IGNORECASE)
_NOTICE = re.compile(  # "90 days' written notice", "two months before"; "notice of at least 60 days"
    r"^['’]?\s*(?:[a-z]+\s+){0,2}?(?:notice|before|prior|in advance|ahead)\b|\bnotice of (?:[a-z]+\s+){0,3}$",
    re.IGNORECASE,
)
_NEAR = 60  # characters
_LONGEST = 366  # days that the notice of an option may have
_MOST = 3_660  # days that a notice may have: ten years
_YEARS = range(1600, 2201)  # those in which a date is read


@dataclass(frozen=True, slots=True)
class Grace:
    """When a fee is due: the first day is `days` after the due day; `working` where Saturdays and Sundays don't count."""

    days: int
    working: bool = False


def day_of(terms: LeaseTerms, field: Literal["tenancy_start_date", "tenancy_end_date"]) -> date | str:
    """A date of the lease, or why there is none.

    >>> day_of(LeaseTerms(tenancy_end_date=Term(value="2026-05")), "tenancy_end_date")
    'the lease gives the end of the term as 2026-05, without a day'
    """
    which = {"tenancy_start_date": "start", "tenancy_end_date": "end"}[field]
    value = getattr(terms, field).value
    if value is None:
        return f"the lease's record has no {which} of the term"
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return f"the lease gives the {which} of the term as {value}, without a day"
    return day if day.year in _YEARS else f"the lease's record gives {day} as the {which} of the term; correct it"


def monthly(terms: LeaseTerms) -> bool:
    """Whether the lease itself says that the tenancy goes from month to month, or does so after its term."""
    said = [terms.lease_id, terms.tenancy_start_date, terms.tenancy_end_date, terms.renewal_option]
    return any(_MONTHLY.search(text) for term in said for text in _texts(term))


def prorated(terms: LeaseTerms) -> str:
    """The words by which the first rent is a part of a month's, "" if there are none among those read."""
    said = (terms.rent_amount, terms.rent_paid_by_day_of_month, terms.tenancy_start_date)
    return next((text for term in said for text in _texts(term) if _PRORATED.search(text)), "")


def grace_of(terms: LeaseTerms, due_day: int) -> Grace | None:
    """The first day of a late fee as the lease says it; None if the words read name no day.

    A fee for rent "more than five days late" begins on the sixth day after the due day, one for rent not there "by the
    fifth" on the sixth of the month.

    Args:
        due_day: day of the month on which rent is due.

    >>> grace_of(LeaseTerms(late_fee=Term(value="$50 if rent is not received by the fifth day of the month")), 1).days
    5
    >>> grace_of(LeaseTerms(late_fee=Term(value="$35 if rent comes more than five days after it is due")), 5).days
    6
    """
    for text in _texts(terms.late_fee):
        for duration, before, after in _durations(text):
            if duration.unit in ("day", "week") and _LATE.search(f"{before} {after}"):
                return Grace(duration.days + 1, duration.business)
        if by_day := next(days_of_grace(text, due_day), None):
            return Grace(int(by_day[0]))
    return None


def notice_days(terms: LeaseTerms) -> int | None:
    """Days of notice that the lease asks for; None if the record has none that can be."""
    days = terms.termination_notice_min_days.value
    return days if days is not None and 0 <= days <= _MOST else None


def renewal_days(terms: LeaseTerms) -> int | None:
    """Days of notice that the renewal option itself asks for, a month as 30; None if it names none.

    >>> renewal_days(LeaseTerms(renewal_option=Term(value="one 12-month option by 90 days' written notice")))
    90
    """
    for text in _texts(terms.renewal_option):
        for duration, before, after in _durations(text):
            if duration.days <= _LONGEST and (_NOTICE.search(after) or _NOTICE.search(before)):
                return duration.days
    return None


def kind_of(terms: LeaseTerms) -> tuple[TenancyKind, str]:
    """What kind of tenancy the terms are of, and what a reader should know of that.

    Premises that natural persons rent are taken for a dwelling where nothing else is said.
    """
    kind = tenancy_kind(None, terms)
    if kind == "commercial":
        return kind, "A lease of business premises: the laws of dwellings are not applied."
    if kind == "residential" or not terms.tenant_name.value:
        return (
            kind,
            "" if kind == "residential" else "Whether this is a dwelling can't be told: its laws are not applied.",
        )
    return "residential", "Taken for a dwelling, as natural persons rent it and the terms don't say otherwise."


def _texts(term: Term[Any]) -> Iterator[str]:
    """The value of a term if it is text, then the words it was read from."""
    if isinstance(term.value, str):
        yield term.value
    yield from (" ".join(e.quote.split()) for e in term.evidence)


def _durations(text: str) -> Iterator[tuple[Duration, str, str]]:
    """The counted lengths of time with the words before and after each; not those that say how often ("per 30 days")."""
    for found in find_durations(text):
        before = text[max(0, found.start - _NEAR) : found.start]
        if not _PER.search(before):
            yield found.value, before, text[found.end : found.end + _NEAR]
