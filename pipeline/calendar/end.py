"""The end of a tenancy: notices before it, the deposit after it, and the inspections at both ends."""

from collections.abc import Iterator
from datetime import date

from pipeline.calendar.days import full_months, later
from pipeline.calendar.law import Law, LegalDays
from pipeline.calendar.occasion import Gap, Kind, LawSource, Occasion, TermSource
from pipeline.calendar.stated import notice_days, renewal_days
from schemas import LeaseTerms


def notices(terms: LeaseTerms, start: date | None, end: date, law: Law) -> Iterator[Occasion | Gap]:
    """The last days for notices before a fixed term ends, and the end itself.

    Args:
        start: first day of the tenancy, None if unknown: what the law makes of a long stay is left out then.
        end: last day of the term.
        law: of the premises.
    """
    yield Occasion(
        key="expiry", kind="expiry", date=end, title="The term ends", why="last day of the term",
        terms=(TermSource.of(terms, "tenancy_end_date"),),
    )  # fmt: skip
    months = full_months(start, later(end, 1)) if start else 0
    yield from _non_renewal(terms, end, months, law)
    yield from _renewal(terms, end, months, law)
    for number, legal in enumerate(law.days("rent_increase_notice", end, months)):
        yield _before(
            end, "rent_increase_notice", "Last day to announce a higher rent from the end of the term", legal, number
        )
    if not law.requirements("rent_increase_notice", end):
        yield Gap(
            kind="rent_increase_notice", why="no law in the knowledge base sets a notice for a rent increase here"
        )


def after_end(terms: LeaseTerms, end: date, law: Law) -> Iterator[Occasion | Gap]:
    """When the deposit is to be back after the last day of a tenancy, and the inspection at its end.

    Args:
        end: last day of the tenancy.
        law: of the premises.
    """
    deposit = terms.deposit_amount.value
    if deposit is None:
        yield Gap(kind="deposit_return", why="the lease's record has no deposit")
    elif deposit > 0:
        legal = law.days("deposit_return", end)
        yield from (_deposit(terms, end, n, number) for number, n in enumerate(legal))
        if not legal:
            yield Gap(kind="deposit_return", why="no law in the knowledge base says by when a deposit is returned here")
    for number, requirement in enumerate(law.requirements("move_out", end)[:1]):
        source = LawSource.of(requirement)
        yield _lawful("move_out_inspection", "Move-out inspection", end, source.condition, (source,), number)


def at_start(start: date, law: Law) -> Iterator[Occasion]:
    """The inspection or checklist at the start, where the law of the place asks for one."""
    counted = law.days("move_in", start)
    for number, requirement in enumerate(law.requirements("move_in", start)):
        days = next((n for n in counted if n.law.id == requirement.id), None)
        day = later(start, days.days, days.working) if days else start
        source = LawSource.of(requirement)
        yield _lawful(
            "move_in_inspection", "Condition of the premises put on record", day, source.condition, (source,), number
        )


def _non_renewal(terms: LeaseTerms, end: date, months: int, law: Law) -> Iterator[Occasion | Gap]:
    """The last day to say that the term is not renewed: by the longer of the lease's days and the law's."""
    stated = notice_days(terms)
    legal = law.days("end_notice", end, months)
    causes = tuple(LawSource.of(r) for r in law.requirements("cause", end))
    lawful = max((n for n in legal if not n.when), key=lambda n: n.days, default=None)
    title = "Last day for notice that the term is not renewed"
    if stated is None and not legal:
        yield Gap(
            kind="non_renewal_notice", why="neither the lease's record nor a law in the knowledge base has a notice"
        )
    if stated is not None or lawful:
        by_lease = f"the lease asks for {stated} days" if stated is not None else "the lease's record has no notice"
        by_law = f"; the law for {lawful.days}: {lawful.law.condition} ({lawful.law.citation})" if lawful else ""
        cause = "".join(f"; a cause is needed: {c.condition} ({c.citation})" for c in causes)
        days = max(n for n in (stated, lawful.days if lawful else None) if n is not None)
        yield Occasion(
            key="non_renewal_notice",
            kind="non_renewal_notice",
            date=later(end, -days),
            title=title,
            why=f"{days} days before the last day, {end}: {by_lease}{by_law}{cause}",
            terms=_sources(terms, "tenancy_end_date", "termination_notice_min_days"),
            laws=((lawful.law,) if lawful else ()) + causes,
        )
    for number, n in enumerate((n for n in legal if n.when), 1):
        if n.days > (stated or 0):
            yield _before(end, "non_renewal_notice", title, n, number)


def _renewal(terms: LeaseTerms, end: date, months: int, law: Law) -> Iterator[Occasion | Gap]:
    """The last day to use or offer a renewal: by the option's own words, else by the lease's notice."""
    legal = law.days("renewal_offer", end, months)
    yield from (_before(end, "renewal_offer", "Last day to offer a renewal", n, i) for i, n in enumerate(legal, 1))
    if terms.renewal_option.value is None:
        if not legal:
            yield Gap(kind="renewal_offer", why="the lease's record has no renewal option")
        return
    own = renewal_days(terms)
    days = own if own is not None else notice_days(terms)
    if days is None:
        yield Gap(kind="renewal_offer", why=f"the renewal option names no day: “{terms.renewal_option.value}”")
        return
    whose = "the option's own words" if own is not None else "the lease's notice, as the option names no day of its own"
    yield Occasion(
        key="renewal_offer",
        kind="renewal_offer",
        date=later(end, -days),
        title="Last day to agree on the renewal",
        why=f"{days} days before the last day, {end}, by {whose}: “{terms.renewal_option.value}”",
        terms=_sources(terms, "renewal_option", "tenancy_end_date")
        + (() if own is not None else _sources(terms, "termination_notice_min_days")),
    )


def _deposit(terms: LeaseTerms, end: date, legal: LegalDays, number: int) -> Occasion:
    holidays = ", Saturdays and Sundays not counted, nor holidays, which are not known here" if legal.working else ""
    return Occasion(
        key=_key("deposit_return", number),
        kind="deposit_return",
        date=later(end, legal.days, legal.working),
        title="Deposit to be returned" + (f" if {legal.when}" if legal.when else ""),
        why=f"{legal.days} days after the last day, {end}{holidays}: {legal.law.condition} ({legal.law.citation})",
        terms=_sources(terms, "deposit_amount", "tenancy_end_date"),
        laws=(legal.law,),
    )


def _before(end: date, kind: Kind, title: str, legal: LegalDays, number: int) -> Occasion:
    why = f"{legal.days} days before the last day, {end}: {legal.law.condition} ({legal.law.citation})"
    title += f" if {legal.when}" if legal.when else ""
    return _lawful(kind, title, later(end, -legal.days), why, (legal.law,), number)


def _lawful(kind: Kind, title: str, day: date, why: str, laws: tuple[LawSource, ...], number: int) -> Occasion:
    return Occasion(key=_key(kind, number), kind=kind, date=day, title=title, why=why, laws=laws)


def _key(kind: Kind, number: int) -> str:
    """The first of a kind is known by the kind alone."""
    return f"{kind}-{number}" if number else kind


def _sources(terms: LeaseTerms, *fields: str) -> tuple[TermSource, ...]:
    return tuple(TermSource.of(terms, field) for field in fields if getattr(terms, field).value is not None)
