"""The place whose law governs a document: from the property's address, else the file name, else what the user said."""

import re

from pipeline.classify.zip_codes import ZipCode, zip_code
from pipeline.errors import WrongUsage
from schemas import US_STATES, Jurisdiction

_COUNTRIES = {
    "england": "GB", "england and wales": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB",
    "united kingdom": "GB", "ireland": "IE", "israel": "IL", "india": "IN", "czech republic": "CZ", "germany": "DE",
    "france": "FR", "netherlands": "NL", "switzerland": "CH", "china": "CN", "hong kong": "HK", "singapore": "SG",
    "japan": "JP", "mexico": "MX", "canada": "CA", "ontario": "CA", "quebec": "CA", "british columbia": "CA",
    "alberta": "CA", "manitoba": "CA", "saskatchewan": "CA", "nova scotia": "CA", "australia": "AU",
    "queensland": "AU", "new south wales": "AU", "victoria": "AU", "western australia": "AU",
    "south australia": "AU", "tasmania": "AU", "new zealand": "NZ", "south africa": "ZA",
}  # fmt: skip
_BY_NAME = {name.lower(): name for name in US_STATES.values()}
_LONGEST_FIRST = sorted(_BY_NAME.items(), key=lambda item: -len(item[0]))  # "west virginia" before "virginia"
_CAPITAL = re.compile(r"(?:washington,? )?d\.? ?c\.?")


def jurisdiction_of(
    state: str | None, county: str | None, city: str | None, zipcode: str | None, file_name: str, fallback: str | None
) -> Jurisdiction | None:
    """Where the leased property stands.

    Args:
        state, county, city, zipcode: the extracted terms of the property, None where the document does not say.
        file_name: used when the document is silent ("lease_Ohio_43065.pdf").
        fallback: what the user gave ("US-OH"), used when both are silent.

    Raises:
        WrongUsage: `fallback` is no known place.

    >>> jurisdiction_of("Ohio", None, "Powell", "43065", "lease.pdf", None).county
    'Delaware'
    >>> jurisdiction_of(None, None, None, None, "Smith_Ohio_43065.pdf", None).code
    'US-OH'
    """
    if state or zipcode:
        found = _place(state, county, city, zipcode)
        if found is not None:
            return found
    named = _from_file_name(file_name)
    if named is not None:
        return named
    return parse_code(fallback) if fallback else None


def parse_code(code: str) -> Jurisdiction:
    """A jurisdiction from "US-OH", "US", "GB" or a state's name.

    Raises:
        WrongUsage: the code is none of these.

    >>> parse_code("us-oh").state
    'Ohio'
    """
    text = code.strip()
    country, _, rest = text.upper().partition("-")
    if country == "US" and rest in US_STATES:
        return Jurisdiction(country="US", state=US_STATES[rest])
    if text.lower() in _BY_NAME:
        return Jurisdiction(country="US", state=_BY_NAME[text.lower()])
    if re.fullmatch(r"[A-Z]{2}", country) and not rest:
        return Jurisdiction(country=country)
    raise WrongUsage(f"unknown jurisdiction {code!r}; give a code such as US-OH, US or GB, or a US state's name")


def _place(state: str | None, county: str | None, city: str | None, zipcode: str | None) -> Jurisdiction | None:
    """A jurisdiction from what the document says, completed by what its US ZIP code implies."""
    folded = re.sub(r"^(?:the )?(?:state|commonwealth) of ", "", (state or "").strip().lower())
    us_state = _BY_NAME.get(folded) or US_STATES.get(folded.upper())
    if _CAPITAL.fullmatch(folded) or (us_state == "Washington" and _in_capital(city, zipcode)):
        us_state, folded = "District of Columbia", "district of columbia"
    if us_state is None and folded in _COUNTRIES:
        return Jurisdiction(country=_COUNTRIES[folded], state=state, county=county, city=city, zipcode=zipcode)
    if us_state is None and folded:
        return None
    known = _zip_record(zipcode)
    if known is None:
        return (
            Jurisdiction(country="US", state=us_state, county=county, city=city, zipcode=zipcode) if us_state else None
        )
    if us_state and US_STATES.get(known.state) != us_state:  # a ZIP of elsewhere: believe the words
        return Jurisdiction(country="US", state=us_state, county=county, city=city, zipcode=zipcode)
    implied = re.sub(r" (County|Parish|Borough)$", "", known.county) or None
    return Jurisdiction(
        country="US", state=US_STATES.get(known.state), county=county or implied, city=city or known.city, zipcode=zipcode
    )  # fmt: skip


def _in_capital(city: str | None, zipcode: str | None) -> bool:
    """Whether a place said to be in "Washington" is in the capital: by its ZIP code, else by a city of that name."""
    known = _zip_record(zipcode)
    return known.state == "DC" if known else (city or "").strip().lower() == "washington"


def _from_file_name(name: str) -> Jurisdiction | None:
    """A jurisdiction from words of the file name: a state's name or code between separators, a ZIP code."""
    words = re.split(r"[^A-Za-z0-9]+", name.rsplit(".", 1)[0])
    zipcode = next((w for w in words if re.fullmatch(r"\d{5}", w) and _zip_record(w)), None)
    folded = " ".join(words).lower()
    long = next((full for low, full in _LONGEST_FIRST if re.search(rf"\b{low}\b(?! city\b| county\b)", folded)), None)
    if long == "Washington" and re.search(r"\bwashington d ?c\b", folded):
        long = "District of Columbia"
    if zipcode is None and long is None:
        short = next((US_STATES[w] for w in words if w in US_STATES and w not in {"IN", "OR", "ME", "OK", "HI"}), None)
        return Jurisdiction(country="US", state=short) if short else None
    return _place(long, None, None, zipcode) or _place(long, None, None, None)


def _zip_record(zipcode: str | None) -> ZipCode | None:
    """What is known of a US ZIP code, None if it is none."""
    match = re.match(r"\d{5}(?:-\d{4})?$", zipcode or "")
    return zip_code(match.group()[:5]) if match else None
