"""Clauses that are one of the shared rules of `rules/*.yaml`: which rule, and with which numbers."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from pipeline.knowledge.building.clauses import Clause
from pipeline.knowledge.building.numbers import Stated, stated_in
from pipeline.knowledge.building.words import levelled, stems
from pipeline.knowledge.cues import find_cue
from pipeline.knowledge.rules import expand, parameters, rules
from pipeline.values.durations import find_durations
from schemas import Check, CheckResult, ClauseForbidden, TermRule

Judge = Callable[[Check, str], CheckResult]
"""What a check says of a text: validation, which stands above this package and is handed in."""

_CHECK: TypeAdapter[Check] = TypeAdapter(Check)
_NEGATIVE = re.compile(r"\b(?:not|no|nor|never|neither|nothing|void|prohibit\w*|unenforceable|forbid\w*)\b")
_CAP = re.compile(
    r"(?:(?:not|never|no|cannot)\b.{0,24}(?:exceed|more|greater|higher|larger) ?(?:than)?|at most|limited to|up to|maximum of|equal to|equals)"
    r" (?P<length>.{0,60}?\bmonth(?:s|'s|s')?),? ?(?:of )?(?:the )?(?:monthly )?rent"
)
_STEP = 0.25  # a bound that much tighter must be broken by the number, else it is not the number that is compared


@dataclass(frozen=True)
class Ruled:
    """A clause as a shared rule with its numbers; `fit` is how well they go together."""

    rule: str
    values: Mapping[str, float]
    clause: Clause
    fit: int = 0


def check_of(rule: str, values: Mapping[str, float]) -> Check:
    """The check of a shared rule with its numbers put in.

    >>> check_of("deposit_return", {"days": 21}).number.const
    21.0
    """
    return _check(rule, tuple(sorted(values.items())))


@cache
def _takes(rule: str) -> frozenset[str]:
    """The names of a rule's parameters, its own found once."""
    return parameters(rules()[rule])


@cache
def _check(rule: str, values: tuple[tuple[str, float], ...]) -> Check:
    return _CHECK.validate_python(expand({"rule": rule, "with": dict(values)}, "US")["check"])


def ruled(clauses: Sequence[Clause], judge: Judge) -> list[Ruled]:
    """The shared rules that a template's clauses state, each by the clause that fits it best.

    Args:
        clauses: of the template.
        judge: what a check says of a text.
    """
    best: dict[str, Ruled] = {}
    whole = "\n\n".join(clause.text for clause in clauses)
    for clause in clauses:
        for found in _of_clause(clause, judge):
            check = check_of(found.rule, found.values)
            if not isinstance(check, TermRule) and judge(check, whole) != "satisfied":
                continue  # another clause of the template speaks against it
            if found.rule not in best or found.fit > best[found.rule].fit:
                best[found.rule] = found
    return _sharpest(list(best.values()))


def _of_clause(clause: Clause, judge: Judge) -> Iterator[Ruled]:
    yield from _caps(clause)
    for name, rule in rules().items():
        wanted, kind = _takes(name), rule["check"]["type"]
        queries = " ".join(rule["check"].get("queries", ()))
        fit = 2 * _overlap(clause.title, f"{name} {rule['topic']} {rule['name']} {queries}") + bool(clause.citation)
        if kind == "clause_required" and len(wanted) == 1 and "number" in rule["check"]:
            if fit == 1:  # under a statute on something else
                continue
            if (value := _number(name, next(iter(wanted)), rule["check"], clause, judge)) is not None:
                yield Ruled(name, {next(iter(wanted)): value}, clause, fit + 1)
        elif wanted or kind == "term_rule" or not clause.citation:
            continue
        elif kind == "clause_forbidden":
            check = check_of(name, {})
            if isinstance(check, ClauseForbidden) and denied(check, clause):
                yield Ruled(name, {}, clause, fit)
        elif fit > 1 and judge(check_of(name, {}), clause.text) == "satisfied":
            yield Ruled(name, {}, clause, fit)


def _sharpest(found: list[Ruled]) -> list[Ruled]:
    """Without rules that say less than others of the same clause: "reasonable notice" beside 24 hours."""
    kept: list[Ruled] = []
    for one in sorted(found, key=lambda r: (not r.values, -r.fit)):
        beside = [r for r in kept if r.clause.start == one.clause.start]
        plain = [r for r in beside if not r.values and _forbids(r) == _forbids(one)]
        if one.values or _forbids(one):
            kept += [] if not one.values and _topic(one) in {_topic(r) for r in plain} else [one]
        elif _topic(one) not in {_topic(r) for r in beside if r.values} and all(r.fit <= one.fit for r in plain):
            kept.append(one)
    return kept


def _topic(found: Ruled) -> str:
    return str(rules()[found.rule]["topic"])


def _forbids(found: Ruled) -> bool:
    return bool(rules()[found.rule]["check"]["type"] == "clause_forbidden")


def _overlap(title: str, name: str) -> int:
    """How many telling words a heading shares with the name of a rule."""
    said = set(stems(title))
    return sum(any(a.startswith(b) or b.startswith(a) for b in said) for a in stems(name.replace("_", " ")))


def _number(name: str, parameter: str, check: Mapping[str, Any], clause: Clause, judge: Judge) -> float | None:
    """The number with which a rule holds of a clause, and beyond which it does not; None if the clause states none."""
    tighter = -_STEP if check.get("number_op", "<=") == "<=" else _STEP
    candidates = _candidates(check.get("number_unit", "days"), clause)
    for value in candidates if tighter < 0 else reversed(candidates):
        if judge(check_of(name, {parameter: value}), clause.text) == "satisfied":
            return value if judge(check_of(name, {parameter: value + tighter}), clause.text) == "violated" else None
        if judge(check_of(name, {parameter: value}), clause.text) == "missing":
            return None
    return None


def _candidates(unit: str, clause: Clause) -> list[float]:
    """Numbers that a clause may mean; the tightest that holds is the one it states."""
    if unit == "grace_days":
        return [float(day) for day in range(1, 31)]
    per: dict[str, dict[str, float]] = {
        "hours": {"hours": 1, "days": 24},
        "days": {"days": 1, "months": 30, "hours": 1 / 24},
        "months": {"months": 1},
    }
    scale = per.get(unit, {unit: 1})
    return sorted({round(s.value * scale[s.unit], 4) for s in stated_in(clause.text) if s.unit in scale})


def denied(check: ClauseForbidden, clause: Clause) -> bool:
    """Whether a clause speaks of what a rule forbids, in a sentence that denies it."""
    text = levelled(clause.text)
    for pattern in check.patterns:
        for start, end in find_cue(pattern, text, 0, len(text)):
            before = max(text.rfind(". ", 0, start), text.rfind("; ", 0, start)) + 1
            if _NEGATIVE.search(text, before, end + 80):
                return True
    return False


def _caps(clause: Clause) -> Iterator[Ruled]:
    """Caps of the deposit and of the late fee, which are compared with the lease's terms."""
    for sentence in re.split(r"(?<=[.;])\s+", clause.body):
        plain = " ".join(sentence.replace("’", "'").split())
        low = plain.lower()
        if "deposit" in low and (cap := _CAP.search(low)) and (lengths := find_durations(cap["length"])):
            yield Ruled("deposit_cap", {"months": float(lengths[0].value.count)}, clause, 2)
        if re.search(r"late (?:fee|charge|payment)", low):
            yield from _late_fee(plain, clause)


def _late_fee(sentence: str, clause: Clause) -> Iterator[Ruled]:
    """The cap of a late fee, or the fee the form fixes."""
    low = sentence.lower()
    numbers = stated_in(sentence)
    dollars: Stated | None = next((n for n in numbers if n.unit == "dollars"), None)
    percent: Stated | None = next((n for n in numbers if n.unit == "percent"), None)
    if re.search(r"return|bounced|dishonou?r|insufficient", low):
        return
    if dollars and percent:
        which = "lesser" if re.search(r"whichever is (?:less|lower|smaller)|lesser of|lower of", low) else "greater"
        if re.search(r"whichever|(?:greater|lesser|lower|larger|higher) of", low):
            yield Ruled(f"late_fee_cap_{which}", {"dollars": dollars.value, "percent": percent.value}, clause, 3)
    elif percent and "rent" in low:
        yield Ruled("late_fee_cap_percent", {"percent": percent.value}, clause, 2)
    elif dollars:
        yield Ruled("late_fee_cap_dollars", {"dollars": dollars.value}, clause, 2)
