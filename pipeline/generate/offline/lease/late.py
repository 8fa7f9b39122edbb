"""What is charged for late rent: a percentage, an amount, or interest, in a few words."""

import re
from collections.abc import Iterator, Mapping

from pipeline.generate.offline.lease.candidates import Candidate, context, fired, place
from pipeline.generate.offline.lease.layout import Layout
from pipeline.generate.offline.lease.rent import _LATE, _deep
from pipeline.generate.offline.lease.scorer import Choice
from pipeline.values.percents import find_percents

_STOP = re.compile(
    r"[.;](?:\s|$)|\n\s*\n|,?\s(?:which|in order|plus|and such|as liquidated|as additional|shall be|will be|is not|if |until|from the|to (?:cover|defray|compensate)|in addition|provided|together|and (?:the|tenant|lessee|all|in addition)|but\b)"
)


def propose(layout: Layout, chosen: Mapping[str, Choice]) -> dict[str, list[Candidate]]:
    """Candidates for the late charge: percentages and amounts in sentences about late payment."""
    return {"late_fee": [*_percents(layout), *_amounts(layout)]}


def _clip(text: str, start: int, limit: int = 110) -> str:
    """A few words from `start`, up to where the thought ends."""
    tail = re.sub(r"[\s_]+", " ", text[start : start + limit])
    stop = _STOP.search(tail, 2)
    tail = tail[: stop.start()] if stop else tail.rsplit(" ", 1)[0]
    return tail.strip(" ,;:()")


def _number(value: float) -> str:
    """5.0 as "5", 1.5 as "1.5"."""
    return f"{value:g}"


def _percents(layout: Layout) -> Iterator[Candidate]:
    """ "six percent (6%) of each such overdue amount" as "6% of each such overdue amount"."""
    for found in find_percents(layout.text[:400_000]):
        about = context(layout, found.start, found.end, before=320, after=160)
        names = fired(_LATE, about)
        if not {"late_charge", "overdue", "late_label", "late_heading", "rate_label"} & set(names):
            continue
        interest = bool(
            re.search(r"\binterest\b|per annum|prime|base rate|above|in excess", about.near + about.after[:60])
        )
        rest = _clip(layout.text, found.end)
        rest = re.sub(r"^[)\s]*(?:percent|per cent)\b[)\s]*", "", rest)
        value = f"{_number(found.value)}% {rest}".strip()
        value = f"interest at {value}" if interest and "interest" not in value else value
        features = [*names, "percent", *place(layout, found.start), *_deep(layout, found.start)]
        if interest:
            features.append("interest_only")
        yield Candidate(
            value[:140],
            found.start,
            found.end + min(len(rest), 60),
            tuple(features),
            key=f"{found.value:g}%{'i' if interest else ''}",
        )


def _amounts(layout: Layout) -> Iterator[Candidate]:
    """ "a late charge of $50 per day"."""
    for found in layout.money:
        about = context(layout, found.start, found.end, before=260, after=140)
        names = fired(_LATE, about)
        if not {"late_charge", "late_label", "late_near"} & set(names):
            continue
        shown = re.sub(r"\s+", " ", layout.text[found.start : found.end]).removesuffix(".00")
        rest = _clip(layout.text, found.end, 80)
        value = f"{shown} {rest}".strip()
        features = (*names, "money", *place(layout, found.start), *_deep(layout, found.start))
        yield Candidate(
            value[:140], found.start, found.end + min(len(rest), 40), features, key=str(found.value.number.normalize())
        )
