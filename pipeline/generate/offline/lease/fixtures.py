"""What the landlord provides: appliances and furniture that a sentence, a label or an inventory lists."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline.generate.offline.lease.candidates import Candidate, context, cue, fired, place, priors
from pipeline.generate.offline.lease.layout import LIMIT, Layout
from pipeline.generate.offline.lease.roles import OWNER_WORDS, TENANT_WORDS
from pipeline.generate.offline.lease.scorer import Choice
from pipeline.values.keywords import places

_ITEMS = (
    "refrigerator", "fridge", "freezer", "stove", "oven", "range", "cooktop", "cooker", "hob", "hot plate", "microwave", "range hood", "dishwasher", "washing machine", "washer", "dryer", "tumble dryer",
    "air conditioner", "air conditioning unit", "window unit", "swamp cooler", "evaporative cooler", "heat pump", "space heater", "furnace", "garbage disposal", "disposal", "trash compactor", "water heater", "water softener",
    "curtains", "drapes", "blinds", "carpet", "ceiling fan", "exhaust fan", "fan", "bed", "bed frame", "bunk bed", "mattress", "sofa", "sofa bed", "couch", "loveseat", "armchair", "recliner", "coffee table", "dining table",
    "kitchen table", "table", "chair", "stool", "desk", "wardrobe", "dresser", "nightstand", "bedside table", "chest of drawers", "television", "tv", "tv stand", "lamp", "bookcase", "bookshelf", "bookshelves", "shelves", "mirror",
    "kettle", "toaster", "toaster oven", "coffee maker", "cookware", "kitchenware", "dishes", "utensils", "linens", "geyser", "tube light", "modular kitchen", "workstation", "work station", "cubicle", "shelving", "racking",
    "window covering", "window treatment", "heater", "smoke detector", "router", "vacuum cleaner", "conference table", "filing cabinet", "cabinet", "grill", "patio set", "patio furniture", "piano", "rug", "wood stove", "fireplace insert",
    "storage shed", "lawn mower", "lawnmower", "snow blower", "ironing board", "cot",
)  # fmt: skip
_ITEM = re.compile(
    r"(?<![\w-])(?:" + "|".join(re.escape(i) for i in sorted(_ITEMS, key=len, reverse=True)) + r")(?:es|s)?(?![\w])"
)
_FURNITURE = re.compile(r"\b(?:bed|mattress|sofa|couch|desk|chair|table|wardrobe|dresser|lamp|bookcase|television)")
_SEPARATOR = re.compile(r"\s*(?:,(?:\s*(?:and|&|or)\b)?|;|\n|•|●|\band\b|&|\bplus\b|\t|\||\[\s?[xX]\s?\]|☒|☑|✓)\s*")
_STOP = re.compile(r"[.:](?=\s+[A-Z]|$)|\n\s*\n|\n\s*\d{1,2}[.)]\s|\n\s*[A-Z]\.\s")
_UNCHECKED = re.compile(r"\bhook-?ups? for [^.;\n]*|(?:\[\s?\]|☐|□)\s*[^\[☐☒☑□\n,.;]{2,40}")
_LEAD = re.compile(
    r"(?i)^(?:(?:\d{1,2}|an?|the|its|his|her|one|two|three|four|five|six|seven|eight|nine|ten|each|some|all|existing|following|of|with|and|or|also|by|in|on)\b[\s.)x×:-]*(?:\(\d+\)\s*)?|[-–—•*·(]\s*"
    r"|(?:living|dining|main|master|second|third|guest|laundry|front|back)?\s*(?:bed\s?room|room|kitchen|bath\s?room|closet|area|hall|porch|balcony|lanai|garage)\b\s*\d?[:\s]+)+"
)
_TRAIL = re.compile(
    r"(?i)\s*(?:\(.*|\[.*|\d+\s*$|\b(?:stays?|remains?|that|which|are|is|belong\w*|found|there|in|on|at|for|of|located|installed|owned|provided|supplied|from|shall|will|to|each|only|existing|hookups?|connections?|new|as)\b.*)$"
)
_REACH = 900  # characters a list may go on
_CUES = (
    cue("comes_with", "before", r"\b(?:comes? with|equipped with|furnished with|includ\w+|together with|contain\w*|has|supplied with|let with|following (?:equipment|appliances|items|furni\w+)|with)\b[^.;]{0,60}$", 1.4),
    cue("owner_provides", "before", rf"\b{OWNER_WORDS}\b[^.;]{{0,40}}\b(?:provid\w*|suppl\w*|furnish\w*|leaves?|owns?|includ\w*|lends?)\b[^.;]{{0,60}}$", 1.6),
    cue("stays", "after", r"^[^.;]{0,40}\b(?:stays?|remains?|(?:is|are) (?:provided|included|supplied|furnished)|belongs? to (?:the )?(?:landlord|owner|lessor)|(?:provided|supplied|furnished|owned) by (?:the )?(?:landlord|owner|lessor)|found there|in place|conveyed)\b", 1.4),
    cue("label", "label", r"applianc|furnish|furnitur|inventory|fixtures|equipment|included|stuff|supplied", 1.8),
    cue("heading", "heading", r"applianc|furnish|furnitur|inventory|fixtures|equipment|included|what is there|comes with", 1.4),
    cue("kind_named", "before", r"\b(?:appliances?|furniture|furnishings|equipment|inventory|fixtures)\b[^.;]{0,60}$", 1.0),
    cue("premises", "before", r"\b(?:premises|apartment|unit|house|home|room|property|building|dwelling)\b", 0.4),
    cue("tenant_own", "sentence", rf"\b{TENANT_WORDS}['’]?s? (?:own|personal|furniture|trade|property|(?:shall |will |may |must )?(?:provide|supply|furnish|remove|brings?|install|buy|keep|use|obtain|maintain|clean|replace))\b|\bremove\b|\bpersonal property of|\btrade fixtures\b|\bnot (?:included|provided|supplied)\b", -1.8),
    cue("forbidden", "sentence", r"\b(?:no|not|nor|without|prohibit\w*|never|waterbeds?|unless)\b", -1.0),
    cue("works", "sentence", r"\b(?:install\w*|hvac|maint\w*|repair\w*|janitor\w*|operating (?:costs|expenses)|clean\w*|construct\w*|alterat\w*|damage\w*|replac\w*|insur\w*|liab\w*|fail\w*|duty|duties|condition of|shall mean|charges?|wear)\b", -0.9),
    cue("working_order", "after", r"\b(?:good|working) (?:working )?(?:order|condition)\b", 0.5),
)  # fmt: skip
PRIORS = {
    "fixtures": priors(_CUES, bias=-3.2, list=0.6, long_list=0.5, checked=1.2, residential=1.5, furniture=0.2, one=-1.2, at_front=0.1, early=0.0, in_contents=-2.0, most=0.8),
}  # fmt: skip


def propose(layout: Layout, chosen: Mapping[str, Choice]) -> dict[str, list[Candidate]]:
    """Candidates for what is provided: every list of items, one candidate each."""
    low = layout.low[:LIMIT]
    head = low[:12_000]
    lived_in = sum(head.count(w) for w in ("residential", "apartment", "dwelling", "bedroom", "pets", "house")) >= 2
    found = [c for start, end in _lists(low) if (c := _candidate(layout, start, end, lived_in))]
    most = max((len(c.value) for c in found), default=0)
    return {"fixtures": [c if len(c.value) < most else _with(c, "most") for c in found]}


_ANCHORS = (
    "refrigerator", "fridge", "stove", "applianc", "furnit", "dishwasher", "washer", "mattress", " bed", "desk", "sofa", "racking", " fan", "carpet", "gas range", "microwave",
)  # fmt: skip


def _furnished(low: str) -> list[tuple[int, int]]:
    """Stretches that name what nearly every list has, so that most of a long lease need not be searched."""
    spans: list[tuple[int, int]] = []
    for at in sorted(places(low, _ANCHORS)):
        start, end = max(0, at - 300), min(len(low), at + 700)
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _with(candidate: Candidate, feature: str) -> Candidate:
    return replace(candidate, features=(*candidate.features, feature))


def _lists(low: str) -> Iterator[tuple[int, int]]:
    """First and last offset of every run of items with only list words between them."""
    run: tuple[int, int] | None = None
    for match in (m for span in _furnished(low) for m in _ITEM.finditer(low, *span)):
        if run and match.start() - run[1] < 90 and match.end() - run[0] < _REACH:
            between = low[run[1] : match.start()]
            if not _STOP.search(between) and (
                len(between) < 34 or _SEPARATOR.search(between) or between.count("\n") == 1
            ):
                run = (run[0], match.end())
                continue
        if run:
            yield run
        run = match.span()
    if run:
        yield run


def _candidate(layout: Layout, start: int, end: int, lived_in: bool) -> Candidate | None:
    """One list as a candidate; a single item only where it is said to be provided."""
    text = layout.text
    tail = re.match(r"[^.;:\n]{0,12}(?:,|\s+and\b|,\s*and\b)\s+(?:an?\s+|the\s+)?(?:old\s+|small\s+)?[\w-]+(?: [\w-]+)?(?=[.,;]|\s+(?:that|which|stays?|in\b))", text[end : end + 60])  # fmt: skip
    stop = end + (tail.end() if tail else 0)
    begin = max(text.rfind(c, max(0, start - 60), start) for c in ",.;:\n(") + 1
    begin = max(begin, start - 22)
    while begin < start and text[begin - 1 : begin].isalnum():
        begin += 1
    items = list(_items(text[begin:start], text[start:stop]))
    if not items:
        return None
    about = context(layout, start, stop, before=220, after=130, items=False)
    features = [*fired(_CUES, about), *place(layout, start)]
    if len(items) == 1:
        if not {"comes_with", "owner_provides", "stays", "label"} & set(features):
            return None
        features.append("one")
    features += ["list"] * (len(items) >= 3) + ["long_list"] * (len(items) >= 5) + ["residential"] * lived_in
    if re.search(r"\[\s?[xX]\s?\]|☒|☑", text[max(0, start - 6) : stop]):
        features.append("checked")
    if _FURNITURE.search(layout.low[start:stop]):
        features.append("furniture")
    return Candidate(items, start, stop, tuple(dict.fromkeys(features)), key=",".join(items))


def _items(lead: str, body: str) -> Iterator[str]:
    """The items of a list, without counts and articles; unchecked boxes are left out.

    >>> list(_items("a ", "stove, a chest freezer in the basement and two desk chairs (6)"))
    ['stove', 'chest freezer', 'desk chairs']
    """
    seen = set()
    whole = lead.rsplit(",", 1)[-1] + body
    whole = _UNCHECKED.sub("", whole)
    for part in _SEPARATOR.split(whole):
        if not part:
            continue
        part = re.sub(r"[\s_]+", " ", part).strip(" .,;:*-–")
        known = list(_ITEM.finditer(part.lower()))
        part = _LEAD.sub("", part)
        if known and len(part.split()) > 4:
            last = list(_ITEM.finditer(part.lower()))
            words = part[: last[0].end()].split() if last else []
            part = " ".join(words[-3:])
        part = _LEAD.sub("", _TRAIL.sub("", part)).strip(" .,;:()")
        if 2 < len(part) <= 45 and len(part.split()) <= 5 and part.lower() not in seen and part[0].isalpha():
            seen.add(part.lower())
            yield part
