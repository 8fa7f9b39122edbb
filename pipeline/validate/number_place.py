"""Whose a number is: of which verb phrase, under which heading, and whether it is a length of notice or of something else.

"We can end it by ten days' notice, and we can raise the rent on thirty days' notice" has two numbers, each of its own verb phrase.
"""

import re

from pipeline.knowledge.cues import WORDS, Span, find_cue, occurs
from pipeline.validate.passages import ReadText, is_heading
from pipeline.validate.rows import clause_bounds, row, spoken
from pipeline.validate.stated import Number
from schemas import ClauseRequired

_JOINED = re.compile(
    r"(?:,|:| -)? (?:and|but|or(?! (?:other|any)\b)|while|whereas|yet)(?: then)?(?= (?:[\w']+ ){0,4}?"
    r"(?:may|can|shall|will|must|cannot|needs?|requires?|gives?|takes?|raises?|ends?|terminates?|is ended|are ended) )"
)
_RECURS = re.compile(
    r"\b(?:first|initial|any|each|every|per|once (?:in|per|every)(?: an?| any)?|(?:more often than|only) (?:once )?every|in an?|within an?"
    r"|during an?|next|previous|preceding|last|past|(?<!not )(?<!no )(?:more|less|fewer|longer) than|(?:under|over|up to|between)(?: the)?)"
    r"(?: (?:full|consecutive|whole|period of|single))? $"
)
_STAY = re.compile(
    r"^[ -]?(?:periods?\b(?! of notice)|terms?\b|leases?\b|tenanc|of (?:occupancy|residence|residency|tenancy|continuous)|or more of (?:occupancy|residence|tenancy)"
    r"|in (?:the|this|your) (?:unit|home|apartment|house|dwelling))"
)
_LIVED = re.compile(r"\b(?:lived|resided|occupied|occupancy|been here|rented|stayed)\b[^.;,]{0,40}$")
_NOTICE = re.compile(r"\b(?:notice|warn(?:ing|s|ed)?|ahead|before|beforehand|in advance|prior)\b")
_AFTER = 40  # characters after a number, and before it, in which it is said what it measures
_HEADING_WORDS = 12
_PARTY_GIVES = re.compile(
    rf"^[\W\d]*(?:and |but |while )?(?:the |your |my |our )?(?:{WORDS['landlord']}|{WORDS['tenant']}|we\b|i\b|you\b|either\b|each\b|ours\b|yours\b|mine\b)[^.;,]{{0,20}}\b"
    r"(?:gives?|needs?|owes?|gets?|has|have|takes?|allows?|is|are|only|just)\b[^.;]{0,40}$"
)
_ENDS_THERE = re.compile(
    r"^['’]?s?['’]?(?: (?:written|advance|prior|such|of|the same))*(?: notice| warning)?(?: in writing)?\s*(?:$|[,.;])"
)
_NOTICE_OF = re.compile(
    r"^['’]?s?['’]?(?: (?:written|advance|prior))* notice (?:before|of|for|that|if|when)\b[^.;,]{0,30}$"
)


def goes_with(check: ClauseRequired, number: Number, text: ReadText) -> bool:
    """Whether a number's own words say what it is a number of, and nothing that it is another's.

    Args:
        check: with the cues that a number's sentence must have (`number_with`), must not (`number_not`), and those of a
            neighbouring subject (`number_other`).
        number: its value and place.
        text: the document.
    """
    start, end = clause_bounds(text, *number[1])
    own = row(text, *number[1])
    if ":" not in text.plain[slice(*own)]:  # "Renter: 30 days." is a short sentence, no heading of the next
        own = start, end
    if check.number_not and occurs(check.number_not, text.plain, *own):
        return False
    asked = spoken(text, *number[1])
    if check.number_with and not (
        occurs(check.number_with, text.plain, start, end)
        or (asked != own and check.number_op == "<=" and occurs(check.number_with, text.plain, *asked))
        or _headed(check, number, text)
        or gives_too(check, number, text)
    ):
        return False
    anothers = _is_anothers(check, number, text) and not gives_too(check, number, text)
    return not anothers and not (_of_notice(check) and _is_a_stay(number[1], text))


def _of_notice(check: ClauseRequired) -> bool:
    """Whether the number is the length of a notice; days of grace are said to be "after", "more than" or "the first"."""
    return check.number_op == ">=" and check.number_unit != "grace_days"


def own_numbers(check: ClauseRequired, numbers: list[Number], text: ReadText) -> list[Number]:
    """The numbers in whose own verb phrase the clause's words stand; all where none is so."""
    if not check.number_with or len(numbers) < 2:
        return numbers
    own = [
        n for n in numbers if occurs(check.number_with, text.plain, *phrase(n[1], text)) or gives_too(check, n, text)
    ]
    others = {phrase(n[1], text) for n in numbers} - {phrase(n[1], text) for n in own}
    return own if own and others and check.number_other else numbers


def gives_too(check: ClauseRequired, number: Number, text: ReadText) -> bool:
    """Whether a short sentence goes on with the other party's notice ("You give a month's notice; the Owner gives two weeks").

    Args:
        check: with the cues that say what the number is for.
        number: its value and place.
        text: the document.
    """
    if not _of_notice(check):
        return False
    low, high = text.bare_sentence(*number[1])
    first = text.paragraphs[text.paragraph_at(low)][0]
    if low <= first or not _PARTY_GIVES.search(text.plain[low : number[1][0]]):
        return False
    if not _ENDS_THERE.search(text.plain[number[1][1] : high]):
        return False
    before = _before(text, low, first), low
    if before[0] > first and _PARTY_GIVES.search(text.plain[before[0] : low].partition(" notice")[0]):
        before = _before(text, before[0], first), low  # "You give a month's notice" is not yet what the notice is for
    says = bool(_NOTICE.search(text.plain, before[0], high)) and occurs(check.number_with, text.plain, *before)
    return says and not occurs((*check.none_of, *check.number_not), text.plain, *before)


def _before(text: ReadText, low: int, first: int) -> int:
    """Where the sentence before `low` begins, with the question that it answers."""
    last = max(first, low - 3), max(first + 1, low - 2)
    return min(text.sentence(*last)[0], spoken(text, *last)[0])


def phrase(place: Span, text: ReadText) -> Span:
    """The verb phrase that holds a place: its sentence, cut where "and we may ..." begins another.

    >>> from schemas import Document, Page
    >>> said = "we can end it by ten days' notice, and we can raise the rent on thirty."
    >>> start, end = phrase((17, 25), ReadText(Document("a", "0" * 64, "text/plain", said, (Page(1, 0, len(said)),))))
    >>> said[start:end]
    "we can end it by ten days' notice"
    """
    start, end = text.sentence(*place)
    for cut in _JOINED.finditer(text.plain, start, end):
        if cut.end() <= place[0]:
            start = cut.end()
        elif cut.start() >= place[1]:
            return start, cut.start()
    return start, end


def _is_anothers(check: ClauseRequired, number: Number, text: ReadText) -> bool:
    """Whether the last verb before a number (else the first after it) is a neighbouring subject's."""
    if not check.number_other:
        return False
    start, end = phrase(number[1], text)
    others = _places(check.number_other, start, end, text)
    if not others:
        return False
    own = [s for s in _places(check.number_with, start, end, text) if not text.plain.startswith(" of ", s[1])]
    at, after = number[1]
    if any(_NOTICE_OF.search(text.plain[after : s[0]]) for s in others if s[0] >= after):
        return True
    before_other = max((s[0] for s in others if s[0] < at), default=-1)
    before_own = max((s[0] for s in own if s[0] < at), default=-1)
    if before_other != before_own:
        return before_other > before_own
    return min(s[0] for s in others) < min((s[0] for s in own), default=end)


def _places(cues: tuple[str, ...], start: int, end: int, text: ReadText) -> list[Span]:
    return [span for cue in cues for span in find_cue(cue, text.plain, start, end)]


def _headed(check: ClauseRequired, number: Number, text: ReadText) -> bool:
    """Whether a length of notice stands in a paragraph whose heading, label or question says what it is about."""
    low, high = text.bare_sentence(*number[1])
    start, stop = text.paragraphs[text.paragraph_at(number[1][0])]
    _, end = text.bare_sentence(start, start + 1)
    while end < low and not re.search(r"[a-z]", text.plain[start:end]):  # the clause's number
        _, end = text.bare_sentence(end + 1, end + 2)
    heading = text.plain[start:end]
    if (
        end > low
        or not (is_heading(heading) or heading.rstrip().endswith("?"))
        or len(heading.split()) > _HEADING_WORDS
    ):
        return False
    asks = heading.rstrip().endswith("?") and _NOTICE.search(heading)
    if not (asks or _NOTICE.search(text.plain, low, min(high, stop))) or occurs(check.none_of, text.plain, low, high):
        return False
    return occurs(check.number_with, text.plain, start, end) and not occurs(check.none_of, text.plain, start, end)


def _is_a_stay(place: Span, text: ReadText) -> bool:
    """Whether a length is how long or how often something is ("once in twelve months", "lived here a year"), no notice."""
    before = text.plain[max(0, place[0] - _AFTER) : place[0]]
    after = text.plain[place[1] : place[1] + _AFTER]
    if _NOTICE.search(after[:25]) and "'" in after[:3] + text.plain[place[1] - 1]:
        return False
    return bool(
        _STAY.match(after)
        or _LIVED.search(before)
        or (
            _RECURS.search(before)
            and not re.match(r"['’]? ?(?:written |prior |advance )*(?:notice|before|ahead)", after)
        )
    )
