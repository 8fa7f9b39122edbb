"""The rows of a form that is filled in: dotted leaders, and a start and an end under one label."""

import pytest

from pipeline.generate.offline.lease.reader import read
from schemas import Document, Line, Page

PARTIES = "Landlord: Marta Quill\nTenant: Dale Fenn\nRent: $900"
LEADERS = (
    "Owner ............ Marta Quill\n\nRenter ........... Dale Fenn\n\nStarts ........... May 1, 2026\n\n"
    "Ends ............. April 30, 2027\n\nRent ............. $900 a month, due on the 1st\n\n"
    "Deposit .......... $850\n\nLate fee ......... $20"
)


def _read(rows: str) -> dict[str, object]:
    text = f"RESIDENTIAL LEASE\n\n{rows}\n\n1. Use. The apartment is a private residence.\n"
    lines = tuple(Line(at, at + len(row)) for at, row in _lines(text))
    return {
        k: a.value
        for k, a in read(Document("a", "0" * 64, "text/plain", text, (Page(1, 0, len(text), lines),))).items()
    }


def _lines(text: str) -> list[tuple[int, str]]:
    found, at = [], 0
    for row in text.split("\n"):
        found.append((at, row))
        at += len(row) + 1
    return found


def test_dotted_leaders_are_labels():
    terms = _read(LEADERS)
    assert [terms[k] for k in ("tenancy_start_date", "tenancy_end_date", "deposit_amount", "rent_amount")] == [
        "2026-05-01",
        "2027-04-30",
        850,
        900,
    ]
    assert "20" in str(terms["late_fee"])


@pytest.mark.parametrize(
    "row",
    [
        "Starts / ends .... May 1, 2026 / April 30, 2027",
        "Start / end: May 1, 2026 / April 30, 2027",
        "Runs from/to: May 1, 2026/April 30, 2027",
        "Starts/ends | May 1, 2026 / April 30, 2027",
        "Beginning and end: May 1, 2026 and April 30, 2027",
        "When it starts . . . . . May 1, 2026\nWhen it ends . . . . . April 30, 2027",
        "Commencement/expiration: May 1, 2026 - April 30, 2027",
        "First day / last day: May 1, 2026 / April 30, 2027",
        "Move-in / move-out: May 1, 2026 / April 30, 2027",
        "Lease dates: May 1, 2026 - April 30, 2027",
        "Start: 5/1/2026  End: 4/30/2027",
    ],
)
def test_two_dates_under_one_label(row):
    terms = _read(f"{row}\n{PARTIES}")
    assert (terms["tenancy_start_date"], terms["tenancy_end_date"]) == ("2026-05-01", "2027-04-30")
