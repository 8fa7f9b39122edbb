"""What a chat model is shown of a document: for each field group the units that most likely answer it, within a budget."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

from pipeline.embedding import Embed, load_embed
from pipeline.retrieve.ranker import Said, Weights, beside, chances, shipped_weights
from pipeline.retrieve.survey import Array, Survey, survey
from schemas import Analysis, Document, FieldGroup, Passage

LEAST_TOKENS = 2_000  # a document's groups may be shown this much even where its share is less
_TAG = 100  # characters about that a passage's tag and headings take, beside its text
_CLOSE = 4  # characters of space between two units that are joined
_CHARACTERS = 4  # of a token, as English has for the usual tokenizers

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Ranked:
    """A document's units, and how likely each answers each field; `seen` is None where it has no text."""

    seen: Survey | None
    chance: Mapping[str, Array] = field(default_factory=dict)

    def worth(self, fields: Iterable[str]) -> Array:
        """What it is worth to show each unit for some fields."""
        assert self.seen is not None
        return sum((self.chance[name] for name in fields), np.zeros(len(self.seen.units)))


def ranked(
    document: Document, analysis: Analysis, said: Said, embed: Embed | None = None, weights: Weights | None = None
) -> Ranked:
    """How likely each unit of a document answers each field of its analysis.

    Args:
        document: as parsed.
        analysis: of its type.
        said: what another reader has said of the fields, with the places of its evidence; {} if nobody has.
        embed: makes the vectors; those that come with the package if not given.
        weights: what is learned; those that come with the package if not given.
    """
    seen = survey(document, embed or load_embed())
    if seen is None or not analysis.groups:
        return Ranked(None)
    return Ranked(seen, chances(seen, analysis, said, weights or shipped_weights(analysis.terms)))


def budget_of(document: Document, share: float, most_tokens: int) -> int:
    """How many tokens all the groups of a document are shown together.

    Args:
        document: as parsed.
        share: of the document's tokens; short documents are shown `LEAST_TOKENS` whatever it is.
        most_tokens: never more.
    """
    return min(max(round(share * tokens_of(document.text)), LEAST_TOKENS), most_tokens)


def passages_for(
    found: Ranked, groups: Sequence[FieldGroup], budget_tokens: int, group_tokens: int | None = None
) -> dict[str, tuple[Passage, ...]]:
    """What each group is shown, by its name: slices of the document in its order, numbered across all groups.

    The budget is one for all groups, and is spent where a token buys most: on the units of the highest worth per
    character, whichever group they are for.

    Args:
        found: the document's units, as ranked.
        groups: what is asked.
        budget_tokens: how much all groups together are shown at most.
        group_tokens: how much one of them is shown at most; None: as much as all.
    """
    if found.seen is None or not groups:
        return {group.name: () for group in groups}
    worth = np.array([found.worth(group.fields) for group in groups])
    limits = [_CHARACTERS * (group_tokens if group_tokens is not None else budget_tokens)] * len(groups)
    taken = _taken(worth, _costs(found.seen), _CHARACTERS * budget_tokens, limits)
    spans = [_joined(found.seen, row) for row in taken]
    numbers = {span: number for number, span in enumerate(sorted({s for own in spans for s in own}), 1)}
    return {
        group.name: tuple(_passage(found.seen, span, numbers[span], values) for span in own)
        for group, own, values in zip(groups, spans, worth, strict=True)
    }


def wider(found: Ranked, group: FieldGroup, shown: Sequence[Passage], budget_tokens: int) -> tuple[Passage, ...]:
    """What was shown, with its neighbours, and what is next best for a group's fields.

    Args:
        found: the document's units, as ranked.
        group: what is asked now: perhaps only some of the fields that were asked before.
        shown: what was shown; it stays, whatever the budget.
        budget_tokens: how much may be shown altogether.
    """
    if found.seen is None:
        return tuple(shown)
    old = found.seen.within([(p.start, p.end) for p in shown])
    costs, worth = _costs(found.seen), found.worth(group.fields)
    spent = int(costs[old > 0].sum())
    preferred = np.where(old > 0, 0.0, worth + beside(old))  # neighbours first, the likely ones of them above all
    taken = _taken(preferred[None, :], np.where(old > 0, 0, costs), max(0, _CHARACTERS * budget_tokens - spent), [])
    spans = _joined(found.seen, taken[0] | (old > 0))
    return tuple(_passage(found.seen, span, number, worth) for number, span in enumerate(spans, 1))


def tokens_of(text: str) -> int:
    """About how many tokens a text has: four characters each, as English has for the usual tokenizers."""
    return len(text) // _CHARACTERS + 1


def _costs(seen: Survey) -> NDArray[np.int64]:
    """The characters that showing each unit takes, as the start of a passage or joined to the one before it."""
    return seen.ends - seen.starts + _CLOSE


def _taken(worth: Array, costs: NDArray[np.int64], budget: int, limits: list[int]) -> Flags:
    """Which units (columns) are shown for which group (row): the best by character, as long as they fit.

    A unit that begins a passage of its own has the passage's tag to carry, one beside a chosen unit does not.

    Args:
        worth: of each unit for each group.
        costs: of each unit, in characters.
        budget: characters of all together.
        limits: characters of each group; [] for none.
    """
    taken = np.zeros(worth.shape, dtype=np.bool_)
    left = limits or [budget] * len(worth)
    alone, joined, cost_of = worth / (costs + _TAG), worth / np.maximum(costs, 1), costs.tolist()
    queue = [(-value, row, unit) for row, values in enumerate(alone.tolist()) for unit, value in enumerate(values)]
    heapify(queue)
    least = min(cost_of)
    while queue and budget >= least:
        _, row, unit = heappop(queue)
        cost = cost_of[unit]
        if taken[row, unit] or cost > budget or cost > left[row]:
            continue
        taken[row, unit] = True
        budget -= cost
        left[row] -= cost
        for near in (unit - 1, unit + 1):
            if 0 <= near < len(cost_of) and not taken[row, near]:
                heappush(queue, (-float(joined[row, near]), row, near))
    return taken


def _joined(seen: Survey, taken: Flags) -> list[tuple[int, int]]:
    """The stretches that the chosen units make up: those with nothing but a little space between them are one."""
    spans: list[tuple[int, int]] = []
    path: tuple[str, ...] = ()
    text = seen.document.text
    for unit in (seen.units[i] for i in np.flatnonzero(taken)):
        between = text[spans[-1][1] : unit.start] if spans else "-"
        if len(between) <= _CLOSE and not between.strip() and unit.heading[: len(path)] == path:
            spans[-1] = spans[-1][0], unit.end
        else:
            spans.append((unit.start, unit.end))
            path = unit.heading
    return spans


def _passage(seen: Survey, span: tuple[int, int], number: int, worth: Array) -> Passage:
    start, end = span
    first, last = np.searchsorted(seen.starts, start), np.searchsorted(seen.starts, end)
    unit = seen.units[first]
    return Passage(
        number, seen.document.text[start:end], start, end, seen.document.page_at(start).number, unit.heading,
        "table" if unit.table else "text", round(float(worth[first:last].max()), 6),
    )  # fmt: skip
