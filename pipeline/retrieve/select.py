"""Which passages a field group is shown: searched for, under the right headings, first pages, within a token budget."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.retrieve.search import RANK_CONSTANT, Searcher, fuse, terms
from schemas import FieldGroup, Passage

HEADING_WEIGHT = 3.0  # of the ranking by headings, against 1 for each by words or meaning
FIRST_WEIGHT = 3.0  # of the first pages, where they are asked for
FIRST_CHARACTERS = 4_000  # what counts as the first pages

_LEADERS = re.compile(r"(?:\.\s?){5}|·{4}|…\s?…")


def passages_for(group: FieldGroup, searcher: Searcher, budget_tokens: int | None) -> tuple[Passage, ...]:
    """The passages that most likely answer a field group, in document order, each with its score.

    Each query of the group ranks the passages by words and by meaning; headings that hold the words of the group's
    `sections` and, where asked for, the first pages are rankings of their own. All are fused by reciprocal rank, and
    passages are taken from the top until the budget is spent.

    Args:
        budget_tokens: how much text may be shown; None: all of it.
    """
    passages = searcher.passages
    rankings: list[Sequence[int]] = []
    weights: list[float] = []
    for query in group.queries:
        for ranking in searcher.rankings(query):
            rankings.append(ranking)
            weights.append(1.0 / max(1, len(group.queries)))
    if group.sections:
        rankings.append(under_headings(passages, group.sections))
        weights.append(HEADING_WEIGHT)
    if group.first_pages:
        rankings.append([i for i, p in enumerate(passages) if p.start < FIRST_CHARACTERS])
        weights.append(FIRST_WEIGHT)
    scores = fuse(rankings, weights)
    for i, p in enumerate(passages):
        if is_contents(p.text):
            scores[i] = scores.get(i, 0.0) / (2 * RANK_CONSTANT)
    taken: list[Passage] = []
    left = budget_tokens
    for i in sorted(range(len(passages)), key=lambda i: (-scores.get(i, 0.0), i)):
        cost = tokens_of(passages[i].text)
        if left is not None:
            if cost > left:
                continue
            left -= cost
        taken.append(replace(passages[i], score=round(scores.get(i, 0.0), 6)))
    return tuple(sorted(taken, key=lambda p: p.number))


def under_headings(passages: Sequence[Passage], wanted: Sequence[str]) -> list[int]:
    """Indexes of the passages one of whose headings holds all the words of a wanted one, best match first."""
    sets = [set(terms(words)) for words in wanted]
    cache: dict[tuple[str, ...], float] = {}

    def match(heading: tuple[str, ...]) -> float:
        if heading not in cache:
            best = 0.0
            for depth, title in enumerate(reversed(heading)):
                said = set(terms(title))
                for words in sets:
                    if words and words <= said:
                        best = max(best, (len(words) / len(said)) ** 0.5 / (1 + 0.3 * depth))
            cache[heading] = best
        return cache[heading]

    scored = [(match(p.heading), i) for i, p in enumerate(passages)]
    return [i for score, i in sorted(scored, key=lambda x: (-x[0], x[1])) if score > 0]


def is_contents(text: str) -> bool:
    """Whether a passage is a piece of a table of contents.

    >>> is_contents("1 Aim ........ 3\\n2 Design ....... 4\\n3 Ethics ....... 9"), is_contents("See Section 3 ...")
    (True, False)
    """
    return len(_LEADERS.findall(text)) >= 3 and sum(bool(_LEADERS.search(x)) for x in text.split("\n")) >= 3


def tokens_of(text: str) -> int:
    """About how many tokens a text has: four characters each, as English has for the usual tokenizers."""
    return len(text) // 4 + 1
