"""The security deposit and when it is due."""

import re
from collections.abc import Iterator, Mapping

from pipeline.generate.offline.lease.candidates import Candidate, context, cue, fired, place, priors
from pipeline.generate.offline.lease.layout import Layout
from pipeline.generate.offline.lease.scorer import Choice
from pipeline.values.dates import find_dates
from pipeline.values.keywords import places

_DEPOSIT = (
    cue("deposit_near", "near", r"\bdeposit\w*\b", 1.6),
    cue("deposit_before", "before", r"\bdeposit\w*\b", 1.0),
    cue("security_before", "before", r"\bsecurity\b", 0.8),
    cue("deposit_after", "after", r"^[^.;$]{0,70}\b(?:deposit|security)\b", 1.5),
    cue("deposit_label", "label", r"deposit|security amount|^security(?: held| paid)?$|bond", 2.2),
    cue("deposit_heading", "heading", r"deposit|security|bond|guarantee", 1.2),
    cue("as_security", "after", r"^,? ?(?:being |is |are |held |paid |given |taken )?(?:as|for) (?:an? |the |your |his |her |its |their |my |our )?(?:refundable )?(?:security|damage deposit|surety)\b", 1.1),
    cue("guarantee", "before", r"\b(?:bank guarantee|letter of credit|rental bond|caution money)\b", 0.5),
    cue("deposit_of", "near", r"\b(?:security|damage|refundable) deposit (?:of|is|in the (?:amount|sum) of) $", 1.4),
    cue("pet", "sentence", r"\b(?:pets?|animals?|key|cleaning|application|garage|remote|holding|carpet)\b", -1.6),
    cue("pet_label", "label", r"\bpet|key|clean|applic|last month|first month|parking", -2.2),
    cue("rent", "near", r"\b(?:rent|monthly|first month\w*|last month\w*|annual|total)\b", -0.8),
    cue("late", "sentence", r"\b(?:late|fee|returned|charge|insurance|liability|allowance|purchase price|earnest|escrow|taxes|utility|utilities)\b", -1.0),
    cue("change", "sentence", r"\b(?:reduc\w*|increas\w*|remaining|additional|burn|decreas\w*|balance|applied|interest|refund\w*|return(?:ed)?|withh\w*|deduct\w*)\b", -0.6),
    cue("brought_to", "near", r"\b(?:brings?|bringing|brought|increas\w+|rais\w+)\b[^.;$]{0,60}\bto $", 1.6),
    cue("no_deposit", "sentence", r"\bnot an? (?:security )?deposit\b|\bin lieu of (?:an? |the |any )?(?:security )?deposit\b", -2.4),
    cue("of_which", "near", r"\bof which(?: the \w+)? ?$", -3.0),
    cue("nonrefundable", "after", r"^[ ,(]*(?:is|are|being|(?:shall|will) be) (?:a )?non-?refundable", -1.2),
    cue("given", "near", r"\b(?:pays?|paid|gives?|given|receive[sd]?|hands?|posts?|posted)\b[^.;$]{0,24}$", 0.7),
    cue("of", "near", r"\b(?:of|in the (?:amount|sum) of|equal to|amount|sum)[ :]*$", 0.6),
)  # fmt: skip
_WHEN = (
    cue("deposit", "sentence", r"\b(?:deposit\w*|security)\b", 1.8),
    cue("deposit_heading", "heading", r"deposit|security", 1.4),
    cue("deposit_label", "label", r"deposit", 1.4),
    cue("pay", "sentence", r"\b(?:pa(?:y|id|ys|yable)|deposits?|deposited|deliver\w*|due|receipt|remit\w*|tender\w*|provide\w*|post(?:ed)?|herewith)\b", 0.9),
    cue("return", "sentence", r"\b(?:return\w*|refund\w*|restor\w*|expir\w*|terminat\w*|surrender\w*|vacat\w*|transfer\w*|convey\w*|sale|replenish\w*|draw\w*|appl(?:y|ied)|default\w*|demand|reduc\w*|forfeit\w*|withh\w*|interest)\b", -1.5),
    cue("rent", "sentence", r"\b(?:first month\w*|prepaid|advance) rent", -0.3),
    cue("money", "sentence", r"[$£€₹]|dollars", 0.8),
)  # fmt: skip
PRIORS = {
    "deposit_amount": priors(_DEPOSIT, bias=-3.0, at_front=0.4, early=0.2, in_contents=-1.0, first_deposit=0.8, months_of_rent=0.2, zero=-2.0, is_rent=-0.3, tiny=-0.8, deep=-0.6, large=-0.8),
    "deposit_paid_by_date": priors(_WHEN, bias=-2.8, at_front=0.3, early=0.2, in_contents=-1.0, execution=0.9, before_event=0.4, a_date=-0.2, simultaneous=0.6, no_deposit=-2.0, within=-0.5, near_amount=1.2, keys=1.0, signing=0.9, today=0.2, parts=-0.2),
}  # fmt: skip


def propose(layout: Layout, chosen: Mapping[str, Choice]) -> dict[str, list[Candidate]]:
    """Candidates for the amount of the security deposit."""
    return {"deposit_amount": [*_amounts(layout, chosen), *_months_of_rent(layout, chosen)]}


def _amounts(layout: Layout, chosen: Mapping[str, Choice]) -> Iterator[Candidate]:
    """Amounts that may be the deposit."""
    rent = chosen.get("rent_amount")
    first = True
    for found in layout.money:
        about = context(layout, found.start, found.end, before=230, after=110)
        names = fired(_DEPOSIT, about)
        if not any(n.startswith(("deposit", "security", "guarantee")) for n in names):
            continue
        number = float(found.value.number)
        features = [*names, *place(layout, found.start)]
        if number == 0:
            features.append("zero")
        if 0 < number < 50:
            features.append("tiny")
        if number >= 1_000_000:
            features.append("large")
        if found.start > 0.7 * len(layout.text) > 15_000:
            features.append("deep")
        if (
            rent
            and rent.probability > 0.3
            and abs(float(rent.candidate.value) - number) < 1
            and "deposit_near" not in names
        ):
            features.append("is_rent")
        if (
            first
            and len(
                {"deposit_near", "deposit_before", "deposit_after", "deposit_heading", "deposit_label"} & set(names)
            )
            >= 2
            and not {"pet", "pet_label"} & set(names)
        ):
            features.append("first_deposit")
            first = False
        yield Candidate(
            int(number) if number == int(number) else number,
            found.start,
            found.end,
            tuple(features),
            key=f"{number:.0f}",
        )


_MONTHS = re.compile(
    r"\b(?P<n>one|two|three|four|six|\d)(?P<half>\s+and\s+(?:a|one)[\s-]+half|½|\.5|\s+1/2)?\s*(?:\(\d(?:\.5)?\)\s*)?months?['’]?s?['’]?\s+(?:of\s+)?(?:the\s+)?(?:base\s+|basic\s+|monthly\s+)*rent",
    re.IGNORECASE,
)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "six": 6}


def _months_of_rent(layout: Layout, chosen: Mapping[str, Choice]) -> Iterator[Candidate]:
    """A deposit stated as months of rent, worked out."""
    rent = chosen.get("rent_amount")
    if not rent or rent.probability < 0.3:
        return
    for at in places(layout.low, ["month"]):
        match = _MONTHS.search(layout.text, max(0, at - 26), at + 40) if "rent" in layout.low[at : at + 40] else None
        if not match or match.end() < at:
            continue
        about = context(layout, match.start(), match.end(), before=200, after=100)
        names = fired(_DEPOSIT, about)
        if "deposit_before" in names or "deposit_label" in names or "deposit_after" in names:
            count = (_NUMBERS.get(match["n"].lower()) or int(match["n"])) + (0.5 if match["half"] else 0)
            value = round(float(rent.candidate.value) * count, 2)
            yield Candidate(
                int(value) if value == int(value) else value,
                match.start(),
                match.end(),
                ("months_of_rent", *names),
                key=f"{value:.0f}",
                flags=("derived",),
            )


_EVENT = re.compile(
    r"(?P<simultaneous>\b(?:simultaneous(?:ly)?|concurrent(?:ly)?|contemporaneous(?:ly)?)\b(?:\s+(?:with|herewith|hereof)(?:\s+(?:the|its|tenant['’]s|lessee['’]s))*(?:\s+(?:execution|signing|delivery)(?:\s+(?:and|or)\s+(?:delivery|execution))?\s+(?:of|hereof)(?:\s+(?:this|the)\s+(?:lease|agreement|sublease|contract|amendment))?)?)?)"
    r"|(?P<execution>\b(?:up)?on\s+(?:or\s+before\s+)?(?:the\s+|tenant['’]s\s+|lessee['’]s\s+|its\s+|mutual\s+|full\s+|date\s+of\s+|due\s+)*(?:execution|signing|signature|delivery|executing)(?:\s+(?:and|or|/)\s*(?:delivery|execution))?(?:\s+(?:hereof|of\s+(?:this|the)\s+(?:lease|agreement|sublease|contract|addendum|amendment)\w*|by\s+(?:tenant|lessee|both\s+parties)(?:\s+of\s+this\s+(?:lease|agreement))?))?"
    r"|\bat\s+the\s+(?:time\s+of\s+(?:the\s+)?|)(?:execution|signing|executing)(?:\s+and\s+delivery)?(?:\s+(?:hereof|of\s+(?:this|the)\s+(?:lease|agreement|sublease|contract)\w*))?|\b(?:when|at the time)\s+(?:this|the)\s+(?:lease|agreement)\s+is\s+(?:signed|executed)|\b(?:up)?on\s+signing)"
    r"|(?P<before_event>\b(?:before|prior\s+to|at|upon|on\s+or\s+before)\s+(?:the\s+)?(?:move-?in|moving\s+in|taking\s+possession|occupancy|occupying|possession|commencement(?:\s+(?:date|of\s+(?:the|this)\s+(?:lease|term|tenancy)))?|the\s+commencement\s+date|delivery\s+of\s+(?:the\s+)?(?:possession|keys))\b)"
    r"|(?P<keys>\b(?:before|when|once|until|upon|against|at)\s+(?:[\w’']+\s+){0,5}keys\b(?:\s+are\s+\w+)?|\bwhen\s+(?:[\w’']+\s+){1,4}(?:hands?\s+over|delivers?|moves?\s+in)(?:\s+the\s+\w+)?)"
    r"|(?P<signing>\b(?:at|on)\s+(?:the\s+)?(?:lease\s+)?signing(?:\s+of\s+(?:this|the)\s+\w+)?|\bwith\s+(?:the|your|this)\s+signed\s+(?:copy|lease|agreement)|\bby\s+return\b)"
    r"|(?P<today>\btoday\b|\bon\s+this\s+(?:day|date)\b)"
    r"|(?P<parts>\bin\s+(?:two|three|four|\d)\s+(?:\(\d\)\s*)?(?:equal\s+)?(?:monthly\s+)?(?:instal\w+|payments)(?:\s+(?:beginning|starting|from)\s+[A-Z]\w+\s\d{1,2},?\s\d{4})?)"
    r"|(?P<herewith>\bherewith\b)"
    r"|(?P<within>\b(?:no\s+later\s+than\s+|not\s+later\s+than\s+)?within\s+(?:\w+\s+)?\(?\d*\)?\s*(?:business\s+|calendar\s+|banking\s+)?days\s+(?:of|after|from|following)\s+(?:the\s+)?(?:[\w’']+\s){0,4}(?:execution|signing|date|signature|commencement|delivery)(?:\s+(?:hereof|of\s+(?:this|the)\s+(?:lease|agreement|sublease|contract)))?)",
    re.IGNORECASE,
)


def propose_when(layout: Layout, chosen: Mapping[str, Choice]) -> dict[str, list[Candidate]]:
    """Candidates for when the deposit is due: phrases and dates in sentences about it."""
    amount = chosen.get("deposit_amount")
    at = amount.candidate.start if amount and amount.probability >= 0.4 else -1
    found = []
    seen: set[int] = set()
    for keyword in places(layout.low, ["deposit", "security amount", "guarantee"]):
        if keyword // 200 in seen:
            continue
        seen.add(keyword // 200)
        left, right = max(0, keyword - 260), min(len(layout.text), keyword + 320)
        for match in _EVENT.finditer(layout.text, left, right):
            found.append(
                _when(layout, match.start(), match.end(), re.sub(r"\s+", " ", match[0]), match.lastgroup or "", at)
            )
        for date in find_dates(layout.text[left:right]):
            if len(date.value) == 10 and re.search(
                r"(?i)\b(?:by|before|on|due|until|than)\W*(?:the )?$",
                layout.text[max(0, left + date.start - 24) : left + date.start],
            ):
                found.append(_when(layout, left + date.start, left + date.end, date.value, "a_date", at))
    return {"deposit_paid_by_date": [*{(c.start, c.end): c for c in found}.values()]}


def _when(layout: Layout, start: int, end: int, value: str, kind: str, amount: int) -> Candidate:
    """One phrase or date as the time the deposit is due."""
    about = context(layout, start, end, before=260, after=260)
    kind = "simultaneous" if kind == "herewith" else kind
    features = [*fired(_WHEN, about), kind, *place(layout, start)]
    if amount < 0:
        features.append("no_deposit")
    elif abs(amount - start) < 300:
        features.append("near_amount")
    return Candidate(value, start, end, tuple(features), key=kind if kind != "a_date" else value)
