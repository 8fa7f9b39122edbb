"""Families of forbidden clauses in wordings that neither cues nor training sentences have, and their lawful neighbours."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from pipeline.knowledge import load_pack
from pipeline.knowledge.rules import rules
from pipeline.validate.clause import check_clause_required
from pipeline.validate.forbidden import check_clause_forbidden
from pipeline.validate.passages import ReadText
from schemas import ClauseForbidden, ClauseRequired, Document, NoTerms, Page

FORBIDDEN = {
    "entry_without_notice": (
        "The manager has a key and may come into the apartment when he sees fit, whether or not anyone was told.",
        "As the house is ours, we may step in with our own key now and again without calling you first.",
        "Staff may let themselves in for repairs or showings on the same day, with no word sent ahead.",
        "Landlord may come in with a passkey at any hour that suits and need not announce it beforehand.",
        "We text you an hour before we come in, and nothing more is promised.",
        "Tenant consents to entry by Landlord's workmen at all hours, no advance notice being called for.",
        "Agents may bring buyers through the unit unannounced.",
    ),
    "deposit_interest_excluded": (
        "The deposit earns you nothing while we hold it.",
        "Whatever interest the bank credits on the deposit is kept by the Owner for his trouble.",
        "Tenant gives up any interest on the security deposit.",
        "The deposit comes back to you at the end without any interest.",
        "Management pays no interest on the money it holds as security.",
        "All earnings of the deposit account belong to Lessor.",
        "Lessee shall not be entitled to interest on the security, whatever the length of the tenancy.",
    ),
    "deposit_commingled": (
        "The Owner may keep the deposit in his personal checking account and spend it until it is due.",
        "Lessor may mix the security deposit with its other funds and use it in its business.",
    ),
    "emergency_calls": (
        "Resident gives up the right to call the police to the apartment, save in a matter of life and death.",
        "Each visit by the police to the unit costs the household $75.",
        "Tenants must ring the caretaker instead of the police, and a call he did not approve is a breach.",
        "More than two ambulance calls in a year are ground to end the lease.",
        "Renter will be fined $50 for calling 911 over a quarrel.",
    ),
    "jury_waiver": ("Can I ask for a jury? You have agreed not to ask for one.",),
    "deposit_nonrefundable": ("Does all of it come back? No. $200 of it stays with us for the next renter's paint.",),
    "source_of_income": (
        "Do you take vouchers? We do not.",
        "We accept only tenants with earned income and process no rental subsidies.",
        "The Owner takes no part in the voucher program and will not sign papers for one.",
        "Applicants who receive Section 8 or other rental assistance are not accepted.",
        "The Landlord rents to all, but not to households that would use a housing voucher.",
        "A household that comes to depend on rental assistance shall move out.",
    ),
    "attorney_fees": (
        "Tenant pays Landlord's attorney's fees in every dispute, whoever wins.",
        "Landlord may recover attorney's fees equal to a quarter of the judgment.",
        "In no event shall Tenant recover counsel fees from Landlord, even if Tenant prevails.",
        "If our lawyer has to write to you, his bill goes on your account.",
    ),
    "acceleration": (
        "If Renter leaves early, the rent for all remaining months becomes due that day, and Owner need not look for another tenant.",
        "Upon default the whole rent of the term is payable at once, whether or not the unit is let again.",
    ),
    "waiver_of_rights": (
        "It is agreed that the Landlord and Tenant Act does not apply to this tenancy.",
        "Residents surrender every protection of the tenant laws.",
        "The eviction-protection act is agreed not to apply to this house.",
    ),
    "notice_waiver": (
        "Notice before eviction: none required.",
        "Landlord may sue for possession at once, Tenant excusing him from serving any notice to quit.",
        "No notice to quit will be served before an eviction case is filed.",
    ),
    "retaliation": (
        "Anyone who brings in an inspector will find the rent raised or the lease not continued.",
        "A call to the health department is answered with a notice to leave.",
    ),
}
LAWFUL = {
    "deposit_kept": (
        "Landlord shall return the deposit within thirty days of the end of the tenancy.",
        "Within forty days Landlord shall refund whatever part of the deposit is then owing.",
    ),
    "entry_without_notice": (
        "We never come into your home unannounced, except in an emergency.",
        "Landlord gives two days' notice before entering, and knocks before using the key.",
        "Landlord may enter the hallways, basement and yard at any time.",
        "We may not come in without notice to you.",
        "We can't enter your home at any time we like.",
        "A maintenance request made by Resident is consent to entry for that job.",
        "Do you come in when I am away? Only if water is running or something is burning.",
    ),
    "deposit_interest_excluded": (
        "The deposit, not more than one month's rent, is held in an interest-bearing account.",
        "The deposit earns interest at the rate of one percent, which is paid to Tenant each year.",
        "Landlord shall not keep any of the interest on the deposit.",
        "No interest is charged on late rent.",
    ),
    "emergency_calls": (
        "Nobody is charged, warned or evicted for calling the police or an ambulance.",
        "In an emergency call 911 first and then the manager.",
        "Tenant may call the police whenever Tenant needs help.",
    ),
    "source_of_income": (
        "We accept housing vouchers and every other lawful source of income.",
        "Rent may be paid by a rental assistance program on Tenant's behalf.",
    ),
    "attorney_fees": (
        "Court costs and attorney fees are recovered only if a court awards them under the statutes.",
        "The winner recovers the attorney fees that a statute of this state specifically permits, and no more.",
        "Attorney's fees are awarded only as the Residential Landlord-Tenant Act authorizes.",
        "Attorney fees: only those that the Act lets a judge award.",
    ),
    "attorney_fees_one_way": (
        "Should Tenant breach and Landlord employ counsel, Tenant pays Landlord's attorney's fees; and should Landlord breach, Landlord shall in like manner pay Tenant's attorney's fees.",
        "Attorney's fees are awarded only as the Residential Landlord-Tenant Act authorizes.",
        "Attorney fees can be recovered only if a court awards them under the statutes.",
    ),
    "self_help": (
        "The Landlord may not lock the Tenants out, remove their things, or cut off services without a court order.",
        "Landlord will not remove Tenant, change locks, or have utilities cut off without a court order.",
        "We won't change your locks, carry off your belongings or shut off the power; only a court can put you out.",
    ),
    "lockout": (
        "Landlord will not remove Tenant, change locks, or have utilities cut off without a court order.",
        "Owner shall not bar the door, take off windows or stop the heat to make Residents go.",
    ),
    "retaliation": (
        "Owner does not raise rent, cut services, or threaten eviction because Residents complained to an agency or to Owner.",
        "We will not end your lease or raise your rent because you called an inspector.",
    ),
    "waiver_of_rights": (
        "Do I give up any rights by signing? No. You keep every right and remedy in the Kansas Residential Landlord and Tenant Act.",
        "Am I waiving my rights? No, you waive nothing.",
        "Do I waive anything that the statute gives me? You do not.",
    ),
    "deposit_nonrefundable": (
        "No part of the deposit is nonrefundable.",
        "None of the security deposit is nonrefundable.",
        "Is any of the deposit nonrefundable? No.",
    ),
}


WRITTEN = yaml.safe_load(Path(__file__).with_name("forbidden_sentences.yaml").read_text("utf-8"))


def written(kind: str) -> Iterator[tuple[str, str]]:
    """The sentences of a kind ("forbidden", "lawful") in the file beside this one, each with its rule."""
    return ((rule, clause) for rule, clauses in WRITTEN.items() for clause in clauses.get(kind, ()))


def read(clause: str) -> ReadText:
    text = f"1. RENT. Rent is $900 a month.\n\n2. {clause}\n\n3. KEYS. Tenant has two keys.\n"
    return ReadText(Document("a", "0" * 64, "text/plain", text, (Page(1, 0, len(text)),)))


def result(rule: str, clause: str) -> str:
    """What a shared rule, or a requirement with its place, says of a clause."""
    if "." in rule:
        check = next(r.check for r in load_pack(rule.partition(".")[0]).requirements if r.id == rule)
    else:
        check = ClauseForbidden.model_validate(rules()[rule]["check"])
    assert isinstance(check, ClauseForbidden)
    return check_clause_forbidden(check, read(clause)).result


@pytest.mark.parametrize(
    ("rule", "clause"), [*written("forbidden"), *((r, c) for r, clauses in FORBIDDEN.items() for c in clauses)]
)
def test_a_clause_that_must_not_be_there_is_found(rule: str, clause: str) -> None:
    assert result(rule, clause) == "violated"


@pytest.mark.parametrize(
    ("rule", "clause"), [*written("lawful"), *((r, c) for r, clauses in LAWFUL.items() for c in clauses)]
)
def test_its_lawful_neighbour_is_let_pass(rule: str, clause: str) -> None:
    assert result(rule, clause) == "satisfied"


@pytest.mark.parametrize(
    ("rule", "clause"),
    [
        ("move_in_checklist", "We do not make an inventory of damage; you take the house the way it is."),
        ("move_in_checklist", "No checklist of the unit's condition is prepared, and Resident accepts what there is."),
        ("move_in_checklist", "Lessor draws up no list of existing damage at move-in."),
        ("flood", "Whether the house has ever flooded is for the renters to find out."),
        ("mold", "Owner says nothing about mold and gives out no information on it."),
        ("bed_bugs", "Nothing is disclosed here about bed bugs, and Tenant asks nothing."),
        ("smoke_alarms", "Renter waives the installation of smoke alarms and buys any that are wanted."),
    ],
)
def test_a_duty_that_is_declined_is_not_met(rule: str, clause: str) -> None:
    check = ClauseRequired.model_validate(rules()[rule]["check"])
    assert check_clause_required(check, read(clause), NoTerms()).result in ("violated", "missing")


@pytest.mark.parametrize(
    ("rule", "clause"),
    [
        ("move_in_checklist", "Landlord and Tenant fill in a checklist of the unit's condition at move-in and both sign it."),
        ("move_in_checklist", "No one moves in before the condition report has been filled in and signed by both of us."),
        ("flood", "Owner has no knowledge that the house has flooded in the last five years."),
        ("mold", "There is no visible evidence of mold in the unit."),
        ("bed_bugs", "We know of no bed bugs in the unit or beside it."),
        ("smoke_alarms", "Smoke alarms are in place and tested; do not take them down."),
        ("smoke_alarms", "No charge is made for the smoke alarms, which Landlord has installed and tested."),
    ],
)  # fmt: skip
def test_a_negation_in_a_duty_that_is_met_does_not_turn_it(rule: str, clause: str) -> None:
    check = ClauseRequired.model_validate(rules()[rule]["check"])
    assert check_clause_required(check, read(clause), NoTerms()).result == "satisfied"
