"""`kb check`: whether every pack is of the schema, cited, dated, executable and safe."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from urllib.parse import urlsplit

from pipeline.errors import KnowledgeError
from pipeline.knowledge.cues import faults
from pipeline.knowledge.packs import load_pack, pack_codes
from schemas import (
    AllOf,
    AnyOf,
    Check,
    ClauseForbidden,
    ClauseRequired,
    LeaseTerms,
    Operand,
    Pack,
    ProtocolTerms,
    Requirement,
    TermRule,
)

PLACEHOLDERS = frozenset(
    {
        "tenant",
        "landlord",
        "deposit",
        "rent",
        "property_address",
        "state",
        "start_date",
        "end_date",
        "due_day",
        "limit",
        "term",
    }
)

TOPICS = (
    "deposit_cap",
    "deposit_holding",
    "deposit_return",
    "late_fee",
    "termination_notice",
    "rent_increase_notice",
    "entry_notice",
    "identity",
    "mold",
    "bed_bugs",
    "flood",
    "radon",
    "sex_offender",
    "move_in_checklist",
    "shared_utilities",
    "waiver_of_rights",
    "habitability",
    "self_help",
    "confession_of_judgment",
    "jury_waiver",
    "notice_waiver",
    "attorney_fees",
    "exculpation",
    "format",
)
"""What every state's pack speaks of, be it to say that the law of the place is silent."""
_STATE = re.compile(r"US-[A-Z]{2}")


def check_packs(codes: Iterable[str] | None = None) -> list[str]:
    """What is wrong with the packs, one line each; empty when they are in order.

    Args:
        codes: jurisdictions to check; all if None.

    >>> check_packs()
    []
    """
    found: list[str] = []
    for code in pack_codes() if codes is None else codes:
        try:
            pack = load_pack(code)
        except KnowledgeError as error:
            found.append(str(error))
            continue
        if pack.jurisdiction != code:
            found.append(f"{code}: the pack says it is {pack.jurisdiction}")
        found += check_pack(pack)
    return found


def check_pack(pack: Pack) -> list[str]:
    """What is wrong with one pack."""
    return [*_topic_faults(pack), *_entry_faults(pack)]


def _topic_faults(pack: Pack) -> Iterator[str]:
    """A state's pack has a rule on every topic, or says that there is none; never both."""
    ruled, silent = {r.topic for r in pack.requirements}, {s.topic for s in pack.silent}
    for topic in sorted(silent - set(TOPICS)):
        yield f"{pack.jurisdiction}: silent on {topic}, which is no topic"
    for topic in sorted(silent & ruled):
        yield f"{pack.jurisdiction}: has a rule on {topic} and says that there is none"
    if _STATE.fullmatch(pack.jurisdiction):
        for topic in TOPICS:
            if topic not in silent | ruled:
                yield f"{pack.jurisdiction}: no rule on {topic}, and nothing that says there is none"


def _entry_faults(pack: Pack) -> list[str]:
    found = [f"{r.id}: {fault}" for r in pack.requirements for fault in _requirement_faults(r, pack)]
    for position, one in enumerate(pack.requirements):
        for other in pack.requirements[position + 1 :]:
            if one.id == other.id and _overlap(one, other):
                found.append(f"{one.id}: two versions are in force at once")
    return found


def _requirement_faults(requirement: Requirement, pack: Pack) -> Iterator[str]:
    if not requirement.id.startswith(f"{pack.jurisdiction}."):
        yield f"the id does not start with {pack.jurisdiction}."
    if pack.doc_type == "lease" and requirement.kind == "law" and not requirement.topic.strip():
        yield "no topic"
    if not requirement.citation.strip():
        yield "no citation"
    for name, address in (("url", requirement.url), ("source", requirement.source or requirement.url)):
        if urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).netloc:
            yield f"{name} is no web address: {address!r}"
    if requirement.kind == "law" and requirement.confidence == "high" and not requirement.source:
        yield "a law of high confidence names the source it was confirmed against"
    texts = (requirement.condition, requirement.recommendation, requirement.suggested_wording)
    for name in sorted({n for text in texts for n in re.findall(r"\{(\w+)\}", text)} - PLACEHOLDERS):
        yield f"unknown placeholder {{{name}}}"
    fields = (ProtocolTerms if pack.doc_type == "clinical_protocol" else LeaseTerms).model_fields
    for check in (requirement.check, *requirement.applies_if, *requirement.exempt_if):
        yield from _check_faults(check, frozenset(fields))


def _check_faults(check: Check, fields: frozenset[str]) -> Iterator[str]:
    match check:
        case TermRule():
            if check.op != "present" and check.right is None:
                yield f"a comparison {check.op!r} needs a right side"
            yield from _operand_faults(check.left, fields)
            if check.right is not None:
                yield from _operand_faults(check.right, fields)
            if check.unless_absent is not None and check.unless_absent not in fields:
                yield f"unknown term {check.unless_absent!r}"
        case ClauseRequired():
            if not check.all_of or not all(check.all_of):
                yield "a required clause needs cues"
            yield from _cue_faults(c for group in check.all_of for c in group)
            yield from _cue_faults((*check.none_of, *check.number_near, *check.number_with), filtered=False)
            if check.number is not None:
                yield from _operand_faults(check.number, fields)
        case ClauseForbidden():
            yield from _cue_faults(check.patterns)
            yield from _cue_faults((*check.unless, *check.unless_beside, *check.kind_with), filtered=False)
        case AnyOf() | AllOf():
            for part in check.checks:
                yield from _check_faults(part, fields)


def _operand_faults(operand: Operand, fields: frozenset[str]) -> Iterator[str]:
    if sum(x is not None and x != () for x in (operand.term, operand.const, operand.max_of, operand.min_of)) != 1:
        yield "an operand is one of a term, a constant, or the greatest or least of several"
    for name in (operand.term, operand.percent_of if operand.measure == "dollars" else None):
        if name is not None and name not in fields:
            yield f"unknown term {name!r}"
    for part in (*operand.max_of, *operand.min_of):
        yield from _operand_faults(part, fields)


def _cue_faults(cues: Iterable[str], *, filtered: bool = True) -> Iterator[str]:
    for cue in cues:
        for fault in faults(cue, filtered=filtered):
            yield f"cue {cue!r}: {fault}"


def _overlap(one: Requirement, other: Requirement) -> bool:
    return one.in_force_from <= (other.in_force_to or date.max) and other.in_force_from <= (one.in_force_to or date.max)
