"""Rent: the days on which it is due, and from which a late fee may be asked."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pipeline.calendar.days import due_days, later
from pipeline.calendar.law import Law, LegalDays
from pipeline.calendar.occasion import Gap, Occasion, TermSource
from pipeline.calendar.stated import Grace, grace_of, prorated
from schemas import LeaseTerms


def rent_occasions(terms: LeaseTerms, first: date, last: date, started: bool, law: Law) -> Iterator[Occasion | Gap]:
    """The due days of rent from one date to another, the late-fee day of each, and what is not known of them.

    Args:
        first, last: the days of the tenancy that are looked at, both included.
        started: whether `first` is the day on which the tenancy begins.
        law: of the premises.
    """
    day = terms.rent_paid_by_day_of_month.value
    if day is None or not 1 <= day <= 31:
        yield Gap(kind="rent_due", why="the lease's record has no day of the month on which rent is due")
        return
    days = list(due_days(day, first, last))
    if started and (not days or (days[0].year, days[0].month) > (first.year, first.month)):
        yield _first_rent(terms, first, days[0] if days else None)
    grace = grace_of(terms, day)
    for due in days:
        yield _due(terms, day, due)
        if terms.late_fee.value is not None and (fee := _late_fee(terms, due, grace, law)):
            yield fee
    if terms.late_fee.value is None:
        yield Gap(kind="late_fee", why="the lease's record has no late fee")
    elif days and not _late_fee(terms, days[0], grace, law):
        yield Gap(kind="late_fee", why="neither the words of the late fee nor the law of the place name a day")


def _due(terms: LeaseTerms, day: int, due: date) -> Occasion:
    short = f"; {due:%B} has no {ordinal(day)}, its last day stands for it" if due.day != day else ""
    fields = ["rent_paid_by_day_of_month"] + ["rent_amount"] * (terms.rent_amount.value is not None)
    return Occasion(
        key=f"rent_due-{due:%Y-%m}",
        kind="rent_due",
        date=due,
        title=" ".join(filter(None, ("Rent due", amount_of(terms)))),
        why=f"rent is due on the {ordinal(day)} of the month{short}",
        terms=tuple(TermSource.of(terms, field) for field in fields),
    )


def _first_rent(terms: LeaseTerms, first: date, regular: date | None) -> Occasion | Gap:
    """The rent of the days before the first due day: an occasion where the lease prorates it, else a gap."""
    until = f"the first due day, {regular}" if regular else "the last day, as no due day comes before it"
    if words := prorated(terms):
        return Occasion(
            key="rent_due-first",
            kind="rent_due",
            date=first,
            title="First rent, prorated",
            why=f"rent of the days from {first} to {until}; the lease says: “{words}”",
            terms=(TermSource.of(terms, "tenancy_start_date"),),
        )
    return Gap(kind="rent_due", why=f"the words read don't say what is due for the days from {first} to {until}")


def _late_fee(terms: LeaseTerms, due: date, grace: Grace | None, law: Law) -> Occasion | None:
    """The first day on which neither the lease nor the law keeps a fee from being asked; None if neither names days."""
    stated = later(due, grace.days, grace.working) if grace else None
    legal = [n for n in law.days("late_fee", due) if not n.when]
    lawful = max((_after_grace(due, n) for n in legal), default=None)
    fee = max(filter(None, (stated, lawful)), default=None)
    if fee is None:
        return None
    by_lease = f"the lease asks a fee from {stated}" if stated else "the words of the lease name no day"
    by_law = "".join(f"; the law: {n.law.condition} ({n.law.citation})" for n in law.days("late_fee", due))
    return Occasion(
        key=f"late_fee-{due:%Y-%m}",
        kind="late_fee",
        date=fee,
        title=f"Late fee from today if the rent of {due:%d %B} is unpaid",
        why=by_lease + by_law + ("; Saturdays and Sundays are not counted" if grace and grace.working else ""),
        terms=(TermSource.of(terms, "late_fee"), TermSource.of(terms, "rent_paid_by_day_of_month")),
        laws=tuple(n.law for n in legal),
    )


def _after_grace(due: date, grace: LegalDays) -> date:
    """The first day after full days of grace, which is lawful however the day itself is counted."""
    return later(due, grace.days + 1, grace.working)


def amount_of(terms: LeaseTerms) -> str:
    """The monthly rent as money, "" if it is not known.

    >>> from schemas import Term
    >>> amount_of(LeaseTerms(rent_amount=Term(value=Decimal("1450")), rent_currency=Term(value="USD")))
    '1,450.00 USD'
    """
    rent: Decimal | None = terms.rent_amount.value
    return f"{rent:,.2f} {terms.rent_currency.value or ''}".strip() if rent is not None else ""


def ordinal(day: int) -> str:
    """A day of the month as it is said.

    >>> [ordinal(n) for n in (1, 2, 3, 4, 11, 22, 31)]
    ['1st', '2nd', '3rd', '4th', '11th', '22nd', '31st']
    """
    suffix = "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{suffix}"
