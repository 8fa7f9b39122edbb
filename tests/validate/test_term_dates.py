"""The two dates of a term as a lease writes them, in a sentence, in rows of a form, as questions and answers."""

import pytest

from pipeline.validate.passages import ReadText
from pipeline.validate.term_dates import check_term_dates

IN_ORDER = [
    "Term: from June 1, 2025 to May 31, 2026.",
    "Beginning: October 1, 2025\n\nEnding: September 30, 2026",
    "Starts: May 1, 2026\nEnds: April 30, 2027",
    "The lease begins on May 1, 2026. It ends on April 30, 2027.",
    "Existing lease ends: April 30, 2026\n\nNew term begins: May 1, 2026\n\nNew term ends: April 30, 2027",
    "Commencement date: 9/1/2025. Expiration date: 8/31/2026.",
]
TURNED_ROUND = [
    "Term: from June 1, 2025 to May 31, 2024.",
    "Beginning: October 1, 2025\n\nEnding: September 30, 2024",
    "Starts: May 1, 2026\nRent: $900\nEnds: April 30, 2026",
    "Start date of the term: May 1, 2026\n\nEnd date of the term: April 30, 2026",
    "The lease begins on May 1, 2026. It ends on April 30, 2026.",
    "The first day of the term is August 1, 2025, and the last day is July 31, 2024.",
    "When does it start? The term starts August 1, 2025. When is it over? It ends July 31, 2025.",
    "COMMENCEMENT DATE .......... 9/1/2025\nEXPIRATION DATE .......... 8/31/2025",
    "From: August 1, 2025\nUntil: July 31, 2025",
]
UNSAID = [
    "The term begins on May 1, 2026 and goes on from month to month.",
    "Beginning June 1, 2026, Tenant shall pay rent of $1,525 per month. Until May 31, 2026, the rent stays at $1,450.",
    "Signed on May 1, 2026 and on April 2, 2026.",
    "Term begins: May 1, 2026. The Owner's insurance policy ends on March 1, 2026.",
]


@pytest.mark.parametrize(
    ("text", "result"),
    [(t, "satisfied") for t in IN_ORDER]
    + [(t, "violated") for t in TURNED_ROUND]
    + [(t, "not_applicable") for t in UNSAID],
)
def test_the_end_lies_after_the_beginning(text, result, document_of):
    assert check_term_dates(ReadText(document_of(text))).result == result
