"""The calendar of a tenancy: from its record to dated occasions."""

from collections.abc import Iterable, Iterator
from datetime import date

from pipeline.calendar.days import months_after
from pipeline.calendar.end import after_end, at_start, notices
from pipeline.calendar.law import Law
from pipeline.calendar.occasion import Gap, Kind, Occasion, TenancyCalendar, TermSource
from pipeline.calendar.rent import rent_occasions
from pipeline.calendar.stated import day_of, kind_of, monthly, notice_days
from pipeline.knowledge import KnowledgeSource
from schemas import LeaseRecord, TenancyKind

MONTHS_AHEAD = 12
"""How far the dates of a tenancy without an end go."""

_OF_THE_END: tuple[Kind, ...] = (
    "expiry", "non_renewal_notice", "renewal_offer", "rent_increase_notice", "deposit_return",
)  # fmt: skip

UNMOVED = (
    "Days that fall on a Saturday, a Sunday or a holiday are not moved: the record holds no rule for that; "
    "ask the lease or the law before you rely on a later day."
)


def calendar_of(
    record: LeaseRecord,
    as_of: date,
    *,
    months_ahead: int = MONTHS_AHEAD,
    kind: TenancyKind | None = None,
    own: KnowledgeSource | None = None,
) -> TenancyCalendar:
    """The occasions of a tenancy, by date, each with what it follows from; what can't be dated says why.

    Args:
        record: of the tenancy, open or closed.
        as_of: the day from which `months_ahead` are counted, where the tenancy has no end.
        months_ahead: how far the rent days of a tenancy without an end go.
        kind: "residential" or "commercial", where the terms don't tell.
        own: a team's own requirements, beside the shipped laws.

    >>> from datetime import datetime
    >>> from schemas import Jurisdiction, LeaseTerms, Term
    >>> terms = LeaseTerms(tenancy_end_date=Term(value="2026-05-31"), deposit_amount=Term(value=900))
    >>> place = Jurisdiction(country="US", state="Ohio")
    >>> record = LeaseRecord(tenancy="t", unit="u", terms=terms, changed=datetime(2025, 5, 1), jurisdiction=place)
    >>> [(str(o.date), o.kind) for o in calendar_of(record, date(2025, 6, 1), kind="residential").occasions]
    [('2026-05-01', 'non_renewal_notice'), ('2026-05-31', 'expiry'), ('2026-06-30', 'deposit_return')]
    """
    told_kind, about_kind = (kind, "") if kind else kind_of(record.terms)
    law = Law(record.jurisdiction, told_kind, own)
    found = list(_items(record, as_of, months_ahead, law))
    occasions = [item for item in found if isinstance(item, Occasion)]
    notes = [item for item in found if isinstance(item, str)] + [about_kind]
    if record.jurisdiction is None:
        notes.append("The place of the premises is not known: no law was looked up.")
    return TenancyCalendar(
        tenancy=record.tenancy,
        version=record.version,
        changed=record.changed,
        status=record.status,
        premises=" ".join((record.terms.property_address.value or record.unit).split()),
        occasions=tuple(sorted(occasions, key=lambda o: (o.date, o.key))),
        gaps=tuple(dict.fromkeys(item for item in found if isinstance(item, Gap))),
        notes=tuple(filter(None, [*notes, UNMOVED])),
    )


def _items(record: LeaseRecord, as_of: date, months_ahead: int, law: Law) -> Iterator[Occasion | Gap | str]:
    """Occasions, gaps, and notes for the reader."""
    terms = record.terms
    start, end = day_of(terms, "tenancy_start_date"), day_of(terms, "tenancy_end_date")
    if isinstance(start, date):
        yield from at_start(start, law)
    else:
        yield Gap(kind="move_in_inspection", why=start)
    if record.status == "closed":
        yield from _closed(record, start, record.closed_on or end, law)
    elif isinstance(end, date):
        if isinstance(start, date) and start > end:
            yield f"The term ends on {end}, before it starts on {start}: correct the record."
            return
        yield from _fixed(record, start, end, as_of, months_ahead, law)
    else:
        yield from _without_end(record, start, end, as_of, months_ahead, law)


def _closed(record: LeaseRecord, start: date | str, last: date | str, law: Law) -> Iterator[Occasion | Gap | str]:
    """A tenancy that is over: the rent until its last day, and what is due after it."""
    if isinstance(last, str):
        yield Gap(kind="deposit_return", why=f"the record is closed without a day, and {last}")
        return
    if isinstance(start, date) and start <= last:
        yield from rent_occasions(record.terms, start, last, True, law)
    said = record.terms.tenancy_end_date.value is not None
    yield Occasion(
        key="expiry", kind="expiry", date=last, title="The tenancy ended", why="last day, as the record says",
        terms=(TermSource.of(record.terms, "tenancy_end_date"),) if said and record.closed_on is None else (),
    )  # fmt: skip
    yield from after_end(record.terms, last, law)


def _fixed(
    record: LeaseRecord, start: date | str, end: date, as_of: date, months_ahead: int, law: Law
) -> Iterator[Occasion | Gap | str]:
    """A term with an end; after it the rent goes on only where the lease says that it goes on from month to month."""
    terms = record.terms
    first = start if isinstance(start, date) else min(as_of, end)
    yield from rent_occasions(terms, first, end, isinstance(start, date), law)
    yield from notices(terms, start if isinstance(start, date) else None, end, law)
    if isinstance(start, str):
        yield f"Rent days are given from {first}, as {start}."
    goes_on = monthly(terms)
    if as_of <= end or not goes_on:
        yield from after_end(terms, end, law)
    if as_of <= end:
        return
    if not goes_on:
        yield f"The term ended on {end} and the record is still open: renew it, or close it."
        return
    until = months_after(as_of, months_ahead)
    yield from rent_occasions(terms, as_of, until, False, law)
    yield f"The term ended on {end}; by the lease it goes on from month to month: rent days are given until {until}."
    yield from _notice(record, as_of, law)
    yield Gap(kind="deposit_return", why="the tenancy goes on from month to month: no day until its end is known")


def _without_end(
    record: LeaseRecord, start: date | str, end: str, as_of: date, months_ahead: int, law: Law
) -> Iterator[Occasion | Gap | str]:
    """A tenancy from month to month, or one whose end is not known: the rent days of the months ahead."""
    terms = record.terms
    first = max(start, as_of) if isinstance(start, date) else as_of
    until = months_after(first, months_ahead)
    yield from rent_occasions(terms, first, until, isinstance(start, date) and first == start, law)
    if monthly(terms):
        why = "the tenancy goes from month to month: no day until notice is given"
        yield f"The tenancy goes from month to month: rent days are given from {first} until {until}."
        yield from _notice(record, as_of, law)
    else:
        why = end
        yield f"No end of the term is known: rent days are given from {first} until {until}."
    yield from (Gap(kind=kind, why=why) for kind in _OF_THE_END)


def _notice(record: LeaseRecord, as_of: date, law: Law) -> Iterator[str]:
    """What is known of the notice that ends a tenancy from month to month."""
    stated = notice_days(record.terms)
    by_lease = [f"the lease asks for {stated} days"] if stated is not None else []
    by_law = [f"the law: {n.law.condition} ({n.law.citation})" for n in law.days("end_notice", as_of)]
    if said := by_lease + list(dict.fromkeys(by_law)):
        yield f"The notice that ends it: {'; '.join(said)}"


def gone_occasions(
    record: LeaseRecord,
    earlier: Iterable[LeaseRecord],
    calendar: TenancyCalendar,
    as_of: date,
    *,
    months_ahead: int = MONTHS_AHEAD,
    own: KnowledgeSource | None = None,
) -> tuple[Occasion, ...]:
    """Occasions of earlier versions, or of the tenancy while it was open, that its calendar has no more.

    What was past when the record changed stays as it was.

    Args:
        record: the last version.
        earlier: the versions before it, oldest first.
        calendar: of the last version, whole.
        as_of, months_ahead, own: as for `calendar_of`.
    """
    closed = record.status == "closed"
    since = min(record.changed.date(), record.closed_on or date.max)
    opened = [record.model_copy(update={"status": "open", "closed_on": None})] if closed else []
    before = {
        occasion.key: occasion
        for version in [*earlier, *opened]
        for occasion in calendar_of(version, as_of, months_ahead=months_ahead, own=own).occasions
    }
    kept = {occasion.key for occasion in calendar.occasions}
    return tuple(o for key, o in before.items() if key not in kept and o.date >= since)
