"""What a unit and a tenancy are known by: the same, however an address or a name is written."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from hashlib import sha256

from pipeline.values.places import state_name
from schemas import US_STATES, Jurisdiction, LeaseTerms

_SHORT = {
    "street": "st", "saint": "st", "avenue": "ave", "av": "ave", "road": "rd", "drive": "dr", "boulevard": "blvd", "lane": "ln",
    "court": "ct", "place": "pl", "parkway": "pkwy", "highway": "hwy", "circle": "cir", "terrace": "ter", "trail": "trl",
    "square": "sq", "turnpike": "tpke", "freeway": "fwy", "expressway": "expy", "alley": "aly", "crescent": "cres",
    "crossing": "xing", "point": "pt", "heights": "hts", "mount": "mt", "fort": "ft", "center": "ctr", "centre": "ctr",
    "north": "n", "south": "s", "east": "e", "west": "w", "northeast": "ne", "northwest": "nw", "southeast": "se",
    "southwest": "sw", "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th",
    "seventh": "7th", "eighth": "8th", "ninth": "9th", "tenth": "10th",
}  # fmt: skip
_UNITS = {"apt", "apartment", "unit", "suite", "ste", "room", "rm", "flat", "space", "spc", "lot", "no", "number", "#"}
_PARTS = {"building": "bldg", "bldg": "bldg", "tower": "bldg", "floor": "fl", "fl": "fl", "level": "fl"}
_SIDES = {"upper", "lower", "rear", "front", "basement", "upstairs", "downstairs", "garden", "penthouse"}
_BEFORE_UNIT = {"st", "ave", "rd", "dr", "blvd", "ln", "ct", "pl", "row", "way", "ter", "cir", "sq", "pkwy"}
_COUNTRIES = ("united states of america", "united states", "usa", "us")
_TITLES = {"mr", "mrs", "ms", "miss", "dr", "prof"}
_LEGAL = {
    "inc", "incorporated", "llc", "lc", "corp", "corporation", "co", "company", "ltd", "limited", "lp", "llp", "plc",
    "pllc", "pc", "gmbh", "trust",
}  # fmt: skip
_ABBREVIATIONS = {name.lower(): code.lower() for code, name in US_STATES.items()}


def unit_key(terms: LeaseTerms, place: Jurisdiction | None = None) -> str | None:
    """The key of the premises: of house number, street, unit, city and state. None without an address.

    Args:
        terms: of a lease or an amendment.
        place: where the terms do not say city or state.

    >>> powell = Jurisdiction(country="US", state="Ohio", city="Powell")
    >>> def key(address):
    ...     return unit_key(LeaseTerms.model_validate({"property_address": {"value": address}}), powell)
    >>> key("12 Elm Street, Unit 4-B, Powell, Ohio 43065") == key("12 ELM ST. #4B")
    True
    >>> key("12 Elm Street, Unit 4") == key("12 Elm Street, Unit 5")
    False
    """
    written = terms.property_address.value
    city = terms.city.value or (place and place.city) or ""
    state = terms.state.value or (place and place.state) or ""
    state = state_name(state) or state
    street, unit = _premises(_tokens(written or ""), _tokens(city), state.lower())
    if not street:
        return None
    town = [word for word in _tokens(city) if word not in ("city", "town", "village", "of")]
    return _digest("|".join((" ".join(street), " ".join(unit), " ".join(town), state.lower())), 16)


def tenancy_key(unit: str, tenants: Sequence[str]) -> str | None:
    """The key of a tenancy: its unit and its tenants, in any order. None without a tenant.

    >>> tenancy_key("u", ["Ada B. Byron", "Max Planck"]) == tenancy_key("u", ["PLANCK, MAX", "Ms. Ada Byron"])
    True
    """
    people = sorted({" ".join(name) for tenant in tenants if (name := _name(tenant))})
    return f"{unit}-{_digest('|'.join(people), 8)}" if people else None


def same_tenants(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the tenants are the same, where initials may stand for names, and one document may name fewer of them.

    >>> same_tenants(["Ada Byron", "Max Planck"], ["M. Planck", "Ada B. Byron"])
    True
    >>> same_tenants(["Ada Byron", "Max Planck"], ["Ada Byron", "Emmy Noether"])
    False
    """
    few, many = sorted(([n for t in names if (n := _name(t))] for names in (one, other)), key=len)
    return bool(few) and all(any(_may_be(name, another) for another in many) for name in few)


def _premises(words: list[str], city: list[str], state: str) -> tuple[list[str], list[str]]:
    """House number and street; and building, floor and unit, each as one word."""
    words = _without_place(words, city, state)
    street: list[str] = []
    unit: list[str] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word in _PARTS and street and re.fullmatch(r"\d+(?:st|nd|rd|th)", street[-1]) and len(street) > 1:
            unit.append(_PARTS[word] + re.sub(r"\D", "", street.pop()))
        elif word in _UNITS | _PARTS.keys() and (found := _number(rest)):
            unit.append(_PARTS.get(word, "") + found)
        elif word in _SIDES and len(street) > 1 and (not rest or rest[0] in _UNITS | _PARTS.keys()):
            unit.append(word)
            del rest[:1]
        elif street and street[-1] in _BEFORE_UNIT and not rest and any(c.isdigit() for c in word):
            unit.append(word)
        else:
            street.append(word)
    return street, sorted(unit)


def _number(rest: list[str]) -> str:
    """Take the number of a unit off what follows its name; "" if none does."""
    taken = [i for i, word in enumerate(rest[:2]) if word in ("no", "number", "#")]
    start = len(taken) if taken == list(range(len(taken))) else 0
    if start >= len(rest) or not (any(c.isdigit() for c in rest[start]) or len(rest[start]) <= 2):
        return ""
    end = start + 2 if rest[start].isdigit() and len(rest) == start + 2 and len(rest[-1]) == 1 else start + 1
    found = "".join(rest[start:end])
    del rest[:end]
    return found


def _without_place(words: list[str], city: list[str], state: str) -> list[str]:
    """An address without what stands at its end: city, county, state, ZIP code, country."""
    ends = [
        city,
        state.split(),
        [_ABBREVIATIONS[state]] if state in _ABBREVIATIONS else [],
        *map(str.split, _COUNTRIES),
    ]
    ends = [[_SHORT.get(word, word) for word in end] for end in ends if end]
    shorter = True
    while shorter:
        shorter = False
        for end in ends:
            if len(words) > len(end) + 1 and words[-len(end) :] == end:
                words, shorter = words[: -len(end)], True
        if len(words) > 2 and re.fullmatch(r"\d{5}(\d{4})?", words[-1]) and words[-2] not in _UNITS:
            words, shorter = words[:-1], True
        if len(words) > 3 and words[-1] == "county":
            words, shorter = words[:-2], True
    return words


def _tokens(text: str) -> list[str]:
    """The words of an address, in lower case, shortened as the post does; what a hyphen joins is one word."""
    joined = re.sub(r"(?<=\w)['’-](?=\w)", "", _plain(text))
    return [_SHORT.get(word, word) for word in re.findall(r"[^\W_]+|#", joined)]


def _name(written: str) -> tuple[str, ...]:
    """A party's name as it is compared: of a person the first and the last, of a company all but its legal form."""
    last, comma, first = written.partition(",")
    if comma and first.strip() and not set(_words(first)) & (_LEGAL | {"jr", "sr", "ii", "iii"}):
        written = f"{first} {last}"
    words = [word for word in _words(written) if word not in _TITLES]
    company = [word for word in words if word not in _LEGAL and word != "the"]
    if len(company) < len(words):
        return tuple(company)
    given = list(_without_middle(words))
    return tuple(given) if len(given) > 1 else tuple(words)


def _without_middle(words: list[str]) -> Iterator[str]:
    """First and last name, with what tells father from son."""
    for i, word in enumerate(words):
        end = next((n for n in range(len(words) - 1, -1, -1) if words[n] not in ("jr", "sr", "ii", "iii")), 0)
        if i in (0, end) or i > end:
            yield word


def _may_be(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names can be of the same party."""
    if one[1:] != other[1:]:
        return False
    a, b = one[0], other[0]
    return a == b or (len(one) > 1 and (len(a) == 1 or len(b) == 1) and a[0] == b[0])


def _words(text: str) -> list[str]:
    plain = re.sub(r"(?<=\w)['’](?=\w)", "", _plain(text))
    dotted = _DOTTED.search(plain)
    joined = plain[: dotted.start()] + dotted[0].replace(".", "") if dotted else plain
    return re.findall(r"[^\W_]+", joined)


_DOTTED = re.compile(r"\b(?:p\.?l\.l\.c|l\.l\.[cp]|l\.p|p\.c)\.?\s*$")  # of a company, at the end of its name


def _plain(text: str) -> str:
    """In lower case, without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()


def _digest(text: str, length: int) -> str:
    return sha256(text.encode()).hexdigest()[:length]
