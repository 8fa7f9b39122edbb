"""Sums that make one charge together: "$50 or 5% of the rent, whichever is less", "$25 plus $5 per day", "8%, not over $75"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_FAR = 90  # characters between two sums of one charge
_EITHER = re.compile(r"(?P<lead>\bthe\s+(?:greater|lesser|lower|higher|larger|smaller|less|more)\s+of)\W{0,3}(?:\([a-z1]\)\s*)?(?:[a-z]+\s+){0,3}?$", re.IGNORECASE)  # fmt: skip
_OR = re.compile(r"[^.;$%]*?(?:\bor\b|\band\b)(?:\s+(?:\([a-z2]\)|an?\b|the\b|sum\b|of\b))*\s*$", re.IGNORECASE)
_WHICHEVER = re.compile(
    r"[^.;$%]{0,70}?\bwhichever(?:\s+(?:amount|sum|one))?\s+is\s+(?:the\s+)?(?:less(?:er)?|lower|smaller|greater|higher|larger|more)\b", re.IGNORECASE
)  # fmt: skip
_PLUS = re.compile(r"[^.;$%]{0,40}?\b(?P<plus>plus|and)\s+(?:(?:an?|the)\s+)?(?:(?:additional|further)\s+)?(?:(?:charge|fee|sum|amount|late\s+charge|late\s+fee)\s+of\s+)?$", re.IGNORECASE)  # fmt: skip
_EACH = re.compile(r"[\s)]*(?:per|for\s+(?:each|every)|a|each|every)\s+(?:additional\s+|further\s+|subsequent\s+|calendar\s+)*(?:day|week)\b", re.IGNORECASE)  # fmt: skip
_CAP = re.compile(
    r"[^.;$%]*?\b(?:(?:not|never)\s+(?:to\s+)?exceed(?:ing)?|(?:not|never|nor)\s+(?:to\s+(?:be|go|come\s+to)\s+)?(?:more\s+than|over|above|beyond)|no\s+more\s+than"
    r"|in\s+no\s+(?:event|case)\s+(?:more\s+than|over|above|exceeding|to\s+exceed)|at\s+(?:the\s+)?most|up\s+to|maximum|capped\s+at|limited\s+to|cap|ceiling|upper\s+limit|(?:stops?|ends?)\s+at)\b(?:\s+(?:of|a|an|the|total|sum|is|maximum|amount))*\s*$",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"\s+(?:for|on|upon|of)\s+(?:the|any)\s+first\s+", re.IGNORECASE
)  # "$10 for the first $500 of rent"
_MONTHLY = re.compile(
    r"[\s)]*(?:an?|per|each|in\s+(?:any|a|one)|for\s+(?:any|each|one))\s+(?:calendar\s+)?month\b", re.IGNORECASE
)
_PERCENT = re.compile(r"^\s*(?:percent|per cent)\b", re.IGNORECASE)
_SPACE = re.compile(r"[\s_]+")


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount or a percentage as it stands in a text, and as it is shown: "$75", "5%"."""

    start: int
    end: int
    shown: str


@dataclass(frozen=True, slots=True)
class Joined:
    """A charge of two or three sums: its slice of the text, its words, and the sums it is made of."""

    start: int
    end: int
    value: str
    parts: tuple[Sum, ...]


def joined(text: str, sums: Sequence[Sum]) -> Iterator[Joined]:
    """Charges that several sums make together; `sums` in order of place.

    >>> text = "a fee of $50 or 5% of the rent, whichever is less"
    >>> [j.value for j in joined(text, [Sum(9, 12, "$50"), Sum(16, 18, "5%")])]
    ['$50 or 5% of the rent, whichever is less']
    """
    index = 0
    while index < len(sums) - 1:
        parts = [sums[index]]
        start, end, tail = sums[index].start, sums[index].end, ""
        value = sums[index].shown
        while index + len(parts) < len(sums) and (following := sums[index + len(parts)]).start - end < _FAR:
            link = _link(text, start, end, following)
            if link is None:
                break
            lead, middle, tail = link
            value = f"{lead}{value}{middle}{following.shown}"
            parts.append(following)
            end = following.end
        if len(parts) > 1:
            yield Joined(
                start, end + len(tail), _SPACE.sub(" ", value + _flat(tail)).replace(" ,", ",").strip(), tuple(parts)
            )
        index += len(parts)


def _link(text: str, start: int, end: int, following: Sum) -> tuple[str, str, str] | None:
    """What stands before, between and after two sums of one charge; None if they are two charges."""
    between = text[end : following.start]
    after = text[following.end : following.end + 120]
    if "\n\n" in between:
        return None
    if _CAP.match(between):
        month = _MONTHLY.match(after)
        return "", _flat(between), month[0] if month else _of_what(after) if following.shown.endswith("%") else ""
    if _FIRST.fullmatch(between):
        return "", _flat(between), ""
    if _OR.match(between):
        either = _EITHER.search(text[max(0, start - 50) : start])
        whichever = _WHICHEVER.match(after)
        if either or whichever:
            return (
                f"{_flat(either['lead'])} " if either else "",
                _flat(between),
                whichever[0] if whichever else _of_what(after),
            )
    if (plus := _PLUS.match(between)) and ((each := _EACH.match(after)) or plus["plus"].lower() == "plus"):
        return "", f"{_flat(between[: plus.start('plus')]).rstrip()} plus ", each[0] if each else _of_what(after)
    return None


def _of_what(after: str) -> str:
    """The words that say of what a last percentage is taken."""
    match = re.match(
        r"[\s)]*(?:of|per|on)\s(?:[^.;,(]|[.,]\d){0,70}?(?=[.;,(]\D|[.;,(]?$|\s+(?:if|when|shall|will|for|that|until)\b|$)",
        after,
    )
    return match[0] if match else ""


def _flat(words: str) -> str:
    """On one line, without closing brackets of the sum before."""
    return _SPACE.sub(" ", _PERCENT.sub("", words.replace(")", "").replace("(", "")))
