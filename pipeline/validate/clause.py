"""Clauses that must be there: found by what they say, and the numbers inside them compared with the law's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.knowledge.cues import Span, could_occur, find_cue, occurs
from pipeline.validate.finding import Finding
from pipeline.validate.passages import ReadText
from pipeline.validate.stated import Number, party_of, stated_numbers
from pipeline.validate.term_rule import evaluate
from pipeline.validate.type_face import check_type_face
from schemas import ClauseRequired, Evidence, LeaseTerms, Passage, Terms

Find = Callable[[str, int], Sequence[Passage]]

FOUND = 0.98  # certainty of a clause whose cues stand together in one passage
NEAR = 0.95  # ... spread over neighbouring passages, or found by search
ABSENT = 0.9

_WIDEST = 600  # characters within which the cues of one clause stand
_PASSAGES_TRIED = 12
_FARTHEST = 160  # characters between a clause's words and the number it states
_ATTACHED = 12  # characters within which a number belongs to a word ("days' written notice")
_UNITS = {"grace_days": "days late"}
_BY_LAW = (
    "(as|to the extent|in the manner|within the time)? ?(required|provided|prescribed|permitted|allowed|set forth|specified) (by|in|under) .. (law|code|statute|section|act)",
    "in (accordance|compliance) with .. (law|code|statute|section|act|chapter)",
    "pursuant to .. (law|code|statute|section|act|chapter)",
)


@dataclass(frozen=True, slots=True)
class _Match:
    """A place where every cue of a clause occurs: the stretch they cover, and how sure that is the clause."""

    start: int
    end: int
    certainty: float


def check_clause_required(check: ClauseRequired, text: ReadText, terms: Terms, find: Find | None = None) -> Finding:
    """Look for a clause by its cues, and compare the number it states.

    Args:
        check: cues, and the bound of the number if there is one.
        text: the document, prepared.
        terms: for bounds that depend on a term.
        find: an in-document searcher (query, how many), asked where the cues alone find nothing.
    """
    if check.headings:
        return _in_headings(check, text)
    matches = _matches(check, text) or _searched(check, text, find)
    if not matches:
        return Finding("missing", ABSENT, explanation="No passage of the document says this.")
    return check_type_face(check, _compared(check, matches, text, terms), text)


def compare_numbers(check: ClauseRequired, place: Span, certainty: float, text: ReadText, terms: Terms) -> Finding:
    """Compare the number stated at a place that is known to be the clause, as `check_clause_required` does where it found it."""
    return _compared(check, [_Match(*place, certainty)], text, terms)


def _compared(check: ClauseRequired, matches: list[_Match], text: ReadText, terms: Terms) -> Finding:
    """What the clause found comes to: there, or there with a number that is compared with the law's."""
    if check.number is None:
        best = matches[0]
        return Finding("satisfied", best.certainty, _quote(best, text))
    bound = evaluate(check.number, terms)
    if bound is None or not isinstance(bound.value, Decimal):
        best = matches[0]
        quote = _quote(best, text)
        return Finding("unclear", 0.5, quote, "The bound depends on a value the document does not state.")
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
    match: _Match

    @property
    def span(self) -> Span:
        """The stretch of the clause's words and its number."""
        return min(self.match.start, self.place[0]), max(self.match.end, self.place[1])


def _numbered(check: ClauseRequired, bound: Decimal, matches: list[_Match], text: ReadText, due_day: int) -> Finding:
    """The clause whose number stands closest to its words decides; one that only refers to the law is as good."""
    stated = [n for match in matches if (n := _number(check, match, text, due_day))]
    unit = _UNITS.get(check.number_unit, check.number_unit)
    if stated:
        best = min(stated, key=lambda n: (-n.match.certainty, text.stops(*n.span), n.span[1] - n.span[0]))
        span = best.span
        told = (
            f"The clause says {_said(best.value)} {unit}; the law says {_bound(check.number_op)} {_said(bound)} {unit}."
        )
        holds = best.value <= bound if check.number_op == "<=" else best.value >= bound
        quote = (text.evidence(*text.sentence(*span), span),)
        return Finding("satisfied" if holds else "violated", best.match.certainty, quote, told, bound)
    for match in matches:
        start, end = text.sentence(match.start, match.end)
        if occurs(_BY_LAW, text.plain, start, end):
            told = "The clause refers to the law's own measure."
            return Finding("satisfied", match.certainty, (text.evidence(start, end),), told, bound)
    first = matches[0]
    if check.number_optional:
        return Finding("satisfied", first.certainty, _quote(first, text), limit=bound)
    told = f"The clause does not state the number of {unit}; the law says {_bound(check.number_op)} {_said(bound)}."
    return Finding("incomplete", first.certainty, _quote(first, text), told, bound)


def _quote(match: _Match, text: ReadText) -> tuple[Evidence, ...]:
    return (text.evidence(*text.sentence(match.start, match.end), (match.start, match.end)),)


def _matches(check: ClauseRequired, text: ReadText) -> list[_Match]:
    """Every place where one cue of each group occurs, tightest first: in one paragraph, else in neighbouring ones."""
    groups = [_group(cues, text) for cues in check.all_of]
    if not all(groups):
        return []
    together = sorted(set.intersection(*(set(g) for g in groups)))[:_PASSAGES_TRIED]
    found = [m for number in together for m in _tight([g[number] for g in groups], FOUND)]
    if not found:
        rarest = min(groups, key=len)
        for number in sorted(rarest)[:_PASSAGES_TRIED]:
            near = [[s for n in (number - 1, number, number + 1) for s in g.get(n, ())] for g in groups]
            found += _tight(near, NEAR) if all(near) else []
    kept = [m for m in found if not _turned(check, m, text)]
    return sorted(kept, key=lambda m: (-m.certainty, m.end - m.start))


def _group(cues: tuple[str, ...], text: ReadText) -> dict[int, list[Span]]:
    merged: dict[int, list[Span]] = {}
    for cue in cues:
        for number, spans in text.hits(cue).items():
            merged.setdefault(number, []).extend(spans)
    return merged


def _tight(spans: list[list[Span]], certainty: float) -> list[_Match]:
    """The shortest stretches that hold one span of each group, those left out that are too wide to be one clause."""
    found: set[Span] = set()
    for low, high in spans[0]:
        for others in spans[1:]:
            near = min(others, key=lambda s: max(high, s[1]) - min(low, s[0]))
            low, high = min(low, near[0]), max(high, near[1])
        if high - low <= _WIDEST:
            found.add((low, high))
    return [_Match(*span, certainty) for span in sorted(found, key=lambda s: s[1] - s[0])]


def _turned(check: ClauseRequired, match: _Match, text: ReadText) -> bool:
    if not check.none_of:
        return False
    start, end = text.sentence(match.start, match.end)
    return occurs(check.none_of, text.plain, start, end)


def _searched(check: ClauseRequired, text: ReadText, find: Find | None) -> list[_Match]:
    """Passages a search by meaning brings up, tried with the same cues: they may run over several paragraphs."""
    if find is None or not check.queries:
        return []
    found: list[_Match] = []
    for passage in find(" ".join(check.queries), 3):
        spans = [
            [s for cue in cues for s in find_cue(cue, text.plain, passage.start, passage.end)] for cues in check.all_of
        ]
        matches = _tight(spans, NEAR) if all(spans) else []
        found += [m for m in matches if not _turned(check, m, text)]
    return found


def _number(check: ClauseRequired, match: _Match, text: ReadText, due_day: int) -> _Stated | None:
    """The number of the wanted unit nearest to the cues: in the clause's own sentences, else in the rest of its paragraph."""
    start, end = text.sentence(match.start, match.end)
    near = [span for cue in check.number_near for span in find_cue(cue, text.plain, start, end)]
    wide = (start, min(text.paragraphs[text.paragraph_at(match.end - 1)][1], end + 400))
    for low, high in ((start, end), wide):
        numbers = list(stated_numbers(check.number_unit, text.document.text, low, high, due_day))
        if numbers:
            targets = near or [(match.start, match.end)]
            meant = _of_party(check, numbers, text, low, high)
            by_distance = sorted((min(_distance(n[1], t) for t in targets), n) for n in meant)
            away, best = by_distance[0]
            if check.number_op == ">=":  # "sixty days from Landlord, seven days from Tenant": the least of them counts
                best = min(n for distance, n in by_distance if distance <= max(away, _ATTACHED))
            return _Stated(*best, match) if away <= _FARTHEST else None
    return None


def _of_party(check: ClauseRequired, numbers: list[Number], text: ReadText, low: int, high: int) -> list[Number]:
    """The numbers that are the wanted party's, or either's; all where none is."""
    if check.number_party is None or len(numbers) < 2:
        return numbers
    places = [place for _, place in numbers]
    meant = [n for n in numbers if party_of(n[1], places, text.plain, low, high) in (check.number_party, "either")]
    return meant or numbers


def _distance(one: Span, other: Span) -> int:
    return max(0, other[0] - one[1], one[0] - other[1])


def _in_headings(check: ClauseRequired, text: ReadText) -> Finding:
    """A part of the document that is known by its heading (a protocol's sections)."""
    cues = [cue for group in check.all_of for cue in group if could_occur(cue, text.heading_words)]
    for start, end in text.headings:
        if occurs(cues, text.plain, start, end):
            return Finding("satisfied", FOUND, (text.evidence(start, end),))
    return Finding("missing", ABSENT, explanation="No section of the document has such a heading.")


def _said(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _bound(op: str) -> str:
    return "at most" if op == "<=" else "at least"


def quotes(finding: Finding) -> tuple[Evidence, ...]:
    """The evidence of a finding, each place once."""
    return tuple({(e.start, e.end): e for e in finding.evidence}.values())
