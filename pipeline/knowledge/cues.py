"""Cues: the small language in which packs describe what a clause says, found in time linear in the text.

A cue is lower case and starts at a word. A space stands for any run of white space (` ?` for none or some), ` .. ` for a gap of up to 120 characters within
one sentence; `( | )`, `[ ]`, `?`, `\\b`, `\\d` and bounded repetition keep their meaning as regular expressions. `{landlord}`, `{tenant}`,
`{waive}`, `{may}` and `{not}` stand for the words in `WORDS`. The pieces between gaps are searched one by one and then chained, so no gap can
make a search backtrack; what could be slow within a piece is refused by `faults`.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache

Span = tuple[int, int]

GAP = 120
WORDS = {
    "landlord": r"(landlord|lessor|owner|management|manager|agent|housing provider)('s|s'|s)?\b",
    "tenant": r"(tenant|lessee|resident|renter|occupant)('s|s'|s)?\b",
    "waive": r"(waiv(e|es|ed|ing)|waiver of|giv(e|es|ing) up|relinquish(es|ed)?|for(e)?go(es)?|renounces?)\b",
    "may": r"(may|shall|can|will|must|is entitled to|entitled to|the right to|is authorized to|is permitted to|reserves the right to|ll)\b",
    "not": r"(not|never|no|nor|neither|cannot|without|(is|are|was|were|do|does|did|has|have|had|wo|ca|could|should|would|need)n't)\b",
}
_MOST = 40  # occurrences of one piece in one paragraph that are looked at
_SHORT_WORDS = [
    "no",
    "not",
    "nor",
    "or",
    "and",
    "the",
    "a",
    "an",
    "of",
    "to",
    "in",
    "on",
    "by",
    "at",
    "is",
    "are",
    "was",
    "may",
    "per",
    "as",
    "if",
]
_FUNCTION_WORD = re.compile(rf"(?:^| )(?:{'|'.join(_SHORT_WORDS)})$")
"""Words that other words begin with and that are meant whole at the end of a piece."""
_LAST_GROUP = re.compile(r"\((?!\?)([^()]*)\)$")
_WHOLE = frozenset([*_SHORT_WORDS, "it", "its"])
"""Those that are meant whole in the last group of a piece."""
_LITERAL = re.compile(r"[a-z0-9]+(?![?*+{])")
_LETTERS = re.compile(r"[a-z0-9'-]{3,}")
_REFUSED = (
    (re.compile(r"\(\?(?!:)"), "look-around, flags and named groups are not allowed"),
    (re.compile(r"\\[1-9]"), "back-references are not allowed"),
    (re.compile(r"\)(?:[*+]|\{\d+,\})"), "a group may not repeat without bound"),
    (re.compile(r"(?<![\\ .])\.(?:[*+]|\{)"), "write ' .. ' for a gap"),
    (re.compile(r"\{\d*,?(?:\d{4,}|[2-9]\d\d)\}"), "repetition is at most 199"),
    (re.compile(r"(?<!\\)[A-Z]"), "cues are lower case"),
    (re.compile(r"[\x00-\x1f\x7f]"), "a backslash in double quotes is written twice in YAML"),
)


@cache
def pieces(cue: str) -> tuple[str, ...]:
    """The parts of a cue between its gaps, with the word classes written out.

    >>> pieces("return .. deposit")
    ('return', 'deposit')
    """
    return tuple(re.sub(r"\{([a-z]+)\}", lambda m: WORDS[m[1]], part.strip()) for part in cue.split(" .. "))


@cache
def compile_piece(piece: str) -> re.Pattern[str]:
    """The regular expression of one piece; it starts at a word.

    That is looked at after the first letters, as an expression that begins with letters is found several times faster.

    >>> compile_piece("deposits? held").pattern
    'deposit(?<!\\\\wdeposit)s? +held'
    >>> bool(compile_piece("bed ?bugs").search("bedbugs")), bool(compile_piece("no").search("notice"))
    (True, False)
    >>> bool(compile_piece("(not|never)").search("notice"))
    False
    """
    whole = _LAST_GROUP.sub(_kept_whole, piece)
    expression = re.sub(r" (\??)", lambda m: " *" if m[1] else " +", whole.replace(r"\.", "[.,]"))
    if _FUNCTION_WORD.search(piece):
        expression += r"\b"
    if letters := _LITERAL.match(expression):
        return re.compile(f"{letters[0]}(?<!\\w{letters[0]}){expression[letters.end() :]}")
    return re.compile((r"\b" if re.match(r"\(*[a-z0-9]", piece) else "") + expression)


def _kept_whole(group: re.Match[str]) -> str:
    """The last group of a piece with the ends of its short words marked: "(not|never)" is not found in "notice"."""
    return "(" + "|".join(word + r"\b" if word in _WHOLE else word for word in group[1].split("|")) + ")"


@cache
def anchors(piece: str) -> tuple[tuple[str, ...], ...]:
    """Words that a text must hold to match a piece: one of each inner tuple. The fast filter before any regular expression runs.

    >>> anchors("(return|refund) the deposits?")
    (('deposit',), ('return', 'refund'))
    """
    plain, groups = _split(re.sub(r"\[[^\]]*\]|\\.", " ", piece))
    outside = max(_LETTERS.findall(plain), key=len, default="")
    found: list[tuple[str, ...]] = [(outside.strip("-'"),)] if outside else []
    for group in groups:
        words = [max(_LETTERS.findall(_split(a)[0]), key=len, default="").strip("-'") for a in group.split("|")]
        if all(len(word) > 2 for word in words):
            found.append(tuple(dict.fromkeys(words)))
    return tuple(found)


def could_occur(cue: str, text: str) -> bool:
    """Whether a text holds a word of every set that a cue needs.

    >>> could_occur("return .. deposit", "a deposit is returned"), could_occur("return .. deposit", "a deposit")
    (True, False)
    """
    return all(any(word in text for word in words) for piece in pieces(cue) for words in anchors(piece))


def _split(piece: str) -> tuple[str, list[str]]:
    """A piece's letters outside brackets, and its groups that must occur and hold no further group."""
    plain, groups, depth, start = [], [], 0, 0
    for position, letter in enumerate(piece):
        optional = piece[position + 1 : position + 2] in ("?", "*", "{")
        if letter == "(":
            start = position + 1 if depth == 0 else start
            depth += 1
        elif letter == ")":
            depth -= 1
            inner = piece[start:position].removeprefix("?:")
            if depth == 0 and not optional and "(" not in inner:
                groups.append(inner)
        outside = depth == 0 and letter != ")" and not optional
        plain.append(letter if outside else " ")
    return re.sub(r"\{[\d,]*\}", " ", "".join(plain)), groups


def chain(found: Sequence[Sequence[Span]], text: str) -> list[Span]:
    """Join occurrences of a cue's pieces that follow each other within a gap and a sentence.

    Args:
        found: for each piece its spans in order of place.
        text: the levelled text they point into.
    """
    reached = list(found[0])
    for spans in found[1:]:
        joined: list[Span] = []
        for start, end in spans:
            before = [r for r in reached if 0 <= start - r[1] <= GAP]
            if before:
                begun, last = max(before, key=lambda r: r[1])
                between = text[last:start]
                if "." not in between and ";" not in between:
                    joined.append((begun, end))
        reached = joined
        if not reached:
            break
    return reached


def piece_spans(piece: str, text: str, start: int, end: int) -> list[Span]:
    """Where one piece occurs between `start` and `end` of the levelled text."""
    spans: list[Span] = []
    for match in compile_piece(piece).finditer(text, start, end):
        spans.append(match.span())
        if len(spans) == _MOST:
            break
    return spans


def find_cue(cue: str, text: str, start: int, end: int) -> list[Span]:
    """Where a cue occurs between `start` and `end` of the levelled text.

    >>> find_cue("return .. deposit", "shall  return any part of the deposit", 0, 37)
    [(7, 37)]
    """
    return chain([piece_spans(piece, text, start, end) for piece in pieces(cue)], text)


def occurs(cues: Iterable[str], text: str, start: int, end: int) -> bool:
    """Whether one of the cues occurs between `start` and `end`."""
    return any(find_cue(cue, text, start, end) for cue in cues)


def faults(cue: str, *, filtered: bool = True) -> list[str]:
    """What is wrong with a cue: it does not compile, could be slow, or has nothing to filter by.

    Args:
        cue: the cue.
        filtered: whether the whole document is searched for it, so that it needs a word to filter by.
    """
    if unknown := set(re.findall(r"\{([a-z]+)\}", cue)) - WORDS.keys():
        return [f"unknown word class {', '.join(sorted(unknown))}"]
    found = [why for pattern, why in _REFUSED if pattern.search(cue)]
    for piece in pieces(cue):
        if "|" in re.sub(r"\([^()]*\)", "", re.sub(r"\([^()]*\)", "", piece)):
            found.append("alternatives at the top level are cues of their own")
        try:
            compile_piece(piece)
        except re.error as error:
            found.append(f"does not compile: {error}")
    if filtered and not any(anchors(piece) for piece in pieces(cue)):
        found.append("needs a word of three letters to filter by")
    return found
