"""Quotes that show a value: some words about it, whole ones only."""

import re

_STOP = re.compile(r"[.;]\s|\n\s*\n")


def words_about(text: str, start: int, end: int, before: int = 110, after: int = 70) -> tuple[int, int]:
    """Start and end of a quote about `start`..`end`: within its sentence, cut between words.

    >>> text = "First. We pay for the electricity of the house."
    >>> text[slice(*words_about(text, 22, 33))]
    'We pay for the electricity of the house.'
    """
    left = max(0, start - before)
    for stop in _STOP.finditer(text, left, start):
        left = stop.end()
    right = min(len(text), end + after)
    while 0 < left < start and text[left - 1].isalnum() and text[left].isalnum():
        left += 1
    while end < right < len(text) and text[right - 1].isalnum() and text[right].isalnum():
        right -= 1
    while left < start and text[left].isspace():
        left += 1
    while right > end and text[right - 1].isspace():
        right -= 1
    return left, right


def whole_words(text: str, start: int, end: int, reach: int = 16) -> tuple[int, int]:
    """`start`..`end` with the words it cuts made whole, at most `reach` characters to each side.

    >>> text = "$50.00 for that month"
    >>> text[slice(*whole_words(text, 8, 18))]
    'for that month'
    """
    left, right = start, end
    while left > max(0, start - reach) and text[left].isalnum() and text[left - 1].isalnum():
        left -= 1
    while right < min(len(text), end + reach) and text[right - 1].isalnum() and text[right].isalnum():
        right += 1
    return left, right
