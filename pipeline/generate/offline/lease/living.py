"""Who pays the electricity, whether pets may be kept, what the landlord provides."""

import re
from collections.abc import Iterator, Mapping

from pipeline.generate.offline.lease.candidates import Candidate, context, cue, fired, place, priors
from pipeline.generate.offline.lease.layout import Layout
from pipeline.generate.offline.lease.scorer import Choice
from pipeline.values.keywords import places

_TENANT = r"(?:sub-?)?(?:tenants?|lessees?|renters?|residents?|occupants?|licensees?|party b)"
_OWNER = r"(?:sub-?)?(?:land\s?lords?|lessors?|licensors?|owners?|management|party a)"
_POWER = (
    cue("power", "inside", r"electric|power|hydro", 0.8),
    cue("utilities_heading", "heading", r"utilit|electric|services|heat", 1.0),
    cue("utilities_label", "label", r"utilit|electric|services", 1.2),
    cue("charges", "sentence", r"\b(?:charges?|costs?|bills?|expenses?|consum\w*|used|meter\w*|furnish\w*|suppl\w*|provid\w*|service)\b", 0.6),
    cue("premises", "sentence", r"\b(?:premises|apartment|unit|space|property|building)\b", 0.3),
    cue("works", "sentence", r"\b(?:wiring|alterations?|install\w*|repair\w*|maintain\w*|maintenance|fixtures|panels?|outlets?|conduits?|lines|interrupt\w*|fail\w*|plumbing|systems?|capacity|easement\w*|disconnect\w*|damage\w*|code|plans?|excessive|excess|exceed\w*|after[- ]hours?|common areas?|parking|hazard\w*|acts?|liab\w*|drawings?|load)\b", -0.9),
    cue("ordinary", "sentence", r"\b(?:normal|reasonable amounts?|customary|ordinary|standard)\b", 0.2),
    cue("included", "sentence", r"\bincluded in (?:the |base |monthly )*rent\b|\bat no (?:additional )?(?:cost|charge)\b|\brent includes\b", 0.6),
)  # fmt: skip
_PETS = (
    cue("pets", "inside", r"pets?\b", 1.2),
    cue("animals", "inside", r"animal|dog|cat|bird", 0.4),
    cue("keep", "sentence", r"\b(?:keep|kept|allow\w*|permit\w*|bring|brought|have|harbor\w*|own|prohibit\w*|accept\w*|authori[sz]\w*)\b", 1.0),
    cue("pets_heading", "heading", r"\bpets?\b|animal", 1.6),
    cue("pets_label", "label", r"\bpets?\b|animal", 1.4),
    cue("business", "sentence", r"\b(?:laborator\w*|research|testing|hospital|veterinar\w*|food|feed|service animals?|guide dogs?|hazard\w*|pest)\b", -0.8),
)  # fmt: skip
PRIORS = {
    "utilities_terms_electricity": priors(_POWER, bias=-2.6, at_front=0.1, early=0.1, in_contents=-2.0, pays=1.8, provides=0.8, pay_words=0.4, is_owner=-0.5, is_shared=-1.2, is_tenant=0.2),
    "pets_allowed": priors(_PETS, bias=-2.4, at_front=0.1, early=0.0, in_contents=-2.0, negated=0.6, allowed=0.2, consent=0.2),
    "fixtures": {"bias": -2.4, "appliances": 1.2, "provided": 0.9, "furnished": 0.8, "list": 0.6, "label": 1.4, "landlord": 0.5, "landlord_provides": 1.2, "residential": 0.8, "tenant_own": -1.8, "works": -1.0, "at_front": 0.1, "early": 0.0, "in_contents": -2.0},
}  # fmt: skip


def propose(layout: Layout, chosen: Mapping[str, Choice]) -> dict[str, list[Candidate]]:
    """Candidates for electricity, pets and what is provided."""
    return {
        "utilities_terms_electricity": list(_electricity(layout)),
        "pets_allowed": list(_pets(layout)),
        "fixtures": list(_fixtures(layout)),
    }


_POWER_WORD = re.compile(
    r"(?:electric(?:ity|al)?(?:\s+(?:current|power|energy|service))?|(?<!purchasing )power|hydro|utilit(?:y|ies))\b"
)
_TENANT_PAYS = re.compile(
    rf"\b{_TENANT}\b(?:['’]s)?[^.;]{{0,90}}?\b(?:pay|pays|bear|(?:solely )?(?:responsible|liable)|secure|arrange|contract|obtain|reimburse|discharge)\b"
    rf"|paid (?:for )?by (?:the )?{_TENANT}|(?:at|by) (?:the )?{_TENANT}['’]?s? (?:sole |own )*(?:cost|expense)|billed (?:directly )?to (?:the )?{_TENANT}|\b{_TENANT}['’]s responsibility|(?:responsibility|account|expense) of (?:the )?{_TENANT}"
    r"|(?:^|[:;,)\d] ?|and )to (?:promptly |punctually |be (?:solely )?responsible for and (?:promptly )?)?(?:pay|bear|discharge)\b|\bto be (?:solely )?responsible for\b|\bto pay (?:for )?(?:all |the |any )?(?:charges |costs |bills |accounts )?(?:[a-z]+,? (?:and )?){0,4}(?:electric|utilit)"
    rf"|\bresponsible for (?:all )?(?:the )?(?:payment of )?(?:utilit|electric)|\b{_TENANT}['’]s? (?:existing |own |separate )?(?:electric(?:al|ity)? )?meter|separately metered (?:and|to)|sub-?meter"
)  # fmt: skip
_OWNER_PAYS = re.compile(rf"\b{_OWNER}\b[^.;]{{0,60}}?\b(?:shall|will|agrees to|to|is)?\s*(?:pay|pays|furnish|provide|supply|bear|be responsible|responsible)\b|paid (?:for )?by (?:the )?{_OWNER}|(?:at|by) (?:the )?{_OWNER}['’]?s? (?:sole |own )*(?:cost|expense)|included in (?:the |base |monthly |gross )*rent|rent (?:shall )?includes?")  # fmt: skip
_SHARED = re.compile(r"\b(?:pro[- ]?rata|proportionate|shared?|split|equally|percent|%|excess)\b")


def _electricity(layout: Layout) -> Iterator[Candidate]:
    """Sentences about electricity or utilities in general that say who pays."""
    last = -400
    for at in sorted(places(layout.low[:400_000], ["electric", "utilit", "hydro"])):
        if at - last < 60:
            continue
        match = _POWER_WORD.match(layout.low, at)
        if not match:
            continue
        about = context(layout, match.start(), match.end(), before=300, after=220)
        sentence = about.zone("sentence")
        base = [*fired(_POWER, about), *place(layout, at)]
        tenant, owner = _TENANT_PAYS.search(sentence), _OWNER_PAYS.search(sentence)
        if not tenant and not owner:
            continue
        last = at
        if tenant and owner:
            value = (
                "owner"
                if owner.start() < tenant.start() and re.search(r"pay|included|responsib", owner[0])
                else "tenant"
            )
        else:
            value = "tenant" if tenant else "owner"
        if _SHARED.search(about.after[:80]) and re.search(r"\b(?:split|shared|equally)\b", sentence):
            value = "shared"
        said = tenant if value == "tenant" else owner
        if said:
            base.append(
                "pays"
                if re.search(r"pay|paid|bear|responsib|cost|expense|billed|reimburse|included", said[0])
                else "provides"
            )
        yield Candidate(
            value,
            match.start(),
            match.end(),
            (*base, f"is_{value}"),
            quote=_sentence(layout, match.start(), match.end()),
        )


def _sentence(layout: Layout, start: int, end: int) -> tuple[int, int]:
    """A quote of some words about `start`..`end`, whole words only."""
    text = layout.text
    left, right = max(0, start - 110), min(len(text), end + 70)
    for stop in re.finditer(r"[.;]\s|\n\s*\n", text[left:start]):
        left = max(left, left + 0) if False else left
        last = stop.end()
        left_cut = max(0, start - 110) + last
        if left_cut <= start:
            left = left_cut
    while left > 0 and left < start and text[left - 1].isalnum():
        left += 1
    while right < len(text) and right > end and text[right].isalnum():
        right -= 1
    return left, right


_NO = re.compile(r"\b(?:no|not|never|neither|nor|prohibit\w*|forbidden|without|unless|any)\b")
_YES = re.compile(
    r"\b(?:entitled to (?:keep|have)|allowed|permitted|may (?:keep|have)|shall be permitted|is permitted|accepted|welcome)\b"
)


def _pets(layout: Layout) -> Iterator[Candidate]:
    """Sentences that allow or forbid animals."""
    for at in sorted(places(layout.low[:400_000], ["pet", "animal", "dogs", "dog", "birds", " cat"])):
        match = re.compile(r"\s?(?:pets?|animals?|dogs?|birds?|cats?)(?![a-z])").match(layout.low, at)
        if not match or (match[0][0] != " " and layout.low[at - 1 : at].isalpha()):
            continue
        about = context(layout, match.start(), match.end(), before=160, after=160)
        sentence = about.zone("sentence")
        features = [*fired(_PETS, about), *place(layout, at)]
        if not {"keep", "pets_heading", "pets_label"} & set(features) or re.search(
            r"\bdeposit|fee\b", about.after[:18]
        ):
            continue
        checked = re.search(
            r"(?:\[x\]|☒|☑|✓)\s*(?:are |is )?(?P<answer>not |no\b|yes|allowed|permitted)",
            layout.low[match.start() : match.end() + 120],
        )
        negated = bool(
            re.search(
                r"\b(?:no(?! more than)|not(?! more than)|nor|neither|prohibit\w*|without|unauthorized|forbidden)\b",
                sentence,
            )
        )
        allowed = bool(_YES.search(sentence)) and not negated
        value = allowed
        if checked:
            value = checked["answer"].strip() not in ("not", "no")
        elif re.search(
            r"\bshall be (?:permitted|allowed)|\bmay (?:keep|have)\b|\bare (?:permitted|allowed)|\bentitled to (?:keep|have)",
            sentence,
        ) and not re.search(r"\b(?:no|not)\b(?! more than)", sentence):
            value = True
        if negated:
            features.append("negated")
        if allowed:
            features.append("allowed")
        if re.search(r"\bconsent|permission|approv", sentence):
            features.append("consent")
        if not negated and not allowed and not checked:
            continue
        yield Candidate(
            value, match.start(), match.end(), tuple(features), quote=_sentence(layout, match.start(), match.end())
        )


_ITEMS = (
    "refrigerator", "stove", "oven", "range", "microwave", "dishwasher", "washing machine", "washer", "dryer", "air conditioner", "air conditioning unit", "furnace", "freezer", "garbage disposal", "disposal",
    "water heater", "curtains", "drapes", "blinds", "carpet", "ceiling fan", "ceiling fans", "fan", "fans", "bed", "beds", "mattress", "sofa", "couch", "dining table", "table", "chairs", "chair", "desk", "desks", "wardrobe", "dresser", "nightstand", "television", "tv",
    "lamps", "bookcase", "bookshelf", "cabinets", "kettle", "toaster", "cookware", "fridge", "cooker", "hob", "geyser", "lights", "tube lights", "modular kitchen", "furniture", "workstations", "work stations", "cubicles", "shelving", "racking", "window coverings", "heater",
    "smoke detector", "smoke detectors", "router", "vacuum cleaner", "conference table", "filing cabinets", "exhaust fan", "cooktop", "trash compactor", "window treatments",
)  # fmt: skip
_ITEM = re.compile(r"\b(?:" + "|".join(re.escape(i) for i in sorted(_ITEMS, key=len, reverse=True)) + r")s?\b")


def _fixtures(layout: Layout) -> Iterator[Candidate]:
    """Lists of appliances and furniture in sentences or labels that say the landlord provides them."""
    low = layout.low[:250_000]
    seen = -1
    for at in sorted(
        places(
            low,
            [
                "refrigerator",
                "stove",
                "appliance",
                "furnish",
                "furniture",
                "washer",
                "air condition",
                "dishwasher",
                "racking",
                "fridge",
            ],
        )
    ):
        if at < seen:
            continue
        left, right = max(0, at - 160), min(len(low), at + 320)
        block = low[left:right]
        items = [*dict.fromkeys(m[0] for m in _ITEM.finditer(block))]
        if len(items) < 2:
            continue
        seen = right
        about = context(layout, at, at + 5, before=160, after=260)
        features = [*place(layout, at)]
        for name, pattern in (
            ("appliances", r"\bappliance"), ("provided", r"\b(?:provid\w*|suppl\w*|includ\w*|equipped|come with|following)\b"), ("furnished", r"\bfurnish(?:ed|ings)\b"), ("landlord", rf"\b{_OWNER}\b"),
            ("tenant_own", r"\btenant['’]?s? (?:own|personal|furniture|trade|property|shall (?:provide|supply|furnish|remove))|\bremove\b|\bpersonal property of|\btrade fixtures\b"),
            ("landlord_provides", rf"\b{_OWNER}\b[^.;]{{0,40}}\b(?:provid\w*|suppl\w*|furnish\w*|leave)\b"),
            ("works", r"\b(?:install\w*|hvac|maint\w*|repair\w*|janitor\w*|operating (?:costs|expenses)|clean\w*|construct\w*|alterat\w*)\b"),
        ):  # fmt: skip
            if re.search(pattern, block):
                features.append(name)
        if len(items) >= 3:
            features.append("list")
        if re.search(r"applianc|furnish|furnitur|inventory|fixtures", about.label):
            features.append("label")
        if re.search(r"\b(?:residential|apartment|dwelling|bedroom)\b", low[:8_000]):
            features.append("residential")
        first = low.find(items[0], left)
        last = max(low.find(i, left, right) + len(i) for i in items)
        yield Candidate(items, first, min(last, first + 240), tuple(features), key=",".join(items))
