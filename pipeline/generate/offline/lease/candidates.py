"""Candidates for a field's value, and the cues that speak for or against them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.generate.offline.lease.layout import Layout

Zone = Literal["near", "before", "after", "sentence", "label", "heading", "inside"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible value of a field.

    Args:
        value: as it would be answered (JSON types, ISO dates).
        start, end: its slice of the text.
        features: names of what speaks for or against it; the scorer knows their weights.
        key: what makes two values the same (None: the value itself).
        flags: what is odd about it ("derived").
        quote: the slice that shows the value, if wider than `start`..`end`.
    """

    value: Any
    start: int
    end: int
    features: tuple[str, ...] = ()
    key: str = ""
    flags: tuple[str, ...] = ()
    quote: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """A feature that is there when `pattern` is found in a zone about the candidate; `prior` is its weight by hand."""

    name: str
    zone: Zone
    pattern: re.Pattern[str]
    prior: float


def cue(name: str, zone: Zone, pattern: str, prior: float) -> Cue:
    """A cue; its pattern is matched against lower-case text on one line."""
    return Cue(name, zone, re.compile(pattern), prior)


@dataclass(frozen=True, slots=True)
class Context:
    """The text about a candidate, in lower case and on one line."""

    near: str
    before: str
    after: str
    inside: str
    label: str
    heading: str

    def zone(self, zone: Zone) -> str:
        """The text of one zone."""
        return f"{self.before} {self.inside} {self.after}" if zone == "sentence" else str(getattr(self, zone))


_SENTENCE_END = re.compile(
    r"(?<![\s.(][a-z])(?<!\bno)(?<!\bst)(?<!\bmr)(?<!\binc)(?<!\bco)(?<!\bltd)[.;][)”\"]?\s+(?=[^a-z\s])|\n\s*\n"
)
_NEW_ITEM = re.compile(r"\n\s*(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]\s|\d{1,2}(?:\.\d{1,2}){1,3}\s|\([a-z]\)\s|[a-z]\.\s)")
_SPACE = re.compile(r"[\s_]+")


def context(
    layout: Layout, start: int, end: int, before: int = 220, after: int = 120, near: int = 48, items: bool = True
) -> Context:
    """What stands about `start`..`end`: its sentence as far as the given widths in characters, its label, its heading.

    Sentences end at full stops, empty lines, the rows of tables and, with `items`, at the numbers of list items.
    """
    text, low = layout.text, layout.low
    label = layout.label_at(start)
    left = max(0, start - before, label.at if label else 0)
    lead = low[left:start]
    for item in _NEW_ITEM.finditer(lead) if items else ():
        left = max(left, start - len(lead) + item.end())
    lead = low[left:start]
    for stop in re.finditer(r"[.;][)”\"]?\s+|\n\s*\n", lead):
        position = left + stop.end()
        if (
            position < start
            and (
                stop[0][0] == "\n" or text[position : position + 1].isupper() or text[position : position + 1] in '("“'
            )
            and not re.search(
                r"(?:\b(?:no|st|mr|mrs|ms|inc|co|ltd|corp|dr|ave|u\.s|\w))[.;]$",
                low[max(0, left + stop.start() - 6) : left + stop.start() + 1],
            )
        ):
            lead = low[position:start]
    tail = low[end : end + after]
    if low.rfind("\n", 0, start) + 1 in layout.rows:  # the row below is about something else
        tail = tail.partition("\n")[0]
    if items and (item_after := _NEW_ITEM.search(tail)):
        tail = tail[: item_after.start()]
    end_of = re.search(r"[.;][)”\"]?\s+(?=[^\s])|\n\s*\n", tail)
    if end_of and not re.search(r"\b(?:no|st|mr|inc|co|ltd|corp|\w)[.;]$", tail[: end_of.start() + 1]):
        tail = tail[: end_of.start() + 1]
    lead = _SPACE.sub(" ", lead)
    return Context(
        near=lead[-near:],
        before=lead,
        after=_SPACE.sub(" ", tail),
        inside=_SPACE.sub(" ", low[start:end]),
        label=label.label.lower() if label else "",
        heading=layout.heading_at(start),
    )


def fired(cues: Iterable[Cue], about: Context) -> tuple[str, ...]:
    """Names of the cues found about a candidate."""
    return tuple(c.name for c in cues if c.pattern.search(about.zone(c.zone)))


def place(layout: Layout, offset: int) -> tuple[str, ...]:
    """Features of a place in the document: early, in the table of contents."""
    features = []
    if offset < 2_500 or offset < layout.contents[1] + 2_500:
        features.append("at_front")
    elif offset < 12_000:
        features.append("early")
    if layout.in_contents(offset):
        features.append("in_contents")
    return tuple(features)


def deep(layout: Layout, offset: int) -> tuple[str, ...]:
    """Features of an offset that is far into a long document, where exhibits and form letters are."""
    return ("deep",) if offset > 60_000 or offset > 0.7 * len(layout.text) > 15_000 else ()


def priors(cues: Sequence[Cue], **others: float) -> dict[str, float]:
    """Weights by hand: those of the cues, and of features that are no cues."""
    return {**{c.name: c.prior for c in cues}, **others}
