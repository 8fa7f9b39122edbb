"""The leased premises: address, city, county, state, postcode, area, use."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline.generate.offline.lease.candidates import Candidate, context, cue, fired, place, priors
from pipeline.generate.offline.lease.layout import LIMIT, Layout
from pipeline.generate.offline.lease.scorer import Choice
from pipeline.values.addresses import Address
from pipeline.values.areas import find_areas
from pipeline.values.keywords import places
from pipeline.values.places import CITIES, find_countries, find_postcodes, find_states
from schemas import US_STATES

_ADDRESS = (
    cue("located", "near", r"\b(?:locat\w*|situat\w*|situs|known as|described as|designated as|numbered|addressed?|being)\b[^.;]{0,30}$", 1.8),
    cue("premises_before", "before", r"\b(?:premises|property|building|space|unit|apartment|house|dwelling|residence|suite|land|center|centre|project|real estate|shopping|rent to|rents?)\b", 1.0),
    cue("premises_near", "near", r"\b(?:premises|property|building|space|apartment|house|dwelling|residence|real estate)\b", 1.2),
    cue("premises_label", "label", r"premises|property|building|location|unit|address of (?:the )?(?:premises|property|building)|rental|project|site|leased|demised|dwelling|apartment|house", 2.2),
    cue("relating_to", "near", r"\b(?:relating to|re|for space at|for premises at|space at|premises at|of|lease of|in|at)[: ]*$", 0.9),
    cue("defined_after", "after", r"^[^.;]{0,60}[\"“(]+(?:the )?[\"“]?(?:(?:leased |demised |sublease[d]? )?premises|property|building|project|center|land|apartment|unit|dwelling)", 1.6),
    cue("party_address", "near", r"\b(?:office\w* (?:is |are )?(?:at|located at)?|place of business (?:is )?(?:at|located at)?|whose|address (?:is|of)|residing at|resident of|registered office\w*|mail\w*|c/o|care of|attn|attention|p\.?o\.?|with an address)\b[^.;]{0,40}$", -2.4),
    cue("party_address_far", "before", r"\b(?:having (?:an|its|a)|whose (?:address|principal|business|registered|post)|principal (?:office|place)|an individual|residing)\b[^;]{0,90}$|\b(?:corporation|l\.?l\.?c\.?|company|partnership|inc\.|limited)[, ]{1,3}(?:\(?[“\"]?(?:the )?(?:landlord|tenant|lessor|lessee)[”\"]?\)?[, ]*)?(?:(?:whose|having|with|located|at|of|and)\b[^;]{0,40})?$", -1.3),
    cue("notices", "before", r"\b(?:notices?|notified|copy to|copies to|payable to|checks?|payments?|sent to|attention|attn|delivered to|law offices|esq|telephone|fax|email)\b", -1.8),
    cue("notices_heading", "heading", r"notice|payment of rent|broker|miscell|insur|guarant|address", -0.9),
    cue("party_label", "label", r"landlord|lessor|tenant|lessee|owner|notice|agent|manager|broker|payment|mail|attention|guarantor|lender|bank|remit", -2.6),
    cue("own_label", "label", r"tenant'?s? (?:address )?(?:at|of) premises|premises address|address of premises", 2.2),
    cue("contact_line", "after", r"^[^a-z]{0,6}(?:attn|attention|telephone|phone|fax|tel\b|email)", -1.2),
)  # fmt: skip
_AREA = (
    cue("premises", "sentence", r"\b(?:premises|leased|demised|sublease[d]?|office space|suite|unit|apartment|space)\b", 1.2),
    cue("premises_near", "near", r"\b(?:premises|contain\w*|consist\w*|compris\w*|approximately|being)\b", 0.9),
    cue("area_label", "label", r"premises|rentable|leased|square f|area|size|sq|space", 1.6),
    cue("rentable", "inside", r"rentable|leas|\brsf", 0.8),
    cue("usable", "inside", r"us[e]?able", -0.8),
    cue("building", "near", r"\b(?:building|project|complex|center|parcel|land|lot|acres?|shopping)\b[^,;]{0,25}$", -1.3),
    cue("building_label", "label", r"building|project|complex|total|lot|land|parking", -1.8),
    cue("other_space", "sentence", r"\b(?:expansion|additional|option|first (?:offer|refusal)|storage|mezzanine|common area|parking|sign|signage|roof|patio|temporary|at least|less than|more than|exceed\w*|per|up to|other tenants?|minimum of|in excess)\b", -1.2),
    cue("per_foot", "near", r"\b(?:per|\$[\d.,]+)[^,;]{0,12}$|[@x×]\s*$", -2.0),
    cue("total_of", "near", r"\b(?:total(?:ing)?|aggregate)\b", 0.3),
    cue("heading", "heading", r"premises|demise|basic|summary|property|area", 0.6),
)  # fmt: skip
_COUNTY_OF = re.compile(r"(?P<a>[A-Z][\w'’.]+(?:\s(?!County)[A-Z][\w'’.]+){0,2})\s+(?:County|COUNTY)\b|\b(?:County|COUNTY)\s+(?:of|OF)\s+(?P<b>[A-Z][\w'’.]+(?:\s(?!State|STATE|Commonwealth|COMMONWEALTH)[A-Z][\w'’.]+){0,2})")  # fmt: skip
_CITY_OF = re.compile(
    r"\b(?:City|CITY|Town|TOWN|Village|VILLAGE|Township)\s+(?:of|OF)\s+(?P<city>[A-Z][\w'’]+(?:\s(?!County|State|COUNTY|STATE)[A-Z][\w'’]+){0,2})"
)
_PLACE = (
    cue("located", "before", r"\b(?:locat\w*|situat\w*|premises|property|building|described as|known as|being|lying)\b", 1.4),
    cue("law", "before", r"\b(?:laws?|governed|construed|courts?|jurisdiction|statutes?|venue)\b", 1.2),
    cue("recorded", "sentence", r"\b(?:record\w*|register|clerk|recorder|plat)\b", 0.4),
    cue("party", "near", r"\b(?:a|an|under the laws of(?: the)?) $|\b(?:corporation|company) of (?:the )?$", -0.6),
    cue("corporation", "after", r"^ (?:limited |general |non-?profit |professional |business |banking )*(?:corporation|limited|general|partnership|company|trust|llc|l\.l\.c|banking|registered)", -1.4),
    cue("notary", "before", r"\b(?:notary|acknowledg\w*|before me|personally appeared|ss\.?)\b", -0.2),
    cue("address_of_other", "before", r"\b(?:notices?|attn|attention|c/o|office at|having its|tenant:|landlord:|place of business)\b", -1.0),
    cue("tax", "sentence", r"\b(?:tax\w*|authority|authorities|ordinance)\b", -0.6),
)  # fmt: skip
_US = frozenset(US_STATES.values())
_PLACE_PRIORS = priors(
    _PLACE,
    bias=-3.0,
    at_front=0.6,
    early=0.2,
    in_contents=-0.5,
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
PRIORS = {
    "property_address": priors(_ADDRESS, bias=-2.6, at_front=1.0, early=0.2, in_contents=-0.3, has_state=0.9, has_zip=0.2, has_unit=0.5, has_city=0.4, po_box=-4.0, span=-0.5, label_value=1.0, unit_of=1.0, at_end=-0.8),
    "premises_area_sqft": priors(_AREA, bias=-2.4, at_front=1.0, early=0.4, in_contents=-1.0, small=-1.0, square_metres=-0.6),
    "state": _PLACE_PRIORS, "city": _PLACE_PRIORS, "county": _PLACE_PRIORS, "zipcode": _PLACE_PRIORS,
}  # fmt: skip


def propose(layout: Layout, chosen: Mapping[str, Choice]) -> dict[str, list[Candidate]]:
    """Candidates for the address and the area of the premises."""
    return {"property_address": [*_addresses(layout), *_described(layout)], "premises_area_sqft": list(_areas(layout))}


def propose_places(layout: Layout, chosen: Mapping[str, Choice]) -> dict[str, list[Candidate]]:
    """Candidates for state, county, city and postcode, once the address is chosen."""
    choice = chosen.get("property_address")
    start, end = (choice.candidate.start, choice.candidate.end) if choice and choice.probability > 0.2 else (0, 0)
    found = layout.addresses
    address = next((f.value for f in found if f.start < end and f.end > start), None)
    spans = [(f.start, f.end, f.value) for f in found if address and _street_key(f.value) == _street_key(address)]
    return {
        "state": list(_states(layout, start, end, spans)),
        "county": list(_named(layout, _COUNTY_OF, start, end)) + list(_parts(spans, "county")),
        "city": _cities(layout, start, end, spans),
        "zipcode": list(_postcodes(layout, start, end, spans)),
    }


def _street_key(address: Address) -> str:
    """Number and first word of a street: the same in every mention of an address."""
    words = re.findall(r"[a-z0-9]+", address.street.lower())
    long_words = [w for w in words[1:] if len(w) > 2]
    return " ".join([*words[:1], *long_words[:1]])


def _addresses(layout: Layout) -> Iterator[Candidate]:
    """Street addresses with what speaks for their being that of the premises."""
    for found in layout.addresses:
        address = found.value
        about = context(layout, found.start, found.end)
        features = [*fired(_ADDRESS, about), *place(layout, found.start)]
        features += [
            name
            for name, there in (
                ("has_state", address.state), ("has_zip", address.postcode), ("has_city", address.city),
                ("has_unit", re.search(r"(?i)\b(?:suite|unit|apt|apartment|floor|room|ste|#)", address.street)),
                ("po_box", address.street.lower().startswith("p")), ("at_end", found.start > 0.75 * len(layout.text)),
            )
            if there
        ]  # fmt: skip
        yield Candidate(address.written, found.start, found.end, tuple(features), key=_street_key(address))


_LABELS = re.compile(r"(?i)^(?:the )?(?:(?:leased|demised|rental|rented|address of(?: the)?|location of(?: the)?|description of(?: the)?) ?)*(?:premises|property|building|unit|premise|apartment|house|location|flat)(?: address| location| description)?(?: being leased)?\W*$")  # fmt: skip
_POINTER = re.compile(
    r"\s(?:as\s+)?(?:described|shown|defined|identified|designated|set\s+forth|more\s+particularly|which|comprising|consisting|together|edged)\b"
)
_UNIT_OF = re.compile(  # "Flat No. B-7, Rose Court, Hill Road, Anytown 411045"
    r"\b(?:Flat|Shop|Office|House|Plot|Door|Unit|Units|Apartment|Bungalow|Villa|Room|Block)\s+(?:[Nn]os?\.?\s*)?[A-Z]?[-–]?\d[\w/-]*(?:,\s*(?!hereinafter|which|with|the\s|and\s)[A-Z0-9][^,;.\n(\"“]{2,45}){1,6}"
)
_DEMISED = re.compile(
    r"(?i)\b(?:relating to|re:|premises (?:known as|situated? at|located at|at)|property (?:known as|situated? at|located at|at)|known as|(?:premises|land|property) (?:means|being)|ALL THAT|lease of)\s+(?:the )?"
)


def _described(layout: Layout) -> Iterator[Candidate]:
    """Descriptions without a street address: "Unit 7, Low Road Estate, Anytown"; values of a premises label."""
    text = layout.text
    for item in layout.labels:
        if _LABELS.match(item.label):
            end = min(item.end, item.start + 200)
            stop = re.search(r"[;(“\"]|\.\s|\n\s*\n", text[item.start : end])
            end = item.start + stop.start() if stop else end
            if pointer := _POINTER.search(text, item.start, end):
                end = pointer.start()
            value = re.sub(r"\s+", " ", text[item.start : end]).strip(" ,.")
            if 8 <= len(value) <= 200 and re.search(r"[A-Z].*[A-Z]", value) and re.search(r"\d", value):
                features = (
                    "label_value",
                    "span",
                    *fired(_ADDRESS, context(layout, item.start, end)),
                    *place(layout, item.start),
                )
                yield Candidate(value, item.start, end, features, key=_span_key(value))
    for match in _UNIT_OF.finditer(text[: layout.contents[1] + 20_000]):
        value = re.sub(r"\s+", " ", match[0]).strip(" ,.")
        features = (
            "span",
            "unit_of",
            *fired(_ADDRESS, context(layout, match.start(), match.end())),
            *place(layout, match.start()),
        )
        yield Candidate(value, match.start(), match.end(), features, key=_span_key(value))
    for match in _DEMISED.finditer(text[: layout.contents[1] + 20_000]):
        line = text[match.end() : match.end() + 160]
        body = re.match(r"(?:(?:[A-Z0-9][\w'’&/#.-]*|of|the|at|on|and|in|,|\(\w+\)|“\w+”)[\s,]{1,3}){2,16}", line)
        value = re.sub(r"\s+", " ", body[0]).strip(" ,.") if body else ""
        value = re.sub(r"(?:\s(?:of|the|at|on|and|in))+$", "", value)
        if len(value) >= 12 and re.search(r"\d|Floor|Building|Building|House", value) and len(value.split()) >= 3:
            features = (
                "span",
                *fired(_ADDRESS, context(layout, match.end(), match.end() + len(value))),
                *place(layout, match.end()),
            )
            yield Candidate(
                value, match.end(), match.end() + body.end() if body else match.end(), features, key=_span_key(value)
            )


def _span_key(value: str) -> str:
    """What is the same in two descriptions of a place: its first number and the next long word."""
    words = re.findall(r"[a-z0-9]+", value.lower())
    number = next((i for i, w in enumerate(words) if w[0].isdigit()), 0)
    long_words = [w for w in words[number + 1 :] if len(w) > 2]
    return " ".join([words[number] if words else "", *long_words[:1]])


def _areas(layout: Layout) -> Iterator[Candidate]:
    """Floor areas in square feet."""
    for found in find_areas(layout.text[:LIMIT]):
        area = found.value
        about = context(layout, found.start, found.end, before=140, after=90)
        features = [*fired(_AREA, about), *place(layout, found.start)]
        if area.number < 120:
            features.append("small")
        if area.unit == "sqm":
            continue
        number = float(area.number)
        value = int(number) if number == int(number) else number
        yield Candidate(value, found.start, found.end, tuple(features))


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
    if end:
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
    """Counties as named: "Kent County", "County of Kent"."""
    for at in places(layout.low[:LIMIT], ["county"]):
        match = next(
            (m for m in pattern.finditer(layout.text, max(0, at - 40), at + 50) if m.start() <= at < m.end()), None
        )
        if not match:
            continue
        group = match.lastgroup or "a"
        value = re.sub(r"\s+", " ", match[group]).strip(" .")
        value = re.sub(r"^(?:The|In|Of|At|And|Said)\s+", "", value)
        if value.lower() in {"the", "said", "such", "this", "state", "any", "city", "each"}:
            continue
        features = (
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
    last = re.sub(r"[\s\d.]+$", "", re.split(r"[,\n]", layout.text[start:end].strip(" ,.\n"))[-1]).strip()
    if re.fullmatch(r"[A-Z][\w'’-]+(?:[ -][A-Z][\w'’-]+){0,2}", last) and not _NOT_CITY.search(last):
        at = layout.text.rfind(last, start, end)
        yield Candidate(last, at, at + len(last), ("last_part",), key=last.lower())


_NOT_CITY = re.compile(
    r"(?i)\b(?:estate|park|building|floor|house|street|road|unit|suite|centre|center|court|tower|premises|block|area|avenue|property|land)\b"
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
