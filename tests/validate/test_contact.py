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
        "Who is the landlord? Ruth Ellery. What is being rented? The upper flat, 12 Elm Street, Dayton, Ohio 45402.",
        "Where will I live? In the upper flat, 12 Elm Street, Dayton, Ohio 45402.",
        "Notices of rent increases follow chapter 193A of the St. Paul Legislative Code. The flat is at 12 Elm Street, Dayton, Ohio 45402.",
        "What home do we rent to you? 12 Elm Street, Dayton, Ohio 45402.",
        "Which apartment does the owner let? Number 4, 12 Elm Street, Dayton, Ohio 45402.",
        "The laundry shared by tenants of the building is at 12 Elm Street, Dayton, Ohio 45402.",
    ],
)  # fmt: skip
def test_the_home_or_anothers_address_is_not_the_landlords(document_of, clause):
    assert not check_landlord_address(ReadText(document_of(clause)), LeaseTerms()).holds


@pytest.mark.parametrize(
    ("clause", "found"),
    [
        ("The owner lives in the other half of the duplex.", True),
        ("Our office is in the building, by the front door.", True),
        ("The landlord, who manages the house, lives on the second floor.", True),
        ("The landlord's mailing address is the address above.", True),
        ("The leasing office is on the property and open daily.", True),
        ("The owner may be reached at the premises.", True),
        ("If the landlord learns that damage is found on the premises, it is billed.", False),
        ("Notices of the landlord may be served by posting on the premises.", False),
        ("The owner allows only the people named above to live on the premises.", False),
        ("The landlord receives notice of any defect on the premises.", False),
        ("The landlord may show the flat on the second floor.", False),
        ("The manager is reached by telephone when something breaks on the premises.", False),
        ("We live by the rule that noise stops at ten.", False),
    ],
)
def test_a_landlord_on_the_spot_is_reached_at_the_homes_address(document_of, clause, found):
    text = ReadText(document_of(f"You rent the flat at 12 Elm Street, Dayton, Ohio 45402.\n\n{clause}"))
    assert check_landlord_address(text, LeaseTerms()).holds is found


@pytest.mark.parametrize(
    "clause",
    [
        "NOTICES\n\nTo Landlord:\n\n14 Oak Road\nDayton, Ohio 45402",
        "If to Owner:\nMaple Court LLC\nAttn: Cy Doe\n14 Oak Road, Suite 3\nDayton, OH 45402",
        "Owner/Agent: Maple Court LLC\nAddress for notices: 14 Oak Road\nDayton, OH 45402",
        "Landlord's name: Maple Court LLC\nLandlord's street address: 14 Oak Road\nCity/State/ZIP: Dayton, OH 45402",
        "Our address for rent, notices, and anything a court sends: 14 Oak Road, Dayton, OH 45402.",
        "Who do I call? Cy Doe, the manager, at 937-555-0100. His desk is at 14 Oak Road, Dayton, OH 45402.",
        "Where do I send the rent? To 14 Oak Road, Dayton, OH 45402.",
        "Who is the landlord and where? Ruth Ellery, 14 Oak Road, Dayton, OH 45402.",
        "Who owns the house? Ruth Ellery of 14 Oak Road, Dayton, OH 45402.",
        "We are Gwen and Art Ellery, 1518 East Orman Avenue, Pueblo, Colorado 81004, and we own the place.",
        "I am Ruth Ellery, I own the house, and you find me at 14 Oak Road, Dayton, OH 45402.",
        "Rent, letters and court papers reach the owner, Ruth Ellery, at 14 Oak Road, Dayton, OH 45402.",
        "The trustee, Ruth Ellery, has her office at 14 Oak Road, Dayton, OH 45402.",
        "This house is let for the owner by Keystone Management, 14 Oak Road, Dayton, OH 45402.",
        "The agent authorized to manage the home is Cy Doe, whose place of business is 14 Oak Road, Dayton, OH 45402.",
        "For service of process: Corporation Service Company, 14 Oak Road, Dayton, OH 45402.",
        "Court papers for the owner are taken by Cy Doe at 14 Oak Road, Dayton, OH 45402.",
        "Lessor's domicile: 14 Oak Road, Dayton, OH 45402.",
        "Lessor, residing at 14 Oak Road, Dayton, OH 45402, and Lessee agree.",
        "Ruth Ellery, of 14 Oak Road, Dayton, OH 45402, hereinafter called Lessor, and Ann Poe, hereinafter called Lessee, agree.",
        'The Housing Authority of the City of Dayton ("Owner"), 14 Oak Road, Dayton, OH 45402.',
        "| Landlord | Maple Court LLC, 14 Oak Road, Dayton, OH 45402 |",
        "Managed by: Keystone Management\n14 Oak Road\nDayton, OH 45402",
    ],
)
def test_where_the_landlord_is_reached_in_forms_letters_and_questions(document_of, clause):
    assert check_landlord_address(ReadText(document_of(clause)), LeaseTerms()).holds
