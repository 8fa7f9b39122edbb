"""What one check found, and how findings combine: three-valued, so that what is not known is never a pass."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from schemas import CheckResult, Evidence

_FAILED: tuple[CheckResult, ...] = ("violated", "incomplete", "missing")


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check.

    Args:
        result: as the report shows it.
        certainty: how sure the result is, 0..1.
        evidence: where the document says so.
        explanation: one sentence for the reader, with the numbers that were compared.
        limit: the bound that was applied, if there is one; fills {limit} in wording.
        unknown: the terms that the document does not state and the result turns on.
    """

    result: CheckResult
    certainty: float = 1.0
    evidence: tuple[Evidence, ...] = ()
    explanation: str = ""
    limit: Decimal | None = None
    unknown: tuple[str, ...] = ()

    @property
    def holds(self) -> bool | None:
        """True, False, or None where it cannot be said.

        >>> Finding("satisfied").holds, Finding("violated").holds, Finding("unclear").holds
        (True, False, None)
        """
        return True if self.result == "satisfied" else False if self.result in _FAILED else None


def any_of(findings: Iterable[Finding]) -> Finding:
    """Kleene's or: satisfied if one is, unclear if one might be, else the gravest failure.

    >>> any_of([Finding("missing"), Finding("unclear")]).result
    'unclear'
    """
    asked = [f for f in findings if f.result != "not_applicable"]
    if not asked:
        return Finding("not_applicable")
    if held := [f for f in asked if f.holds]:
        return max(held, key=lambda f: f.certainty)
    if unsure := [f for f in asked if f.holds is None]:
        return unsure[0]
    return _gravest(asked)


def all_of(findings: Iterable[Finding]) -> Finding:
    """Kleene's and: fails if one fails, unclear if one might, satisfied if all are.

    >>> all_of([Finding("satisfied"), Finding("unclear"), Finding("violated")]).result
    'violated'
    """
    asked = [f for f in findings if f.result != "not_applicable"]
    if not asked:
        return Finding("not_applicable")
    if failed := [f for f in asked if f.holds is False]:
        return _gravest(failed)
    if unsure := [f for f in asked if f.holds is None]:
        return unsure[0]
    evidence = tuple(e for f in asked for e in f.evidence)
    told = " ".join(f.explanation for f in asked if f.explanation)
    return Finding("satisfied", min(f.certainty for f in asked), evidence, told, asked[-1].limit)


def _gravest(failed: list[Finding]) -> Finding:
    return min(failed, key=lambda f: _FAILED.index(f.result))
