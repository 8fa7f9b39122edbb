"""Comparisons over extracted terms: three-valued, and a value that is barely trusted can fail but never pass."""

import re
from dataclasses import dataclass
from decimal import Decimal

from pipeline.validate.charges import late_charge
from pipeline.validate.deposits import further_deposit, prepaid_rent
from pipeline.validate.finding import Finding
from pipeline.validate.late_fees import LateFee, unread_late_fee
from pipeline.validate.passages import ReadText
from schemas import Evidence, Operand, Term, TermRule, Terms

TRUST = 0.5  # below this confidence a value is too uncertain to pass a comparison
SUSPECT = 0.2  # below this confidence it is too uncertain even to fail one
_STATED_ANYWAY = 0.75  # share of misread values where the document states one all the same
_SAME_OUTCOME = 0.5  # share of misread values that compare as the right one would

_STATED_BY_SENTENCE = 0.9  # certainty of a late charge that was read from its sentence alone

_DATE = re.compile(r"\d{4}-\d{2}(?:-\d{2})?$")
_AROUND = 260  # characters after a phrase in which the rest of the clause is looked for
_OTHER_CHARGE = re.compile(r"(?i)\b(?:returned|bounced|dishonou?red|insufficient|nsf|deposit|pet)\b")

Value = Decimal | str | bool


@dataclass(frozen=True, slots=True)
class Known:
    """A value with the confidence it was read with, where it stands, and how to say it."""

    value: Value
    certainty: float = 1.0
    evidence: tuple[Evidence, ...] = ()
    told: str = ""


def check_term_rule(rule: TermRule, terms: Terms, text: ReadText | None = None) -> Finding:
    """Compare terms as the rule says.

    Args:
        rule: left, operator and right side over the fields of `terms`.
        terms: values with confidence and evidence.
        text: the document, for what a value's clause goes on to say (the ceiling of a daily charge).
    """
    absent = rule.unless_absent is not None and _term(rule.unless_absent, terms).value is None
    if absent and (text is None or _unread(rule.left, terms, text) is None):
        return Finding("not_applicable", explanation=f"The document states no {_spoken(rule.unless_absent or '')}.")
    if rule.op == "present":
        return _present(rule, terms)
    left = evaluate(rule.left, terms, text)
    right = evaluate(rule.right, terms, text) if rule.right is not None else None
    if left is None or right is None:
        missed = rule.left if left is None else rule.right
        told = f"It cannot be told: {_name(missed)} was not found in the document."
        return Finding("unclear", 0.5, explanation=told, unknown=_unstated(rule, terms))
    holds = compare(left.value, rule.op, right.value)
    certainty = min(left.certainty, right.certainty)
    evidence = tuple({(e.start, e.end): e for e in (*left.evidence, *right.evidence)}.values())
    limit = right.value if isinstance(right.value, Decimal) and not isinstance(right.value, bool) else None
    told = f"{left.told} against {right.told}."
    if holds is None:
        return Finding("unclear", 0.5, evidence, f"{told} These cannot be compared.", limit)
    if holds:
        if certainty < TRUST:
            return Finding(
                "unclear", 0.5, evidence, f"{told} The value was read with too little confidence to rely on.", limit
            )
        return Finding("satisfied", certainty + (1 - certainty) * _SAME_OUTCOME, evidence, told, limit)
    if certainty < SUSPECT:
        return Finding(
            "unclear", 0.5, evidence, f"{told} The value was read with too little confidence to rely on.", limit
        )
    return Finding("violated", certainty, evidence, told, limit)


def _present(rule: TermRule, terms: Terms) -> Finding:
    name = rule.left.term or ""
    term = _term(name, terms)
    if term.value is None or term.value in ("", []):
        return Finding("missing", 0.9, explanation=f"The document states no {_spoken(name)}.", unknown=(name,))
    evidence = tuple(term.evidence[:2])
    if "ungrounded" in term.flags or term.confidence < SUSPECT:
        return Finding("unclear", 0.5, evidence, f"The {_spoken(name)} was read without evidence in the document.")
    return Finding("satisfied", term.confidence + (1 - term.confidence) * _STATED_ANYWAY, evidence)


def evaluate(operand: Operand, terms: Terms, text: ReadText | None = None) -> Known | None:
    """The value of one side of a comparison, None if it is not known."""
    if several := operand.max_of or operand.min_of:
        parts = [evaluate(part, terms, text) for part in several]
        numbers = [p for p in parts if p is not None and isinstance(p.value, Decimal)]
        choose = max if operand.max_of else min
        return choose(numbers, key=_number_of) if len(numbers) == len(parts) else None
    if operand.const is not None:
        constant = operand.const
        value = constant if isinstance(constant, bool | str) else Decimal(str(constant))
        return Known(value, told=_amount(value))
    if text is not None and (fee := _unread(operand, terms, text)) is not None:
        return Known(
            fee.amount, _STATED_BY_SENTENCE, (fee.evidence,), f"{_spoken(operand.term or '')} {_amount(fee.amount)}"
        )
    term = _term(operand.term or "", terms)
    if term.value is None or "ungrounded" in term.flags:
        return None
    evidence = tuple(term.evidence[:1])
    plain = _measured(term, operand, terms, text)
    if plain is None:
        return None
    if isinstance(plain, Decimal):
        times = Decimal(str(operand.times if operand.percent is None else operand.percent / 100))
        value = round(plain * times + Decimal(str(operand.plus)), 2)
        spoken = _spoken(operand.term or "")
        part = f"{operand.times:g} ×" if operand.percent is None else f"{operand.percent:g} % of"
        told = (
            f"{spoken} {_amount(plain)}" if value == plain else f"{_amount(value)} ({part} {spoken} {_amount(plain)})"
        )
        return Known(value, term.confidence, evidence, told)
    return Known(plain, term.confidence, evidence, f"{_spoken(operand.term or '')} {plain}")


def _unstated(rule: TermRule, terms: Terms) -> tuple[str, ...]:
    """The terms without a value that a comparison needs, and those that its shares are taken of."""
    sides = [side for side in (rule.left, rule.right) if side is not None]
    parts = [part for side in sides for part in (side, *(side.max_of or ()), *(side.min_of or ()))]
    names = dict.fromkeys(name for part in parts for name in (part.term, part.term and part.percent_of) if name)
    return tuple(name for name in names if _term(name, terms).value is None)


def _unread(operand: Operand, terms: Terms, text: ReadText) -> LateFee | None:
    """The late charge that a sentence states where the value was not read, or was read from another charge."""
    if operand.term != "late_fee" or operand.measure != "dollars":
        return None
    return unread_late_fee(_term("late_fee", terms), text, _rent(operand, terms))


def _rent(operand: Operand, terms: Terms) -> Decimal | None:
    """The value that an operand's shares are taken of."""
    base = _term(operand.percent_of, terms).value
    return base if isinstance(base, Decimal) else None


def _measured(term: Term[object], operand: Operand, terms: Terms, text: ReadText | None) -> Value | None:
    value = term.value
    if operand.measure == "count":
        return Decimal(len(value)) if isinstance(value, list) else None
    if operand.measure == "dollars" and isinstance(value, str):
        return late_charge(value, _rent(operand, terms), _following(term, text) if text is not None else "")
    if isinstance(value, bool | str):
        return value
    if isinstance(value, Decimal | int | float):
        number = Decimal(str(value))
        if operand.term == "deposit_amount" and text is not None and term.evidence and number.is_finite():
            rent = _rent(operand, terms)
            number += further_deposit(term.evidence[0], text, rent)
            number += prepaid_rent(text, rent) if operand.measure == "with_prepaid" else 0
        return number if number.is_finite() else None
    return None


def _following(term: Term[object], text: ReadText) -> str:
    """The document from a value's evidence on, within the paragraph and as long as it speaks of the same charge."""
    if not term.evidence:
        return ""
    place = term.evidence[0]
    end = min(text.paragraphs[text.paragraph_at(place.start)][1], place.end + _AROUND)
    following = text.document.text[place.end : end]
    other = _OTHER_CHARGE.search(following)
    return following[: other.start()] if other else following


def compare(left: Value, op: str, right: Value) -> bool | None:
    """Compare two values of the same kind; None where they are of different kinds or a date is not precise enough.

    >>> compare("2024-07", "<", "2024-07-15"), compare("2024-06", "<", "2024-07-15"), compare(Decimal(3), "<=", Decimal(2))
    (None, True, False)
    """
    if isinstance(left, bool) or isinstance(right, bool):
        return (
            (left == right) == (op == "==")
            if isinstance(left, bool) and isinstance(right, bool) and op in ("==", "!=")
            else None
        )
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return _ordered((left > right) - (left < right), op)
    if isinstance(left, str) and isinstance(right, str):
        if not (_DATE.match(left) and _DATE.match(right)):
            return (left.casefold() == right.casefold()) == (op == "==") if op in ("==", "!=") else None
        common = min(len(left), len(right))
        short_left, short_right = left[:common], right[:common]
        if short_left == short_right and len(left) != len(right):
            return None
        return _ordered((short_left > short_right) - (short_left < short_right), op)
    return None


def _ordered(sign: int, op: str) -> bool:
    return {"<": sign < 0, "<=": sign <= 0, ">": sign > 0, ">=": sign >= 0, "==": sign == 0, "!=": sign != 0}[op]


def _number_of(known: Known) -> Decimal:
    return known.value if isinstance(known.value, Decimal) else Decimal(0)


def _term(name: str, terms: Terms) -> Term[object]:
    found = getattr(terms, name, None)
    return found if isinstance(found, Term) else Term[object]()


def _name(operand: Operand | None) -> str:
    if operand is None:
        return "the value"
    return f"the {_spoken(operand.term)}" if operand.term else "a value it depends on"


def _spoken(name: str) -> str:
    """ "rent_amount" -> "rent amount"."""
    return name.replace("_", " ").replace(" sqft", " (sq ft)")


def _amount(value: Value) -> str:
    if isinstance(value, Decimal):
        return f"{value:,.2f}".removesuffix(".00")
    return str(value)
