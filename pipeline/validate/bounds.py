"""The number in a clause against the law's: a clause that promises sixty days where the law says thirty is no good."""

import re
from dataclasses import dataclass
from decimal import Decimal

from pipeline.knowledge.cues import Span, find_cue, occurs
from pipeline.validate.finding import Finding
from pipeline.validate.grace import without_grace
from pipeline.validate.matches import Match, spread_matches
from pipeline.validate.number_place import gives_too, goes_with, own_numbers
from pipeline.validate.passages import ReadText
from pipeline.validate.rows import clause_bounds
from pipeline.validate.stated import Number, party_of, stated_numbers
from pipeline.validate.term_rule import evaluate
from schemas import ClauseRequired, LeaseTerms, Terms

_FARTHEST = 160  # characters between a clause's words and the number it states
_ATTACHED = 12  # characters within which a number belongs to a word ("days' written notice")
_BEFORE = 60  # characters before a number in which it is said to be a reminder's
_REMINDER = re.compile(r"\b(?:second|reminder|follow-?up)\b[^.;]{0,40}$")
_TO_GO = re.compile(r" to (?:move|pack|leave|vacate|find|get out|clear)\b")
_UNITS = {"grace_days": "days late"}
_PREVAILS = {
    ">=": "or (any|such|a|whatever)? ?(longer|greater) (notice|period|time|term|one|number)? .. (law|statute|ordinance|code)\\b",
    "<=": "or (any|such|a|whatever)? ?(shorter|earlier) (notice|period|time|term|one|date)? .. (law|statute|ordinance|code)\\b",
}  # how a clause gives way to whatever law asks for more ("the longer notice for an increase of ten percent" is one case only)
_BY_LAW = (
    "(as|to the extent|in the manner|within the time)? ?(required|provided|prescribed|permitted|allowed|set forth|specified) (by|in|under) .. (law|code|statute|section|act)",
    "in (accordance|compliance) with .. (law|code|statute|section|act|chapter)",
    "pursuant to .. (law|code|statute|section|act|chapter)",
)


def compare_numbers(check: ClauseRequired, matches: list[Match], text: ReadText, terms: Terms) -> Finding:
    """What a clause found at some places comes to: there, or there with a number that is compared with the law's.

    Args:
        check: with the bound of the number, if there is one.
        matches: where the clause stands, the likeliest place first.
        text, terms: the document.
    """
    if check.number is None:
        return Finding("satisfied", matches[0].certainty, matches[0].quoted(text))
    bound = evaluate(check.number, terms)
    if bound is None or not isinstance(bound.value, Decimal):
        told = "The bound depends on a value the document does not state."
        return Finding("unclear", 0.5, matches[0].quoted(text), told)
    return _numbered(check, bound.value, matches, text, _due_day(terms))


def _due_day(terms: Terms) -> int:
    """The day of the month rent is due, the first where it is not known."""
    due = terms.rent_paid_by_day_of_month.value if isinstance(terms, LeaseTerms) else None
    return due if due is not None and 1 <= due <= 31 else 1


@dataclass(frozen=True, slots=True)
class _Stated:
    """A number that a clause states: its value and place, and the clause's words it goes with."""

    value: Decimal
    place: Span
    match: Match

    @property
    def span(self) -> Span:
        """The stretch of the clause's words and its number."""
        return min(self.match.start, self.place[0]), max(self.match.end, self.place[1])


def _numbered(check: ClauseRequired, bound: Decimal, matches: list[Match], text: ReadText, due_day: int) -> Finding:
    """The clause whose number stands closest to its words decides; one that only refers to the law is as good."""
    stated = [n for match in matches if (n := _number(check, match, text, due_day))]
    if not stated and check.number_with:
        stated = [n for match in spread_matches(check, text) if (n := _number(check, match, text, due_day))]
    unit = _UNITS.get(check.number_unit, check.number_unit)
    if stated:
        best = _decisive(check, stated, text)
        span = best.span
        told = (
            f"The clause says {_said(best.value)} {unit}; the law says {_bound(check.number_op)} {_said(bound)} {unit}."
        )
        sentence = text.sentence(*span)
        holds = best.value <= bound if check.number_op == "<=" else best.value >= bound
        if not holds and occurs((_PREVAILS[check.number_op],), text.plain, *sentence):
            holds, told = True, f"{told} It gives way to a law that asks for more."
        quote = (text.evidence(*sentence, span),)
        return Finding("satisfied" if holds else "violated", best.match.certainty, quote, told, bound)
    for match in matches:
        start, end = text.sentence(match.start, match.end)
        if occurs(_BY_LAW, text.plain, start, end):
            told = "The clause refers to the law's own measure."
            return Finding("satisfied", match.certainty, (text.evidence(start, end),), told, bound)
    first = matches[0]
    if check.number_optional:
        return Finding("satisfied", first.certainty, first.quoted(text), limit=bound)
    told = f"The clause does not state the number of {unit}; the law says {_bound(check.number_op)} {_said(bound)}."
    return Finding("incomplete", first.certainty, first.quoted(text), told, bound)


def _decisive(check: ClauseRequired, stated: list[_Stated], text: ReadText) -> _Stated:
    """The number that stands closest to its clause's words; where each says what it is for, the one that keeps the law least."""
    if not check.number_with:
        return min(stated, key=lambda n: (-n.match.certainty, text.stops(*n.span), n.span[1] - n.span[0]))
    surest = max(n.match.certainty for n in stated)
    least = max if check.number_op == "<=" else min
    return least((n for n in stated if n.match.certainty == surest), key=lambda n: n.value)


def _number(check: ClauseRequired, match: Match, text: ReadText, due_day: int) -> _Stated | None:
    """The number of the wanted unit nearest to the cues: in the clause's own sentences, else in the rest of its paragraph."""
    start, end = clause_bounds(text, match.start, match.end)
    first, last = (
        text.paragraphs[text.paragraph_at(match.start)][0],
        text.paragraphs[text.paragraph_at(match.end - 1)][1],
    )
    places = [(start, end), (start, min(last, end + 400))]
    if (
        check.number_with
    ):  # "Otherwise within seventy days", "and the Owner gives two weeks": the whole paragraph counts
        places.reverse()
    if check.number_unit == "grace_days":  # "Tenant has five days' grace; after that a late fee is owed."
        places.append((max(first, start - 400), end))
    for low, high in places:
        numbers = list(stated_numbers(check.number_unit, text.document.text, low, high, due_day))
        if numbers := _foremost(check, [n for n in numbers if goes_with(check, n, text)], text):
            reach = high if check.number_with else end  # a number that says what it is for may stand further on
            near = [span for cue in check.number_near for span in find_cue(cue, text.plain, start, reach)]
            targets = near or [(match.start, match.end)]
            meant = _of_party(check, own_numbers(check, numbers, text), text, low, high)
            by_distance = sorted((min(_distance(n[1], t) for t in targets), n) for n in meant)
            away, best = by_distance[0]
            attached = [
                n
                for distance, n in by_distance
                if distance <= max(away, _ATTACHED) or _of_notice(n, text) or gives_too(check, n, text)
            ]
            if check.number_op == ">=":  # "sixty days from Landlord, seven days from Tenant": the least of them counts
                best = min(attached)
            elif check.number_with:  # "the list within sixty days, the rest within thirty": the last of them counts
                best = max(attached)
            return _Stated(*best, match) if away <= _FARTHEST else None
    if check.number_unit == "grace_days" and (at := without_grace(text.document.text[start:end])):
        return _Stated(Decimal(1), (start + at[0], start + at[1]), match)
    return None


def _foremost(check: ClauseRequired, numbers: list[Number], text: ReadText) -> list[Number]:
    """The numbers without those of a reminder ("the second between 120 and 90 days before"), unless nothing else is left."""
    if check.number_op == "<=":
        return numbers
    first = [n for n in numbers if not _REMINDER.search(text.plain[max(0, n[1][0] - _BEFORE) : n[1][0]])]
    return first or numbers


def _of_notice(number: Number, text: ReadText) -> bool:
    """Whether a length leaves the word "notice" to be understood ("Owner seventy-two hours'", "five days to pack")."""
    start, end = number[1]
    return "'" in text.plain[start : end + 1] or bool(_TO_GO.match(text.plain, end))


def _of_party(check: ClauseRequired, numbers: list[Number], text: ReadText, low: int, high: int) -> list[Number]:
    """The numbers that are the wanted party's, or either's; all where none is."""
    if check.number_party is None or len(numbers) < 2:
        return numbers
    places = [place for _, place in numbers]
    meant = [n for n in numbers if party_of(n[1], places, text.plain, low, high) in (check.number_party, "either")]
    return meant or numbers


def _distance(one: Span, other: Span) -> int:
    return max(0, other[0] - one[1], one[0] - other[1])


def _said(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _bound(op: str) -> str:
    return "at most" if op == "<=" else "at least"
