"""Keys of units and tenancies: the same however they are written, different for different ones."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import same_tenants, tenancy_key, unit_key
from schemas import Jurisdiction
from tests.records.leases import POWELL, terms


def key(address: str, place: Jurisdiction | None = POWELL) -> str | None:
    return unit_key(terms(property_address=address), place)


@pytest.mark.parametrize(
    "written",
    [
        "12 Elm Street, Unit 4B, Powell, Ohio 43065",
        "12 ELM ST., APT. 4B, POWELL, OH 43065-1234",
        "12 Elm St #4-B, Powell OH",
        "12 Elm Street Apartment No. 4B, Powell, Delaware County, Ohio",
        "12 elm street, suite 4b",
        "12 Elm Street, Unit #4B, Powell, Ohio, USA",
        "Unit 4B, 12 Elm Street, Powell",
        "12 Elm St 4B, Powell, Ohio",
    ],
)
def test_a_unit_is_the_same_however_it_is_written(written: str) -> None:
    assert key(written) == key("12 Elm Street, Unit 4B, Powell, Ohio 43065")


@pytest.mark.parametrize(
    "other",
    [
        "12 Elm Street, Unit 4C", "12 Elm Street", "14 Elm Street, Unit 4B", "12 Elm Avenue, Unit 4B",
        "12 Elm Street, Building 2, Unit 4B", "12 N. Elm Street, Unit 4B", "12 Elm Street, Upper Unit",
    ],
)  # fmt: skip
def test_other_premises_have_another_key(other: str) -> None:
    assert key(other) != key("12 Elm Street, Unit 4B")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("9 Oak Ave., 2nd Floor", "9 Oak Avenue, Second Floor"),
        ("9 Oak Ave, Bldg. 3, Apt 7", "9 Oak Avenue Apartment 7, Building 3"),
        ("9 Oak Ave, Upper Unit", "9 oak avenue, upper apt."),
        ("210 West Saint Clair Avenue, Suite 5", "210 W. St. Clair Ave. Ste. 5"),
        ("4 Rue de l’Église, Flat 2", "4 rue de l'Eglise, flat 2"),
        ("7 Ohio Street, Powell, Ohio", "7 Ohio St., Powell"),
    ],
)
def test_common_ways_of_writing(one: str, other: str) -> None:
    assert key(one) == key(other) is not None


def test_the_place_counts_and_the_terms_come_before_the_jurisdiction() -> None:
    columbus = Jurisdiction(country="US", state="Ohio", city="Columbus")
    assert key("12 Elm Street", columbus) != key("12 Elm Street")
    said = terms(property_address="12 Elm Street, Powell, OH", city="Powell", state="OH")
    assert unit_key(said, columbus) == unit_key(said, None) == key("12 Elm Street")
    assert key("") is None and unit_key(terms()) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (["Ada Byron"], ["ADA  BYRON"], True),
        (["Ada Byron"], ["Byron, Ada"], True),
        (["Ada M. Byron", "Max Planck"], ["Max Planck", "A. Byron"], True),
        (["Ada Byron", "Max Planck"], ["Ada Byron"], True),
        (["Seán O’Brien"], ["Sean O'Brien"], True),
        (["Blue Door Bakery, Inc."], ["BLUE DOOR BAKERY INC"], True),
        (["Blue Door Bakery, L.L.C."], ["Blue Door Bakery LLC"], True),
        (["Ada Byron"], ["Alan Byron"], False),
        (["John Smith Sr."], ["John Smith Jr."], False),
        (["Ada Byron", "Max Planck"], ["Ada Byron", "Emmy Noether"], False),
        (["Blue Door Bakery, Inc."], ["Red Door Bakery, Inc."], False),
        ([], ["Ada Byron"], False),
    ],
)
def test_who_is_the_same(one: list[str], other: list[str], same: bool) -> None:
    assert same_tenants(one, other) is same_tenants(other, one) is same


NAMES = st.lists(
    st.sampled_from(["Ada Byron", "Max Planck", "Emmy Noether", "Blue Door Bakery LLC"]), min_size=1, unique=True
)


@settings(deadline=None)
@given(names=NAMES, data=st.data())
def test_a_tenancy_is_the_same_in_any_order_case_and_punctuation(names: list[str], data: st.DataObject) -> None:
    change = st.sampled_from([str.upper, str.lower, lambda n: n.replace(" ", "  "), lambda n: f"{n}."])
    written = [data.draw(change)(name) for name in data.draw(st.permutations(names))]
    assert tenancy_key("u", written) == tenancy_key("u", names)
    assert same_tenants(written, names)


@settings(deadline=None)
@given(st.text(max_size=80), st.text(max_size=30))
def test_no_writing_breaks_a_key(address: str, name: str) -> None:
    unit = key(address)
    assert unit is None or len(unit) == 16
    made = tenancy_key("u", [name])
    assert made is None or made.startswith("u-")
