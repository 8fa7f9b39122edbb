"""Amounts of money in digits and words, with their currency."""

import re
from dataclasses import dataclass
from decimal import Decimal

from pipeline.values.found import Found, without_overlaps
from pipeline.values.keywords import lowered, places
from pipeline.values.numerals import CARDINAL_WORDS, cardinal, decimal


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount and the ISO 4217 code of its currency (None where the text does not say)."""

    number: Decimal
    currency: str | None = None


SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "₹": "INR", "¥": "JPY", "₪": "ILS", "₩": "KRW"}
_CODES = {
    "USD": "USD", "US$": "USD", "U.S.$": "USD", "EUR": "EUR", "GBP": "GBP", "PS": "GBP", "POUND": "GBP", "EURO": "EUR", "YEN": "JPY", "INR": "INR", "RS": "INR", "RS.": "INR",
    "RMB": "CNY", "CNY": "CNY", "NIS": "ILS", "ILS": "ILS", "CAD": "CAD", "C$": "CAD", "CDN$": "CAD", "AUD": "AUD",
    "A$": "AUD", "HK$": "HKD", "HKD": "HKD", "SGD": "SGD", "S$": "SGD", "NT$": "TWD", "CHF": "CHF", "JPY": "JPY",
}  # fmt: skip
_NAMES = {
    "dollar": "USD", "pound": "GBP", "euro": "EUR", "rupee": "INR", "yuan": "CNY", "renminbi": "CNY", "shekel": "ILS",
    "franc": "CHF", "yen": "JPY", "peso": "MXN",
}  # fmt: skip

_DIGITS = r"\d{1,3}(?:,[ ]?\d{2,3})+(?:\.\d{1,2}(?!\d)|[ ]?\.[ ]?\d\d(?!\d))?|\d{1,3}(?:\.\d{3}){1,3}(?:\.\d\d)(?!\d)|\d{1,9}(?:\.\d{1,4}(?!\d))?|\.\d{1,3}(?!\d)"
_SCALE = r"(?:\s*(?P<scale>(?i:million|thousand|lakhs?))\b)?"
_SYMBOL = re.compile(rf"[$€£₹¥₪]{{1,2}}[\s_]{{0,6}}(?:\(\s*)?(?P<digits>{_DIGITS}){_SCALE}")
_PREFIX = re.compile(r"(?:\bU\.?S\.?|\bUSD?|\bC|\bCDN|\bCAD|\bA|\bAUD|\bHK|\bS|\bNT)\s?$")
_CODE = re.compile(
    rf"(?:[URECNGIAHSJ](?:SD|s\.?|S\.|UR|MB|NY|IS|BP|NR|AD|UD|KD|GD|HF|PY|LS)[\s.:]{{0,3}}|PS(?=\d)|\((?:pounds?|euros?|yen)(?:\s+sterling)?\)\s?)(?P<digits>{_DIGITS}){_SCALE}"
)
_WORD = re.compile(rf"(?i:{'|'.join(_NAMES)})[sS]?(?![a-zA-Z])")
_WORDS_BEFORE = re.compile(
    rf"(?:(?P<digits>(?<![\d.,])\d[\d,]*(?:\.\d\d)?)[\s_]*(?:\([a-z\s-]{{3,40}}\)\s*)?(?P<scale>million|thousand|lakhs?)?"
    rf"|(?<![a-z])(?P<words>{CARDINAL_WORDS})(?:\s+(?:and|&)\s+(?P<cents>\d\d|no|xx)\s?/\s?(?:100)(?:ths)?)?)"
    r"[\s_]*(?:U\.?\s?S\.?|United\s+States|American)?\s*$",
    re.IGNORECASE,
)
_CENTS_AFTER = re.compile(
    rf"\s*,?\s+and\s+(?:(?P<digits>\d\d?)(?:\s?/\s?100)?|(?P<words>{CARDINAL_WORDS}))\s*(?:cents|pence|paise|/\s?100)?",
    re.IGNORECASE,
)
_WRITTEN_OUT = re.compile(  # the words that the figures repeat: "Nineteen Hundred Fifty and 50/100 Dollars ("
    rf"(?<![a-z]){CARDINAL_WORDS}[\s,]*(?:(?:and|&)\s+(?:\d\d|no|xx)\s?/\s?100(?:ths)?\s*)?(?:(?:u\.?s\.?|united states)\s+)?(?:dollars?|pounds?|euros?|rupees?)?"
    rf"(?:\s+(?:and|&)\s+(?:\d\d|no|xx)\s?/\s?100(?:ths)?|\s+and\s+(?:no|{CARDINAL_WORDS})\s+(?:cents|pence))?[\s,]*(?:dollars?\s*)?[(\[]\s*(?:us\s?|u\.s\.\s?)?$",
    re.IGNORECASE,
)
_IN_FIGURES = re.compile(
    r"(?:\s*,?\s+(?i:and)\s+[\w\s/-]{2,40}?)?[\s,;:-]{0,4}[(\[]?\s*(?:US|U\.S\.|USD|Rs\.?)?\s*[$€£₹]"
)
_SCALES = {"million": 1_000_000, "thousand": 1_000, "lakh": 100_000, "lakhs": 100_000}


def find_money(text: str) -> list[Found[Amount]]:
    """Every amount with a currency: symbols, codes and words; words that are repeated in figures count once.

    >>> [(str(f.value.number), f.value.currency) for f in find_money("Nineteen Hundred Fifty Dollars ($1,950.00), Rs. 25,000")]
    [('1950.00', 'USD'), ('25000', 'INR')]
    """
    found = [f for m in _SYMBOL.finditer(text) if (f := _with_symbol(text, m))]
    found += [f for m in _CODE.finditer(text) if (f := _with_code(text, m))]
    found += [f for at in places(lowered(text), _NAMES) if (f := _in_words(text, at))]
    return without_overlaps(found)


def _scaled(digits: str, scale: str | None) -> Decimal | None:
    """A number in digits times its scale word."""
    number = decimal(digits)
    return number if number is None or not scale else number * _SCALES[scale.lower()]


def _with_symbol(text: str, match: re.Match[str]) -> Found[Amount] | None:
    """ "$1,950.00", "US$ 5,000", "£ 37,100"."""
    number = _scaled(match["digits"], match["scale"])
    if number is None:
        return None
    start, currency = match.start(), SYMBOLS[match[0][0]]
    if "(" in text[max(0, start - 5) : start] and (written := _WRITTEN_OUT.search(text, max(0, start - 170), start)):
        return Found(written.start(), match.end(), Amount(number, currency))
    if match[0][0] == "$" and (prefix := _PREFIX.search(text, max(0, start - 5), start)):
        currency = _CODES.get(prefix[0].strip().rstrip("$").upper() + "$", _CODES.get(prefix[0].strip(), "USD"))
        start = prefix.start()
    return Found(start, match.end(), Amount(number, currency))


def _with_code(text: str, match: re.Match[str]) -> Found[Amount] | None:
    """ "USD 5,000", "Rs. 25,000", "RMB 26,640"."""
    code = (
        re.split(r"[\s:\d]", match[0])[0].rstrip("s)").lstrip("(")
        if match[0][0] == "("
        else re.split(r"[\s:\d]", match[0])[0]
    )
    currency = _CODES.get(code.upper()) or _CODES.get(code.rstrip(".").upper())
    number = _scaled(match["digits"], match["scale"])
    if not currency or number is None or (match.start() and text[match.start() - 1].isalnum()):
        return None
    return Found(match.start(), match.end(), Amount(number, currency))


def _in_words(text: str, at: int) -> Found[Amount] | None:
    """ "Nineteen Hundred Fifty Dollars", "2 Million U.S. Dollars" with the currency's name `at`, unless figures follow."""
    match = _WORD.match(text, at)
    if not match or _IN_FIGURES.match(text, match.end()):
        return None
    window = text[max(0, match.start() - 140) : match.start()]
    before = _WORDS_BEFORE.search(window)
    if not before:
        return None
    if before["digits"]:
        number = _scaled(before["digits"], before["scale"])
    else:
        whole = cardinal(before["words"])
        number = None if whole is None else Decimal(whole)
        if number is not None and before["cents"] and before["cents"].isdigit():
            number += Decimal(before["cents"]) / 100
    if number is None:
        return None
    end = match.end()
    if (cents := _CENTS_AFTER.match(text, end)) and re.search(r"(?i)cents|pence|paise|/", cents[0]):
        part = int(cents["digits"]) if cents["digits"] else cardinal(cents["words"]) or 0
        if part < 100:
            number, end = number + Decimal(part) / 100, cents.end()
    currency = next(code for name, code in _NAMES.items() if match[0].lower().startswith(name))
    return Found(match.start() - len(window) + before.start(), end, Amount(number, currency))
