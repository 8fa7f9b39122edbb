"""Parties before their role in the opening clause, and covers that give two parties without roles."""

import re
from collections.abc import Iterator

from pipeline.generate.offline.lease.layout import Layout
from pipeline.generate.offline.lease.sentences import OWNER, TENANT, Named, role_of

SUB = re.compile(r"sub-?(?:land\s?lord|lessor|tenant|lessee)|head[- ]tenant", re.IGNORECASE)
"""Roles of a sublease."""
_INTRO = r"(?i:(?:the|this|as|an?|and|each|both|together|collectively|jointly|severally|individually|herein\w*|hereafter|called|referred|to|known|styled)\b[\s,]*)*"
_MARK = re.compile(  # (hereinafter called the "Landlord"), as Landlord, (“Tenant”), (together, the "Residents")
    rf"(?:[\"“”‘'(]\s*{_INTRO}[\"“‘']?(?P<quoted>(?i:{OWNER}|{TENANT}))\s*(?:\(s\)|s)?[,.]?\s*[\"“”’')]|[\"“](?i:the\s+)(?P<open>(?i:{OWNER}|{TENANT}))(?!['’]s)\b"
    rf"|\b(?:as|called|styled|referred\s+to\s+as|known\s+as|designated(?:\s+as)?)\s+(?:the\s+|a\s+)?[\"“]?(?P<called>(?i:{OWNER}|{TENANT}))\b)"
)
_OPENING = re.compile(
    r"(?:\bby\s+and\s+(?:between|among)|\bbetween|\bBETWEEN|\bamong|\bAMONG|\bBETWEEN:|\bby\s+and\s+amongst|\bparties?\s+(?:to\s+this\s+\w+\s+)?(?:are|hereto)|\bfrom\b|\bPARTIES\b(?!\s+and\b)|\b(?:made|executed|entered\s+into)\b[^.;:\n]{0,40}?\sby\b|\bBY\s*:(?=\s*\n)|\bof the (?:first|one) part[,;:]?\s*(?:\n|and\b))[\s:,]*(?:\(\s*(?:1|i|a|A)\s*\)|1\.)?\s*",
    re.IGNORECASE,
)


_OTHER_PARTY = re.compile(  # '("Community") and', "TENANT:" on a line of its own: the name comes after
    rf"\(\s*[\"“](?!(?i:the\s+)?(?i:(?:sub)?lease|agreement|premises|property|building))[^()\n]{{1,40}}[\"”]\s*\)\s*,?\s*(?:and|AND|&)\s+|\n[ \t]*(?i:{OWNER}|{TENANT})(?:\(s\))?[ \t]*:\s+"
)


_LEADING_LABEL = re.compile(r"[\s.]*[A-Z][A-Za-z ]{2,24}:\s+(?=[A-Z])")


_LET_TO = re.compile(r"\b(?:rent|lease|let|demise|sublet|sublease)s?\s+(?:un)?to\s+(?=[A-Z0-9])")


def opening(layout: Layout) -> Iterator[Named]:
    """Names before their role in the opening: 'between A, Inc., a Delaware corporation ("Landlord"), and B ("Tenant")'."""
    text = layout.text
    limit = min(len(text), max(layout.contents[1], 2_000) + 12_000)
    last = 0
    seen: dict[str, int] = {}
    for mark in _MARK.finditer(text, 0, limit):
        word = mark["quoted"] or mark["open"] or mark["called"]
        role = role_of(word)
        window = max(last, mark.start() - 420)
        lead = text[window : mark.start()]
        last = mark.end()
        start, sure = window, False
        for begin in _OPENING.finditer(lead):
            if re.match(r"(?i)from", begin[0]) and not re.match(r"\s*[A-Z]", lead[begin.end() :]):
                continue
            start, sure = window + begin.end(), True
        for begin in _LET_TO.finditer(lead) if role == "tenant_name" else ():
            start, sure = window + begin.end(), True
        if not sure:
            if (
                seen
                and (
                    link := re.match(
                        r"[\s,;.)”\"’'(]*(?:(?:of the (?:first|one) part|or [\"“]?\w+[\"”]?)[\s,;)]*)?(?:and|AND|And)?(?:\s+(?:between|BETWEEN))?[\s:,;)(\d]*",
                        lead,
                    )
                )
                and link.end() < len(lead)
            ):
                start, sure = window + link.end(), bool(re.search(r"(?i)and", link[0]) or "\n" in link[0])
            else:
                pieces = re.split(r"\n\s*\n|[.:]\s+(?=[A-Z])|;\s|\n(?=[A-Z(“\"])", lead)
                start = mark.start() - len(pieces[-1])
        for other in _OTHER_PARTY.finditer(text, start, mark.start()):
            start, sure = other.end(), True
        if label := _LEADING_LABEL.match(text, start, mark.start()):
            start = label.end()
        name_slice = text[start : mark.start()]
        if not name_slice.strip(' \n,(“"'):
            continue
        seen.setdefault(role, mark.start())
        features = ["opening" if sure else "opening_rough"]
        if SUB.search(word):
            features.append("sub_role")
        if seen[role] != mark.start() and not sure:
            continue
        yield role, start, mark.start(), tuple(features)
    yield from _unnamed_roles(layout, limit)


def _unnamed_roles(layout: Layout, limit: int) -> Iterator[Named]:
    """Covers and openings that give two parties without saying which is which: the first lets, the second rents."""
    text = layout.text
    for begin in list(_OPENING.finditer(text, 0, min(limit, 6_000)))[:4]:
        lead = text[begin.end() : begin.end() + 700]
        link = re.search(
            r"(?:^|[\s,;)”\"])(?:and|AND|And|&|to|TO)[\s:,-]*(?:\n|\s)(?=\s*(?:\(?\d\)?[.)]?\s*)?[A-Z])", lead
        )
        if not link or not re.match(r"\s*(?:\(?\d\)?[.)]?\s*)?[A-Z]", lead):
            continue
        yield "owner_name", begin.end(), begin.end() + link.start(), ("cover",)
        yield "tenant_name", begin.end() + link.end(), begin.end() + min(len(lead), link.end() + 200), ("cover",)
