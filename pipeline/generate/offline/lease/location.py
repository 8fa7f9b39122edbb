"""Where the premises are: state, county, city, postcode, from their address and from what else the lease says."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline.generate.offline.lease.candidates import Candidate, context, cue, fired, place, priors
from pipeline.generate.offline.lease.layout import LIMIT, Layout
from pipeline.generate.offline.lease.premises import street_key
from pipeline.generate.offline.lease.scorer import Choice
from pipeline.values.addresses import Address
from pipeline.values.keywords import places
from pipeline.values.places import CITIES, find_countries, find_postcodes, find_states
from schemas import US_STATES

_COUNTY_OF = re.compile(  # "Kent County", "County of Kent", "Parish of Orleans", "County: Larimer Type: ...", "Ada and Boise Counties"
    r"(?P<d>[A-Z][\w'’.-]+(?:(?:,|,? and| &)\s[A-Z][\w'’.-]+)+)\s+(?:Counties|COUNTIES)\b"
    r"|(?P<a>(?!(?i:state|commonwealth|of)\b)[A-Z][\w'’.-]+(?:\s(?!County|(?i:of)\b)[A-Z][\w'’.-]+){0,2})\s+(?:County|COUNTY|Parish|PARISH)\b"
    r"|\b(?:County|COUNTY|Parish|PARISH)\s+(?:of|OF)\s+(?P<b>[A-Z][\w'’.]+(?:\s(?!State|STATE|Commonwealth|COMMONWEALTH)[A-Z][\w'’.]+){0,2})"
    r"|\b(?:County|COUNTY|Parish|PARISH)(?::[ \t]*(?P<c>[A-Z][a-z'’.]+(?:[ \t][A-Z][a-z'’.]+\b(?![ \t]*:))?)|[ \t]+(?P<e>[A-Z][a-z'’.]+(?:[ \t][A-Z][a-z'’.]+)?)[ \t]*$)",
    re.MULTILINE,
)
_NO_COUNTY = re.compile(
    r"(?i)(?:the|said|such|this|state|any|city|each|tax(?:es)?|title|clerk|recorders?|records|registry|register|assessor|courts?|code|parish|property)\b"
)
_CITY_OF = re.compile(
    r"\b(?:City|CITY|Town|TOWN|Village|VILLAGE|Township)\s+(?:of|OF)\s+(?P<city>[A-Z][\w'’]+(?:\s(?!County|State|COUNTY|STATE)(?:d['’]|(?:du|de|la|des) )?[A-Z][\w'’]+){0,2})"
)
_PLACE = (
    cue("located", "before", r"\b(?:locat\w*|situat\w*|premises|property|building|described as|known as|being|lying)\b", 1.4),
    cue("law", "before", r"\b(?:laws?|governed|construed|courts?|jurisdiction|statutes?|venue)\b", 1.2),
    cue("recorded", "sentence", r"\b(?:record\w*|register|clerk|recorder|plat)\b", 0.4),
    cue("party", "near", r"\b(?:a|an|under the laws of(?: the)?) $|\b(?:corporation|company) of (?:the )?$", -0.6),
    cue("corporation", "after", r"^ (?:limited |general |non-?profit |professional |business |banking )*(?:corporation|limited|general|partnership|company|trust|llc|l\.l\.c|banking|registered)", -1.4),
    cue("notary", "before", r"\b(?:notary|acknowledg\w*|before me|personally appeared|ss\.?)\b", -0.2),
    cue("address_of_other", "before", r"\b(?:notices?|attn|attention|c/o|office at|having its|tenant:|landlord:|place of business)\b", -1.0),
    cue("after_postcode", "near", r"\b\d{5}(?:-\d{4})?[ ,(]{0,3}$", 2.0),
    cue("tax", "sentence", r"\b(?:tax\w*|authority|authorities|ordinance)\b", -0.6),
)  # fmt: skip
_US = frozenset(US_STATES.values())
_PLACE_PRIORS = priors(
    _PLACE,
    bias=-3.0,
    at_front=0.6,
    early=0.2,
    in_contents=-0.5,
    labelled=2.4,
    of_address=3.4,
    near_street=2.4,
    same_city=2.0,
    by_abbreviation=-0.5,
    by_country=-0.2,
    city_of=0.9,
    known_city=0.4,
    last_part=3.2,
    city_abroad=2.6,
    law_abroad=2.0,
)
PRIORS = dict.fromkeys(("state", "county", "city", "zipcode"), _PLACE_PRIORS)


def propose(layout: Layout, chosen: Mapping[str, Choice]) -> dict[str, list[Candidate]]:
    """Candidates for state, county, city and postcode, once the address is chosen."""
    choice = chosen.get("property_address")
    start, end = (choice.candidate.start, choice.candidate.end) if choice and choice.probability > 0.2 else (0, 0)
    found = layout.addresses
    address = next((f.value for f in found if f.start < end and f.end > start), None)
    spans = [(f.start, f.end, f.value) for f in found if address and street_key(f.value) == street_key(address)]
    return {
        "state": list(_states(layout, start, end, spans)),
        "county": list(_named(layout, _COUNTY_OF, start, end)) + list(_parts(spans, "county")),
        "city": _cities(layout, start, end, spans),
        "zipcode": list(_postcodes(layout, start, end, spans)),
    }


def _near(layout: Layout, at: int, start: int, end: int) -> tuple[str, ...]:
    """Whether a place is named within or just after the chosen address."""
    if start <= at < end and end:
        return ("of_address",)
    return ("near_street",) if end and -80 < at - end < 160 else ()


def _parts(spans: list[tuple[int, int, Address]], part: str) -> Iterator[Candidate]:
    """A part of every mention of the chosen address."""
    for start, end, address in spans:
        if value := getattr(address, part):
            yield Candidate(value, start, end, ("of_address",), key=str(value).lower())


def _windows(layout: Layout, address_end: int) -> list[tuple[int, int]]:
    """Where places are looked for: the first pages, the clauses on governing law, the end of the address."""
    front = min(len(layout.text), layout.contents[1] + 12_000)
    marks = sorted(
        {at // 400 for at in places(layout.low[front:LIMIT], ["laws of", "state of", "law of", "governing law"])}
    )
    windows = [
        (max(front, front + m * 400 - 60), min(len(layout.text), front + (m + 1) * 400 + 60)) for m in marks[:12]
    ]
    if address_end > front:
        windows.append((address_end, min(len(layout.text), address_end + 120)))
    return [(0, front), *windows]


def _states(layout: Layout, start: int, end: int, spans: list[tuple[int, int, Address]]) -> Iterator[Candidate]:
    """States and countries wherever they are named."""
    yield from _parts(spans, "state")
    text = layout.text
    found = [
        (left + f.start, left + f.end, f.value, f.end - f.start == 2)
        for left, right in _windows(layout, end)
        for f in [*find_states(text[left:right]), *find_countries(text[left:right])]
    ]
    if end and not any(address.state in _US for _, _, address in spans):
        written = text[start : min(len(text), end + 30)]
        for name, value in CITIES.items():
            if (at := written.find(name)) >= 0:
                yield Candidate(value, start + at, start + at + len(name), ("city_abroad",), key=value.lower())
    for at, stop, value, short in found:
        features = [
            *fired(_PLACE, context(layout, at, stop, before=110, after=40)),
            *place(layout, at),
            *_near(layout, at, start, end),
        ]
        if short:
            features.append("by_abbreviation")
        if "law" in features and value not in _US:
            features.append("law_abroad")
        yield Candidate(value, at, stop, tuple(features), key=value.lower())


def _named(layout: Layout, pattern: re.Pattern[str], start: int, end: int) -> Iterator[Candidate]:
    """Counties as named: "Kent County", "County of Kent", "Parish of Orleans"."""
    for at in places(layout.low[:LIMIT], ["county", "counties", "parish"]):
        match = next(
            (m for m in pattern.finditer(layout.text, max(0, at - 40), at + 50) if m.start() <= at < m.end()), None
        )
        if not match:
            continue
        group = match.lastgroup or "a"
        value = re.sub(r"\s+", " ", match[group]).strip(" .")
        value = re.sub(r"^(?:The|In|Of|At|And|Said)\s+", "", value)
        if _NO_COUNTY.match(value):
            continue
        features = (
            *(("labelled",) if group in "ce" else ()),
            *fired(_PLACE, context(layout, match.start(), match.end(), before=110, after=40)),
            *place(layout, match.start()),
            *_near(layout, match.start(), start, end),
        )
        yield Candidate(value, match.start(group), match.end(group), features, key=value.lower())


def _cities(layout: Layout, start: int, end: int, spans: list[tuple[int, int, Address]]) -> list[Candidate]:
    """The city of the chosen address, and cities as named: "City of Springfield"."""
    found = list(_parts(spans, "city"))
    for at in places(layout.low[:60_000], ["city of", "town of", "village of", "township of"]):
        match = _CITY_OF.match(layout.text, at)
        if not match:
            continue
        value = re.sub(r"\s+", " ", match["city"])
        features = (
            "city_of",
            *fired(_PLACE, context(layout, match.start(), match.end(), before=110, after=40)),
            *place(layout, match.start()),
            *_near(layout, match.start(), start, end),
        )
        found.append(Candidate(value, match.start("city"), match.end("city"), features, key=value.lower()))
    if end and not any("of_address" in c.features for c in found):
        found += _cities_abroad(layout, start, end)
    return found


def _cities_abroad(layout: Layout, start: int, end: int) -> Iterator[Candidate]:
    """The city of an address that has no US state: a well-known one, else the last part of the address."""
    written = layout.text[start : min(len(layout.text), end + 30)]
    for name in CITIES:
        city = name.split(",")[0]
        if (at := written.find(city)) >= 0:
            yield Candidate(city, start + at, start + at + len(city), ("of_address", "known_city"), key=city.lower())
    parts = [
        re.sub(r"[\s\d.]+$", "", part).strip() for part in re.split(r"[,\n]", layout.text[start:end].strip(" ,.\n"))
    ]
    while len(parts) > 1 and parts[-1] in US_STATES:
        parts.pop()
    last = parts[-1]
    if re.fullmatch(r"[A-Z][\w'’-]+(?:[ -][A-Z][\w'’-]+){0,2}", last) and not _NOT_CITY.search(last):
        at = layout.text.rfind(last, start, end)
        yield Candidate(last, at, at + len(last), ("last_part",), key=last.lower())


_NOT_CITY = re.compile(
    r"(?i)\b(?:apt|apartment|suite|ste|room|lot|no|estate|park|building|floor|house|street|road|unit|centre|center|court|tower|premises|block|area|avenue|property|land)\b"
)


def _postcodes(layout: Layout, start: int, end: int, spans: list[tuple[int, int, Address]]) -> Iterator[Candidate]:
    """The postcode of the chosen address in any mention of it, and postcodes near it."""
    for candidate in _parts(spans, "postcode"):
        yield replace(
            candidate, value=str(candidate.value)[:5] if re.match(r"\d{5}-", str(candidate.value)) else candidate.value
        )
    for found in find_postcodes(layout.text[:LIMIT]):
        if not (end and start <= found.start < end + 60):
            continue
        features = (
            *fired(_PLACE, context(layout, found.start, found.end, before=110, after=40)),
            *_near(layout, found.start, start, end),
        )
        if "of_address" in features or "near_street" in features:
            yield Candidate(found.value, found.start, found.end, features)
