"""Terms a standard lease fixes, or leaves as blanks that every lease made from it must fill."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.knowledge.building.clauses import Clause
from pipeline.knowledge.building.words import levelled
from pipeline.values.money import find_money
from pipeline.values.numerals import ORDINAL_WORDS, ordinal
from schemas import Check, Operand, TermRule

_BLANK = r"(?:_{3,}|\[ ?\.{0,3} ?\]|\.{5,})"
_SAID = {
    "rent_amount": ("Rent", rf"\brent\b[^.;]{{0,40}}\$ ?{_BLANK}"),
    "deposit_amount": ("Security deposit", rf"\bdeposit\b[^.;]{{0,40}}\$ ?{_BLANK}"),
    "late_fee": ("Late charge", rf"\blate (?:fee|charge)[^.;]{{0,40}}\$ ?{_BLANK}|\blate (?:fee|charge)[^.;]{{0,40}}{_BLANK} ?(?:%|percent)"),
    "rent_paid_by_day_of_month": ("Day the rent is due", rf"(?:on|before|by) the {_BLANK}(?: \(_+\))? day of (?:each|every)"),
    "tenancy_start_date": ("First day of the term", rf"(?:begin|commenc|start)\w*(?: date)?(?: on)?:? {_BLANK}"),
    "tenancy_end_date": ("Last day of the term", rf"\b(?:end|expir|terminat)\w*(?: date)?(?: on)?:? {_BLANK}"),
    "owner_name": ("Landlord's name", rf"\b(?:landlord|lessor|owner)(?: \([^)]*\))?: {_BLANK}|{_BLANK} \(?\"?(?:the )?\"?landlord\b"),
    "tenant_name": ("Tenant's name", rf"\btenant(?: \([^)]*\))?: {_BLANK}|{_BLANK} \(?\"?(?:the )?\"?tenant\b"),
    "property_address": ("Address of the premises", rf"\b(?:dwelling|property|premises|unit|apartment)\b[^.;]{{0,40}}(?:at|address):? {_BLANK}"),
}  # fmt: skip
_DUE = re.compile(
    rf"(?:due|payable|pay|paid)[^.;]{{0,90}}(?:on|before|by) the (?P<day>\d{{1,2}}(?:st|nd|rd|th)|{ORDINAL_WORDS})[^.;]{{0,8}} day of (?:each|every)"
)
_AMOUNT = {
    "rent_amount": r"\brent (?:of|is|shall be):? (?=\$ ?\d)",
    "deposit_amount": r"\bdeposit (?:of|is|shall be):? (?=\$ ?\d)",
}
_NAMES = {
    "rent_amount": "Rent",
    "deposit_amount": "Security deposit",
    "rent_paid_by_day_of_month": "Day the rent is due",
}


@dataclass(frozen=True, slots=True)
class Fixed:
    """A term of a lease that its template settles: by a value, or by a blank that must be filled."""

    term: str
    name: str
    condition: str
    check: Check
    start: int


def terms_of(clauses: Sequence[Clause], opening: str) -> list[Fixed]:
    """The terms that a template fixes or leaves blank, each once, in order of `_SAID`.

    Args:
        clauses: of the template.
        opening: its text before the first clause, where the parties are named.
    """
    parts = [(0, opening), *((clause.start, clause.text) for clause in clauses)]
    found: dict[str, Fixed] = {}
    for start, text in parts:
        plain = levelled(text)
        for fixed in (*_values(plain, start), *_blanks(plain, start)):
            found.setdefault(fixed.term, fixed)
    return [found[term] for term in _SAID if term in found]


def _blanks(plain: str, start: int) -> Iterator[Fixed]:
    for term, (name, pattern) in _SAID.items():
        if re.search(pattern, plain):
            check = TermRule(left=Operand(term=term), op="present")
            yield Fixed(term, f"{name} filled in", f"The blank of the form is filled in: {name.lower()}.", check, start)


def _values(plain: str, start: int) -> Iterator[Fixed]:
    if due := _DUE.search(plain):
        day = _number(due["day"])
        if day is not None:
            yield _fixed("rent_paid_by_day_of_month", "==", day, f"The rent is due on day {day} of the month.", start)
    for term, pattern in _AMOUNT.items():
        for match in re.finditer(pattern, plain):
            amount = next((m for m in find_money(plain[match.end() : match.end() + 30]) if m.start <= 1), None)
            if amount:
                value = float(amount.value.number)
                op, bound = ("==", "") if term == "rent_amount" else ("<=", "at most ")
                yield _fixed(term, op, value, f"{_NAMES[term]}: {bound}${value:,.2f}, as the form fixes it.", start)


def _fixed(term: str, op: str, value: float, condition: str, start: int) -> Fixed:
    rule = {"left": {"term": term}, "op": op, "right": {"const": value}}
    return Fixed(term, f"{_NAMES[term]} as in the form", condition, TermRule.model_validate(rule), start)


def _number(words: str) -> int | None:
    digits = re.match(r"\d+", words)
    return int(digits[0]) if digits else ordinal(words)
