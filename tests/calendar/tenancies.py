"""Records of tenancies for the tests of their calendars."""

from datetime import UTC, date, datetime
from typing import Any

from pipeline.calendar import Occasion, TenancyCalendar, calendar_of
from schemas import Evidence, Jurisdiction, LeaseRecord, LeaseTerms, Term

CHANGED = datetime(2025, 5, 12, 8, 30, tzinfo=UTC)


def record(*, state: str | None = "Ohio", city: str | None = None, **values: Any) -> LeaseRecord:
    """The record of a dwelling in a state; `values` are terms, or (with these names) fields of the record."""
    own = {
        name: values.pop(name) for name in ("version", "status", "closed_on", "changed", "tenancy") if name in values
    }
    terms = {"lease_id": "Residential Lease Agreement"} | values
    return LeaseRecord.model_validate(
        {"tenancy": "12 elm st/ada", "unit": "12 elm st", "changed": CHANGED}
        | {"terms": LeaseTerms.model_validate({name: _term(value) for name, value in terms.items()})}
        | {"jurisdiction": Jurisdiction(country="US", state=state, city=city) if state else None}
        | own
    )


def year(**values: Any) -> LeaseRecord:
    """A year's lease from June 2025, rent on the 1st, with a deposit."""
    usual = {"tenancy_start_date": "2025-06-01", "tenancy_end_date": "2026-05-31", "rent_paid_by_day_of_month": 1, "deposit_amount": 900}  # fmt: skip
    return record(**(usual | values))


def dates(calendar: TenancyCalendar, kind: str) -> list[str]:
    """The days of the occasions of a kind."""
    return [str(o.date) for o in calendar.occasions if o.kind == kind]


def one(made: LeaseRecord, key: str, as_of: date = date(2025, 6, 1)) -> Occasion:
    """The occasion of a record's calendar with this key."""
    return next(o for o in calendar_of(made, as_of).occasions if o.key == key)


def gaps(made: LeaseRecord, kind: str, as_of: date = date(2025, 6, 1)) -> list[str]:
    """Why there is no date for a kind of occasion."""
    return [gap.why for gap in calendar_of(made, as_of).gaps if gap.kind == kind]


def _term(value: Any) -> Term[Any]:
    """A term with a value, or with a value and the words it was read from."""
    value, quote = value if isinstance(value, tuple) else (value, "")
    evidence = [Evidence(page=1, start=0, end=len(quote), quote=quote)] if quote else []
    return Term(value=value, confidence=0.9, evidence=evidence)
