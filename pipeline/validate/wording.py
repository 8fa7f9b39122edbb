"""Recommendations and wording adapted to this lease: its parties, its numbers, the limit that was applied."""

import re
from decimal import Decimal

from schemas import LeaseTerms, NoTerms, ProtocolTerms, Term

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_LONGEST = 200  # characters of one value: a name read wrongly must not swallow the sentence


def fill(wording: str, terms: LeaseTerms | ProtocolTerms | NoTerms, limit: Decimal | None = None) -> str:
    """Put this document's values into a text; a value that is not known stays as a blank to be filled in.

    Args:
        wording: text with placeholders ({tenant}, {landlord}, {rent}, {limit} ...).
        terms: the document's terms.
        limit: the bound that a check applied.

    >>> fill("{tenant} pays ${rent}.", LeaseTerms(tenant_name=Term(value=["Ann Lee", "Bo Roe"])))
    'Ann Lee and Bo Roe pays $[rent].'
    """
    values = _values(terms) | ({"limit": amount(limit)} if limit is not None else {})
    return _PLACEHOLDER.sub(lambda m: values.get(m[1]) or f"[{m[1].replace('_', ' ')}]", wording).strip()


def amount(value: Decimal) -> str:
    """A number as it is written in a lease.

    >>> amount(Decimal("1450.00")), amount(Decimal("72.5"))
    ('1,450', '72.50')
    """
    return f"{value:,.2f}".removesuffix(".00")


def _values(terms: LeaseTerms | ProtocolTerms | NoTerms) -> dict[str, str]:
    if not isinstance(terms, LeaseTerms):
        return {}
    stated: dict[str, Term[str] | Term[int] | Term[Decimal] | Term[list[str]]] = {
        "tenant": terms.tenant_name,
        "landlord": terms.owner_name,
        "deposit": terms.deposit_amount,
        "rent": terms.rent_amount,
        "property_address": terms.property_address,
        "state": terms.state,
        "start_date": terms.tenancy_start_date,
        "end_date": terms.tenancy_end_date,
        "due_day": terms.rent_paid_by_day_of_month,
    }
    return {name: _written(term.value) for name, term in stated.items() if term.value not in (None, "", [])}


def _written(value: object) -> str:
    if isinstance(value, list):
        names = [str(v) for v in value]
        joined = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    else:
        joined = amount(value) if isinstance(value, Decimal) else str(value)
    return " ".join(joined.split())[:_LONGEST]
