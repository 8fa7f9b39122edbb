"""Every lease field of a document: each family proposes candidates, the scorer chooses, later families build on that."""

from collections.abc import Callable, Mapping

from pipeline.generate.offline.lease import (
    clauses,
    deposit,
    fixtures,
    late,
    location,
    parties,
    pets,
    power,
    premises,
    rent,
    term,
    title,
)
from pipeline.generate.offline.lease.candidates import Candidate
from pipeline.generate.offline.lease.layout import Layout, lay_out
from pipeline.generate.offline.lease.scorer import Choice, Weights, answer, learned, ranked
from schemas import Document, FieldAnswer, LeaseTerms

Propose = Callable[[Layout, Mapping[str, Choice]], dict[str, list[Candidate]]]

FAMILIES: tuple[Propose, ...] = (
    title.propose, parties.propose, premises.propose, location.propose, term.propose, term.propose_end,
    rent.propose, late.propose, deposit.propose, deposit.propose_when, clauses.propose, power.propose, pets.propose,
    fixtures.propose,
)  # fmt: skip
"""In the order in which they build on one another."""

PRIORS: dict[str, dict[str, float]] = {
    **title.PRIORS, **parties.PRIORS, **premises.PRIORS, **location.PRIORS, **term.PRIORS, **rent.PRIORS, **deposit.PRIORS, **clauses.PRIORS,
    **power.PRIORS, **pets.PRIORS, **fixtures.PRIORS,
}  # fmt: skip
"""Weights by hand, which learning starts from and is drawn to."""


def weights_of(field: str, weights: Weights) -> Mapping[str, float]:
    """The weights of a field: learned where there are any, else by hand."""
    return {**PRIORS[field], **weights.get(field, {})}


def propose_all(document: Document, weights: Weights) -> tuple[Layout, dict[str, list[Candidate]], dict[str, Choice]]:
    """The layout of a lease, the candidates of every field, and the best choice of each."""
    layout = lay_out(document)
    proposed: dict[str, list[Candidate]] = {}
    chosen: dict[str, Choice] = {}
    for propose in FAMILIES:
        for field, candidates in propose(layout, chosen).items():
            proposed[field] = candidates
            order = ranked(candidates, weights_of(field, weights))
            if order:
                chosen[field] = order[0]
    return layout, proposed, chosen


def read(document: Document, weights: Weights | None = None) -> dict[str, FieldAnswer]:
    """Every field of a lease with its value, quotes and probability; fields the lease does not state have no value.

    Args:
        document: the lease as parsed.
        weights: weights of the features by field; None for those that ship with the package.
    """
    weights = learned() if weights is None else weights
    layout, _, chosen = propose_all(document, weights)
    text = document.text
    answers = {field: answer(text, field, chosen.get(field), weights) for field in LeaseTerms.model_fields}
    kind = title.new_or_amendment(layout, chosen.get("lease_id"))
    answers["new_or_amendment"] = answer(text, "new_or_amendment", Choice(kind, 0.95))
    state = answers["state"].value
    money = rent.currency(chosen.get("rent_amount") if answers["rent_amount"].value else None, layout, state)
    if money:
        answers["rent_currency"] = answer(
            text, "rent_currency", Choice(money, max(answers["rent_amount"].confidence, 0.9))
        )
    return answers
