"""Where a clause stands: the stretches of a document in which every group of its cues occurs."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.knowledge.cues import Span, find_cue, occurs
from pipeline.validate.passages import ReadText
from pipeline.validate.withheld import withholds
from schemas import ClauseRequired, Evidence, Passage

Find = Callable[[str, int], Sequence[Passage]]

FOUND = 0.98  # certainty of a clause whose cues stand together in one passage
NEAR = 0.95  # ... spread over neighbouring passages, or found by search

_EMPTY = re.compile(
    r"\b(?:(?:intentionally|purposely|deliberately) (?:left |been )?(?:blank|omitted|deleted)|(?:left|is) blank\b|reserved[.\]*]|\(reserved\)|not used[.\]*])"
)
_SUPPOSED = re.compile(r"\b(?:if|unless|until|when|where|whenever|should|in case|does not mean|not because)\b")
_EMPTY_WITHIN = 200  # characters of a heading and of the words that stand for its clause
_WIDEST = 600  # characters within which the cues of one clause stand
_PASSAGES_TRIED = 12
# kinds of clause by which a landlord declines a duty
_REFUSAL = ("duty_declined", "waiver_of_rights", "habitability_waiver")
_SURE_OF_REFUSAL = 0.5
_DECLINES = re.compile(
    r"\b(?:no|not|never|none|nothing|neither|nor|without|(?:as|what|whatever|how|the way) (?:it|he|she|they|you|is|there|found|seen|shown)|as[- ]is"
    r"|waiv\w+|declin\w+|excus\w+|dispens\w+|skip\w*|omit\w*|forgo\w*|foreg\w+|own (?:eyes|inquir\w+|risk|cost|expense|affair)|confidential|private"
    r"|(?:is|are|up) (?:left |up )?(?:for|to) (?:the )?[\w' ]{2,24} to (?:find|ask|check|learn|inquire|discover|determine|see|buy|put|supply)\w*)\b"
)
_KNOWS_OF_NONE = re.compile(
    r"\b(?:none|nothing|no)(?: (?:\w+ ){0,2})?(?:is |was |are |were )?(?:known|found|seen|observed)\b|\b(?:knows? of|aware of|have seen|has seen|found) (?:none|no)\b"
)


@dataclass(frozen=True, slots=True)
class Match:
    """A place where every cue of a clause occurs: the stretch they cover, and how sure that is the clause."""

    start: int
    end: int
    certainty: float

    def quoted(self, text: ReadText) -> tuple[Evidence, ...]:
        """The sentence or sentences it stands in, as evidence."""
        return (text.evidence(*text.sentence(self.start, self.end), (self.start, self.end)),)


def find_matches(check: ClauseRequired, text: ReadText, find: Find | None = None) -> list[Match]:
    """Every place of a clause, the surest and tightest first: by its cues, else in what a search brings up.

    Args:
        check: its cues.
        text: the document.
        find: an in-document searcher (query, how many).
    """
    return _matches(check, text) or _searched(check, text, find)


def spread_matches(check: ClauseRequired, text: ReadText) -> list[Match]:
    """Every place where a clause's cues stand in neighbouring paragraphs: for a number that no single one of them states."""
    return _matches(check, text, spread=True)


def find_denial(check: ClauseRequired, text: ReadText) -> Evidence | None:
    """The sentence that says the contrary of what is asked for, if there is one.

    Args:
        check: with the cues of the `contrary`.
        text: the document.
    """
    for cue in check.contrary:
        for spans in text.hits(cue).values():
            return text.evidence(*text.sentence(*spans[0]), spans[0])
    return None


def find_refusals(check: ClauseRequired, text: ReadText) -> list[Match]:
    """Every place that speaks of the clause's subject only to decline it: "no inventory is made, you take it as it is".

    Args:
        check: its cues.
        text: the document.
    """
    return [m for m in _places(check, text) if _declined(check, m, text)]


def _matches(check: ClauseRequired, text: ReadText, *, spread: bool = False) -> list[Match]:
    """The places of a clause that are not turned round, the surest and tightest first."""
    kept = [m for m in _places(check, text, spread=spread) if not _turned(check, m, text)]
    return sorted(kept, key=lambda m: (-m.certainty, m.end - m.start))


def _places(check: ClauseRequired, text: ReadText, *, spread: bool = False) -> list[Match]:
    """Every place where one cue of each group occurs: in one paragraph, else in neighbouring ones."""
    groups = [_group(cues, text) for cues in check.all_of]
    if not all(groups):
        return []
    together = sorted(set.intersection(*(set(g) for g in groups)))[:_PASSAGES_TRIED]
    found = [m for number in together for m in _tight([g[number] for g in groups], FOUND)]
    if spread or not found:
        rarest = min(groups, key=len)
        for number in sorted(rarest)[:_PASSAGES_TRIED]:
            neighbours = range(number - 1, number + 2) if check.number else text.neighbours(number)
            near = [[s for n in neighbours for s in g.get(n, ())] for g in groups]
            found += _tight(near, NEAR) if all(near) else []
    return found


def _group(cues: tuple[str, ...], text: ReadText) -> dict[int, list[Span]]:
    merged: dict[int, list[Span]] = {}
    for cue in cues:
        for number, spans in text.hits(cue).items():
            merged.setdefault(number, []).extend(spans)
    return merged


def _tight(spans: list[list[Span]], certainty: float) -> list[Match]:
    """The shortest stretches that hold one span of each group, those left out that are too wide to be one clause."""
    found: set[Span] = set()
    for low, high in spans[0]:
        for others in spans[1:]:
            near = min(others, key=lambda s: max(high, s[1]) - min(low, s[0]))
            low, high = min(low, near[0]), max(high, near[1])
        if high - low <= _WIDEST:
            found.add((low, high))
    return [Match(*span, certainty) for span in sorted(found, key=lambda s: s[1] - s[0])]


def _turned(check: ClauseRequired, match: Match, text: ReadText) -> bool:
    """Whether its sentence says the contrary, or that the place of the clause is left empty."""
    start, end = text.sentence(match.start, match.end)
    if _EMPTY.search(text.plain, start, min(end, start + _EMPTY_WITHIN)):
        return True
    return occurs(check.none_of, text.plain, start, end) or _declined(check, match, text)


def _declined(check: ClauseRequired, match: Match, text: ReadText) -> bool:
    """Whether its sentence reads like one that declines a duty, or tells only that it is not told.

    Of numbers a clause may well say that no list is sent.
    """
    start, end = text.sentence(match.start, match.end)
    if check.number is None and withholds(text.plain[start : min(end, start + _WIDEST)]):
        return True
    if _KNOWS_OF_NONE.search(text.plain, start, end):  # "none known": that is what is to be disclosed
        return False
    return bool(_DECLINES.search(text.plain, start, end)) and text.likeness(_REFUSAL, start, end) >= _SURE_OF_REFUSAL


def _searched(check: ClauseRequired, text: ReadText, find: Find | None) -> list[Match]:
    """Passages a search by meaning brings up, tried with the same cues: they may run over several paragraphs."""
    if find is None or not check.queries:
        return []
    found: list[Match] = []
    for passage in find(" ".join(check.queries), 3):
        spans = [
            [s for cue in cues for s in find_cue(cue, text.plain, passage.start, passage.end)] for cues in check.all_of
        ]
        matches = _tight(spans, NEAR) if all(spans) else []
        found += [m for m in matches if not _turned(check, m, text)]
    return found
