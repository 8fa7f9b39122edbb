"""A second look at a clause that the cues did not settle: what a language model says of it, checked before it counts."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from pipeline.validate.bounds import compare_numbers
from pipeline.validate.finding import Finding
from pipeline.validate.matches import Match
from pipeline.validate.passages import ReadText
from schemas import AllOf, AnyOf, Check, CheckResult, ClauseRequired, Evidence, Requirement, Terms

CEILING = 0.9  # certainty that a model's word can reach: it is not measured as the cues are
_TRUSTED = 0.6  # least confidence with which its word counts


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a language model says of a requirement: the result, its confidence, the evidence as located, and why."""

    result: CheckResult
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    explanation: str = ""


Ask = Callable[[str, str], Opinion | None]
"""Asks what is required (in words), with a query for its passages."""


def second_look(requirement: Requirement, finding: Finding, text: ReadText, terms: Terms, ask: Ask | None) -> Finding:
    """The finding, or a language model's in its place, where the cues found nothing or could not tell.

    A clause only counts as found with a quote that stands in the document, and the number in it is compared here, whatever the
    model says of it.

    Args:
        requirement: what is required.
        finding: what the cues found.
        text, terms: the document.
        ask: the model; None offline.
    """
    clause = _clause(requirement.check)
    if ask is None or clause is None or clause.headings or finding.result not in ("missing", "unclear"):
        return finding
    opinion = ask(requirement.condition, " ".join(clause.queries) or f"{requirement.name}. {requirement.condition}")
    if opinion is None or opinion.confidence < _TRUSTED or opinion.result in ("unclear", "not_applicable", "missing"):
        return finding
    if not opinion.evidence:
        return finding
    certainty = min(opinion.confidence, CEILING)
    place = opinion.evidence[0]
    if clause.number is not None:
        compared = compare_numbers(clause, [Match(place.start, place.end, certainty)], text, terms)
        if compared.result in ("satisfied", "violated"):
            return replace(compared, evidence=opinion.evidence)
        if opinion.result == "satisfied" and not clause.number_optional:
            return replace(compared, evidence=opinion.evidence)
    return Finding(opinion.result, certainty, opinion.evidence, opinion.explanation, finding.limit)


def _clause(check: Check) -> ClauseRequired | None:
    """The clause a check asks for, None if it asks for something else."""
    match check:
        case ClauseRequired():
            return check
        case AnyOf() | AllOf():
            return next((found for part in check.checks if (found := _clause(part))), None)
        case _:
            return None
