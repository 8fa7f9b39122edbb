"""What a lease says the deposit may be withheld for, in many words."""

import pytest

from pipeline.knowledge import load_pack
from pipeline.validate.check import run_check
from pipeline.validate.passages import ReadText
from schemas import LeaseTerms

CHECK = next(r for r in load_pack("US-WA").requirements if r.id == "US-WA.deposit_withholding_terms").check


@pytest.mark.parametrize(
    "clause",
    [
        "It may be used for unpaid rent and for damage beyond wear from ordinary use.",
        "I can use it toward rent you owe and repairs of damage you caused.",
        "Landlord may apply it to rent that is owed.",
        "Landlord may deduct the cost of cleaning.",
        "We hold back only what it takes to put right what you broke.",
        "What you owe and what you broke comes out of the deposit.",
        "The deposit covers damage beyond ordinary wear, and unpaid rent.",
        "You get it back minus the rent you owe.",
        "What remains after unpaid rent and repairs is returned.",
        "The deposit stands good for damage to the unit.",
        "It is kept only for damage that Tenant caused.",
        "Unpaid utilities and repairs are taken from it.",
        "Owner may set it off against rent owing.",
        "Landlord recovers the price of repairs from the deposit.",
        "The deposit secures the performance of this lease.",
        "Landlord may retain so much as is needed for cleaning.",
    ],
)
def test_terms_of_withholding(document_of, clause):
    text = ReadText(document_of(f"4. Deposit. Tenant pays a deposit of $1,000. {clause}\n"))
    assert run_check(CHECK, text, LeaseTerms()).result == "satisfied"


@pytest.mark.parametrize(
    "clause",
    ["It lies in a trust account at Elm Bank.", "It is paid at signing, for which a receipt is given."],
)
def test_no_terms_of_withholding(document_of, clause):
    text = ReadText(document_of(f"4. Deposit. Tenant pays a deposit of $1,000. {clause}\n"))
    assert run_check(CHECK, text, LeaseTerms()).result == "missing"
