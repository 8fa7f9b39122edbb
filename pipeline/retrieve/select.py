"""Which passages a field group is shown: searched for, under the right headings, first pages, within a token budget."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.retrieve.search import Searcher, fuse, terms
from schemas import Analysis, FieldGroup, Passage

# Weights of the rankings against 1 for all of a group's queries by words; set by the share of gold quotes shown.
MEANING_WEIGHT = 0.5
HEADING_WEIGHT = 1.0
FIRST_WEIGHT = 3.0
RANK_CONSTANT = 10  # sharper than the usual 60: the best few passages of each question count, not the agreement
FIRST_CHARACTERS = 4_000  # what counts as the first pages
CONTENTS_WEIGHT = 0.01  # what a table of contents counts

_LEADERS = re.compile(r"(?:\.\s?){5}|·{4}|…\s?…")


def passages_for(
    group: FieldGroup, searcher: Searcher, budget_tokens: int | None, questions: Sequence[str] = ()
) -> tuple[Passage, ...]:
    """The passages that most likely answer a field group, in document order, each with its score.

    The group's queries and the questions rank the passages by words and by meaning; headings that hold the words of the
    group's `sections` and, where asked for, the first pages are rankings of their own. All are fused by reciprocal rank,
    and passages are taken from the top until the budget is spent.

    Args:
        budget_tokens: how much text may be shown; None: all of it.
        questions: what is asked for, one per field (see `questions_of`).
    """
    passages = searcher.passages
    rankings: list[Sequence[int]] = []
    weights: list[float] = []
    for queries in (group.queries, questions):
        for query in queries:
            words, meaning = searcher.rankings(query)
            rankings += [words, meaning]
            weights += [1 / len(queries), MEANING_WEIGHT / len(queries)]
    rankings.append(under_headings(passages, group.sections))
    weights.append(HEADING_WEIGHT)
    if group.first_pages:
        rankings.append([i for i, p in enumerate(passages) if p.start < FIRST_CHARACTERS])
        weights.append(FIRST_WEIGHT)
    scores = fuse(rankings, weights, RANK_CONSTANT)
    scored = [
        replace(p, score=round(scores.get(i, 0.0) * (CONTENTS_WEIGHT if is_contents(p.text) else 1.0), 6))
        for i, p in enumerate(passages)
    ]
    return within_budget(scored, budget_tokens)


def within_budget(passages: Sequence[Passage], budget_tokens: int | None) -> tuple[Passage, ...]:
    """The best scored passages that fit into a budget, in document order; None: all of them."""
    if budget_tokens is None:
        return tuple(passages)
    taken: list[Passage] = []
    left = budget_tokens
    for passage in sorted(passages, key=lambda p: (-p.score, p.number)):
        cost = tokens_of(passage.text)
        if cost <= left:
            left -= cost
            taken.append(passage)
    return tuple(sorted(taken, key=lambda p: p.number))


def questions_of(analysis: Analysis, group: FieldGroup) -> tuple[str, ...]:
    """What each field of a group asks for: its name and its description.

    >>> from schemas import analysis_for
    >>> lease = analysis_for("lease")
    >>> questions_of(lease, lease.groups[5])[0]
    'deposit amount: security deposit, a number'
    """
    fields = analysis.model.model_fields
    return tuple(f"{name.replace('_', ' ')}: {fields[name].description}" for name in group.fields)


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
