"""Parties as plain leases name them in sentences: "The Owner is X", "X, Inc. rents to A and B", "the landlord, X LLC, and"."""

import re
from collections.abc import Iterator
from typing import Literal

from pipeline.generate.offline.lease.layout import Layout

Role = Literal["owner_name", "tenant_name"]
Named = tuple[Role, int, int, tuple[str, ...]]

OWNER = r"(?:sub-?)?land\s?lords?|(?:sub-?)?lessors?|(?:home)?owners?|housing(?:\s|-)providers?|sub-?lettor|licensor|head[- ]tenants?"
TENANT = r"(?:sub-?)?tenants?|(?:sub-?)?lessees?|renters?|residents?|occupants?|licensee"
_REACH = 6_000  # characters in which a lease names its parties
_SIGNATURES = 1_200  # characters at the end in which they sign

_NO_NAME = (
    rf"(?i:{OWNER}|{TENANT}|the|this|that|these|and|or|any|all|each|such|if|when|in|on|at|by|for|from|to|as|no|his|her|its|their|our|your|my|we|i|you|it|they|he|she"
    r"|rent|term|date|agreement|lease|premises|property|apartment|unit|house|address|section|article|exhibit|lets|leases|rents|is|are|who|what|where|how|your|witnesseth|whereas|party|parties|agent|manager|between)"
)
_WORD = r"(?:(?:Inc|Co|Corp|Ltd|Jr|Sr|Dr|Mrs?|Ms|St|Bros|No|N\.A|L\.L\.C|L\.L\.P|L\.P|[A-Z])\.(?!\w)|[A-Z][\w'’&-]*)"
_GAP = r"(?>[ \t]+\n?[ \t]*|\n[ \t]*)"
_ONE = (
    rf"(?!{_NO_NAME}(?![\w-])){_WORD}(?:{_GAP}(?:(?:of(?:\s+the)?|the|de|la|del|van|von|der|&)\s+)?(?!{_NO_NAME}(?![\w-])){_WORD}){{0,7}}"
    r"(?:,\s*(?:Inc|LLC|L\.L\.C|LP|L\.P|LLP|Ltd|Co|Corp|N\.A|Limited|Incorporated|Jr|Sr)\b\.?)?"
)
NAMES = rf"(?>(?:\d[\w-]*[ \t]+)?{_ONE}(?:(?:,\s*(?:and\s+|AND\s+)?|\s+(?:and|AND|&)\s+){_ONE}){{0,5}})"
"""One to six names in a list; role words and articles are no names."""
_ON_LINE = NAMES.replace(_GAP, r"[ \t]+").replace(r"\s", r"[ \t]")
NAMES_ON_LINE = rf"{_ON_LINE}(?:(?:,|,?[ \t]+(?:and|&))[ \t]*\n[ \t]*{_ON_LINE})?"
"""Such names on one line, or on two if the list plainly goes on."""

ASIDE_LENGTH = 170
_PASSING = rf"(?:(?!,?\s+and\s+[A-Z])(?:[^.;:?!\n]|\n(?!\s*\n)|\.(?=[\w,]|\s[A-Z]\.|\s*$))){{2,{ASIDE_LENGTH}}}?"
_ASIDE = (  # what stands between a party and its verb: ", a widow,", ", 1907 Evans Avenue, Toledo, Ohio 43607,", "(the owner)"
    rf"(?:(?:\s*\([^()]{{2,90}}\))?(?:,{_PASSING},|,\s+(?:by|through|acting|(?:as\s+)?(?:co-)?trustees?|doing|d/?b/?a|an?|husband|wife|both|of|whose|having)\b{_PASSING}|\s+(?:d/?b/?a\b|doing\s+business\s+as\b)[^,;\n(]{{2,60}})?|,)"
)
SUBJECT = re.compile(rf"(?<![\w.'’&-])(?P<name>{NAMES}){_ASIDE}\s*$")
"""A party at the end of a slice, with what is said of it in passing."""

_TITLED = re.compile(  # Otis Greenleaf ("the Member"): roles by other names
    r"\(\s*[\"“](?:the |The )?(?P<role>Co-?op|Cooperative|Community|Management|Manager|Members?|Students?|Homeowners?|Guests?|Roommates?|I|we|We|you|You)[\"”](?:,\s*[\"“]\w+[\"”])?\s*\)"
)
_TITLED_OWNER = re.compile(r"(?i)co-?op|communi|manage|i$|we$")
_BEGINS = re.compile(
    r"(?:\bbetween|\bby|\b(?:rent|lease|let)s?\s+to|\b(?:is|are)|[”\")]\s*,?\s*and)\s+|[.:?]\s+(?=[A-Z])|\n\s*\n"
)
_APPOSED = re.compile(
    rf"(?:,\s+|\s[-–—]\s)(?:(?:the|your|our|my|as)\s+)?(?P<role>(?i:{OWNER}|{TENANT}))(?=,|;|\.|\)|:|\s+who\b|\s*\n|\s*_{{2}}|\s+(?:does|hereby)\b)"
)
_IS_ROLE = re.compile(
    rf"\b(?:[Tt]he|THE|[Yy]our)\s+(?P<role>(?i:{OWNER}|{TENANT}))(?:\s+(?:under|of|in|for)\s+[^.;\n]{{2,40}}?)?\s+(?:is|are|IS|ARE)[:\s]\s*(?P<name>{NAMES})"
)
_ROLE_FIRST = re.compile(
    rf"\b(?:[Tt]he|THE|[Yy]our|by|to|from|BY|TO|between|BETWEEN|and|AND)\s+(?P<role>(?i:{OWNER}|{TENANT})),?\s+(?:[Mm](?:rs?|s)\.\s+)?(?P<name>{NAMES})(?=\s*(?:[,;.:(_]|\n|\s(?:and|AND|rents?|leases?|lets?|to)\b|$))"
)
_VERB = r"\b(?:(?:rent|lease|let|demise|sublet|sublease)s?|LETS|LEASES|RENTS)(?:\s+(?:and|or)\s+\w+)?"
_LETS_TO = re.compile(rf"{_VERB}\s+(?:(?:un)?to|TO)\s+(?P<name>{NAMES})")
_RENTS_FROM = re.compile(rf"{_VERB}(?:\s+[a-z][^.;\n]{{0,60}})?\s+from\s+(?P<name>{NAMES})")
_WHO = re.compile(
    rf"(?<![\w.'’&-])(?P<name>{NAMES}){_ASIDE}(?:\s+(?:does|do|will|shall|agrees?\s+to|agreed\s+to))?(?:\s+hereby)?\s+$"
)
_FOR_ANOTHER = re.compile(r"\b(?:agents?|manager|attorney-in-fact)\s+(?:for|of)\b|\bon\s+behalf\s+of\b")
_I_AND_YOU = re.compile(
    rf"(?:[\"“](?P<i>I|[Ww]e)[\"”]\s+(?:am|are|means?)|[\"“](?P<you>[Yy]ou)[\"”]\s+(?:are|is|means?)|\b(?P<i2>I|We),|\b(?P<you2>You)(?:,\s+the\s+\w+)?,(?:\s+are)?)\s+(?:(?:the|your|our)\s+(?i:{OWNER}|{TENANT}),?\s+)?(?P<name>{NAMES})(?!,?\s+(?:rent|take|hire|lease)\b[^.;]{{0,60}}?\bfrom\b)"
)


def named(layout: Layout) -> Iterator[Named]:
    """Whose role, start, end and features of every party that a sentence at the front names.

    >>> from schemas import Document, Line, Page
    >>> from pipeline.generate.offline.lease.layout import lay_out
    >>> text = "The Owner is Hill Homes, Inc. The Renters are Ada Poe and Ben Roe."
    >>> layout = lay_out(Document("a", "", "text/plain", text, (Page(1, 0, len(text), (Line(0, len(text)),)),)))
    >>> [(role, text[start:end]) for role, start, end, _ in named(layout)]
    [('owner_name', 'Hill Homes, Inc.'), ('tenant_name', 'Ada Poe and Ben Roe')]
    """
    text = layout.text[: layout.contents[1] + _REACH]
    yield from _titled(text)
    for mark in _APPOSED.finditer(text):
        if name := SUBJECT.search(text, max(0, mark.start() - 120), mark.start()):
            yield role_of(mark["role"]), *name.span("name"), ("apposed",)
    for mark in _IS_ROLE.finditer(text):
        yield role_of(mark["role"]), *mark.span("name"), ("is_role",)
    yield from _signed(layout)
    for mark in _ROLE_FIRST.finditer(text):
        yield role_of(mark["role"]), *mark.span("name"), ("role_first",)
    for mark in _LETS_TO.finditer(text):
        yield from _two(text, mark, "owner_name", "tenant_name")
    for mark in _RENTS_FROM.finditer(text):
        yield from _two(text, mark, "tenant_name", "owner_name")
    for mark in _I_AND_YOU.finditer(text[:2_500]):
        yield "owner_name" if mark["i"] or mark["i2"] else "tenant_name", *mark.span("name"), ("is_role",)


def role_of(word: str) -> Role:
    """Whose role a word names.

    >>> role_of("Housing Provider"), role_of("renters")
    ('owner_name', 'tenant_name')
    """
    return "owner_name" if re.match(rf"(?i)(?:{OWNER})", word.strip()) else "tenant_name"


def _signed(layout: Layout) -> Iterator[Named]:
    """Parties with their role beside the lines on which they sign, far from the front."""
    tail = layout.text[max(_REACH + layout.contents[1], len(layout.text) - _SIGNATURES) :]
    before = len(layout.text) - len(tail)
    for mark in _APPOSED.finditer(tail):
        if name := SUBJECT.search(tail, max(0, mark.start() - 90), mark.start()):
            yield role_of(mark["role"]), before + name.start("name"), before + name.end("name"), ("signature",)
    for mark in _ROLE_FIRST.finditer(tail):
        yield role_of(mark["role"]), before + mark.start("name"), before + mark.end("name"), ("signature",)


def _two(text: str, verb: re.Match[str], subject: Role, other: Role) -> Iterator[Named]:
    """Who lets to whom, or who rents from whom: the name after the verb, and that before it."""
    if who := _WHO.search(text, max(0, verb.start() - 200), verb.start()):
        if not _FOR_ANOTHER.search(text, who.end("name"), verb.start()):
            yield subject, *who.span("name"), ("lets",)
        yield other, *verb.span("name"), ("lets",)


def _titled(text: str) -> Iterator[Named]:
    """Roles by other names after the name: 'Otis Greenleaf ("the Member")'."""
    for mark in _TITLED.finditer(text):
        role: Role = "owner_name" if _TITLED_OWNER.match(mark["role"]) else "tenant_name"
        lead = text[max(0, mark.start() - 200) : mark.start()]
        begins = [m.end() for m in _BEGINS.finditer(lead)]
        yield role, mark.start() - len(lead) + (begins[-1] if begins else 0), mark.start(), ("titled",)
