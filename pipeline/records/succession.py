"""Who is the tenant of a unit: the last tenancy to begin is open, the ones before it ended."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from pipeline.records.consolidated import base_of
from schemas import LeaseRecord


def settled(record: LeaseRecord, others: Sequence[LeaseRecord], *, rebased: bool) -> LeaseRecord:
    """A record as open or closed as the other tenancies of its unit leave it.

    Args:
        record: with its new terms.
        others: the last versions of the other records of the unit.
        rebased: whether its lease is a new one, by which even a tenancy that had ended goes on.
    """
    start = begins(record)
    if record.closed_by_hand and not (rebased and record.closed_on and start > record.closed_on.isoformat()):
        return record
    after = min((other for other in others if begins(other) > start), key=begins, default=None)
    if after:
        return _ended(record, after)
    if not rebased:
        return record
    return record.model_copy(update={"status": "open", "closed_on": None, "closed_by_hand": False})


def succeeded(record: LeaseRecord, others: Sequence[LeaseRecord]) -> list[LeaseRecord]:
    """The other records that end because this tenancy begins, or that ended later than it begins."""
    start = begins(record)
    before = sorted((other for other in others if begins(other) < start), key=begins)
    last = before[-1:]
    ended = [_ended(o, record) for o in before if o.status == "open" or (o in last and not o.closed_by_hand)]
    return [new.model_copy(update={"change": "closed"}) for new in ended if new not in others]


def begins(record: LeaseRecord) -> str:
    """The day a tenancy begins by its latest lease, as far as it says; else the day that is dated."""
    base = base_of(record.sources)
    return record.terms.tenancy_start_date.value or (base.dated if base else "")


def _ended(record: LeaseRecord, after: LeaseRecord) -> LeaseRecord:
    """A record closed by its own end, or the day before the next begins if that is earlier."""
    known = [_day(record.terms.tenancy_end_date.value, last=True), _day(begins(after)) - timedelta(days=1)]
    return record.model_copy(update={"status": "closed", "closed_on": min(known)})


def _day(said: str | None, last: bool = False) -> date:
    """A day of an ISO date; of a month its first, or its last; the end of time if nothing is said.

    >>> _day("2024-02", last=True)
    datetime.date(2024, 2, 29)
    """
    if not said:
        return date.max
    year, month, *day = map(int, said.split("-"))
    return date(year, month, day[0] if day else monthrange(year, month)[1] if last else 1)
