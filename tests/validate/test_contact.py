"""The landlord's address: found in many layouts, never mistaken for another's."""

import pytest

from pipeline.validate.contact import check_landlord_address
from pipeline.validate.passages import ReadText
from schemas import LeaseTerms, Term


@pytest.mark.parametrize(
    "clause",
    [
        "Owner, for service of process: Maple Homes, LP, 530 West Sixth Street, Suite 900, Los Angeles, CA 90014.",
        "MY ADDRESS. Dana Vance, 77 Melville Street, lower apartment, Rochester, NY 14609; call me there.",
        "Notices to us: Maple Homes, 12 Harbor Road, Fresno, California 93721.",
        "Landlord: Verlin Stroud, 2804 South Holland Bend, Springfield, Missouri 65807",
        "The person authorized to manage the premises is Walter Delo, 18 Falls Alley, Greenville, South Carolina 29601.",
        "Hollis Dargan, 77 West Broadway, Eugene, OR 97401, (541) 555-0166, manages the building.",
        "The manager of the house is Iris Manley, 41 Wentworth Passage,\nCharleston, South Carolina 29401.",
        "Where do letters go? To me: Walter Drze, 3310 West 26th Street, Erie, PA 16506.",
        "Maple Row Homes LLC of 12 Elm Street, Columbus, Ohio 43201 (the \"Landlord\") lets to Dana Hill.",
        "The address of Landlord for notices, rent and service of process is 6800 West North Avenue, Oak Park, Illinois 60302.",
    ],
)  # fmt: skip
def test_an_address_said_to_be_the_landlords_is_found(document_of, clause):
    assert check_landlord_address(ReadText(document_of(clause)), LeaseTerms()).holds


@pytest.mark.parametrize(
    "clause",
    [
        "Landlord leases to Tenant the dwelling at 418 Juniper Street, Unit 2, Columbus, Ohio 43215.",
        "We rent you Apartment 2114 at 5600 Menchaca Road, Austin, Texas 78745.",
        "Tenant: Dana Hill, 14 Orchard Road, Columbus, Ohio 43215",
        "The Landlord keeps the deposit in an escrow account at Waterbury Savings, 20 Bank Court, Waterbury, Connecticut 06702.",
        "You must give the landlord your new address when you move out.",
        "The landlord's address is told on request.",
        "Tenant may complain to the owner or to Code Enforcement, 240 South Water Street, Henderson, Nevada 89014.",
    ],
)
def test_no_other_address_stands_in_for_it(document_of, clause):
    assert not check_landlord_address(ReadText(document_of(clause)), LeaseTerms()).holds


def test_the_landlords_name_before_an_address_is_enough(document_of):
    text = ReadText(document_of("Harbor Gate Homes LLC, 12 Harbor Road, Fresno, California 93721, lets to Dana Hill."))
    named = LeaseTerms(owner_name=Term(value=["Harbor Gate Homes LLC"], confidence=0.9))
    assert check_landlord_address(text, named).holds
    assert not check_landlord_address(text, LeaseTerms()).holds
