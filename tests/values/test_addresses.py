"""US addresses in the forms that leases give them."""

import pytest

from pipeline.values.addresses import find_addresses
from pipeline.values.places import find_states


@pytest.mark.parametrize(
    ("written", "city", "state", "postcode"),
    [
        ("3127 Tamarind Place NW, Washington, DC 20010", "Washington", "District of Columbia", "20010"),
        ("3127 Tamarind Place NW, Washington, D.C. 20010", "Washington", "District of Columbia", "20010"),
        ("3127 Tamarind Place NW, Washington, D. C. 20010", "Washington", "District of Columbia", "20010"),
        ("209-A Cateechee Avenue, Greenville, South Carolina 29605", "Greenville", "South Carolina", "29605"),
        ("3297 West 41st Place, Down, Cleveland, Ohio 44109", "Cleveland", "Ohio", "44109"),
        ("73 Sedgwick Street, Jamaica Plain, Boston, MA 02130", "Boston", "Massachusetts", "02130"),
        ("12 Elm Street, Springfield, Sangamon County, Illinois 62704", "Springfield", "Illinois", "62704"),
        ("3127 Tamarind Place NW, Washington D.C. 20010", "Washington", "District of Columbia", "20010"),
        ("3127 Tamarind Place NW, Washington DC 20010", "Washington", "District of Columbia", "20010"),
        ("3127 Tamarind Place, N.W., Washington, DC 20010", "Washington", "District of Columbia", "20010"),
        ("5120 Manzanita Road, No. 22, San Diego, California 92115", "San Diego", "California", "92115"),
        ("5120 Manzanita Road, No 22, San Diego, CA 92115", "San Diego", "California", "92115"),
        ("5120 Manzanita Road, # 22, San Diego, CA 92115", "San Diego", "California", "92115"),
        ("5120 Manzanita Road #22, San Diego, CA 92115", "San Diego", "California", "92115"),
        ("5120 Manzanita Road, Apt. No. 22, San Diego, CA 92115", "San Diego", "California", "92115"),
        ("5120 Manzanita Road, apartment 22, San Diego, CA 92115", "San Diego", "California", "92115"),
        ("1822 Kestrel Road, Lower Unit, Madison, Wisconsin 53704", "Madison", "Wisconsin", "53704"),
        ("1822 Kestrel Road, Upper, Madison, Wisconsin 53704", "Madison", "Wisconsin", "53704"),
        ("1822 Kestrel Road, Second Floor, Madison, Wisconsin 53704", "Madison", "Wisconsin", "53704"),
        ("1822 Kestrel Road, Rear House, Madison, Wisconsin 53704", "Madison", "Wisconsin", "53704"),
        ("1822 Kestrel Road, Basement Apartment, Madison, Wisconsin 53704", "Madison", "Wisconsin", "53704"),
        ("1822 Kestrel Road, Penthouse B, Madison, Wisconsin 53704", "Madison", "Wisconsin", "53704"),
        ("27 Ridge Road, Charleston, West Virginia 25301", "Charleston", "West Virginia", "25301"),
        ("27 Ridge Road, Charleston, W. Va. 25301", "Charleston", "West Virginia", "25301"),
        ("812 Mesa Road NW, Albuquerque, New Mexico 87120", "Albuquerque", "New Mexico", "87120"),
        ("418 Cortelyou Road, Apartment 4F, New York City, New York 10025", "New York City", "New York", "10025"),
        ("418 West Street, New York, NY 10025", "New York", "New York", "10025"),
        ("5218 Rockhill Road, Kansas City, Missouri 64110", "Kansas City", "Missouri", "64110"),
        ("5218 Rockhill Road, Kansas City, Kansas 66101", "Kansas City", "Kansas", "66101"),
        ("5218 Rockhill Road, Arkansas City, Kansas 67005", "Arkansas City", "Kansas", "67005"),
        ("44 Elm Street, Little Rock, Arkansas 72201", "Little Rock", "Arkansas", "72201"),
        ("44 Elm Street, Indiana, PA 15701", "Indiana", "Pennsylvania", "15701"),
        ("44 Elm Street, Indiana, Pennsylvania 15701", "Indiana", "Pennsylvania", "15701"),
        ("44 Elm Street, Oregon City, Oregon 97045", "Oregon City", "Oregon", "97045"),
        ("44 Elm Street, Nevada, Missouri 64772", "Nevada", "Missouri", "64772"),
        ("44 Elm Street, Delaware, Ohio 43015", "Delaware", "Ohio", "43015"),
        ("44 Elm Street, California, Maryland 20619", "California", "Maryland", "20619"),
        ("44 Elm Street, Washington, Pennsylvania 15301", "Washington", "Pennsylvania", "15301"),
        ("44 Elm Street, Washington Court House, Ohio 43160", "Washington Court House", "Ohio", "43160"),
        ("44 Elm Street, Michigan City, Indiana 46360", "Michigan City", "Indiana", "46360"),
        ("44 Elm Street, Iowa City, Iowa 52240", "Iowa City", "Iowa", "52240"),
        ("44 Elm Street, Virginia Beach, Virginia 23451", "Virginia Beach", "Virginia", "23451"),
        ("44 Elm Street, Mexico, Missouri 65265", "Mexico", "Missouri", "65265"),
        ("44 Elm Street, Lebanon, New Hampshire 03766", "Lebanon", "New Hampshire", "03766"),
        ("44 Elm Street, Dublin, Ohio 43016", "Dublin", "Ohio", "43016"),
        ("44 Washington Avenue, Albany, New York 12210", "Albany", "New York", "12210"),
        ("2215 SW 14th Terrace, Unit 8, Miami, Florida 33145", "Miami", "Florida", "33145"),
    ],
)  # fmt: skip
def test_city_and_state_of_an_address(written: str, city: str, state: str, postcode: str) -> None:
    (found,) = find_addresses(f"the home at {written}, together with its yard")
    assert (found.value.city, found.value.state, found.value.postcode) == (city, state, postcode)
    assert found.value.written == written


@pytest.mark.parametrize(
    ("said", "states"),
    [
        ("Washington, DC", ["District of Columbia"]),
        ("Washington, D.C.", ["District of Columbia"]),
        ("the District of Columbia", ["District of Columbia"]),
        ("West Virginia", ["West Virginia"]),
        ("Arkansas", ["Arkansas"]),
        ("Kansas City, Missouri", ["Missouri"]),
        ("New York City, New York", ["New York"]),
        ("Oregon City, Oregon", ["Oregon"]),
        ("Delaware County, Ohio", ["Ohio"]),
        ("Washington County, Oregon", ["Oregon"]),
        ("County of Nevada, State of California", ["California"]),
        ("Indiana, PA", ["Pennsylvania"]),
        ("Nevada, Missouri", ["Missouri"]),
        ("Virginia Beach, Virginia", ["Virginia"]),
        ("Georgia Hayes, Landlord", []),
        ("Ms. Virginia Poe and Dakota Reed of Ohio", ["Ohio"]),
        ("Washington Street in Ohio", ["Ohio"]),
        ("the State of Georgia", ["Georgia"]),
        ("State of Washington", ["Washington"]),
        ("Seattle, Washington", ["Washington"]),
        ("the laws of Georgia govern", ["Georgia"]),
        ("GEORGIA RESIDENTIAL LEASE", ["Georgia"]),
        ("Georgia law applies", ["Georgia"]),
    ],
)
def test_states_are_told_from_other_names(said: str, states: list[str]) -> None:
    assert [found.value for found in find_states(f"Here: {said}; and so on")] == states
