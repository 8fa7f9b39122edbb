"""Postal addresses: street, unit, city, state, postcode; US first, then UK, Ireland, India and alike."""

import re
from dataclasses import dataclass

from pipeline.values.found import Found
from pipeline.values.keywords import places
from pipeline.values.places import CANADIAN_POSTCODE, COUNTRIES, STATE_NAMES, STATE_SHORT, UK_POSTCODE, state_name


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart; `written` is the whole of it on one line."""

    written: str
    street: str
    city: str | None = None
    state: str | None = None
    postcode: str | None = None
    county: str | None = None


_SUFFIX = (
    r"(?:Street|St|Avenue|Ave|Road|Rd|Drive|Dr|Boulevard|Blvd|Lane|Ln|Court|Ct|Way|Place|Pl|Parkway|Pkwy|Highway|Hwy|Circle|Circuit|Cir"
    r"|Terrace|Ter|Trail|Trl|Square|Sq|Plaza|Pike|Turnpike|Tpke|Loop|Row|Run|Freeway|Fwy|Expressway|Expwy|Alley|Broadway|Crescent|Close|Mews"
    r"|Gardens|Grove|Park|Point|Crossing|Commons|Quay|Walk|Center|Centre|Concourse|Ridge|View|Esplanade|Bypass|Mall|Route|Path|Bend|Cove|Hill|Heights|Meadows?|Landing|Spur|Trace|Glen|Knoll|Manor|Bluff|Pass|Overlook|Vista)"
)
_WORD = r"[A-Z0-9][\w'’./-]*"
_MAIN = r"(?:Street|St|Avenue|Ave|Road|Rd|Drive|Dr|Boulevard|Blvd|Lane|Ln|Court|Ct|Way|Place|Pl|Parkway|Pkwy|Circle|Terrace|Row|Square)"
_SAINT = rf"St\.?[ \t]+(?=[A-Z][\w'’-]+(?:[ \t]+[A-Z][\w'’-]+)?[ \t]+{_MAIN}\b)"  # "748 St. Helens Avenue"
_NAME = (
    rf"(?:(?:[NSEW]\.?|North|South|East|West)[ \t]+)?(?:{_SAINT})?(?:(?!(?i:days?|months?|years?|percent|hours?|minutes?)\b){_WORD}\s+|of\s+the\s+|(?:la|de|del|the)\s+){{0,5}}?"
    rf"(?:{_SUFFIX}|{_SUFFIX.upper()}|Broadway|BROADWAY|Embarcadero)(?![\w-])(?!\s+{_SUFFIX}\b)\.?"
    r"(?:,?\s+[NS]\.?\s?[EW](?:\.|(?![\w.]))|\s+(?:North|South|East|West|N\.?[EW]?\.?|S\.?[EW]?\.?|E\.?|W\.?|NORTH|SOUTH|EAST|WEST)(?![\w]))?"
)
_HIGHWAY = (
    r"(?:[NSEW]\.?\s+)?(?:(?:State|County|U\.?\s?S\.?|Old)\s+)?(?:Highway|Route|Road|Rt\.?|Hwy\.?|FM|Avenue|HIGHWAY|ROUTE)\s+"
    r"(?:of\s+the\s+\w+|\d{1,4}|[A-Z]\b)"
)
_NUMBERED = re.compile(rf"\d{{1,6}}(?:\s?[-–&/]\s?\d{{1,6}}|-[A-Z](?!\w))?[A-Z]?\s+(?:{_NAME}|{_HIGHWAY})")
_WORDED = re.compile(rf"(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|ONE|TWO|THREE|FOUR|FIVE)\s+{_NAME}")
_BOX = re.compile(r"P\.?\s?O\.?\s+Box\s+\d+")
_UNIT_NAME = r"(?:Suites?|Ste\.?|Units?|Apartment|Apt\.?|Rooms?|Rm\.?|Floor|Fl\.?|Building|Bldg\.?|Space|Lot|Level|Flat|SUITES?|STE\.?|UNITS?|APT\.?|APARTMENT|FLOOR|BUILDING|BLDG\.?|Office(?=\s+#?\d)|Penthouse|PH|Loft|Townhouse|Townhome|Cottage|apartment|apt\.?|unit|suite|room|N[oO][sS]?\.?(?=\s*#?\d)|Number(?=\s*\d)|#)"
_PART_OF_HOUSE = (  # "Lower Unit", "rear house", "Second Floor"; alone where a comma follows: "Upper,"
    r"(?i:(?:(?:lower|upper|front|rear|back|left|right|main|top|ground|first|second|third|fourth|basement|garden|attic|carriage|side|middle|north|south|east|west)[\s-]+){1,2}"
    r"(?:unit|apartment|apt|floor|flat|house|half|level|side|duplex|cottage|suite|room|wing)\b\.?|(?:upper|lower|rear|front|basement|penthouse|upstairs|downstairs|down|up)(?=,))"
)
_UNIT = re.compile(
    rf"[\s,\-–(]{{1,4}}(?:{_UNIT_NAME}\s*(?:No\.?|Nos\.?|Number)?\s*[#\"“]?\s?[A-Z0-9][\w&-]{{0,6}}(?:(?:,\s?|\s?&\s?|\s+and\s+)[A-Z0-9]{{1,4}}(?!\w))*[\"”]?\)?|\d{{1,3}}(?:st|nd|rd|th)\s+[Ff]loor|{_PART_OF_HOUSE}|Fifth\s+[Ff]loor|#\s?\w{{1,6}})"
)
_PLAIN = re.compile(  # what stands before city, state and ZIP code: "1475 The Alameda, San Jose, CA 95126"
    r"(?<![\w$.,/#-])(?<!nit )(?<!uite )(?<!oom )(?<!loor )(?<!ment )(?<!pt )(?<!pt\. )(?<!No\. )(?<!lat )(?<!Box )"
    r"(?P<street>\d{1,6}[A-Z]?[ \t]+(?:[NSEW]{1,2}\.?[ \t]+)?[A-Z][\w'’-]*\.?(?:[ \t]+(?:[A-Z][\w'’-]*\.?|de|del|la|las|los|el|of|the|\d{1,3})){0,4}?)"
    rf"(?:{_UNIT.pattern}){{0,2}}(?:,\s*|[ \t]*\n\s*)[A-Z][\w.'’-]+(?:[ \t][A-Z][\w.'’-]+){{0,2}},\s+(?:{STATE_SHORT}|(?i:{STATE_NAMES}))[,\s]+\d{{5}}(?!\d)"
)
_CITY = re.compile(
    rf"(?P<comma>[\s,]{{1,4}})(?P<said>(?:(?:located\s+)?(?:in|at)\s+)?(?:the\s+)?(?:(?:City|CITY|Town|TOWN|Village|Township)\s+(?:of|OF)\s+)?)(?!\d)"
    rf"(?P<city>[A-Z][\w'’.-]*(?:\s+(?:[A-Z][\w'’.-]*|d['’][A-Z]\w+|of|du|de|la|upon|on|en)){{0,3}}?(?:\s\d{{1,2}}(?!\w))?)(?=\s*[,\n;.(“\"]|\s+(?:Qld|QLD|NSW|Vic|VIC|Tas|ACT|Ontario|Quebec|Alberta|{STATE_SHORT}|(?i:{STATE_NAMES})|\d{{5}}|[a-z])(?![A-Za-z])|\s+[a-z]|\s*$)"
)
_NO_CITY = re.compile(
    r"(?i)(?:the|this|landlord|tenant|lessor|lessee|owner|suite|building|premises|attn|attention|exhibit|unit|floor|phone|tel|fax|and|which|email|name|date"
    r"|as|hereinafter|to|with|room|apartment|together|being|consisting|rent|street|address|county|state|for|telephone|facsimile|or|on|of|by|if|at|from|inc|llc)\b"
)
_BOROUGH = re.compile(r"[\s,]{1,3}(?:in\s+)?(?:the\s+)?Borough\s+of\s+(?:the\s+)?[A-Z][a-z]+(?:\s+Island)?")
_QUARTER = re.compile(  # "Jamaica Plain, Boston, MA 02130": the part of a city before it
    rf",\s+(?!(?i:{STATE_NAMES})\b)[A-Z][a-z'’]+(?:\s[A-Z][a-z'’]+){{0,2}}(?=,\s+(?!{STATE_SHORT}\b|(?i:{STATE_NAMES})\b)[A-Z][a-z.'’]+(?:\s[A-Z][a-z'’]+){{0,2}}(?<!County),\s+(?:{STATE_SHORT}|(?i:{STATE_NAMES}))[,\s]+\d{{5}}(?!\d))"
)
_COUNTY = re.compile(
    r"[\s,]{1,4}(?:and\s+)?(?:in\s+)?(?:the\s+)?(?:(?P<a>[A-Z][\w'’.]*(?:\s+[A-Z][\w'’.]*){0,2})\s+(?:County|COUNTY)|(?:County|COUNTY)\s+(?:of|OF)\s+(?P<b>[A-Z][\w'’.]*(?:\s+(?!State|STATE|Commonwealth)[A-Z][\w'’.]*){0,2}))(?=[\s,.;]|$)"
)
_STATE = re.compile(
    rf"[\s,]{{1,4}}(?:and\s+)?(?:in\s+)?(?:the\s+)?(?:(?i:State|Commonwealth)\s+(?i:of)\s+)?(?P<state>(?i:{STATE_NAMES})|{STATE_SHORT})(?![A-Za-z])\.?"
)
_POSTCODE = re.compile(
    rf"[\s,-]{{1,4}}(?P<postcode>\d{{5}}(?:-\d{{4}})?|{UK_POSTCODE}|{CANADIAN_POSTCODE}|[1-9]\d{{2}}\s?\d{{3}})(?![A-Za-z0-9])"
)
_AUSTRALIAN = re.compile(r"[\s,]{1,3}(?P<postcode>\d{4})(?!\d)")
_COUNTRY = re.compile(r"[\s,]{1,4}(?P<country>" + "|".join(re.escape(c).replace(r"\ ", " ") for c in sorted(COUNTRIES, key=len, reverse=True)) + r")(?!\w)", re.IGNORECASE)  # fmt: skip


def find_addresses(text: str) -> list[Found[Address]]:
    """Street addresses with what follows them (unit, city, county, state, postcode).

    >>> a = find_addresses("located at 12 Elm Street, Unit 4B, Springfield, Ohio 43001, together")[0].value
    >>> a.written, a.city, a.state, a.postcode
    ('12 Elm Street, Unit 4B, Springfield, Ohio 43001', 'Springfield', 'Ohio', '43001')
    >>> find_addresses("the second floor of 73 Sedgwick Street, Jamaica Plain, Boston, MA 02130.")[0].value.city
    'Boston'
    """
    streets = _numbered(text)
    worded = [
        "One ",
        "Two ",
        "Three ",
        "Four ",
        "Five ",
        "Six ",
        "Seven ",
        "Eight ",
        "Nine ",
        "Ten ",
        "ONE ",
        "TWO ",
        "THREE ",
    ]
    streets += [m for at in places(text, worded) if (m := _WORDED.match(text, at))]
    streets += [m for at in places(text, ["P.O", "PO Box", "P. O"]) if (m := _BOX.match(text, at))]
    found: list[Found[Address]] = []
    for street in sorted(streets, key=lambda m: m.start()):
        if not found or street.start() >= found[-1].end:
            found.append(
                complete(
                    text, street.start(), street.end("street") if "street" in street.re.groupindex else street.end()
                )
            )
    return found


def _numbered(text: str) -> list[re.Match[str]]:
    """Numbers with a street: of a known kind, or of any name where city, state and ZIP code follow."""
    known = [m for m in _NUMBERED.finditer(text) if text[max(0, m.start() - 1) : m.start()] not in _JOINED]
    plain = [m for m in _PLAIN.finditer(text) if not _MONTH.search(text, max(0, m.start() - 12), m.start())]
    starts = {m.start(): m for m in known}
    for match in plain:
        same = starts.get(match.start())
        inside = any(match.start() < start < match.end() for start in starts)
        if not inside and (same is None or same.end() < match.end("street")):
            starts[match.start()] = match
    return list(starts.values())


_MONTH = re.compile(r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+$")


_JOINED = ("$", ".", ",", "-", "/", *"0123456789")


def complete(text: str, start: int, street_end: int) -> Found[Address]:
    """The address whose street part is `start`..`street_end`, with what follows it in `text`."""
    end = street_end
    while (unit := _UNIT.match(text, end)) and end - start < 200:
        end = unit.end()
    street = _line(text[start:end])
    if borough := _BOROUGH.match(text, end):
        end = borough.end()
    city = state = postcode = county = None
    found_state = _STATE.match(text, end)
    if quarter := _QUARTER.match(text, end):
        end = quarter.end()
        found_state = _STATE.match(text, end)
    if (match := _CITY.match(text, end)) and not _NO_CITY.match(match["city"]):
        after_county = _COUNTY.match(text, match.end())
        tail = after_county.end() if after_county else match.end()
        next_state = _STATE.match(text, tail)
        certain = next_state or _COUNTRY.match(text, tail) or (_POSTCODE.match(text, tail) and not found_state)
        if (
            certain
            or after_county
            or (not found_state and ("," in match["comma"] or "\n" in match["comma"] or "of" in match["said"].lower()))
        ):
            city, end, found_state = _line(match["city"]), match.end(), next_state
            if after_county:
                county, end = _line(after_county["a"] or after_county["b"]), after_county.end()
    if not county and (after_county := _COUNTY.match(text, end)):
        county, end = _line(after_county["a"] or after_county["b"]), after_county.end()
        found_state = _STATE.match(text, end)
    if found_state:
        state, end = state_name(found_state["state"]), found_state.end()
    if code := _POSTCODE.match(text, end):
        postcode, end = code["postcode"], code.end()
    if not state and (country := _COUNTRY.match(text, end)):
        (state, money), end = COUNTRIES[country["country"].lower()], country.end()
        if money == "AUD" and (code := _AUSTRALIAN.match(text, end)):
            postcode, end = code["postcode"], code.end()
        if not postcode and (code := _POSTCODE.match(text, end)):
            postcode, end = code["postcode"], code.end()
    while end > start and text[end - 1] in " ,\n":
        end -= 1
    return Found(start, end, Address(_line(text[start:end]), street, city, state, postcode, county))


def _line(text: str) -> str:
    """On one line, without filling underscores."""
    return re.sub(r"[\s_]+", " ", text).strip(" ,")
