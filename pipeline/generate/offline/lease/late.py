"""What is charged for late rent: a percentage, an amount, or interest, in a few words."""

import re
from collections.abc import Iterator, Mapping

from pipeline.generate.offline.lease.candidates import Candidate, Context, context, deep, fired, place
from pipeline.generate.offline.lease.joined import Joined, Sum, joined
from pipeline.generate.offline.lease.layout import LIMIT, Layout
from pipeline.generate.offline.lease.rent import _LATE
from pipeline.generate.offline.lease.scorer import Choice
from pipeline.values.found import Found
from pipeline.values.keywords import places
from pipeline.values.money import SYMBOLS, Amount
from pipeline.values.percents import find_percents

_STOP = re.compile(
    r"(?<![ap]\.m)[.;](?:\s|$)|\n\s*\n|,?\s(?:which|in order|plus|and such|as liquidated|as additional|shall be|will be|is not|if |until|from the|to (?:cover|defray|compensate)|in addition|provided|together|and (?:the|tenant|lessee|all|in addition|[^.;]{0,30}\$ ?\d[\d.,]* (?:for|per|on) an?y? (?:check|returned))|but\b)"
)


def propose(layout: Layout, chosen: Mapping[str, Choice]) -> dict[str, list[Candidate]]:
    """Candidates for the late charge: percentages and amounts in sentences about late payment, those that go together as one."""
    percents = find_percents(layout.text[:LIMIT])
    sums = [Sum(f.start, f.end, _shown(f.value)) for f in layout.money]
    sums += [Sum(f.start, f.end, f"{f.value:g}%") for f in percents]
    charges = [j for j in joined(layout.text, sorted(sums, key=lambda s: s.start)) if _is_late(layout, j)]
    within = [(charge.start, charge.end) for charge in charges]
    found = [
        *(_whole(layout, charge) for charge in charges),
        *(
            c
            for c in (*_percents(layout, percents), *_amounts(layout))
            if not any(start <= c.start < end for start, end in within)
        ),
    ]
    return {"late_fee": [*found, *_cents(layout), *_named_rates(layout)]}


_ABOUT_LATE = {"late_charge", "overdue", "late_label", "late_heading"}


def _is_late(layout: Layout, charge: Joined) -> bool:
    """Whether a charge of several sums stands in words about late payment."""
    low = layout.low[max(0, charge.start - 260) : charge.end + 140]
    return any(word in low for word in ("late", "due", "unpaid", "not paid", "delinquen", "fail"))


def _whole(layout: Layout, charge: Joined) -> Candidate:
    """A charge of several sums as one candidate."""
    about = context(layout, charge.start, charge.end, before=320, after=160)
    names = _cues(layout, about, charge.start)
    value = (
        charge.value
        if _CONDITIONAL.search(charge.value)
        else charge.value + _condition(_said(layout, charge.end, about))
    )
    features = (
        *names,
        "percent" if "%" in charge.value else "money",
        *place(layout, charge.start),
        *deep(layout, charge.start),
    )
    if not _ABOUT_LATE & set(names):
        features = (*features, "not_late")
    return Candidate(_ended(value[:200]), charge.start, charge.end, features, key=charge.value)


_BELOW = re.compile(  # where the next line is another matter: a label, a number, a heading
    r"\n\s*(?:\n|[A-Z][^\n:]{0,40}:|\d{1,2}\.\s|[A-Z]{3,}(?:[ &/-]+[A-Z]{2,})*[ \t]*(?:\n|[.:])|[A-Z][^\n.;:,$]{2,40}\n)"
)
_BELOW_LABEL = re.compile(r"\n\s*(?:\n|[A-Z]|\d{1,2}\.\s)")
_ONCE = re.compile(r",\s*(?:once|one[- ]time|charged|assessed|per|for (?:each|that|any)|a single time)\b")
_CUT_SHORT = re.compile(r"(?:if|when|where|should)(?: \w+){0,3}")


def _said(layout: Layout, end: int, about: Context) -> str:
    """The sentence about a charge that ends at `end`, without the labels on the lines below."""
    tail = layout.text[end : end + 160]
    below = (_BELOW_LABEL if about.label else _BELOW).search(tail)
    after = about.after[: len(re.sub(r"[\s_]+", " ", tail[: below.start()]))] if below else about.after
    return f"{about.before} {about.inside} {after}"


def _cues(layout: Layout, about: Context, start: int) -> tuple[str, ...]:
    """Names of the cues about a charge; what a label says of the next paragraph does not count."""
    names = fired(_LATE, about)
    label = layout.label_at(start)
    if label and "rent_label" in names and re.search(r"\n", layout.text[label.start : start].strip()):
        return tuple(name for name in names if name != "rent_label")
    return names


def _clip(text: str, start: int, limit: int = 110, *, row: bool = False) -> str:
    """A few words from `start`, up to where the thought ends: in the row of a form, with its line."""
    raw = text[start : start + limit]
    label_below = (_BELOW_LABEL if row else _BELOW).search(raw)
    tail = re.sub(r"[\s_]+", " ", raw[: label_below.start()] if label_below else raw)
    tail = tail.lstrip(" )]")
    if tail[:1] in ".;," and not _ONCE.match(tail):
        return ""
    tail = tail.lstrip(", ")
    stop = _STOP.search(tail, 2)
    tail = tail[: stop.start()] if stop else tail if label_below else tail.rsplit(" ", 1)[0]
    return tail.strip(" ,;:()")


_VERBS = re.compile(
    r"(?i)^(?:(?:which|that|will|shall|may|must|is|are|be|applies|apply|made|owed|charged|imposed|assessed|due|added|payable|incurred|to|as a late (?:fee|charge))\b[\s,]*)+"
)
_CONDITION = re.compile(
    r"\b(?:if|in the event(?: that)?|when|should|where)\b(?P<what>[^.;?]{0,80}?\b(?:not|fails?|late|unpaid|overdue|past due)\b[^.;,?]{0,70})|\b(?P<days>(?:more than|within|after) [^.;,]{0,30}\bday[ s][^.;,]{0,40})"
)


_CONSEQUENCE = re.compile(
    r",|\b(?:there (?:is|will|shall)|then\b|(?:the )?(?:tenant|lessee|renter|resident|subtenant|you)s? (?:shall|will|agrees?|must|pays?|owes?)\b|a late\b|a charge\b|a fee\b|bears?\b|carr(?:y|ies)\b|incurs?\b|draws?\b|costs?\b)"
)


def _condition(sentence: str) -> str:
    """When the charge falls due: "rent is not paid within 5 days of the due date"."""
    match = _CONDITION.search(_CLOCK.sub(r"\1․m․", sentence))
    said = re.sub(r"\s+", " ", match["what"] or match["days"]).replace("․", ".") if match else ""
    words = _CONSEQUENCE.split(said, maxsplit=1)[0].strip(" ,")
    if words.startswith("after"):
        return f" {words}"
    return f" if not paid {words}" if words.startswith("within") else f" if {words}" if words else ""


_DANGLING = re.compile(
    r"(?:,?\s+(?:(?:shall|will|must|may)(?: be)?|(?:is|are) subject to|the total(?: for)?|and|or|the|an?|of|upon|afterwards))+$"
)


def _ended(value: str) -> str:
    """A charge without the words of what is left out.

    >>> _ended("$95 after the fifth day of the month shall"), _ended("$60 for the month")
    ('$95 after the fifth day of the month', '$60 for the month')
    """
    return _DANGLING.sub("", value)


_CLOCK = re.compile(r"\b([ap])\.m\.")
_CONDITIONAL = re.compile(
    r"\b(?:if|when|once (?:the|a|any|rent|it|payment)|unless|only|after|more than|for (?:each|any|a)? ?rent)\b"
)


def _number(value: float) -> str:
    """5.0 as "5", 1.5 as "1.5"."""
    return f"{value:g}"


def _shown(amount: Amount) -> str:
    """An amount as it is written in figures: "$75", "£12.50"."""
    figures = f"{amount.number:,.2f}".removesuffix(".00")
    symbol = next((s for s, code in SYMBOLS.items() if code == amount.currency), "")
    return symbol + figures if symbol else f"{amount.currency or ''} {figures}".strip()


_CENTS = re.compile(
    r"(?i)\b(?P<n>\w+)\s*(?:\(\S{1,4}\)\s*)?cents\s*(?:\(\S{1,6}\)\s*)?(?:for|on|of|per)\s+(?:each|every|a)?\s*(?:one\s+)?dollar\b[^.;,]{0,30}"
)


_FURTHER = re.compile(
    r"[\s)]*,?\s*(?:and|plus)\s+(?:an?\s+additional\s+)?(?P<more>\$ ?\d[\d.,]*\s+(?:per|for|a|each)\b|\d+(?:\.\d+)?\s?%|\w+ percent)"
)
_NAMED_RATE = re.compile(
    r"(?i)\binterest\b[^.;]{0,90}?\bat\s+(?:a\s+rate\s+equal\s+to\s+)?(?:the|such)\s+(?P<rate>(?:prescribed|interest|default|stipulated|agreed|lease|penalty|specified)\s+(?:interest\s+)?rate)"
)


def _named_rates(layout: Layout) -> Iterator[Candidate]:
    """ "interest ... at the Prescribed Rate", the rate being defined elsewhere."""
    for at in places(
        layout.low[:LIMIT],
        ["prescribed rate", "interest rate", "default rate", "stipulated rate", "agreed rate", "lease rate"],
    ):
        match = _NAMED_RATE.search(layout.text, max(0, at - 120), at + 16)
        if not match:
            continue
        about = context(layout, match.start(), match.end(), before=260, after=140)
        names = fired(_LATE, about)
        if {"late_charge", "overdue", "late_heading"} & set(names):
            rate = re.sub(r"\s+", " ", match["rate"])
            value = f"interest at the {rate}{_condition(about.zone('sentence'))}"
            features = (*names, "named_rate", "interest_only", *place(layout, match.start()))
            yield Candidate(value[:170], match.start(), match.end(), features, key="named rate")


def _cents(layout: Layout) -> Iterator[Candidate]:
    """ "four cents for each dollar so overdue"."""
    for at in places(layout.low[:LIMIT], [" cents"]):
        if match := _CENTS.search(layout.text, max(0, at - 24), at + 80):
            names = fired(_LATE, context(layout, match.start(), match.end(), before=260, after=120))
            if {"late_charge", "overdue", "late_label", "late_heading"} & set(names):
                yield Candidate(re.sub(r"\s+", " ", match[0]).strip(), match.start(), match.end(), (*names, "money"))


def _percents(layout: Layout, percents: list[Found[float]]) -> Iterator[Candidate]:
    """ "six percent (6%) of each such overdue amount" as "6% of each such overdue amount"."""
    for found in percents:
        about = context(layout, found.start, found.end, before=320, after=160)
        names = _cues(layout, about, found.start)
        if not {"late_charge", "overdue", "late_label", "late_heading", "rate_label"} & set(names):
            continue
        interest = bool(
            re.search(r"\binterest\b|per annum|prime|base rate|above|in excess", about.near + about.after[:60])
        )
        rest = _clip(layout.text, found.end, row=bool(about.label))
        rest = re.sub(r"^[)\s]*(?:percent|per cent)\b[)\s]*", "", rest)
        value = f"{_number(found.value)}% {rest}".strip()
        value = f"interest at {value}" if interest and "interest" not in value else value
        if not _CONDITIONAL.search(value) and not interest:
            value += _condition(_said(layout, found.end, about))
        features = [*names, "percent", *place(layout, found.start), *deep(layout, found.start)]
        if interest:
            features.append("interest_only")
        yield Candidate(
            _ended(value[:170]),
            found.start,
            found.end + min(len(rest), 60),
            tuple(features),
            key=f"{found.value:g}%{'i' if interest else ''}",
        )


def _amounts(layout: Layout) -> Iterator[Candidate]:
    """ "a late charge of $50 per day"."""
    for found in layout.money:
        about = context(layout, found.start, found.end, before=260, after=140)
        names = _cues(layout, about, found.start)
        if not {"late_charge", "late_label", "late_near", "overdue"} & set(names):
            continue
        shown = _shown(found.value)
        rest = _clip(layout.text, found.end, 80, row=bool(about.label))
        rest = "" if _CUT_SHORT.fullmatch(rest) else rest
        value = f"{shown} {_VERBS.sub('', rest)}".strip()
        if more := _FURTHER.match(layout.text, found.end):
            value = f"{shown} plus {_clip(layout.text, more.start('more'), 60)}"
        elif not _CONDITIONAL.search(value):
            value += _condition(_said(layout, found.end, about))
        features = (*names, "money", *place(layout, found.start), *deep(layout, found.start))
        yield Candidate(
            _ended(value[:170]),
            found.start,
            found.end + min(len(rest), 40),
            features,
            key=str(found.value.number.normalize()),
        )
