"""What a letter can say: values of the record and of its calendar by name, and those that a person fills in."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from pipeline.calendar import Occasion, TenancyCalendar
from schemas import LeaseRecord

FROM_RECORD = (
    "today", "landlord", "tenants", "premises", "rent", "deposit", "due_date", "late_fee", "late_fee_date", "start",
    "end", "notice_days", "notice_date", "notice_law", "cause_law", "renewal_option", "deposit_date", "deposit_law",
)  # fmt: skip
"""Names whose values come from the record, where it has them."""

TO_FILL = (
    "new_rent", "new_end", "answer_by", "cause", "forwarding_address", "deductions", "amount_returned", "payment",
)  # fmt: skip
"""Names that no record has: a person gives their values, or fills them in by hand."""


def letter_values(record: LeaseRecord, calendar: TenancyCalendar, on: date) -> Mapping[str, str]:
    """The values a letter of a day can say; a name without a value is left out.

    Args:
        record: of the tenancy.
        calendar: of the record, as of that day.
        on: the day of the letter.
    """
    terms = record.terms
    currency = terms.rent_currency.value or ""
    due = next((o for o in calendar.occasions if o.kind == "rent_due" and o.date >= on), None)
    fee = _of(calendar, f"late_fee-{due.date:%Y-%m}") if due else None
    notice, deposit = _of(calendar, "non_renewal_notice"), _of(calendar, "deposit_return")
    expiry = _of(calendar, "expiry")
    values = {
        "today": _day(on),
        "landlord": _names(terms.owner_name.value),
        "tenants": _names(terms.tenant_name.value),
        "premises": terms.property_address.value,
        "rent": _money(terms.rent_amount.value, currency),
        "deposit": _money(terms.deposit_amount.value, currency),
        "due_date": _day(due.date) if due else None,
        "late_fee": terms.late_fee.value,
        "late_fee_date": _day(fee.date) if fee else None,
        "start": _iso(terms.tenancy_start_date.value),
        "end": _day(expiry.date) if expiry else None,
        "notice_days": terms.termination_notice_min_days.value,
        "notice_date": _day(notice.date) if notice else None,
        "notice_law": _citation(notice),
        "cause_law": "; ".join(law.citation for law in notice.laws if "cause" in law.id) if notice else None,
        "renewal_option": terms.renewal_option.value,
        "deposit_date": _day(deposit.date) if deposit else None,
        "deposit_law": _citation(deposit),
    }
    return {name: " ".join(str(value).split()) for name, value in values.items() if value not in (None, "")}


def _of(calendar: TenancyCalendar, key: str) -> Occasion | None:
    return next((occasion for occasion in calendar.occasions if occasion.key == key), None)


def _citation(occasion: Occasion | None) -> str | None:
    return next((law.citation for law in occasion.laws if "cause" not in law.id), None) if occasion else None


def _names(names: list[str] | None) -> str | None:
    return " and ".join(filter(None, (", ".join((names or [])[:-1]), (names or [""])[-1]))) or None


def _money(amount: Decimal | None, currency: str) -> str | None:
    return f"{amount:,.2f} {currency}".strip() if amount is not None else None


def _iso(value: str | None) -> str | None:
    try:
        return _day(date.fromisoformat(value)) if value else None
    except ValueError:
        return value  # a month without a day


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
