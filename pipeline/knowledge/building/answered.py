"""What a language model said of a clause, as a check: taken only if it holds of the clause it was said of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from pipeline.errors import InvalidAnswer, KnowledgeError
from pipeline.knowledge.building.clauses import Clause
from pipeline.knowledge.building.numbers import stated_in
from pipeline.knowledge.building.shared import Judge
from pipeline.knowledge.cues import faults
from schemas import Check, ClauseRequired
from schemas.requirement import RequirementKind

_OPS = {"at most": "<=", "at least": ">="}
_MOST_GROUPS, _MOST_CUES = 6, 12


@dataclass(frozen=True, slots=True)
class Said:
    """What a clause asks of a lease."""

    name: str
    kind: RequirementKind
    condition: str
    check: Check
    citation: str = ""


def said_by(ask: Callable[[Clause], Mapping[str, Any]], clause: Clause, judge: Judge) -> Said | None:
    """A clause as a language model reads it; None if it says that the clause asks nothing of a lease.

    Args:
        ask: the model; see `pipeline.knowledge.building.draft.Ask`.
        clause: of the template.
        judge: what a check says of a text.

    Raises:
        KnowledgeError: the answer can't be used; the message says why.
    """
    try:
        said = ask(clause)
    except InvalidAnswer as error:
        raise KnowledgeError(str(error)) from error
    kind = said.get("kind")
    if kind == "none":
        return None
    if kind not in ("law", "term", "structure"):
        raise KnowledgeError("the model did not say what kind of clause it is")
    check = _check(said, clause)
    if judge(check, clause.text) != "satisfied":
        raise KnowledgeError("the model's check does not hold of the clause itself")
    name, condition = _text(said, "name", 120), _text(said, "condition", 600)
    if not name or not condition:
        raise KnowledgeError("the model gave no name or condition")
    return Said(name, kind, condition, check, _citation(said, clause))


def _check(said: Mapping[str, Any], clause: Clause) -> ClauseRequired:
    """The model's cues and number as a check.

    Raises:
        KnowledgeError: there are none, one could be slow, or the number does not stand in the clause.
    """
    lines = [str(line) for line in said.get("must_say") or [] if str(line).strip()][:_MOST_GROUPS]
    groups = tuple(tuple(cue.strip().lower() for cue in line.split("|") if cue.strip())[:_MOST_CUES] for line in lines)
    wrong = [fault for group in groups for cue in group for fault in faults(cue)]
    if not groups or not all(groups) or wrong:
        raise KnowledgeError(f"the model's words can't be looked for ({wrong[0] if wrong else 'there are none'})")
    fields: dict[str, Any] = {"all_of": groups}
    number, op = said.get("number"), _OPS.get(str(said.get("bound")))
    if number is not None and op is not None:
        stated = {(s.value, s.unit) for s in stated_in(clause.text)}
        if (_number(number), said.get("unit")) not in stated:
            raise KnowledgeError(f"the model's number {str(number)[:20]} does not stand in the clause")
        fields |= {"number": {"const": _number(number)}, "number_op": op, "number_unit": said["unit"]}
    try:
        return ClauseRequired.model_validate(fields)
    except ValidationError as error:
        raise KnowledgeError("the model's check is not of the schema") from error


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _text(said: Mapping[str, Any], name: str, longest: int) -> str:
    return " ".join(str(said.get(name) or "").split())[:longest]


def _citation(said: Mapping[str, Any], clause: Clause) -> str:
    """The statute the model read, if it stands in the clause."""
    cited = _text(said, "citation", 200)
    return cited if cited and cited in " ".join(clause.text.split()) else ""
