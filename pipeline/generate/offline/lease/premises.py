"""The leased premises: their address and their area."""

import re
from collections.abc import Iterator, Mapping

from pipeline.generate.offline.lease.candidates import Candidate, context, cue, fired, place, priors
from pipeline.generate.offline.lease.layout import LIMIT, Layout
from pipeline.generate.offline.lease.scorer import Choice
from pipeline.values.addresses import Address
from pipeline.values.areas import find_areas

_ADDRESS = (
    cue("located", "near", r"\b(?:locat\w*|situat\w*|situs|known as|described as|designated as|numbered|addressed?|being)\b[^.;]{0,30}$", 1.8),
    cue("premises_before", "before", r"\b(?:premises|property|building|space|unit|apartment|house|dwelling|residence|suite|land|center|centre|project|real estate|shopping|rent to|rents?)\b", 1.0),
    cue("premises_near", "near", r"\b(?:premises|property|building|space|apartment|house|dwelling|residence|real estate)\b", 1.2),
    cue("premises_label", "label", r"premises|property|building|location|unit|address of (?:the )?(?:premises|property|building)|rental|project|site|leased|demised|dwelling|apartment|house|^(?:your |the )?home$|^flat$", 2.2),
    cue("resident_of", "near", r"[a-z.], of\s*$", -1.8),
    cue("role_after", "after", r"^[, ]{0,3}\(?[\"“]?(?:hereinafter|hereafter|called|the landlord|landlord|lessor|owner|tenant|lessee)\b(?!:)", -1.6),
    cue("bank", "near", r"\b(?:bank|savings|credit union|trust company|depository|federal|institution)\b[^.;]{0,30}$", -2.4),
    cue("owner_of", "before", r"\bowner of (?:the |record )?(?:premises|property|building|apartment|home|house|is)\b[^.;]{0,90}$|\bauthori[sz]ed (?:to|agent)\b[^;]{0,160}$|\bits agent\b[^;]{0,90}$|\bserved?\b[^.;]{0,40}$", -2.0),
    cue("address_label", "label", r"^(?:(?:rental|home|street) )?address$", 0.8),
    cue("titled", "near", r"(?:^|\W)(?:lease|agreement|contract|rental)(?: (?:for|of))?(?: the)? ?[-–—:]? ?$", 1.6),
    cue("of_parties", "near", r"\b(?:tenant|lessee|renter|resident)s?[”\")]{0,2},? (?:is |are )?(?:for|of|as to|covering|concerning|respecting|regarding|touching)(?: the)?[: ]*$", 2.4),
    cue("owner_is", "before", r"\b(?:owner|landlord|lessor)s?\b[^.;]{0,40}\b(?:is|are)\b [^;]{0,80}$", -1.4),
    cue("agents", "before", r"\b(?:agent|manager|managed by|management company|caretaker|superintendent)\b[^;]{0,100}$", -1.4),
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
PRIORS = {
    "property_address": priors(_ADDRESS, bias=-2.6, at_front=1.0, early=0.2, in_contents=-0.3, has_state=0.9, has_zip=0.2, has_unit=0.5, has_city=0.4, po_box=-4.0, span=-0.5, label_value=1.0, unit_before=1.8, unit_of=1.0, at_end=-0.8),
    "premises_area_sqft": priors(_AREA, bias=-2.4, at_front=1.0, early=0.4, in_contents=-1.0, small=-1.0, square_metres=-0.6),
}  # fmt: skip


def propose(layout: Layout, chosen: Mapping[str, Choice]) -> dict[str, list[Candidate]]:
    """Candidates for the address and the area of the premises."""
    return {"property_address": [*_addresses(layout), *_described(layout)], "premises_area_sqft": list(_areas(layout))}


def street_key(address: Address) -> str:
    """Number and first word of a street: the same in every mention of an address."""
    words = re.findall(r"[a-z0-9]+", address.street.lower())
    long_words = [w for w in words[1:] if len(w) > 2]
    return " ".join([*words[:1], *long_words[:1]])


_UNIT_BEFORE = re.compile(
    r"\b(?:apartment|apt\.?|unit|flat|room|lot|loft|suite) (?:no\.? )?#?[\w-]{1,6}(?: (?:at|in|of)(?: the (?:building|house|property)(?: (?:at|located at|known as))?)?|,)\s*$"
)


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
                ("unit_before", address.state and _UNIT_BEFORE.search(about.near)), ("po_box", address.street.lower().startswith("p")), ("at_end", found.start > 0.75 * len(layout.text)),
            )
            if there
        ]  # fmt: skip
        yield Candidate(address.written, found.start, found.end, tuple(features), key=street_key(address))


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
