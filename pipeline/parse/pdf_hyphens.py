"""Words broken at the end of a line: the hyphen stays if it belongs to the word."""

import re
from collections.abc import Sequence

from pipeline.parse.pdf_glyphs import DROPPED, LINE_END_HYPHEN
from pipeline.parse.pdf_lines import RawLine

_BROKEN = re.compile(rf"([^\W\d_]*){LINE_END_HYPHEN}([^\W\d_]*)")


def join_hyphens(lines: Sequence[RawLine]) -> None:
    """Replaces every mark of a line-end hyphen, by a hyphen or by nothing; the lines keep their length.

    The document itself says which: the spelling it uses elsewhere is right. Words that stand nowhere else keep their
    hyphen, unless most others lost it: then a program broke the words.
    """
    broken = [line for line in lines if LINE_END_HYPHEN in line.raw]
    if not broken:
        return
    text = "\n".join(line.raw for line in lines).lower()
    pairs = {(m.group(1), m.group(2)) for line in broken for m in _BROKEN.finditer(line.raw)}
    known = {(left, right): _is_one_word(left, right, text) for left, right in pairs}
    votes = list(known.values())
    default = votes.count(True) > votes.count(False)

    def joint(match: re.Match[str]) -> str:
        one_word = known[match.group(1), match.group(2)]
        dropped = default and bool(match.group(1)) and match.group(2).islower() if one_word is None else one_word
        return f"{match.group(1)}{DROPPED if dropped else '-'}{match.group(2)}"

    for line in broken:
        line.raw = _BROKEN.sub(joint, line.raw)


def _is_one_word(left: str, right: str, text: str) -> bool | None:
    """Whether a text, in lower case, writes the word without a hyphen; None if it has the word nowhere.

    >>> _is_one_word("agree", "ment", "the agreement"), _is_one_word("Follow", "up", "at follow-up")
    (True, False)
    """
    left, right = left.lower(), right.lower()
    if not left or not right or f"{left}-{right}" in text:
        return False
    return True if left + right in text else None
