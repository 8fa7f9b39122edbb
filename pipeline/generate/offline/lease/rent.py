"""The monthly rent at the start of the term, its currency, the day it is due, the late charge."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.generate.offline.lease import due
from pipeline.generate.offline.lease.candidates import Candidate, Context, context, cue, deep, fired, place, priors
from pipeline.generate.offline.lease.layout import Layout
from pipeline.generate.offline.lease.scorer import Choice
from pipeline.values.found import Found
from pipeline.values.money import Amount
from pipeline.values.places import COUNTRIES

_RENT = (
    cue("rent_near", "near", r"\brent(?:al|s)?\b|licen[cs]e fee", 1.4),
    cue("rent_before", "before", r"\brent(?:al|s)?\b|licen[cs]e fee", 0.9),
    cue("defined_rent", "after", r"^[ ,)]{0,3}(?:\(|each )?[\"“(]*(?:the )?[\"“]?(?:base |monthly |minimum |initial )*rent\b", 1.4),
    cue("base", "before", r"\b(?:base|basic|minimum|fixed|initial|monthly|annual|yearly|guaranteed)\)?(?: (?:annual|monthly|yearly|minimum|base|net|fixed|guaranteed))* rent", 1.1),
    cue("rent_label", "label", r"licen[cs]e fee|\brent(?:al)?\b(?!.*(?:deposit|commence|late|security|address))|^monthly (?:payment|installment)", 2.2),
    cue("rent_heading", "heading", r"\brent(?:al)?\b(?! abate)", 1.0),
    cue("installments", "near", r"\binstal?l?ments? of\b|per month|\bmonthly\b|each month|for the sum of", 1.2),
    cue("month_after", "after", r"^[ ,)\].]{0,4}(?:(?:dollars?|u\.?s\.? dollars?|plus [a-z]+ tax)[ ,)]*)?(?:\(?us[d$]?\)? ?)?(?:per|each|a|every|/|monthly|/mo|p\.?m\b|on the)[ ]?(?:calendar )?(?:month|mo\b|monthly)?|^[^.;$]{0,30}\b(?:per|each|every|a) (?:calendar )?month", 1.4),
    cue("year_after", "after", r"^[ ,)\].]{0,4}(?:(?:dollars?)[ ,)]*)?(?:per|each|a|/|p\.?a\b) ?(?:annum|year|yr)|^[^.;$]{0,40}\b(?:per annum|per year|annually|yearly|a year)", 0.5),
    cue("rent_in", "after", r"^[^.;$]{0,25}\b(?:in|as|for)(?: the)? (?:monthly )?rent(?:al)?\b", 1.6),
    cue("rent_advance", "after", r"^[ ,)]{0,3}(?:[a-z]+ ){0,3}?(?:in advance\b|on (?:or before )?the [\w-]+(?: day)? (?:of|in) (?:each|every|the) month)", 1.2),
    cue("rent_day", "before", r"\b(?:first|\d(?:st|nd|rd|th))(?: day)? of (?:the|each|every) (?:calendar )?month\b[^.;$]{0,40}\bpays?\b[^.;$]{0,30}$", 1.8),
    cue("rent_paid", "near", r"\b(?:pays?|owes?|paying)\b[^.;$]{0,24}$", 0.5),
    cue("price_heading", "heading", r"^(?:the )?(?:price|costs?|money)\b|^(?:what|how much)\b.*\b(?:costs?|pays?|owes?|due)\b|^how much", 1.6),
    cue("price_label", "label", r"^(?:the )?(?:monthly )?(?:price|cost|charge|amount)(?: (?:per|each|a) month)?$", 2.0),
    cue("month_due", "after", r"^[ ,)]{0,4}(?:per|a|each|every|/) ?(?:calendar )?(?:month|mo)\b[^.;$]{0,20}\b(?:due|payable|in advance|on or before|by the)\b", 1.2),
    cue("rent_each_month", "before", r"\b(?:each|every) (?:calendar )?month,? (?:you|(?:the )?(?:tenant|renter|resident|lessee)s?) (?:shall |will |must )?(?:give|pay|owe|hand|send)s?\b[^.;$]{0,30}$", 2.2),
    cue("rent_asked", "near", r"\b(?:asks?|charges?|costs?|comes? to|(?:is )?let (?:at|for)|goes for|rents? (?:at|for))(?: you| us)? ?$", 1.2),
    cue("payment_heading", "heading", r"^(?:the )?(?:monthly )?payments?$", 0.8),
    cue("deposit", "before", r"\b(?:deposit|security|retainer|prepaid|guarant[ey]\w*)\b", -1.7),
    cue("as_security", "after", r"^,? (?:being |is |are |held |paid |given |taken )?(?:as|for|in) (?:a |the |your |his |her |its |their )?(?:security|deposit|damage deposit|surety)\b", -4.0),
    cue("months_of_rent", "near", r"\b(?:two|three|four|five|\d|half|quarters?)\b[^.;$]{0,24}months?['’]?s? (?:of )?rent[, (]+(?:or |that is |being |i\.e\.,? |which is |namely )?$", -4.0),
    cue("deposit_label", "label", r"deposit|security|late|fee|allowance|option|guarant|insur|tax|parking|expense|utilit|pet\b|brok", -2.6),
    cue("late", "sentence", r"\b(?:late|overdue|return(?:ed)?|nsf|bounced|dishono\w+|penalty|attorney\w*|damages|fine|processing|administrat\w+|application)\b", -1.5),
    cue("other_charge", "before", r"\b(?:operating|cam|common area|taxes|insurance|parking|utilit\w+|electric\w*|water|storage|improvement\w*|allowance|cost|costs|expenses?|price|purchase|estimate\w*|commission|broker\w*|liabilit\w*|coverage|occurrence|signage?|management|association|hoa|pet|cleaning|key)\b", -1.1),
    cue("other_near", "near", r"\b(?:exceed\w*|allowance|insurance|not less than|less than|up to|minimum of|limits?|aggregate|penalty|additional|fee|charge|abate\w*|credit|reimburse\w*|operating|cam|tax\w*|discount\w*|prorat\w*|pro-rat\w*|total of|late)\b[^.;]{0,30}$", -1.4),
    cue("per_foot", "after", r"^[^.;]{0,18}(?:per|/|a) ?(?:rentable |usable |leasable |gross |net )*(?:square|sq|rsf|s\.?f|foot|ft)|^[ ]?(?:psf|p\.s\.f)", -4.0),
    cue("per_day", "after", r"^[^.;$]{0,18}(?:per|each|a|/) ?(?:diem|day|hour|kw|person|vehicle|space|occurrence|acre)", -2.6),
    cue("later", "before", r"\b(?:option|renew\w*|extension|extended|hold(?:ing)? ?over|thereafter|increase[sd]?|second|third|fourth|fifth|next|subsequent|market|adjust\w*|escalat\w*|prime lease|master lease|expansion|existing lease|percentage rent|additional rent|sales)\b", -1.1),
    cue("first_period", "sentence", r"\b(?:first (?:lease )?year|lease year (?:one|1)\b|year (?:1|one)\b|months? 1\b|1 ?(?:-|–|to|through) ?\d+|first (?:\w+ )?(?:\(\d+\) )?months?|initial|commencing|beginning|from the commencement)\b", 0.9),
    cue("from_signing", "before", r"\b(?:upon|at|concurrent\w*|simultaneous\w*)\b[^.]{0,20}\b(?:execut\w+|sign\w+)\b", -0.6),
    cue("old_rent", "before", r"\b(?:current(?:ly)?|present(?:ly)?|existing|previous(?:ly)?|original(?:ly)?)\b[^.;]{0,70}$", -1.0),
    cue("new_rent", "near", r"\b(?:increas\w+ to|increas\w+ from\b[^;]{0,60}\) to|revised to|adjusted to|modified to|amended to)\b[^.;]{0,30}$", 0.8),
    cue("total", "near", r"\b(?:total(?:s|ing)?|aggregate|sum total|gross)\b[^.;]{0,25}$", -0.8),
)  # fmt: skip
_LATE = (
    cue("late_charge", "sentence", r"\blate (?:charge|fee|payment|penalty|rent)|\bservice charge\b|\badministrative (?:charge|fee)\b|\bpenalty\b", 2.2),
    cue("overdue", "sentence", r"\b(?:overdue|past due|delinquen\w*|unpaid|days late|after the (?:\w+) of (?:the|each|any) month|after the (?:\d+\w\w|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b|not received|not (?:so )?paid|not (?:been )?received|fails? to pay|failure to pay|when due|due date|in arrears?|late)\b", 1.3),
    cue("late_near", "near", r"\blate\b|\boverdue\b|\bdelinquen|\bpenalty\b|\bcharge\b|\bfee\b", 0.9),
    cue("fee_of", "near", r"\blate (?:fee|charge|penalty|payment charge)s?\b[^.;]{0,26}$", 1.4),
    cue("late_label", "label", r"\blate\b", 2.4),
    cue("rate_label", "label", r"(?:prescribed|interest|default|penalty|stipulated|agreed) (?:interest )?rate", 2.6),
    cue("rent_label", "label", r"^(?!.*\b(?:late|overdue|unpaid)\b).*(?:\brent\b|deposit)", -3.0),
    cue("in_all", "near", r"\b(?:in all|altogether|in total|a total of|totall?ing|that is|i\.e\.|currently|at present)[ ,:(]*$", -1.4),
    cue("month_rent", "after", r"^[ ,)]{0,3}(?:per|a|each|every) (?:calendar )?month\b[^.;$]{0,12}\b(?:due|payable|in advance|on)\b", -2.0),
    cue("late_heading", "heading", r"\blate\b|interest|delinquen|overdue|past due|default", 1.0),
    cue("interest", "sentence", r"\binterest\b", 0.2),
    cue("check", "sentence", r"\b(?:return(?:ed)? (?:check|cheque|item)|nsf|bounced|dishono\w+|insufficient funds|bad check)\b", -0.6),
    cue("check_after", "after", r"^[^.;$]{0,34}\b(?:return(?:ed)?|nsf|bounced|dishono\w+|insufficient|bad checks?)\b", -2.5),
    cue("check_near", "near", r"\b(?:returned|nsf|bounced|dishono\w+|insufficient funds|bad check)", -2.0),
    cue("escalation", "sentence", r"\b(?:operating (?:costs|expenses)|increase[sd]?|escalat\w*|cpi|consumer price|proportionate|tax(?:es)?|share|assign\w*|sublet\w*|casualty|condemn\w*|destroy\w*|damage[sd]?|square feet|holding over|hold over|contribution|management fee|gross sales|profit|deposit|supervis\w*|construction|attorney\w*)\b", -1.5),
    cue("rent_word", "sentence", r"\brent\b|installment|amount|sum", 0.5),
    cue("landlord_owes", "before", r"\blandlord (?:shall|fails)|\blessor (?:shall|fails)", -0.8),
    cue("of_what", "after", r"^ ?\)? ?(?:of|on) (?:the|each|such|any|that|all|said)", 0.9),
)  # fmt: skip
PRIORS = {
    "rent_amount": priors(_RENT, bias=-3.6, at_front=0.8, early=0.4, in_contents=-1.0, annual=-0.1, tiny=-2.0, huge=-1.0, zero=-5.0, first_rent=1.2,
        twelfth=2.0,
        later_row=-1.5, table=0.6, rate_times_area=1.0, derived=-0.3, deep=-0.5),
    "rent_paid_by_day_of_month": priors(due.CUES, bias=-2.8, at_front=0.3, early=0.3, in_contents=-1.0, deep=-0.3, short_form=-0.4),
    "late_fee": priors(_LATE, bias=-3.2, at_front=0.1, early=0.2, in_contents=-1.0, money=0.2, percent=0.2, not_late=-4.0, interest_only=-0.6, deep=0.0),
}  # fmt: skip


def propose(layout: Layout, chosen: Mapping[str, Choice]) -> dict[str, list[Candidate]]:
    """Candidates for the rent and the day it is due."""
    return {"rent_amount": _rents(layout, chosen), "rent_paid_by_day_of_month": list(due.days(layout))}


def monthly(number: Decimal, annual: bool) -> float:
    """The amount of a month, in cents.

    >>> monthly(Decimal("37100"), True), monthly(Decimal("1950.00"), False)
    (3091.67, 1950.0)
    """
    return float(round(number / 12 if annual else number, 2))


_ANNUAL = re.compile(r"\b(?:per annum|per year|annual(?:ly)?|yearly|a year|each year|p\.a|/ ?y(?:ea)?r|every year)\b")
_MONTHLY = re.compile(r"\b(?:per (?:calendar )?month|month(?:ly)?|/ ?mo|a month|each month|per mo|every month)\b")


def _rents(layout: Layout, chosen: Mapping[str, Choice]) -> list[Candidate]:
    """Amounts that may be the rent, each as a month's; the first that looks like rent is marked, and rows of tables."""
    candidates: list[Candidate] = []
    first = True
    amounts = [f for f in layout.money if f.value.number]
    years, months = _twelfths(amounts)
    for index, found in enumerate(amounts):
        about = context(layout, found.start, found.end, before=260, after=90, items=False)
        names = fired(_RENT, about)
        if index in years or index in months:
            names += ("twelfth",)
        elif not any("rent" in n or n in ("base", "installments", "month_after", "year_after") for n in names):
            continue
        annual = index in years or (index not in months and _is_annual(about))
        candidate = _rent(layout, found, annual, names)
        if _follows_in_table(layout.text, amounts, index, years):
            candidate = replace(candidate, features=(*candidate.features, "later_row"))
        strong = sum(n in names for n in _STRONG) >= 2
        if first and strong and not _UNLIKE & set(candidate.features):
            candidate, first = replace(candidate, features=(*candidate.features, "first_rent")), False
        candidates.append(candidate)
    return candidates


_STRONG = ("rent_near", "rent_label", "base", "installments", "month_after", "year_after", "twelfth")
_UNLIKE = {"deposit", "per_foot", "zero", "late", "deposit_label", "tiny"}


def _twelfths(amounts: Sequence[Found[Amount]]) -> tuple[set[int], set[int]]:
    """Which amounts are a year's rent beside a month's: twelve times the other, at most three amounts away."""
    years, months = set(), set()
    for index, found in enumerate(amounts):
        for other in range(max(0, index - 3), min(len(amounts), index + 4)):
            year, month = found.value.number, amounts[other].value.number
            if (
                month >= 100
                and abs(year - 12 * month) <= max(Decimal("0.2"), year / 2000)
                and abs(found.start - amounts[other].start) < 400
            ):
                years.add(index)
                months.add(other)
    return years, months


def _follows_in_table(text: str, amounts: Sequence[Found[Amount]], index: int, years: set[int]) -> bool:
    """Whether an amount stands in a row below another amount's: figures follow each other with few words between."""
    rows = 0
    at = index
    while at > max(0, index - 6) and rows < 1:
        between = text[amounts[at - 1].end : amounts[at].start]
        if len(between) > 110 or sum(c.isalpha() for c in between) > 45:
            return False
        if any(c.isdigit() for c in between) or ("\n" in between and any(c.isalpha() for c in between)):
            rows += 1
        at -= 1
    return bool(rows) and not (index - 1 in years and rows == 1 and index - at == 1)


def _is_annual(about: Context) -> bool:
    """Whether an amount is a year's: what follows says so, else the last word before, else its label."""
    tail = re.split(r"[$€£₹]|\d{3}", about.after)[0][:60]
    by_month, by_year = _MONTHLY.search(tail), _ANNUAL.search(tail)
    if by_month or by_year:
        return bool(by_year and (not by_month or by_year.start() < by_month.start()))
    marks = [*_ANNUAL.finditer(about.before), *_MONTHLY.finditer(about.before)]
    last = max(marks, key=lambda m: m.start(), default=None)
    annual = bool(_ANNUAL.match(last[0])) if last else bool(_ANNUAL.search(about.label))
    return annual and not _MONTHLY.search(about.label)


def _rent(layout: Layout, found: Found[Amount], annual: bool, names: tuple[str, ...]) -> Candidate:
    """One amount as a monthly rent."""
    value = monthly(found.value.number, annual)
    features = [*names, *place(layout, found.start), *deep(layout, found.start)]
    if annual:
        features.append("annual")
    if value < 100:
        features.append("tiny")
    elif value > 2_000_000:
        features.append("huge")
    shown = int(value) if value == int(value) else value
    flags = ("derived",) if annual else ()
    return Candidate(shown, found.start, found.end, tuple(features), key=f"{value:.0f}", flags=flags)


_DOLLARS = {currency for _, currency in COUNTRIES.values() if currency.endswith("D")}


def currency(rent: Choice | None, layout: Layout, country: str | None) -> Candidate | None:
    """The currency of the rent as written, else of most amounts of the lease; a bare "$" is that of the country."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for found in layout.money:
        if found.value.currency:
            spans.setdefault(found.value.currency, []).append((found.start, found.end))
    if not spans:
        return None
    at = rent.candidate.start if rent else -1
    code = max(spans, key=lambda c: (any(start <= at < end for start, end in spans[c]), len(spans[c])))
    start, end = next((s for s in spans[code] if s[0] <= at < s[1]), spans[code][0])
    local = next((money for name, money in COUNTRIES.values() if name == country), code)
    if code == "USD" and local in _DOLLARS and "US" not in layout.text[max(0, start - 4) : start].upper():
        return Candidate(local, start, end, flags=("derived",))
    return Candidate(code, start, end)
