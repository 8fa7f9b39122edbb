"""Numbers written in words or digits: "Nineteen Hundred Fifty", "thirty (30)", "21st", "1,950.00"."""

import re
from decimal import Decimal, InvalidOperation

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = (
    {word: i for i, word in enumerate(_UNITS)} | {word: 10 * i for i, word in enumerate(_TENS, 2)} | {"fourty": 40}
)
_SCALES = {"hundred": 100, "thousand": 1_000, "lakh": 100_000, "lakhs": 100_000, "million": 1_000_000}
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip

_ANY = "|".join(sorted([*_VALUES, *_SCALES], key=len, reverse=True))
CARDINAL_WORDS = rf"(?:{_ANY})(?:[\s-]+(?:and\s+)?(?:{_ANY})){{0,12}}"
"""A run of number words; to be compiled with IGNORECASE."""

_ORD = "|".join(sorted(_ORDINALS, key=len, reverse=True))
ORDINAL_WORDS = rf"(?:(?:twenty|thirty)[\s-]*)?(?:{_ORD})"
"""An ordinal in words up to thirty-first; to be compiled with IGNORECASE."""

_WORD = re.compile(r"[a-z]+")


def cardinal(words: str) -> int | None:
    """The number that `words` say, None if they are no number.

    >>> cardinal("Nineteen Hundred Fifty"), cardinal("twenty-five thousand and one"), cardinal("lease")
    (1950, 25001, None)
    """
    total = current = 0
    seen = False
    for word in _WORD.findall(words.lower()):
        if word in _VALUES:
            current += _VALUES[word]
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in _SCALES:
            total += max(current, 1) * _SCALES[word]
            current = 0
        elif word != "and":
            return None
        seen = seen or word != "and"
    return total + current if seen else None


def ordinal(text: str) -> int | None:
    """The number of an ordinal in words or digits.

    >>> ordinal("1st"), ordinal("Twenty-first"), ordinal("fifteenth"), ordinal("31"), ordinal("day")
    (1, 21, 15, 31, None)
    """
    text = text.strip().lower()
    if digits := re.match(r"\d{1,3}", text):
        return int(digits[0])
    total = 0
    for word in _WORD.findall(text):
        if word in _ORDINALS:
            return total + _ORDINALS[word]
        if word in ("twenty", "thirty"):
            total += _VALUES[word]
        else:
            return None
    return None


def decimal(digits: str) -> Decimal | None:
    """A number in digits with thousands separators (also Indian grouping, also a scanned "1.950.00").

    >>> decimal("1,950.00"), decimal("2,50,000"), decimal("1.950.00"), decimal("x")
    (Decimal('1950.00'), Decimal('250000'), Decimal('1950.00'), None)
    """
    text = re.sub(r"[,\s]", "", digits)
    if text.count(".") > 1:
        whole, _, cents = text.rpartition(".")
        text = whole.replace(".", "") + "." + cents
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
