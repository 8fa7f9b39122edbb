"""One check of a requirement against one document, whatever its form."""

from collections.abc import Iterable, Iterator

from pipeline.validate.clause import check_clause_required
from pipeline.validate.closing import check_signatures
from pipeline.validate.contact import check_landlord_address
from pipeline.validate.finding import Finding, all_of, any_of
from pipeline.validate.forbidden import check_clause_forbidden
from pipeline.validate.matches import Find
from pipeline.validate.passages import ReadText
from pipeline.validate.term_dates import check_term_dates
from pipeline.validate.term_rule import check_term_rule
from schemas import (
    AllOf,
    AnyOf,
    Check,
    ClauseForbidden,
    ClauseRequired,
    Condition,
    LandlordAddress,
    Signatures,
    TermDates,
    TermRule,
    Terms,
)

_SURE = 0.9


def run_check(check: Check, text: ReadText, terms: Terms, find: Find | None = None) -> Finding:
    """What a check finds in a document."""
    match check:
        case TermRule():
            return _compared(check, text, terms, find)
        case ClauseRequired():
            return check_clause_required(check, text, terms, find)
        case ClauseForbidden():
            return check_clause_forbidden(check, text)
        case LandlordAddress():
            return check_landlord_address(text, terms)
        case Signatures():
            return check_signatures(text, terms)
        case TermDates():
            return check_term_dates(text)
        case AnyOf():
            return any_of(_until_held(check.checks, text, terms, find))
        case AllOf():
            return all_of(run_check(part, text, terms, find) for part in check.checks)


def _compared(rule: TermRule, text: ReadText, terms: Terms, find: Find | None) -> Finding:
    """A comparison; where a value is unknown, what a clause says of it in other words ("a deposit of one month's rent")."""
    finding = check_term_rule(rule, terms, text)
    if finding.result == "unclear" and rule.otherwise is not None:
        said = check_clause_required(rule.otherwise, text, terms, find)
        return said if said.result in ("satisfied", "violated") else finding
    return finding


def _until_held(checks: Iterable[Check], text: ReadText, terms: Terms, find: Find | None) -> Iterator[Finding]:
    """The findings of alternatives, no further than the first that surely holds: what follows would cost time for nothing."""
    for part in checks:
        finding = run_check(part, text, terms, find)
        yield finding
        if finding.holds and finding.certainty >= _SURE:
            return


def holds(condition: Condition, text: ReadText, terms: Terms) -> bool | None:
    """Whether a condition is met; None if that cannot be told."""
    return run_check(condition, text, terms).holds
