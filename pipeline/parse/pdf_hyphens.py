"""Words broken at the end of a line: the hyphen stays if it belongs to the word."""

import re
from collections.abc import Sequence

from pipeline.parse.pdf_glyphs import DROPPED, LINE_END_HYPHEN
from pipeline.parse.pdf_lines import RawLine

_BROKEN = re.compile(rf"([^\W\d_]*){LINE_END_HYPHEN}([^\W\d_]*)")


def join_hyphens(lines: Sequence[RawLine]) -> None:
    """Replaces every mark of a line-end hyphen, by a hyphen or by nothing; the lines keep their length.

    The document itself says which: the spelling it uses elsewhere is right. A word it uses nowhere else is put together
    only if one of its halves is no word of the document.
    """
    broken = [line for line in lines if LINE_END_HYPHEN in line.raw]
    if not broken:
        return
    text = "\n".join(line.raw for line in lines).lower()
    for line in broken:
        line.raw = _BROKEN.sub(lambda m: m[1] + (DROPPED if _one_word(m[1], m[2], text) else "-") + m[2], line.raw)


def _one_word(left: str, right: str, text: str) -> bool:
    """Whether the hyphen was put in by the line break only.

    >>> _one_word("agree", "ment", "the agreement"), _one_word("follow", "up", "at follow-up")
    (True, False)
    """
    left, right = left.lower(), right.lower()
    if not left or not right or f"{left}-{right}" in text:
        return False
    if left + right in text:
        return True
    return not all(re.search(rf"(?<![^\W\d_]){part}(?![^\W\d_\ufffe])", text) for part in (left, right))
