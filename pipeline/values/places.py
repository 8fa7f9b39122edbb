"""Places: US states and their abbreviations, countries and their parts, ZIP codes and postcodes."""

import re

from pipeline.values.found import Found, without_overlaps
from pipeline.values.keywords import lowered, places
from schemas import US_STATES

_ABBREVIATIONS = {
    "Ala": "Alabama", "Ariz": "Arizona", "Ark": "Arkansas", "Calif": "California", "Colo": "Colorado", "Conn": "Connecticut",
    "Del": "Delaware", "Fla": "Florida", "Ill": "Illinois", "Ind": "Indiana", "Kan": "Kansas", "Mass": "Massachusetts",
    "Mich": "Michigan", "Minn": "Minnesota", "Miss": "Mississippi", "Mont": "Montana", "Neb": "Nebraska", "Nev": "Nevada",
    "Okla": "Oklahoma", "Penn": "Pennsylvania", "Penna": "Pennsylvania", "Tenn": "Tennessee", "Tex": "Texas",
    "Wash": "Washington", "Wis": "Wisconsin", "Wisc": "Wisconsin", "Wyo": "Wyoming", "N.Y": "New York", "N.J": "New Jersey",
    "N.H": "New Hampshire", "N.M": "New Mexico", "N.C": "North Carolina", "S.C": "South Carolina", "D.C": "District of Columbia",
    "D. C": "District of Columbia", "N. Y": "New York", "N. J": "New Jersey", "N. H": "New Hampshire", "N. M": "New Mexico",
    "N. C": "North Carolina", "S. C": "South Carolina", "R. I": "Rhode Island", "W. Va": "West Virginia", "W.Va": "West Virginia",
    "N. Mex": "New Mexico", "N. Dak": "North Dakota", "S. Dak": "South Dakota", "Ore": "Oregon", "Ky": "Kentucky", "Vt": "Vermont",
    "R.I": "Rhode Island", "Cal": "California", "Pa": "Pennsylvania", "Va": "Virginia", "Ga": "Georgia", "Md": "Maryland", "Mo": "Missouri",
}  # fmt: skip
_NAMES = {name.upper(): name for name in US_STATES.values()}
STATE_NAMES = "|".join(sorted((re.escape(n).replace(r"\ ", r"\s+") for n in US_STATES.values()), key=len, reverse=True))
"""Full names of the US states; to be compiled with IGNORECASE."""
STATE_SHORT = (
    "|".join(US_STATES) + "|" + "|".join(rf"{re.escape(a)}\b\.?" for a in sorted(_ABBREVIATIONS, key=len, reverse=True))
)
"""Postal and traditional abbreviations; case matters."""

COUNTRIES: dict[str, tuple[str, str]] = {
    "england and wales": ("England and Wales", "GBP"), "england": ("England", "GBP"), "scotland": ("Scotland", "GBP"),
    "northern ireland": ("Northern Ireland", "GBP"), "wales": ("Wales", "GBP"), "united kingdom": ("United Kingdom", "GBP"),
    "republic of ireland": ("Ireland", "EUR"), "ireland": ("Ireland", "EUR"), "india": ("India", "INR"),
    "israel": ("Israel", "ILS"), "germany": ("Germany", "EUR"), "france": ("France", "EUR"), "netherlands": ("Netherlands", "EUR"),
    "people's republic of china": ("China", "CNY"), "people’s republic of china": ("China", "CNY"), "prc": ("China", "CNY"),
    "china": ("China", "CNY"), "hong kong": ("Hong Kong", "HKD"), "singapore": ("Singapore", "SGD"),
    "ontario": ("Ontario", "CAD"), "british columbia": ("British Columbia", "CAD"), "quebec": ("Quebec", "CAD"), "québec": ("Quebec", "CAD"),
    "alberta": ("Alberta", "CAD"), "nova scotia": ("Nova Scotia", "CAD"), "manitoba": ("Manitoba", "CAD"), "saskatchewan": ("Saskatchewan", "CAD"),
    "new south wales": ("New South Wales", "AUD"), "victoria, australia": ("Victoria", "AUD"), "queensland": ("Queensland", "AUD"), "qld": ("Queensland", "AUD"), "nsw": ("New South Wales", "AUD"),
    "canada": ("Canada", "CAD"), "australia": ("Australia", "AUD"), "new zealand": ("New Zealand", "NZD"), "taiwan": ("Taiwan", "TWD"),
    "japan": ("Japan", "JPY"), "korea": ("Korea", "KRW"), "switzerland": ("Switzerland", "CHF"), "belgium": ("Belgium", "EUR"),
    "spain": ("Spain", "EUR"), "italy": ("Italy", "EUR"), "austria": ("Austria", "EUR"), "puerto rico": ("Puerto Rico", "USD"),
    "bermuda": ("Bermuda", "USD"), "mexico": ("Mexico", "USD"), "philippines": ("Philippines", "PHP"), "malaysia": ("Malaysia", "MYR"),
}  # fmt: skip
"""Countries and regions by their lower-case name: as fields.md wants them, and their currency."""

_LOWER_NAMES = {name.lower(): name for name in US_STATES.values()}
_SHORT = re.compile(r"[A-Z][A-Z](?![A-Za-z])")
CITIES: dict[str, str] = {
    "London": "England", "Manchester": "England", "Birmingham": "England", "Leeds": "England", "Liverpool": "England",
    "Bristol": "England", "Cambridge, England": "England", "Oxford": "England", "Slough": "England", "Milton Keynes": "England",
    "Edinburgh": "Scotland", "Glasgow": "Scotland", "Aberdeen, Scotland": "Scotland", "Cardiff": "Wales", "Belfast": "Northern Ireland",
    "Dublin": "Ireland", "Cork": "Ireland", "Galway": "Ireland", "Limerick": "Ireland",
    "Mumbai": "India", "Delhi": "India", "New Delhi": "India", "Bangalore": "India", "Bengaluru": "India", "Chennai": "India",
    "Hyderabad": "India", "Pune": "India", "Kolkata": "India", "Gurgaon": "India", "Gurugram": "India", "Noida": "India", "Ahmedabad": "India",
    "Toronto": "Ontario", "Ottawa": "Ontario", "Mississauga": "Ontario", "Vancouver, B": "British Columbia", "Montreal": "Quebec",
    "Montréal": "Quebec", "Calgary": "Alberta", "Edmonton": "Alberta", "Sydney": "New South Wales", "Melbourne, V": "Victoria",
    "Brisbane": "Queensland", "Auckland": "New Zealand", "Hong Kong": "Hong Kong", "Singapore": "Singapore", "Beijing": "China",
    "Shanghai": "China", "Shenzhen": "China", "Guangzhou": "China", "Suzhou": "China", "Tel Aviv": "Israel", "Tel-Aviv": "Israel", "Haifa": "Israel",
    "Jerusalem": "Israel", "Herzliya": "Israel", "Tokyo": "Japan", "Taipei": "Taiwan", "Hsinchu": "Taiwan", "Seoul": "Korea",
    "Paris, France": "France", "Munich": "Germany", "Berlin": "Germany", "Frankfurt": "Germany", "Amsterdam": "Netherlands",
    "Zurich": "Switzerland", "Geneva, Switzerland": "Switzerland", "Basel": "Switzerland", "Brussels": "Belgium", "Madrid": "Spain", "Vienna, Austria": "Austria",
}  # fmt: skip
"""Large cities outside the US, and the country or region they are in; a name that is also a US city's says more."""

UK_POSTCODE = r"[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}"
CANADIAN_POSTCODE = r"[ABCEGHJ-NPRSTVXY]\d[A-Z]\s?\d[A-Z]\d"
_ZIP = re.compile(r"\d{5}(?:-\d{4})?(?![\d,-])")
_BRITISH = re.compile(UK_POSTCODE)
_CANADIAN = re.compile(CANADIAN_POSTCODE)
_STATE_BEFORE = re.compile(rf"(?:\b(?:{STATE_SHORT})|(?i:{STATE_NAMES}))[.,]?\s{{0,3}}$")


def state_name(text: str) -> str | None:
    """The full name of a US state, from its name or abbreviation.

    >>> state_name("OH"), state_name("new  york"), state_name("Calif."), state_name("Ontario")
    ('Ohio', 'New York', 'California', None)
    """
    key = re.sub(r"\s+", " ", text).strip(" .,")
    return US_STATES.get(key) or _NAMES.get(key.upper()) or _ABBREVIATIONS.get(key)


_CAPITAL = re.compile(r"D\.\s?C\b\.?")
_NOT_AFTER = re.compile(  # "County of Nevada", "City of Washington", "Ms. Virginia Poe"
    r"(?i:\b(?:county|city|town|village|township|borough|parish) of\s+|\b(?:ms|mrs|miss|mr|dr)\b\.?\s+)$"
)
_NOT_BEFORE = re.compile(  # "Kansas City", "Delaware County", "Washington Street", "Indiana, PA", "Washington, D.C."
    r"\s+(?i:city|county|parish|beach|court\s?house|township|heights|springs|falls|street|st\.|avenue|ave\b|road|boulevard|drive|lane|place|square|university)(?!\w)(?!\s+(?i:of)\b)"
    rf"|,\s*(?:(?i:{STATE_NAMES})|{STATE_SHORT})(?![A-Za-z])|,?\s+D\.?\s?C\b"
)
_ALSO_NAMES = ("Georgia", "Virginia", "Montana", "Washington")
_PERSON_AFTER = re.compile(  # "Georgia Hayes", but "Georgia Residential Lease", "Virginia Code"
    r"\s(?:[A-Z]\.\s)?(?!(?i:code|laws?|acts?|residential|landlord|tenan\w*|lease\w*|rental|statut\w*|department|court|supreme|security|corporation|limited|housing|civil|real|property|state|uniform|apartment|house|county|standard|association|realtors?|agreement|annotated|general|association|usa|u\.s|united|zip|form|month|room|fair|dwelling|\d)\b)[A-Z][\w'’-]+"
)
_IN_PLACE = re.compile(r"(?:,|\b(?i:of|in))\s+$")


def find_states(text: str) -> list[Found[str]]:
    """US states by full name, and by abbreviation where they end an address; no cities, counties, streets, people of their names.

    >>> [f.value for f in find_states("Columbus, OH 43065, State of Ohio; Kansas City, Missouri; Washington, D.C.")]
    ['Ohio', 'Ohio', 'Missouri', 'District of Columbia']
    """
    low = lowered(text)
    found = [
        Found(at, at + len(name), full)
        for name, full in _LOWER_NAMES.items()
        for at in places(low, [name])
        if not low[at + len(name) : at + len(name) + 1].isalpha() and not (at and low[at - 1].isalpha())
    ]
    found = [f for f in without_overlaps(found) if _is_state(text, f)]
    found += [
        Found(at, m.end(), "District of Columbia") for at in places(text, ["D."]) if (m := _CAPITAL.match(text, at))
    ]
    found += [
        Found(m.start(), m.end(), US_STATES[m[0]])
        for m in _SHORT.finditer(text)
        if m[0] in US_STATES and re.search(r"[,a-z.]\s?\s?$", text[max(0, m.start() - 4) : m.start()])
    ]
    return without_overlaps(found)


def _is_state(text: str, found: Found[str]) -> bool:
    """Whether a state's name stands for the state."""
    before = text[max(0, found.start - 14) : found.start]
    if _NOT_AFTER.search(before) or _NOT_BEFORE.match(text, found.end):
        return False
    return not (found.value in _ALSO_NAMES and _PERSON_AFTER.match(text, found.end) and not _IN_PLACE.search(before))


def find_countries(text: str) -> list[Found[str]]:
    """Countries and their parts outside the US, by their full names.

    >>> [f.value for f in find_countries("governed by the law of England and Wales; Dublin, Ireland; Taos, New Mexico")]
    ['England and Wales', 'Ireland']
    """
    low = lowered(text).replace("new mexico", "-" * 10)
    found = [
        Found(at, at + len(name), value)
        for name, (value, _) in COUNTRIES.items()
        for at in places(low, [name])
        if text[at].isupper()
        and not low[at + len(name) : at + len(name) + 1].isalnum()
        and not low[at - 1 : at].isalpha()
        and not _NOT_BEFORE.match(text, at + len(name))
    ]
    return without_overlaps(found)


def find_postcodes(text: str) -> list[Found[str]]:
    """ZIP codes after a state, British and Canadian postcodes.

    >>> [f.value for f in find_postcodes("Columbus, OH 43065-1234; London EC1A 1BB")]
    ['43065-1234', 'EC1A 1BB']
    """
    found = [
        Found(m.start(), m.end(), m[0])
        for m in _ZIP.finditer(text)
        if _STATE_BEFORE.search(text[max(0, m.start() - 24) : m.start()])
    ]
    found += [Found(m.start(), m.end(), m[0]) for m in _BRITISH.finditer(text) if _apart(text, m)]
    found += [Found(m.start(), m.end(), m[0]) for m in _CANADIAN.finditer(text) if _apart(text, m)]
    return sorted(found, key=lambda f: f.start)


def _apart(text: str, match: re.Match[str]) -> bool:
    """Whether no letter or digit touches the match."""
    return (
        not (match.start() and text[match.start() - 1].isalnum()) and not text[match.end() : match.end() + 1].isalnum()
    )
