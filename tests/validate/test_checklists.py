"""The record of the condition at the start, in many words, and what only sounds like one."""

import pytest

ROWS = [
    (
        "satisfied",
        "Before Tenant's first day in the unit the agent will list the furnishings and appliances and record the condition of every room in writing. Tenant signs that record and keeps a copy.",
    ),
    (
        "satisfied",
        "Before you moved in we offered you a walk-through of the apartment; the pre-occupancy walk-through checklist, signed by both of us, is attached as Schedule A, and nothing written on it will be charged to you.",
    ),
    (
        "satisfied",
        "With this agreement Landlord has handed to Tenant a separate written statement, signed by Landlord, of the present condition of the unit, with every existing mark, stain and defect.",
    ),
    (
        "satisfied",
        "Within five days after Tenant takes occupancy, Landlord submits to Tenant a written report itemizing the condition of the unit.",
    ),
    ("satisfied", "On the day you get the keys we write down the state of every room together."),
    ("satisfied", "We go from room to room on the first day and note down whatever is wrong; both sign."),
    ("satisfied", "A condition sheet, filled in by both parties at the start, is attached."),
    ("satisfied", "The parties sign an inventory of the house and its furniture on the day of entry."),
    (
        "satisfied",
        "What shape is it in? You and I wrote down every scratch before you moved in; the page is stapled to this lease.",
    ),
    ("satisfied", "A list of existing damage is attached."),
    (
        "satisfied",
        "Before you get the keys we give you a condition report and an itemized list of the fixtures. Only items damaged beyond ordinary wear can be charged.",
    ),
    ("satisfied", "Move-in photographs and a record of the condition of the rooms were signed on May 1."),
    ("satisfied", "The check-in form, with the condition of each room, must be returned within seven days."),
    ("satisfied", "Landlord gave Tenant a statement describing the condition of the premises."),
    ("satisfied", "Photos of the condition at move-in are kept by both."),
    ("satisfied", "Resident has fourteen days to complete the unit condition report and hand it back."),
    (
        "missing",
        "Tenant has received two door keys and one mailbox key. Abandoned belongings are handled after the inventory, storage and notice described in the statute.",
    ),
    ("missing", "Tenant shall write to Landlord about any damage at once."),
    ("missing", "Tenant keeps the house in good condition and tells Landlord of damage in writing."),
    ("missing", "The deposit is returned with a list of the damage and the balance."),
    ("missing", "Landlord records the lease with the county."),
    ("missing", "Written notice of the sale of the property left behind describes its condition."),
    ("missing", "Moves are to be booked with the front desk two days ahead so that the elevator can be padded."),
    ("missing", "The landlord's insurance does not list Tenant's goods."),
    (
        "missing",
        "Within 31 days after the tenancy ends the deposit is returned with dated photographs and the written condition statement.",
    ),
    (
        "missing",
        "Owner has given Tenant the inspection report of 2019 on lead-based paint, with the condition of the windows.",
    ),
    ("violated", "That showing was enough, and neither a walk-through nor any list is made before you move in."),
    ("violated", "The parties see no need for a written record of the unit's condition at move-in."),
    ("violated", "No checklist. Tenant accepts the unit as being without defect."),
    ("violated", "Instead of a checklist, Tenant looks the place over and takes it as it stands."),
    ("violated", "A condition report is thought unnecessary, as the flat was just painted."),
    ("violated", "There is no need for an inventory of the rooms."),
    ("violated", "Landlord and Tenant agree to do without a checklist."),
    (
        "violated",
        "Staff record the state of the unit in the office file before move-in; they are bound by it, and are not given a form of their own to fill in.",
    ),
    (
        "missing",
        "The deposit is used for damage beyond ordinary wear and for cleaning needed to return the home to its condition at move-in.",
    ),
]


@pytest.mark.parametrize(("expected", "clause"), ROWS)
def test_a_record_of_the_condition(judged, expected, clause):
    text = f"4. Deposit. Tenant pays a security deposit of $1,000.\n\n5. {clause}\n\n6. Pets. None are kept.\n"
    assert judged("move_in_checklist", text) == expected
