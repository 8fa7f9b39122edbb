"""From when a building is, in many words: whether the lead disclosure applies."""

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "The building was put up in 2010.",
        "The building has 40 units and was finished in 2006.",
        "A house of 1994 with a yard.",
        "The complex opened in 1988.",
        "The home is in a 24-unit building completed in 2004 and registered under the Rental Registration and Inspection Ordinance.",
        "Unit 6 of a twelve-unit building, 1999; furnished.",
        "A townhouse of three bedrooms, completed in 1994.",
        "Apartment 212 in a 32-unit building first occupied in 1998.",
        "Year built: 1988",
        "Building: 12 apartments, built in 1998\nLandlord: R Homes LLC, 1901 West Irving Park Road",
        "The house was not built before 1978.",
    ],
)
def test_a_building_of_today(met, text):
    assert met("built_since_1978", text)
    assert not met("built_before_1978", text)


@pytest.mark.parametrize(
    "text",
    [
        "The house went up in 1924.",
        "A two-family house of 1911.",
        "The building was finished about 1960.",
        "House: single-family, built 1957.",
        "The house was built in the spring of 1962.",
    ],
)
def test_an_old_building(met, text):
    assert met("built_before_1978", text)
    assert not met("built_since_1978", text)


@pytest.mark.parametrize(
    "text", ["The painting was finished in May 2024.", "The pool opened in 2019.", "The house at 2005 Elm Street."]
)
def test_work_on_a_building_is_no_building(met, text):
    assert not met("built_since_1978", text)
