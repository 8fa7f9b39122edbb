"""Dotted leaders of a form: "Deposit .......... $1,000" says what "Deposit: $1,000" says."""

import re

_LEADER = re.compile(
    r"(?m)^(?P<label>[ \t]*[\w(][\w'’/&(), #-]{0,60}?)(?P<dots>[ \t]*(?:\.[ \t]?){3,}[ \t]*|[ \t]*…[ \t.…]*)(?=[\w$(\"“_])"
)


def without_leaders(text: str) -> str:
    """The text with the same length, a colon and blanks in the place of the dots between a label and what it labels.

    >>> without_leaders("Deposit ..... $1,000")
    'Deposit:      $1,000'
    """
    if "..." not in text and ". . ." not in text and "…" not in text:
        return text
    return _LEADER.sub(lambda m: f"{m['label']}:{' ' * (len(m['dots']) - 1)}", text)
