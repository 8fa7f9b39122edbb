"""Places below the state: which pack covers them, and the code and places of a pack for one of them."""

import re

from schemas import Jurisdiction, Places


def narrowness(places: Places, jurisdiction: Jurisdiction) -> int:
    """How narrowly a pack's places cover a jurisdiction: 1 by its county, 2 by its city, 3 by its ZIP code, 0 not at all.

    >>> narrowness(Places(cities=("St. Paul",)), Jurisdiction(country="US", state="Minnesota", city="St Paul"))
    2
    """
    zipcode = (jurisdiction.zipcode or "")[:5]
    if zipcode and zipcode.startswith(tuple(places.zipcodes)):
        return 3
    city = slug(jurisdiction.city or "")
    if city and city in {slug(name) for name in (*places.cities, *places.townships)}:
        return 2
    county = slug((jurisdiction.county or "").removesuffix(" County"))
    return 1 if county and county in {slug(name) for name in places.counties} else 0


def slug(name: str) -> str:
    """A name as part of a jurisdiction's code.

    >>> slug("St. Paul")
    'ST-PAUL'
    """
    return re.sub(r"[^A-Z0-9]+", "-", name.upper()).strip("-")


def key_of(jurisdiction: Jurisdiction) -> tuple[str, Places | None]:
    """The code and the places of a pack for the narrowest part of a jurisdiction that is named.

    >>> key_of(Jurisdiction(country="US", state="Ohio", county="Butler", city="Liberty Township"))
    ('US-OH-LIBERTY-TOWNSHIP', Places(cities=(), counties=(), townships=('Liberty Township', 'Liberty'), zipcodes=()))
    >>> key_of(Jurisdiction(country="US", state="Ohio"))
    ('US-OH', None)
    """
    where = jurisdiction
    if where.zipcode:
        return f"{where.code}-{where.zipcode[:5]}", Places(zipcodes=(where.zipcode[:5],))
    if where.city and where.city.endswith(" Township"):
        names = (where.city, where.city.removesuffix(" Township"))
        return f"{where.code}-{slug(where.city)}", Places(townships=names)
    if where.city:
        return f"{where.code}-{slug(where.city)}", Places(cities=(where.city,))
    if where.county:
        name = where.county.removesuffix(" County")
        return f"{where.code}-{slug(name)}-COUNTY", Places(counties=(name,))
    return where.code, None


def named_part(state: Jurisdiction, part: str) -> Jurisdiction:
    """The part of a state that the last words of a local code name.

    >>> named_part(Jurisdiction(country="US", state="Ohio"), "FRANKLIN-COUNTY").county
    'Franklin'
    >>> named_part(Jurisdiction(country="US", state="Ohio"), "43215").zipcode
    '43215'
    """
    name = part.replace("-", " ").title()
    if re.fullmatch(r"\d{5}", part):
        return state.model_copy(update={"zipcode": part})
    if name.endswith(" County"):
        return state.model_copy(update={"county": name.removesuffix(" County")})
    return state.model_copy(update={"city": name})
