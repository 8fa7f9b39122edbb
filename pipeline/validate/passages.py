"""The document as the clause checks read it: levelled text, paragraphs, and where cues occur, each looked up once."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from pipeline.knowledge.cues import WORDS, Span, anchors, chain, piece_spans, pieces
from pipeline.validate.clause_kinds import shipped_model
from pipeline.validate.levelled import level
from pipeline.validate.paragraphs import LONGEST, SENTENCE_END, SHORT, paragraphs_of
from schemas import RUNNING, Document, Evidence

_MOST_PARAGRAPHS = 400  # in which one cue is tried: bounds the time a hostile document can cost
_MOST_SPANS = 6
_FEW = 6  # paragraphs that are looked through for a word rather than the whole document
_QUOTE = 420
_MOST_SENTENCES = 1_500  # that the model of clauses is asked about
_LIKELY = 0.3
_ADDITION = 40  # characters of an exception or addition that is looked at
_LONGEST_ANSWER = 300  # characters
_BARE_ANSWER = 2  # words of one that says only yes or no
_ANSWER = 2  # sentences of an answer that are read with their question
_SPOKEN = (" we ", " we'", " you ", " you'", " your ")
_ADDS = re.compile(
    r"\b(?:save|except|provided|excepting)(?:,? however,?)? (?:that|for)\b|\b(?:but|although|though|since)\b"
)

_HEADING_WORDS = 6
_CLAUSE_NUMBER = re.compile(r"\s*(?:(?:article|section|part|clause)\s+[\divxl]{1,5}\b|\d{1,2}(?:[.]\d{1,2})?[.,)]\s)")
_LABELLED = re.compile(r"(?!\W*(?:article|section|part|clause|chapter)\b)[^:]{2,48}: \S")  # a row of a form
_SAYS_SOMETHING = re.compile(
    r"\b(?:shall|will|may|must|can|is|are|was|were|has|have|had|built|not|no|only|agrees?|waives?|pays?|assumes?|releases?|allowed|permitted|prohibited|[a-z]{2,6}n't|[a-z]{1,4}'ll|comes?|owes?|gets?|keeps?|gives?|bears?|lacks?|makes?|needs?)\b"
)


def is_heading(sentence: str) -> bool:
    """Whether a levelled sentence only names a subject and says nothing of it.

    >>> is_heading("9, attorney's fees."), is_heading("rent is due."), is_heading("late charge: $75 flat.")
    (True, False, False)
    >>> is_heading("two hours' notice;")  # a heading does not go on
    False
    """
    short = len(sentence.split()) <= _HEADING_WORDS and not sentence.rstrip().endswith(";")
    return short and not _SAYS_SOMETHING.search(sentence) and not _LABELLED.match(sentence.strip())


@cache
def _telling(cue: str) -> list[str]:
    """A cue's pieces, those that tell a clause apart first: most paragraphs fail there, nearly all hold a word class."""
    return sorted(pieces(cue), key=lambda piece: piece in WORDS.values())


@cache
def _needed(cue: str) -> tuple[tuple[str, ...], ...]:
    """The sets of words of which a paragraph must hold one each; that of the longest words first, which narrows down most."""
    return tuple(
        sorted((words for piece in pieces(cue) for words in anchors(piece)), key=lambda words: -min(map(len, words)))
    )


@dataclass(frozen=True)
class ReadText:
    """A document's text prepared for clause checks. Offsets are those of the document's own text throughout."""

    document: Document
    _hits: dict[str, dict[int, list[Span]]] = field(default_factory=dict, repr=False)
    _pieces: dict[tuple[str, int], list[Span]] = field(default_factory=dict, repr=False)
    _words: dict[str, frozenset[int]] = field(default_factory=dict, repr=False)
    _holders: dict[tuple[str, ...], frozenset[int]] = field(default_factory=dict, repr=False)
    _whole: dict[Span, Span] = field(default_factory=dict, repr=False)
    _kinds: dict[Span, dict[str, float]] = field(default_factory=dict, repr=False)

    @cached_property
    def plain(self) -> str:
        """The levelled text; running heads and feet are blanked, so that they don't break sentences."""
        plain = level(self.document.text)
        running = [line for line in self.document.lines() if line.kind in RUNNING]
        if not running:
            return plain
        pieces, at = [], 0
        for line in running:
            pieces += [plain[at : line.start], " " * (line.end - line.start)]
            at = line.end
        return "".join([*pieces, plain[at:]])

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """Paragraphs and list items in order; a short heading belongs to what it heads, a long paragraph is cut at sentences."""
        return paragraphs_of(self.document.text, self.plain)

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.paragraphs]

    def paragraph_at(self, offset: int) -> int:
        """The number of the paragraph that holds `offset`."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def neighbours(self, number: int) -> range:
        """The numbers of the paragraphs of one clause: a paragraph, and those next to it that no heading or number parts from it."""
        first = number if self._opens_clause(number) else number - 1
        return range(first, number + (1 if self._opens_clause(number + 1) else 2))

    def _opens_clause(self, number: int) -> bool:
        """Whether a paragraph begins with a clause's number, a heading or a question."""
        if not 0 <= number < len(self.paragraphs):
            return True
        start, end = self.paragraphs[number]
        if _CLAUSE_NUMBER.match(self.plain, start, end):
            return True
        low, high = self.bare_sentence(start, start + 1)
        said = self.plain[low:high].strip()
        return high < end and (is_heading(said) or said.endswith("?"))

    @cached_property
    def headings(self) -> tuple[Span, ...]:
        """Where the document's headings stand: sections, lines set as headings, else short lines that are no sentence."""
        document = self.document
        found = [(s.start, min(s.body if s.body > s.start else s.end, s.start + 200)) for s in document.sections]
        found += [(line.start, line.end) for line in document.lines() if line.kind == "heading"]
        if not document.sections:
            start = 0
            for row in document.text.split("\n"):
                if 3 < len(row.strip()) < SHORT and not row.rstrip().endswith((".", ",", ";")):
                    found.append((start, start + len(row)))
                start += len(row) + 1
        return tuple(found)

    @cached_property
    def heading_words(self) -> str:
        """What the headings say, levelled, in one string."""
        return "\n".join(self.plain[start:end] for start, end in self.headings)

    def hits(self, cue: str) -> dict[int, list[Span]]:
        """Where a cue occurs: paragraph number -> spans. Pieces that cues share are searched once."""
        if cue not in self._hits:
            found: dict[int, list[Span]] = {}
            for number in self._candidates(cue)[:_MOST_PARAGRAPHS]:
                if spans := self._chained(cue, number):
                    found[number] = spans[:_MOST_SPANS]
            self._hits[cue] = found
        return self._hits[cue]

    def _chained(self, cue: str, number: int) -> list[Span]:
        for piece in _telling(cue):
            key = (piece, number)
            if key not in self._pieces:
                self._pieces[key] = piece_spans(piece, self.plain, *self.paragraphs[number])
            if not self._pieces[key]:
                return []
        return chain([self._pieces[piece, number] for piece in pieces(cue)], self.plain)

    def _candidates(self, cue: str) -> list[int]:
        """Paragraphs that hold a word of every set the cue needs."""
        wanted = _needed(cue)
        if not wanted:
            return list(range(len(self.paragraphs)))
        found = sorted(self._holding_one(wanted[0]))
        for words in wanted[1:]:
            if not found:
                break
            if len(found) <= _FEW and words not in self._holders:
                found = [number for number in found if self._holds(number, words)]
            else:
                holding = self._holding_one(words)
                found = [number for number in found if number in holding]
        return found

    def _holds(self, number: int, words: tuple[str, ...]) -> bool:
        start, end = self.paragraphs[number]
        return any(self.plain.find(word, start, end) >= 0 for word in words)

    def _holding_one(self, words: tuple[str, ...]) -> frozenset[int]:
        """Numbers of the paragraphs that hold one of some words."""
        if words not in self._holders:
            self._holders[words] = frozenset[int]().union(*map(self._holding, words))
        return self._holders[words]

    def _holding(self, word: str) -> frozenset[int]:
        """Numbers of the paragraphs that hold a word."""
        if word not in self._words:
            numbers = set()
            at = self.plain.find(word)
            while at >= 0:
                number = self.paragraph_at(at)
                numbers.add(number)
                at = self.plain.find(word, max(at + 1, self.paragraphs[number][1] - len(word) + 1))
            self._words[word] = frozenset(numbers)
        return self._words[word]

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences of every paragraph, in order."""
        found: list[Span] = []
        for start, end in self.paragraphs:
            for match in SENTENCE_END.finditer(self.plain, start, end):
                found.append((start, match.end()))
                start = match.end()
            found += [(start, end)] if self.plain[start:end].strip() else []
        return tuple(found)

    @cached_property
    def additions(self) -> tuple[Span, ...]:
        """What sentences go on to except or add ("save that ...", "but ..."), where a lawful beginning hides the rest."""
        found = []
        for start, end in self.sentences[:_MOST_SENTENCES]:
            cuts = [m.end() for m in _ADDS.finditer(self.plain, start, end)]
            found += [(low, high) for low, high in pairwise((*cuts, end)) if high - low >= _ADDITION]
        return tuple(found)

    @cached_property
    def answered(self) -> tuple[Span, ...]:
        """Questions with the first sentences of their answers, as an answer alone may not say what it is about ("We do not.")."""
        found = []
        for at, (low, high) in enumerate(self.sentences[:_MOST_SENTENCES]):
            if self.plain[low:high].endswith("?"):
                found += [
                    (low, end)
                    for start, end in self.sentences[at + 1 : at + 1 + _ANSWER]
                    if end - high <= _LONGEST_ANSWER
                    and (start > high or len(self.plain[start:end].split()) > _BARE_ANSWER)
                ]
        return tuple(found)

    @cached_property
    def in_person(self) -> bool:
        """Whether the parties are called we and you."""
        return any(word in self.plain for word in _SPOKEN)

    def likely(self, kinds: Sequence[str]) -> list[tuple[float, Span]]:
        """The sentences that read like a clause of one of the kinds, likeliest first, with how probable that is."""
        if not kinds:
            return []
        known = shipped_model().kinds
        wanted = [known.index(kind) for kind in kinds if kind in known]
        judged = self._judged[:, wanted].sum(axis=1)
        return sorted(
            ((float(judged[at]), self.sentences[at]) for at in np.flatnonzero(judged >= _LIKELY)), reverse=True
        )

    @cached_property
    def _judged(self) -> npt.NDArray[np.float64]:
        """Of each sentence that the model is asked about a row: how probable each kind is."""
        rows = [list(self._kinds_of(*span).values()) for span in self.sentences[:_MOST_SENTENCES]]
        return np.array(rows, dtype=np.float64).reshape(len(rows), len(shipped_model().kinds))

    def likeness(self, kinds: Sequence[str], start: int, end: int) -> float:
        """How probable it is that a sentence is a clause of one of the kinds that the learned model knows."""
        said = self._kinds_of(start, end)
        return sum(said.get(kind, 0.0) for kind in kinds)

    def suspicion(self, start: int, end: int) -> float:
        """How probable it is that a sentence is a clause of any kind that the learned model knows."""
        return sum(self._kinds_of(start, end).values())

    def _kinds_of(self, start: int, end: int) -> dict[str, float]:
        if (start, end) not in self._kinds:
            self._kinds[start, end] = shipped_model().probabilities(self.plain[start : min(end, start + LONGEST)])
        return self._kinds[start, end]

    def sentence(self, start: int, end: int) -> Span:
        """The sentence or sentences that hold `start`..`end`, within its paragraphs; a run-in heading goes with what follows."""
        if (start, end) not in self._whole:
            self._whole[start, end] = self._sentence(start, end)
        return self._whole[start, end]

    def _sentence(self, start: int, end: int) -> Span:
        low, high = self.bare_sentence(start, end)
        if is_heading(self.plain[low:high]):
            last = self.paragraphs[self.paragraph_at(max(start, end - 1))][1]
            after = SENTENCE_END.search(self.plain, min(high + 1, last), last)
            high = after.end() if after else last
        return low, high

    def bare_sentence(self, start: int, end: int) -> Span:
        """The sentence or sentences that hold `start`..`end`, headings for themselves."""
        low = self.paragraphs[self.paragraph_at(start)][0]
        high = self.paragraphs[self.paragraph_at(max(start, end - 1))][1]
        before = [m.end() for m in SENTENCE_END.finditer(self.plain, low, start)]
        after = SENTENCE_END.search(self.plain, end, high)
        return (before[-1] if before else low), (after.end() if after else high)

    def stops(self, start: int, end: int) -> int:
        """How many sentences end between two offsets."""
        return sum(1 for _ in SENTENCE_END.finditer(self.plain, start, end))

    def evidence(self, start: int, end: int, focus: Span | None = None) -> Evidence:
        """The quote of `start`..`end` without blanks at its ends; if it is long, the part around `focus`."""
        text = self.document.text
        if end - start > _QUOTE:
            begin = start if focus is None else max(start, min(focus[0] - _QUOTE // 4, end - _QUOTE))
            finish = min(end, max(begin + _QUOTE, min(focus[1], begin + 2 * _QUOTE) if focus else 0))
            begin = text.find(" ", begin, finish) if begin > start and " " in text[begin:finish] else begin
            cut = text.rfind(" ", begin + 1, finish)
            start, end = begin, cut if finish < end and cut > begin else finish
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return Evidence(page=self.document.page_at(start).number, start=start, end=end, quote=text[start:end])
