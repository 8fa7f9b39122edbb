"""The report: every requirement with its result, the status and the confidence that follow from them."""

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from pipeline.validate.check import holds, run_check
from pipeline.validate.clause import quotes
from pipeline.validate.finding import Finding
from pipeline.validate.matches import Find
from pipeline.validate.opinion import Ask, Opinion, Question, apart, question_on, second_look
from pipeline.validate.passages import ReadText
from pipeline.validate.wording import fill
from schemas import (
    AllOf,
    AnyOf,
    Check,
    ClauseForbidden,
    ClauseRequired,
    DocType,
    Document,
    Jurisdiction,
    LandlordAddress,
    Requirement,
    RequirementResult,
    Signatures,
    TermDates,
    Terms,
    ValidationReport,
)

StatusText = Literal[
    "agreement is validated", "agreement is not fully validated", "protocol is complete", "protocol is incomplete"
]

_OPEN = ("violated", "missing", "incomplete", "unclear")
_RANK = {"violated": 0, "missing": 1, "incomplete": 2, "unclear": 3, "satisfied": 4, "not_applicable": 5}
_WEIGHT = {"critical": 3.0, "major": 2.0, "minor": 1.0}
_LOW = 0.9  # what a rule that could not be confirmed leaves of a result's certainty


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a requirement came to: whether it counts (mandatory), and the finding behind it."""

    requirement: Requirement
    finding: Finding
    mandatory: bool


def validate(
    terms: Terms,
    document: Document,
    doc_type: DocType,
    jurisdiction: Jurisdiction | None,
    requirements: Sequence[Requirement],
    as_of: date,
    *,
    find: Find | None = None,
    ask: Ask | None = None,
    knowledge_version: str = "",
    threshold: float = 95.0,
    covered: bool = True,
    notes: Iterable[str] = (),
) -> ValidationReport | None:
    """Check a document against requirements; None for a document of type "other".

    The status is "agreement is validated" ("protocol is complete") only when no mandatory requirement is missing, violated,
    incomplete or unclear and the confidence reaches `threshold`. The confidence, in percent, is the mean over the mandatory
    requirements that apply, weighted by severity (3, 2, 1), of how sure it is that each is met: 0 for one that fails, 50 % for an
    unclear one, else the certainty of its finding. That is fixed for clauses (`clause.FOUND`, `forbidden.ABSENT` ...) and follows
    from a term's own confidence where terms were compared (`term_rule`); a rule without a confirmed source counts a tenth less.

    Args:
        terms: the document's terms.
        document: the document itself, for clauses and evidence.
        doc_type: an amendment is only checked for what it changes.
        jurisdiction: where the property is, for the report's head.
        requirements: those in force at that place on `as_of` (`pipeline.knowledge.lookup`).
        as_of: the day whose law was looked up.
        find: an in-document searcher (query, how many), asked for clauses that are not found otherwise.
        ask: a language model, asked about all clauses at once that neither way finds.
        knowledge_version: which knowledge base this was.
        threshold: least confidence, in percent, for a document without faults to be validated.
        covered: whether the knowledge base has the law of the place; a document is never validated where it has not.
        notes: what the reader should know of the report's basis.
    """
    if doc_type == "other":
        return None
    text = ReadText(document)
    outcomes = _judged([_judge(r, text, terms, doc_type, find) for r in requirements], ask)
    results = in_order(_told(o, terms) for o in _consequences_aside(outcomes))
    confidence = confidence_of(results)
    open_ones = [r for r in results if is_open(r)]
    whole = bool(results) and not open_ones and confidence >= threshold and covered
    told = [*notes, *_unsure(open_ones, confidence, threshold, terms)]
    return ValidationReport(
        status=_status(doc_type, whole),
        confidence=confidence,
        as_of=as_of,
        knowledge_version=knowledge_version,
        jurisdiction=jurisdiction.code if jurisdiction else "",
        requirements=results,
        notes=told,
    )


def _status(doc_type: DocType, whole: bool) -> StatusText:
    if doc_type == "clinical_protocol":
        return "protocol is complete" if whole else "protocol is incomplete"
    return "agreement is validated" if whole else "agreement is not fully validated"


def _unsure(open_ones: list[RequirementResult], confidence: float, threshold: float, terms: Terms) -> list[str]:
    """Why a document without faults is not validated: which values were read with too little confidence."""
    if open_ones or confidence >= threshold:
        return []
    doubtful = [
        n
        for n in type(terms).model_fields
        if (t := getattr(terms, n)).value is not None and t.confidence < threshold / 100
    ]
    named = ", ".join(n.replace("_", " ") for n in doubtful[:6])
    return [
        f"No fault was found, but the confidence stays under {threshold:g} %: look at {named or 'the clauses quoted'}."
    ]


_Judging = Generator[Question, Opinion | None, _Outcome | None]


def _judged(requirements: Sequence[_Judging], ask: Ask | None) -> list[_Outcome]:
    """What each requirement came to: all are looked at first, then what is left open is asked in one go, then judged."""
    came = [_advanced(judging) for judging in requirements]
    asked = {i: question for i, question in enumerate(came) if isinstance(question, tuple)}
    opinions = apart(ask(list(asked.values()))) if ask and asked else [None] * len(asked)
    for i, opinion in zip(asked, opinions, strict=True):
        came[i] = _advanced(requirements[i], opinion)
    return [outcome for outcome in came if isinstance(outcome, _Outcome)]


def _consequences_aside(outcomes: list[_Outcome]) -> list[_Outcome]:
    """The outcomes, none of them in the way only for want of a value whose absence is a fault of its own: that is one fault."""
    told = {name for o in outcomes if o.mandatory and o.finding.result == "missing" for name in o.finding.unknown}
    return [
        replace(o, mandatory=False) if o.finding.result == "unclear" and told.intersection(o.finding.unknown) else o
        for o in outcomes
    ]


def _advanced(judging: _Judging, opinion: Opinion | None = None) -> Question | _Outcome | None:
    """The question a requirement has, or what it came to."""
    try:
        return judging.send(opinion)
    except StopIteration as done:
        outcome: _Outcome | None = done.value
        return outcome


def _judge(requirement: Requirement, text: ReadText, terms: Terms, doc_type: DocType, find: Find | None) -> _Judging:
    """One requirement against the document, with at most one question; None where it is none for this type of document."""
    amending = doc_type == "lease_amendment"
    meant = "lease_amendment" in requirement.documents
    if (requirement.documents and doc_type not in requirement.documents) or (
        amending and not meant and not _bounds_something(requirement.check)
    ):
        return None
    applies = _applies(requirement, text, terms)
    if applies is False:
        return None if amending else _Outcome(requirement, Finding("not_applicable"), requirement.mandatory)
    finding = run_check(requirement.check, text, terms, find)
    if not amending and (question := question_on(requirement, finding)):
        finding = second_look(requirement, finding, (yield question), text, terms)
    if applies is None and finding.holds is False:
        finding = replace(
            finding,
            result="unclear",
            certainty=0.5,
            explanation=f"Whether this applies cannot be told. {finding.explanation}",
        )
    mandatory = requirement.mandatory
    if finding.result in ("missing", "incomplete"):
        finding, mandatory = _silence(requirement, finding)
    if amending and not meant and finding.result not in ("satisfied", "violated"):
        return None  # an amendment leaves everything it does not mention as it was
    if requirement.confidence == "low":
        finding = replace(finding, certainty=finding.certainty * _LOW)
    return _Outcome(requirement, finding, mandatory)


def _applies(requirement: Requirement, text: ReadText, terms: Terms) -> bool | None:
    if any(holds(c, text, terms) for c in requirement.exempt_if):
        return False
    met = [holds(c, text, terms) for c in requirement.applies_if]
    return False if False in met else None if None in met else True


def _silence(requirement: Requirement, finding: Finding) -> tuple[Finding, bool]:
    """What it means that the document does not say it (all), and whether that stands in the way of validation."""
    match requirement.on_absence:
        case "advise":
            told = f"{finding.explanation} The law applies all the same; saying it in the agreement avoids disputes."
            return replace(finding, explanation=told), False
        case "unclear" if finding.result == "missing":
            return replace(finding, result="unclear", certainty=0.5), requirement.mandatory
        case "not_applicable" if finding.result == "missing":
            return replace(finding, result="not_applicable"), requirement.mandatory
        case _:
            return finding, requirement.mandatory


def _bounds_something(check: Check) -> bool:
    """Whether a check sets a limit, which an amendment can break, rather than asks for something to be there."""
    match check:
        case ClauseForbidden() | TermDates():
            return True
        case LandlordAddress() | Signatures():
            return False
        case ClauseRequired():
            return check.number is not None
        case AnyOf() | AllOf():
            return any(_bounds_something(part) for part in check.checks)
        case _:
            return check.op != "present"


def confidence_of(results: Iterable[RequirementResult]) -> float:
    """How sure it is that all mandatory requirements are met, in percent: see `validate`.

    >>> confidence_of([])
    0.0
    """
    counted = [r for r in results if r.mandatory and r.result != "not_applicable"]
    total = sum(_WEIGHT[r.severity] for r in counted)
    if not total:
        return 0.0
    return round(100 * sum(_WEIGHT[r.severity] * _sure(r) for r in counted) / total, 1)


def _sure(result: RequirementResult) -> float:
    return result.certainty if result.result == "satisfied" else 0.5 if result.result == "unclear" else 0.0


def is_open(result: RequirementResult) -> bool:
    """Whether a requirement stands in the way of validation."""
    return result.mandatory and result.result in _OPEN


def in_order(results: Iterable[RequirementResult]) -> list[RequirementResult]:
    """What must be dealt with first: open before settled, mandatory before advice, grave before slight."""
    return sorted(results, key=_order)


def _order(r: RequirementResult) -> tuple[int, int, float, int, str]:
    settled = 0 if r.result in _OPEN else 1 if r.result == "satisfied" else 2
    return settled, not r.mandatory, -_WEIGHT[r.severity], _RANK[r.result], r.id


def _told(outcome: _Outcome, terms: Terms) -> RequirementResult:
    requirement, finding = outcome.requirement, outcome.finding
    to_do = finding.result in _OPEN
    return RequirementResult(
        id=requirement.id,
        topic=requirement.topic,
        name=requirement.name,
        kind=requirement.kind,
        condition=fill(requirement.condition, terms, finding.limit),
        citation=requirement.citation,
        url=requirement.url,
        result=finding.result,
        severity=requirement.severity,
        mandatory=outcome.mandatory,
        low_confidence=requirement.confidence == "low",
        certainty=round(finding.certainty, 4),
        explanation=finding.explanation,
        evidence=list(quotes(finding)),
        recommendation=fill(requirement.recommendation, terms, finding.limit) if to_do else "",
        suggested_wording=fill(requirement.suggested_wording, terms, finding.limit) if to_do else "",
    )
