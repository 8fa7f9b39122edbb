"""The learned model of forbidden clauses, and what the checks make of it."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.knowledge.packs import load_pack
from pipeline.knowledge.rules import rules
from pipeline.validate.clause_kinds import Model, features, loaded, saved, shipped_model
from pipeline.validate.forbidden import check_clause_forbidden
from pipeline.validate.passages import ReadText
from schemas import ClauseForbidden, Document, Page


def checked(check, clause):
    text = f"1. RENT. Rent is $900 a month.\n\n2. {clause}\n\n3. KEYS. Tenant has two keys.\n"
    return check_clause_forbidden(
        check, ReadText(Document("a", "0" * 64, "text/plain", text, (Page(1, 0, len(text)),)))
    ).result


def result(rule, clause):
    return checked(ClauseForbidden.model_validate(rules()[rule]["check"]), clause)


@settings(deadline=None)  # the first sentence loads the model
@given(st.text(max_size=300))
def test_probabilities_are_probabilities_of_whatever_text(sentence):
    said = shipped_model().probabilities(sentence)
    assert all(0 <= p <= 1 for p in said.values())
    assert sum(said.values()) < 1 + 1e-9 or math.isclose(sum(said.values()), 1)


def test_the_parties_are_roles_whatever_they_are_called():
    assert features("Lessor may enter the unit of Lessee.") == features("We may enter the unit of you.")


def test_words_of_one_family_share_their_parts():
    assert features("mitigation") & features("mitigating") == {"~<mit", "~miti", "~itig", "~tiga", "~igat", "~gati"}


def test_a_model_says_the_same_after_it_was_saved():
    model = Model(
        ("lien",), np.zeros(2, "f"), {"goods": 0, "T goods": 1}, np.ones(2, "f"), np.array([[2, 0], [-1.5, 0]], "f")
    )
    for sentence in ("Goods.", "Lessee's goods.", "Rent."):
        assert loaded(saved(model)).probabilities(sentence) == model.probabilities(sentence)


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


@pytest.mark.parametrize(
    "clause",
    [
        "A household that pays with a rent certificate from the county is not taken.",
        "Applicants whose rent would come in part from a housing agency are turned away.",
        "Families that hold a Section 8 voucher may not apply.",
    ],
)
def test_who_is_turned_away_for_a_voucher_is_not_turned_away_for_who_they_are(clause):
    fair_housing = next(r for r in load_pack("US").requirements if r.id == "US.fair_housing")
    assert checked(fair_housing.check, clause) == "satisfied"
    assert result("source_of_income", clause) == "violated"
