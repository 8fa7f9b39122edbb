"""The learned model of forbidden clauses, and what the checks make of it."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.knowledge.rules import rules
from pipeline.validate.clause_kinds import features, shipped_model
from pipeline.validate.forbidden import check_clause_forbidden
from pipeline.validate.passages import ReadText
from schemas import ClauseForbidden, Document, Page


def result(rule, clause):
    text = f"1. RENT. Rent is $900 a month.\n\n2. {clause}\n\n3. KEYS. Tenant has two keys.\n"
    check = ClauseForbidden.model_validate(rules()[rule]["check"])
    return check_clause_forbidden(
        check, ReadText(Document("a", "0" * 64, "text/plain", text, (Page(1, 0, len(text)),)))
    ).result


@settings(deadline=None)  # the first sentence loads the model
@given(st.text(max_size=300))
def test_probabilities_are_probabilities_of_whatever_text(sentence):
    said = shipped_model().probabilities(sentence)
    assert all(0 <= p <= 1 for p in said.values())
    assert sum(said.values()) < 1 + 1e-9 or math.isclose(sum(said.values()), 1)


def test_the_parties_are_roles_whatever_they_are_called():
    assert features("Lessor may enter the unit of Lessee.") == features("We may enter the unit of you.")


def test_every_kind_that_a_rule_names_is_known_to_the_model():
    named = {kind for rule in rules().values() for kind in rule["check"].get("kinds", ())}
    assert named and named <= set(shipped_model().kinds)


@pytest.mark.parametrize(
    ("rule", "clause"),
    [
        ("self_help", "If you fall two weeks behind we may swap the cylinder and hold on to the new key until you have paid."),
        ("exculpation", "Renter walks the stairs and uses the pool at Renter's own peril, and Owner answers for no hurt that comes of it."),
        ("confession_of_judgment", "By signing you let my lawyer go to the courthouse in your name and have a judgment entered against you for the unpaid rent."),
        ("retaliation", "A resident who reports this house to the housing inspector is in breach of the lease and will be given notice to leave."),
    ],
)  # fmt: skip
def test_wordings_that_no_cue_foresaw_are_found(rule, clause):
    assert result(rule, clause) == "violated"


@pytest.mark.parametrize(
    ("rule", "clause"),
    [
        ("waiver_of_rights", "No right, remedy or requirement of Part II of Chapter 83 is waived by anything written here."),
        ("waiver_of_rights", "Tenants give up no right or remedy under the chapter, confess no judgment, and release no liability of Landlord."),
        ("waiver_of_rights", "You do not give up any right or remedy under the Act."),
        ("self_help", "Landlord will recover possession only through the court and never by changing locks or cutting off the water."),
        ("retaliation", "You have the right to complain to the City about the apartment and I may not punish you for it."),
        ("attorney_fees", "Attorney's fees go to a party only as court rules, statute or ordinance provide."),
    ],
)  # fmt: skip
def test_clauses_that_keep_a_right_are_let_pass(rule, clause):
    assert result(rule, clause) == "satisfied"
