"""The rules of deposits, on clauses in many words."""

import pytest
from pydantic import TypeAdapter

from pipeline.knowledge.rules import rules
from pipeline.validate.check import run_check
from pipeline.validate.passages import ReadText
from schemas import Check, LeaseTerms


def _holds(rule, text, document_of):
    check = TypeAdapter(Check).validate_python(rules()[rule]["check"])
    return run_check(check, ReadText(document_of(text)), LeaseTerms()).holds


@pytest.mark.parametrize(
    "clause",
    [
        "The security deposit is kept at Harbor Trust Company, 12 Main Street.",
        "I keep the deposit at Flower Federal Savings, 40 Franklin Street.",
        "The deposit lies in an account used only for security deposits at Elm Savings Institution.",
        "The deposit is in a security deposits account, of which Tenant is told.",
    ],
)
def test_where_the_deposit_is_held(document_of, clause):
    assert _holds("deposit_holding", clause, document_of)


@pytest.mark.parametrize(
    "clause",
    [
        "The deposit is the Owner's to use, no escrow being kept.",
        "Management keeps the deposit and is not bound to bank it or to post a bond for it.",
        "Landlord takes a deposit of $900 and need not say which bank has it.",
    ],
)
def test_a_place_denied_is_no_place(document_of, clause):
    assert not _holds("deposit_holding", clause, document_of)


@pytest.mark.parametrize(
    "clause",
    [
        "The security deposit may be mingled with the Owner's other moneys and put to any use.",
        "Landlord may commingle the deposit with its own funds.",
        "Owner may withdraw the deposit at any time, mix it with its own funds and spend it on improvements.",
        "Management treats the deposit as part of its working capital.",
        "The deposit goes into Lessor's general operating account.",
        "Landlord may hold the deposit together with its own funds in any manner it likes.",
        "The landlord keeps the deposit with its own operating money and may use it as it likes.",
        "The landlord keeps the deposit with his household money.",
        "The deposit will be placed in our general business account.",
        "The deposit shall be at Landlord's free disposal until the tenancy ends.",
        "A deposit of $695 is paid. The landlord keeps it in cash in his desk together with his household money.",
        "The deposit need not be kept in a separate account.",
    ],
)
def test_a_deposit_mixed_with_other_money(document_of, clause):
    assert not _holds("deposit_commingled", clause, document_of)


@pytest.mark.parametrize(
    "clause",
    [
        "Landlord shall not commingle the deposit with its own funds.",
        "The deposit is held apart from Landlord's own money at Elm Bank.",
        "The deposit is kept in a trust account and is never mixed with our own money.",
        "Landlord may use the deposit to pay unpaid rent and for repairs beyond ordinary wear and tear.",
        "Landlord may apply the deposit to unpaid utility bills and to damage.",
        "Tenant may not use the deposit as rent.",
        "The deposit is placed in an escrow account separate from any personal account of Landlord.",
    ],
)
def test_a_deposit_kept_apart(document_of, clause):
    assert _holds("deposit_commingled", clause, document_of)


@pytest.mark.parametrize(
    "clause",
    [
        "The security deposit is non-refundable.",
        "Tenant pays a nonrefundable security deposit of $900.",
        "Of the deposit $350 is kept for cleaning in any case.",
        "The deposit is $900. Half of it, $450, stays with me for good as a redecorating charge whatever shape the place is in.",
        "Said sum is deemed earned by Lessor upon receipt and no portion thereof shall be repaid to Lessee. It is a deposit.",
        "The security deposit is deemed earned by Landlord upon receipt.",
        "The deposit is refundable save for $350.00, which Landlord keeps in every case to shampoo carpets.",
        "Tenant pays a security deposit of $900, and no portion of the deposit will be returned to Tenant.",
    ],
)
def test_a_deposit_kept_from_the_start(document_of, clause):
    assert not _holds("deposit_kept", clause, document_of)


@pytest.mark.parametrize(
    "clause",
    [
        "The security deposit is refundable. A nonrefundable pet fee of $200 is paid for the cat.",
        "Landlord shall return the deposit less deductions for damage beyond ordinary wear and tear.",
        "The deposit shall not be returned until possession is given up.",
        "The application fee is nonrefundable and is not a deposit.",
        "The part of the deposit that is not needed for damage beyond ordinary wear is returned.",
        "No part of the deposit may be kept for ordinary wear and tear.",
        "Landlord may keep so much of the deposit as is needed for unpaid rent.",
    ],
)
def test_a_deposit_that_is_refundable(document_of, clause):
    assert _holds("deposit_kept", clause, document_of)
