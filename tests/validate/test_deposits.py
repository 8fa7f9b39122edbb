"""Deposits that are taken in two sums."""

from decimal import Decimal

import pytest

from pipeline.validate.deposits import further_deposit
from pipeline.validate.passages import ReadText
from schemas import Evidence


@pytest.mark.parametrize(
    ("clause", "further"),
    [
        ("The deposit is $2,195 and, as the home is on the top floor, a further deposit of $1,500 is paid at move-in.", 1500),
        ("Renter pays $2,520 as security together with a further $840 held as additional security for the keys.", 840),
        ("The deposit is $1,000. Tenant also gives an additional security deposit in the amount of $400.", 400),
        ("The deposit is $1,000. There is no further deposit of $300 or of any other sum.", 0),
        ("The deposit is $1,000. For a dog an additional deposit of $300 is paid.", 0),
        ("The deposit is $1,000. An additional $50 is paid for each further key.", 0),
    ],
)  # fmt: skip
def test_a_further_deposit_counts(document_of, clause, further):
    start = clause.index("$")
    end = clause.index(" ", start)
    quote = clause[start:end].rstrip(".")
    evidence = Evidence(page=1, start=start, end=start + len(quote), quote=quote)
    assert further_deposit(evidence, ReadText(document_of(clause))) == Decimal(further)
