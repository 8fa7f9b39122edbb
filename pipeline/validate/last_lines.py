"""Where paragraphs end that no blank line ends: by the length of their last line, or the heading of the next."""

import re
from itertools import pairwise

_WRAPPED = 200  # characters from which on a line is a whole paragraph that was not wrapped
_SHORT_OF_FULL = 0.8  # share of a full line's length below which a line that ends a sentence ends a paragraph
_ENDS_SENTENCE = (".", ";", ":", '."', ".”", ".)", "!", "?")
_RUN_IN_HEADING = re.compile(
    r"[\"“]?(?:[A-Z][A-Z0-9&'’,/()-]*\b[ ]?){1,7}[.:—–-]|[A-Z][\w'’-]*(?: [A-Za-z'’&-]+){0,5}[.:] "
)


def last_lines(text: str) -> list[int]:
    """Offsets after the lines that end a paragraph, where nothing but their length or the heading of the next shows it.

    >>> last_lines("The rent is due on the first day of each month.\\nIt is paid by cheque.\\nDeposit. The deposit is one month's rent.")
    [70]
    """
    rows = text.split("\n")
    lengths = sorted(n for row in rows if 20 < (n := len(row.strip())) < _WRAPPED)
    full = lengths[len(lengths) * 9 // 10] if lengths else 0
    found, at = [], 0
    for row, following in pairwise(rows):
        at += len(row) + 1
        said, after = row.strip(), following.lstrip()
        if said.endswith(_ENDS_SENTENCE) and (after[:1].isupper() or not after[:1].isalpha()):
            length = len(said)
            if length >= _WRAPPED or length < _SHORT_OF_FULL * full or _RUN_IN_HEADING.match(after):
                found.append(at)
    return found
