"""Whether the law that ships already asks what a template's clause says, or the template is stricter."""

from collections.abc import Sequence

from pipeline.knowledge.building.clauses import Clause, sections_cited
from pipeline.knowledge.building.shared import Judge, denied
from pipeline.knowledge.building.words import stems
from pipeline.knowledge.rules import rules
from schemas import AllOf, AnyOf, Check, ClauseForbidden, ClauseRequired, Requirement, TermRule

_SAID = ("satisfied", "violated", "incomplete")


def asked_already(drafted: Requirement, shipped: Sequence[Requirement]) -> tuple[Requirement | None, bool]:
    """The shipped requirement that asks the same as a drafted one, and whether the draft asks for more.

    The same is the same rule, or the same kind of check on the same topic.

    Args:
        drafted: from a template.
        shipped: in force at the template's place and day.
    """
    rule = drafted.id.rpartition(".")[2]
    same = [s for s in shipped if s.id.rpartition(".")[2] == rule and s.topic == drafted.topic]
    same += [s for s in shipped if drafted.topic and s.topic == drafted.topic and _covers(s, drafted)]
    same += [s for s in shipped if not s.topic and _bound(s.check)[0] == _bound(drafted.check)[0] is not None]
    if not same:
        return None, False
    return same[0], _stricter(drafted.check, same[0].check)


def said_already(clause: Clause, shipped: Sequence[Requirement], judge: Judge) -> list[Requirement]:
    """The shipped requirements that a clause speaks to: of the same section of the law, or the same matter by its heading.

    Args:
        clause: of the template.
        shipped: in force at the template's place and day.
        judge: what a check says of a text.
    """
    cited, title = sections_cited(clause.citation), stems(clause.title)
    near = [r for r in shipped if cited & sections_cited(r.citation)]
    if not cited:
        near = [
            r for r in shipped if title and isinstance(r.check, ClauseRequired | AnyOf) and title[0] in stems(r.name)
        ]
    return [r for r in near if _speaks(clause, r.check, judge)]


def _speaks(clause: Clause, check: Check, judge: Judge) -> bool:
    match check:
        case ClauseForbidden():
            return denied(check, clause)
        case ClauseRequired():
            return judge(check, clause.text) in _SAID
        case AnyOf() | AllOf():
            return any(_speaks(clause, part, judge) for part in check.checks)
        case _:
            return False


def _covers(shipped: Requirement, drafted: Requirement) -> bool:
    """Whether a shipped requirement on the same topic compares the same number, or the draft compares none.

    Two shared rules for clauses are two matters (interest on the deposit, where it is held), unless one only adds a number.
    """
    one, other = _first(shipped.check), _first(drafted.check)
    limit, wanted = _bound(one)[0], _bound(other)[0]
    if type(one) is not type(other):
        return False
    if isinstance(other, ClauseRequired) and {s.id.rpartition(".")[2] for s in (shipped, drafted)} <= rules().keys():
        return wanted is None and limit is not None
    return wanted in (None, limit)


def _stricter(drafted: Check, shipped: Check) -> bool:
    (what, value), (other, limit) = _bound(drafted), _bound(shipped)
    if what is None or what != other or value is None or limit is None:
        return False
    return value < limit if what[-1] == "<=" else value > limit if what[-1] == ">=" else False


def _bound(check: Check) -> tuple[tuple[str, ...] | None, float | None]:
    """What a check compares and in which direction, and the bound; None if it compares nothing with one number."""
    match _first(check):
        case ClauseRequired() as clause if clause.number is not None and isinstance(clause.number.const, int | float):
            return ("clause", clause.number_unit, clause.number_op), float(clause.number.const)
        case TermRule() as rule if rule.right is not None and rule.op in ("<=", ">=", "=="):
            left, right = rule.left, rule.right
            if right.term is not None:
                times = right.percent / 100 if right.percent is not None else right.times
                return ("term", left.term or "", right.term, rule.op), times
            if isinstance(right.const, int | float) and not isinstance(right.const, bool):
                return ("term", left.term or "", "", rule.op), float(right.const)
    return None, None


def _first(check: Check) -> Check:
    """The first part of a combination, which is the usual case of a law with special ones."""
    while isinstance(check, AnyOf | AllOf) and check.checks:
        check = check.checks[0]
    return check
