"""A lease of a dwelling whose clauses a test puts in its own words."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from pipeline.generate.offline.lease import read
from schemas import Document, Line, Page

CLAUSES = {
    "title": "RESIDENTIAL LEASE",
    "parties": 'This lease is made on May 3, 2025 between Alder Row LLC ("Landlord") and Ben Roe ("Tenant").',
    "premises": "Landlord leases to Tenant the house at 12 Elm Street, Dayton, Ohio 45402, with two bedrooms.",
    "term": "The term begins on June 1, 2025 and ends on May 31, 2026.",
    "rent": "RENT. Tenant shall pay rent of $1,450.00 per month, due on the first day of each month.",
    "deposit": "SECURITY DEPOSIT. Tenant has paid a security deposit of $1,450.00.",
    "late": "LATE FEE. If rent is not paid within five days after it is due, Tenant shall pay a late fee of $50.00.",
    "rest": "UTILITIES. Tenant pays for electricity and gas. Tenant shall not keep pets.",
}


def document(text: str) -> Document:
    """A plain text as the parser would give it."""
    starts = [0, *(i + 1 for i, c in enumerate(text) if c == "\n")]
    lines = tuple(Line(a, max(a, b - 1)) for a, b in zip(starts, [*starts[1:], len(text) + 1], strict=True))
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Document("lease.txt", sha256, "text/plain", text, (Page(1, 0, len(text), lines),))


def read_lease(**clauses: str) -> dict[str, Any]:
    """What is read from the lease with some of its clauses in other words."""
    text = "\n\n".join({**CLAUSES, **clauses}.values()) + "\n"
    return {name: answer.value for name, answer in read(document(text)).items() if answer.value is not None}


@pytest.fixture
def lease() -> Callable[..., dict[str, Any]]:
    """`read_lease`."""
    return read_lease
