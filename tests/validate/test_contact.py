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


@pytest.mark.parametrize(
    "clause",
    [
        "8. Landlord's address. Ann Ferrante, who manages the house and receives notices, demands and service of process, is at 208 Willow Street, New Haven, Connecticut 06511.",
        "7. Names for notices. Owner, who manages the house himself and accepts legal papers, can be found at 3120 South Kinney Avenue, Milwaukee, Wisconsin 53207.",
        "f) Who we are. The manager is Sol Aakre, and the owner's agent for service of process is North Loring LLP; both are at 212 Second Street SE, Minneapolis, Minnesota 55414.",
        "The landlord is Ruth Ellery. She lives at 14 Oak Road, Dayton, Ohio 45402.",
        "The owner is Maple Court LLC. Its office is at 14 Oak Road, Dayton, Ohio 45402.",
        "Our manager is Cy Doe. He can be found at 14 Oak Road, Dayton, Ohio 45402.",
        "The owners are Ann and Bob Poe. They get mail at 14 Oak Road, Dayton, Ohio 45402.",
        "Who is renting to whom? Harold and Nadine Okafor, 1907 Evansdale Avenue, Toledo, Ohio 43607, phone 419-555-0118, own the house and are the landlord.",
        "Ruth Ellery, 14 Oak Road, Dayton, Ohio 45402, is your landlord.",
        "Ruth Ellery (14 Oak Road, Dayton, Ohio 45402) owns the house.",
        "You can reach us at 14 Oak Road, Dayton, Ohio 45402.",
        "How do I reach you? Write to 14 Oak Road, Dayton, Ohio 45402.",
        "Send mail and legal papers to me at 14 Oak Road, Dayton, Ohio 45402.",
        "Service of process may be made on Cy Doe, 14 Oak Road, Dayton, Ohio 45402.",
        "Notices to Landlord:\nMaple Court LLC\n14 Oak Road\nDayton, Ohio 45402",
        "Landlord\nName: Ruth Ellery\nAddress: 14 Oak Road, Dayton, Ohio 45402",
        "LANDLORD\nRuth Ellery\n14 Oak Road\nDayton, Ohio 45402",
        "Property manager: Keystone Management\nStreet: 14 Oak Road\nCity: Dayton, Ohio 45402",
        "The house is owned by Ruth Ellery of 14 Oak Road, Dayton, Ohio 45402.",
        "The building is run by Keystone Management, whose office is at 14 Oak Road, Dayton, Ohio 45402.",
        "The person in charge of the property is Cy Doe, who may be found at 14 Oak Road, Dayton, Ohio 45402.",
        "Rent is paid to Ruth Ellery at 14 Oak Road, Dayton, Ohio 45402.",
        "Mail the rent to P.O. Box 114, Dayton, Ohio 45402.",
        "Anything in writing for the landlord goes to 14 Oak Road, Dayton, Ohio 45402.",
        "Letters for us go to 14 Oak Road, Dayton, Ohio 45402.",
        "We live at 14 Oak Road, Dayton, Ohio 45402.",
        "I live next door, at 14 Oak Road, Dayton, Ohio 45402, and own the house.",
        "Papers from a court may be handed to Cy Doe, agent for the owner, 14 Oak Road, Dayton, Ohio 45402.",
        "The one who speaks for the owner is Cy Doe, found at 14 Oak Road, Dayton, Ohio 45402.",
        "Maple Court LLC does business from 14 Oak Road, Dayton, Ohio 45402, and is the landlord.",
        "Landlord's agent for notices is Cy Doe, who may be served at 14 Oak Road, Dayton, Ohio 45402.",
        "The registered agent of Maple Court LLC is Cy Doe, 14 Oak Road, Dayton, Ohio 45402.",
        "The leasing office is at 14 Oak Road, Dayton, Ohio 45402, open from nine to five.",
        "Management: Maple Court LLC, 14 Oak Road, Dayton, Ohio 45402",
        "Home of the owner: 14 Oak Road, Dayton, Ohio 45402",
        "The landlord leases to the tenant the flat at 12 Elm Street, Dayton, Ohio 45402. The landlord lives in the upper flat of the same house.",
        "The home is 12 Elm Street, Dayton, Ohio 45402. The landlord's address for notices is the same as that of the premises.",
        "You rent the lower flat at 12 Elm Street, Dayton, Ohio 45402. I am the owner and I live upstairs.",
        "The flat is at 12 Elm Street, Dayton, Ohio 45402. The manager's office is on the first floor of the building, and notices may be left there.",
    ],
)  # fmt: skip
def test_where_the_landlord_is_reached_in_everyday_words(document_of, clause):
    assert check_landlord_address(ReadText(document_of(clause)), LeaseTerms()).holds


@pytest.mark.parametrize(
    "clause",
    [
        "Three Rivers Landing\n\nBetween Three Rivers Landing Partners, LP (\"Owner\") and Ann Poe (\"Resident\").",
        "The landlord owns the house at 12 Elm Street, Dayton, Ohio 45402.",
        "The owner manages the building, and the apartment is at 12 Elm Street, Dayton, Ohio 45402.",
        "The owner, who manages the house himself, rents to Ann Poe the flat at 12 Elm Street, Dayton, Ohio 45402.",
        "The manager is Cy Doe. The flat is at 12 Elm Street, Dayton, Ohio 45402.",
        "The tenant is Ann Poe. She lives at 14 Oak Road, Dayton, Ohio 45402.",
        "The leasing staff keep the hours posted on the door. The flat is at 12 Elm Street, Dayton, Ohio 45402.",
        "We rent you the flat at 12 Elm Street, Dayton, Ohio 45402. You live downstairs.",
        "You rent the flat at 12 Elm Street, Dayton, Ohio 45402. The landlord may enter the premises to make repairs.",
        "You rent the flat at 12 Elm Street, Dayton, Ohio 45402. Call the owner at 937-555-0100.",
        "The owner's insurer is Ohio Mutual, 8 Bank Street, Dayton, Ohio 45402.",
        "The home: 12 Elm Street, Dayton, Ohio 45402, which the landlord owns.",
        "The laundry shared by tenants of the building is at 12 Elm Street, Dayton, Ohio 45402.",
    ],
)  # fmt: skip
def test_the_home_or_anothers_address_is_not_the_landlords(document_of, clause):
    assert not check_landlord_address(ReadText(document_of(clause)), LeaseTerms()).holds
