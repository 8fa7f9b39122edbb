"""A second look at a clause that the cues did not settle: what a language model says of it, checked before it counts."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipeline.validate.bounds import compare_numbers
from pipeline.validate.finding import Finding
from pipeline.validate.matches import Match
from pipeline.validate.passages import ReadText
from schemas import AllOf, AnyOf, Check, CheckResult, ClauseRequired, Evidence, Requirement, Terms

CEILING = 0.9  # certainty that a model's word can reach: it is not measured as the cues are
_TRUSTED = 0.6  # least confidence with which its word counts
_SHARED = 2  # words at least that a clause has in common with what is asked
_QUESTIONS = 2  # that one place in a document can answer
_AROUND = 300  # characters about a quote that are looked at
_WORD = re.compile(r"[a-z]{4,}")
_COMMON = frozenset(
    {"agree", "landl", "lease", "must", "premi", "prope", "shall", "shoul", "tenan", "that", "their", "there", "this", "when",
     "where", "which", "with"}
)  # fmt: skip
_TO_MACHINES = re.compile(
    r"(?i)\b(?:ignore|disregard|forget|override)\b[^.]{0,60}\b(?:instructions?|rules|prompts?)\b"
    r"|\b(?:AI|language)[ -](?:model|reviewer|assistant|system|agent)s?\b|^\s*(?:system|assistant|human|user):"
    r"|\b[a-z]+(?:_[a-z]+)+\b(?!@)|[{<‹]\s*/?\s*\"?(?:value|document|passage|example)s?\b",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a language model says of a requirement: the result, its confidence, the evidence as located, and why."""

    result: CheckResult
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    explanation: str = ""


Question = tuple[str, str]
"""What is required (in words), and a query for the passages that may say it."""

Ask = Callable[[Sequence[Question]], Sequence[Opinion | None]]
"""Asks all the questions of a validation at once; an opinion for each, None where there is none."""


def question_on(requirement: Requirement, finding: Finding) -> Question | None:
    """What a language model is to be asked: about a clause that the cues did not find or could not tell of, else nothing."""
    clause = _clause(requirement.check)
    if clause is None or clause.headings or finding.result not in ("missing", "unclear"):
        return None
    return requirement.condition, " ".join(clause.queries) or f"{requirement.name}. {requirement.condition}"


def second_look(
    requirement: Requirement, finding: Finding, opinion: Opinion | None, text: ReadText, terms: Terms
) -> Finding:
    """The finding, or a language model's in its place.

    A clause only counts as found with a quote that stands in the document, and the number in it is compared here, whatever the
    model says of it.

    Args:
        requirement: what is required.
        finding: what the cues found.
        opinion: the model's; None offline.
        text, terms: the document.
    """
    clause = _clause(requirement.check)
    if clause is None or opinion is None:
        return finding
    if opinion.confidence < _TRUSTED or opinion.result in ("unclear", "not_applicable", "missing"):
        return finding
    about = f"{requirement.name} {requirement.condition} {' '.join(clause.queries)}"
    evidence = tuple(place for place in opinion.evidence if _is_clause(text.document.text, place, about))
    if not evidence:
        return finding
    certainty = min(opinion.confidence, CEILING)
    place = evidence[0]
    if clause.number is not None:
        compared = compare_numbers(clause, [Match(place.start, place.end, certainty)], text, terms)
        if compared.result in ("satisfied", "violated"):
            return replace(compared, evidence=evidence)
        if opinion.result == "satisfied" and not clause.number_optional:
            return replace(compared, evidence=evidence)
    return Finding(opinion.result, certainty, evidence, opinion.explanation, finding.limit)


def apart(opinions: Sequence[Opinion | None]) -> list[Opinion | None]:
    """The opinions without those that rest on a place on which many do: what answers every question is no clause.

    >>> place = Evidence(page=1, start=0, end=9, quote="All is in")
    >>> apart([Opinion("satisfied", 0.9, (place,))] * 3)
    [None, None, None]
    """
    places = [opinion.evidence if opinion else () for opinion in opinions]
    return [o if o is None or _resting(o.evidence, places) <= _QUESTIONS else None for o in opinions]


def _resting(own: Sequence[Evidence], places: Sequence[Sequence[Evidence]]) -> int:
    """How many opinions, this one among them, have a place in common with it."""
    return sum(any(a.start < b.end and b.start < a.end for a in own for b in other) for other in places)


def _is_clause(text: str, place: Evidence, about: str) -> bool:
    """Whether a place can be the clause that is asked for: it has words of the question, and does not speak to a machine.

    A document may hold words that tell a model to find the clause; quoting these, it would prove what is not there.
    """
    around = text[max(0, place.start - _AROUND) : place.end + _AROUND]
    if _TO_MACHINES.search(around):
        return False
    return len(_stems(place.quote) & _stems(about)) >= _SHARED


def _stems(text: str) -> set[str]:
    """Beginnings of the words that tell what a text is about."""
    return {word[:5] for word in _WORD.findall(text.lower())} - _COMMON


def _clause(check: Check) -> ClauseRequired | None:
    """The clause a check asks for, None if it asks for something else."""
    match check:
        case ClauseRequired():
            return check
        case AnyOf() | AllOf():
            return next((found for part in check.checks if (found := _clause(part))), None)
        case _:
            return None
