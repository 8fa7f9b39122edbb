"""Days of grace as a lease states them: so many days late, or a day of the month by which rent must be there."""

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.knowledge.cues import Span
from pipeline.values.numerals import ORDINAL_WORDS, ordinal

_DAY_OF_MONTH = re.compile(
    rf"(?P<due>\b(?:due|payable|paid|falls due)(?: and payable)?(?: in advance)? (?:on|by) (?:or before )?(?:the )?)?"
    rf"\b(?P<day>\d{{1,2}}(?:st|nd|rd|th)|{ORDINAL_WORDS})\b(?: \(\d{{1,2}}(?:st|nd|rd|th)?\))?"
    r"(?! (?:floor|party|parties|time|notice|offen[cs]e|violation|late|day (?:after|following|late)|instal?lment|payment|tenant|check|cheque|month|year|of (?:the )?(?:rent|monthly|overdue)|\d))",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\b(?:from|(?:not|never|nor|no fee|none|nothing)(?: (?!if\b|unless\b|where\b|when\b|paid\b|received\b|or\b)[\w,$.]+){0,8} (?:before|until|till)|no earlier than|begin(?:s|ning)?(?: (?:to run|running|to accrue))?(?: on| with| at)?|start(?:s|ing)?(?: on| with| at)?"
    r"|commenc(?:es|ing)(?: on)?|as of|on or after|as (?:early|soon) as|due on|arises? on|accrues? on|applies on)\s(?:noon on\s)?(?:the\s)?$",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:by|until|till|at|after|past|before)?\s?(?:the\s)?(?:(?:end|close|evening|morning|noon|midnight|sundown|stroke|last minute)(?: of business)?|\d{1,2}(?::\d\d)?\s?[ap]\.?m\.?|(?:5|five|six|nine) o'clock)\s(?:of|on)\s(?:the\s)?$",
    re.IGNORECASE,
)
_NOT_THERE = re.compile(
    r"\b(?:not|n't|un(?:paid|less)|late|overdue|outstanding|missing|without|fails?|short)\b[^.;]{0,80}$|n't\b[^.;]{0,80}$",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"(?:\b(?:not|never|nor)|n't|\bun)(?: yet| been| fully| wholly| in full| actually)*\s?$", re.IGNORECASE
)
_PAST = re.compile(
    r"(?<!days )(?<!day )(?<!weeks )(?<!week )\b(?:after|past|later than|beyond) (?:the )?$", re.IGNORECASE
)
_AT_ONCE = re.compile(
    r"\bno (?:days of )?grace\b|\bwithout (?:any |a )?(?:days of )?grace\b|\bnot .{0,20}\bgrace period\b"
    r"|(?<!days )(?<!day )(?<!weeks )(?<!hours )\b(?:on or before|by|after|past|beyond|later than|at the (?:end|close) of|on) (?:the|its|their) (?:due|payment|rent) ?(?:date|day)\b"
    r"|\b(?:on time|when (?:it (?:is|falls|comes) )?due|by then|immediately|at once|straight away|forthwith)\b",
    re.IGNORECASE,
)
_RENT_DUE = re.compile(r"\brent\b[^.;]{0,60}$", re.IGNORECASE)
_NEXT_DAY = re.compile(
    r"\bthe (?:very )?(?:next )?day (?:after|following)\b(?= (?:it|rent|the (?:rent|due|payment|first|1st)|payment|any|that)\b)|\b(?:end|close|noon|midnight|evening|morning)(?: of business)? (?:of|on) the due (?:date|day)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?:count(?:ed|ing|s)?|runs?|running|measured|reckoned|beginning|begins?|starting|starts?)(?: as)? (?:from|on|with|at) $",
    re.IGNORECASE,
)
_FORTNIGHT = re.compile(r"\b(?:a|one|the first) fortnight\b", re.IGNORECASE)


def days_of_grace(text: str, due_day: int) -> Iterator[tuple[Decimal, Span]]:
    """Days of the month by which rent must be there, as days late on the day after; the due day itself is none.

    Args:
        text: a clause.
        due_day: day of the month on which rent is due.

    >>> [int(n) for n, _ in days_of_grace("not received by the 5th; a fee from the eighth day on", 1)]
    [5, 7]
    >>> [int(n) for n, _ in days_of_grace("due on the 1st; late if it is not in by the end of the 1st", 1)]
    [1]
    """
    for match in _DAY_OF_MONTH.finditer(text):
        day, before = ordinal(match["day"]), text[: match.start("day")]
        heads = text[match.end() : match.end() + 1] == ":" or (match[0].isupper() and match[0].isalpha())
        if day is None or heads:
            continue
        if day == due_day:
            if (_BY.search(before) and _NOT_THERE.search(before)) or (
                _PAST.search(before) and _RENT_DUE.search(before)
            ):
                yield Decimal(1), match.span()
        elif not (match["due"] and _is_due(text[: match.start()])) and day > due_day:
            yield Decimal(day - due_day + (0 if _FROM.search(before) else 1)), match.span()
    for match in _NEXT_DAY.finditer(text):
        if _COUNTED.search(text[: match.start()]):
            continue
        yield Decimal(1), match.span()
    for match in _FORTNIGHT.finditer(text):
        yield Decimal(14), match.span()


def _is_due(before: str) -> bool:
    """Whether a day is named as the day on which rent is due: "rent is payable by the 5th", not "rent is not paid by the 5th"."""
    return bool(_RENT_DUE.search(before)) and not _DENIED.search(before)


def without_grace(text: str) -> Span | None:
    """Where a clause that names no day says that rent is late as soon as its due date has passed.

    Args:
        text: a clause on a late charge.

    >>> without_grace("A fee of $20 is owed for rent that is not paid on or before the due date.")
    (47, 72)
    >>> without_grace("more than five days after the due date") is None
    True
    """
    found = _AT_ONCE.search(text)
    return found.span() if found else None
