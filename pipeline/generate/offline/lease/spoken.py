"""Parties as people name them who write as they speak: "I am X and I own the house", "Who is the landlord? X", "2. Tenants. A and B"."""

import re
from collections.abc import Iterator
from typing import Literal

from pipeline.generate.offline.lease.layout import Layout
from pipeline.generate.offline.lease.sentences import (
    ASIDE_LENGTH,
    NAMES,
    NAMES_ON_LINE,
    OWNER,
    SUBJECT,
    TENANT,
    Named,
    Role,
    role_of,
)

_FRONT = 4_000  # characters in which a lease says who its parties are, in these words
_SIR = r"(?:(?:[Tt]he|THE)\s+)?(?:undersigned,?\s+)?(?:(?:Mr|Mrs|Ms|Dr|Miss|Mx)\.?\s+)?"
_NAME = rf"{_SIR}(?P<name>{NAMES})"
_LINE_NAME = rf"{_SIR}(?P<name>{NAMES_ON_LINE})"
_HOME = r"(?:house|home|place|building|property|apartment|flat|unit|premises|dwelling|residence|condominium|condo|townho(?:me|use)|duplex|cottage|room|complex|community)"
_WHOLE = r"(?=(?<=\.)\s+[A-Z]|\s*(?:[,;.!:()\n—–-]|$|\s(?:and|who|whose|of|as|does|do|is|are|rents?|leases?|owns?|at|from|to|on|for|the|in|hold)\b))"
_ROLES = rf"(?P<role>(?i:{OWNER}|{TENANT}))"
_DOES = re.compile(  # what is said of a party after its name
    rf"\b(?:(?:is|are|am|be|acts?\s+as|serves?\s+as|stands?\s+as|becomes?|as|(?:(?:shall|will)\s+be|is|are)\s+(?:called|known\s+as|named))\s+(?:(?:the|your|our|my|his|her|a|an|sole|only|record|legal|current|both|jointly|co-?)\s+){{0,3}}[\"“]?{_ROLES}(?!['’]|\s+(?:of\s+(?:a|an|any)\b|[a-z]+(?:ed|ing)\b))"
    rf"|(?:is|are)\s+[\"“](?:(?P<us>we|us|I|me|We|Us)|(?P<you>[Yy]ou))\b"
    rf"|(?P<own>(?:and\s+(?:I|we|he|she|they)\s+|who\s+|which\s+|jointly\s+|together\s+)?owns?)\s+(?:and\s+\w+\s+)?(?:the|this|your|that|it\b|both)"
    rf"|(?:lets?|leases?|rents?)\s+(?:out\s+)?(?P<out>(?:it|(?:the|this|its|his|her|their|our|an?)\s+[^.;:?!]{{2,90}}?)\s+to\b|(?=,?\s+and\s))"
    rf"|(?:takes?|rents?|hires?|leases?|will\s+rent)\s+(?P<take>(?:it|(?:the|this)\s+[^.;:?!]{{2,90}}?)\s+from\b)"
    rf"|(?P<renting>(?:is|are)\s+renting)\b(?!\s+(?:out|to)\b)|who\s+(?P<live>(?:will\s+|shall\s+)?(?:lives?|rents?|occup(?:y|ies)|takes?)\b))"
)
_OWNS: Role = "owner_name"
_RENTS: Role = "tenant_name"

_SAID: tuple[tuple[Role | Literal["role"], tuple[str, ...], re.Pattern[str]], ...] = (  # role, words one of which must be there, pattern
    ("role", (), re.compile(  # "The only tenant is X", "the owner of the house is X", "the word tenant means X"
        rf"\b(?:[Tt]he|THE|[Yy]our|[Oo]ur|[Mm]y|[Ww]ord|[Aa]s)\s+(?:(?:only|sole|record|legal|other|current|two|three|four|registered|property|building)\s+){{0,2}}[\"“]?{_ROLES}[\"”]?"
        rf"(?:\s+(?:under|of|in|for|here|on|to)\b[^.;:?!]{{0,60}}?)?(?:,?\s+(?:is|are|IS|ARE|means?|named|called|will\s+be|shall\s+be|remains?)(?:\s+as\s+follows)?[:\s]|:|\s+\()\s*{_NAME}{_WHOLE}")),
    ("role", (" is ", " are ", " being "), re.compile(rf"(?<![\w'’-])(?P<role>(?:Landlord|Owner|Lessor|Tenant|Lessee|Renter|Resident)s?)(?:\s+(?:is|are)|,\s+being)\s+{_NAME}{_WHOLE}")),
    (_OWNS, ("management is ", "management, being ", "management leases", "management lets"), re.compile(rf"\bManagement(?:\s+is|,\s+being)\s+{_NAME}{_WHOLE}")),
    ("role", (" leases ", " lets ", " rents "), re.compile(rf"(?<![\w'’-])(?P<role>(?i:{OWNER}))\s+{_NAME}\s+(?:hereby\s+)?(?:leases|lets|rents|demises)\b")),  # "Landlord X leases to"
    ("role", (" leases ", " lets ", " rents "), re.compile(rf"\b(?:leases|lets|rents|demises)\s+(?:[^.;:?!]{{2,80}}?\s)?(?:un)?to\s+(?P<role>(?i:{TENANT}))\s+{_NAME}(?=\s*(?:[,;.(]|$|\s(?:the|an?|its|his|her|their)\b))")),
    (_OWNS, (" letting", " leasing", "who own", "who let", "who rent", "that ", "which "), re.compile(rf"\b[Tt]he\s+(?:person|people|persons|family|company|one)\s+(?:letting|leasing|who\s+(?:owns?|lets?|rents?\s+out)|(?:that|which)\s+(?:owns?|lets?))\b[^.;:?!]{{0,40}}?\s(?:is|are):?\s+{_NAME}{_WHOLE}")),
    (_RENTS, (" renting", " signing", " living", "who rent", "who sign", "who live", "who will", "moving in"), re.compile(rf"\b[Tt]he\s+(?:person|people|persons|family|adults?|ones?)\s+(?:renting|signing|living\s+here|who\s+(?:rents?|signs?|(?:will\s+)?lives?)|moving\s+in)\b[^.;:?!]{{0,40}}?\s(?:is|are):?\s+{_NAME}{_WHOLE}")),
    (_OWNS, ("mean",), re.compile(rf"[\"“](?:[Ww]e|[Uu]s|I|[Mm]e)[,.]?[\"”],?\s+(?:it\s+|that\s+)?means?\s+{_NAME}{_WHOLE}")),
    (_RENTS, ("mean",), re.compile(rf"[\"“][Yy]ou[,.]?[\"”],?\s+(?:it\s+|that\s+)?means?\s+{_NAME}{_WHOLE}")),
    (_OWNS, ("belongs to", " by ", "property of"), re.compile(rf"\b(?:[Bb]elongs?\s+to|(?:owned|[Ll]et|leased|managed\s+and\s+owned)\s+by|[Tt]he\s+property\s+of)\s+(?:(?:me|us),?\s+)?{_NAME}{_WHOLE}")),
    (_RENTS, ("to ",), re.compile(rf"\b(?:rented|leased|let|(?:rents?|lets?|leases?|renting|letting|leasing)(?:\s+(?:it|you|(?:the|this|that|our|my|its|his|her)\s+[^.;:?!]{{2,80}}?))?)\s+(?:un)?to\s+(?:you,?\s+)?{_NAME}{_WHOLE}")),
    (_RENTS, ("rented by", "occupied by"), re.compile(rf"\b(?:rented|occupied)\s+by\s+{_NAME}{_WHOLE}")),
    (_OWNS, (" am ", "i'm", "i’m", "we", "name", "i,", "i (", "me", "us"), re.compile(rf"\b(?:I\s+am|I['’]m|[Ww]e\s+are|[Ww]e['’]re|WE\s+ARE|I\s+AM|[Mm]y\s+name\s+is|[Oo]ur\s+names?\s+(?:is|are)|(?:I|[Ww]e|[Mm]e|[Uu]s)(?:,|\s+\(|:))\s*(?:(?:your|the)\s+(?i:{OWNER}),?\s+)?{_NAME}{_WHOLE}(?!,?\s+(?:rent|take|hire|lease)\b[^.;]{{0,60}}?\sfrom\b)")),
    (_RENTS, (" from",), re.compile(rf"\b(?:I|We|we),\s+{_NAME},?\s+(?:rent|take|hire|lease)\s+(?:[^.;]{{0,60}}?\s)?from\b")),
    (_RENTS, ("you",), re.compile(rf"(?<!ank )\b(?:[Yy]ou\s+are|YOU\s+ARE|[Yy]ou['’]re|[Yy]our\s+names?\s+(?:is|are)|[Yy]ou(?:,|\s+\(|:))\s*(?:(?:my|our|the)\s+(?i:{TENANT}),?\s+)?:?\s*{_NAME}{_WHOLE}")),
    (_OWNS, ("with ", "from "), re.compile(rf"\b(?:[Ll]ease|[Aa]greement|[Cc]ontract|[Tt]enancy|[Hh]ome)\s+(?:is\s+)?(?:with|from)\s+(?:us,?\s+)?{_NAME}{_WHOLE}")),
    (_RENTS, ("lease from", "lease of"), re.compile(rf"\b[Ll]ease\s+(?:of\s+[^.;:?!\n]{{2,60}}\s+)?from\s+[^.;:?!\n]{{3,70}}?\s+to\s+{_NAME}{_WHOLE}")),
    (_RENTS, ("welcome", "dear ", "hello", "hi ", "hi,"), re.compile(rf"\b(?:[Ww]elcome(?:\s+[Hh]ome)?,?|[Dd]ear|[Hh]ello,?|[Hh]i,?)\s+(?=[A-Z][\w'’-]+\s+(?!and\b)(?:[A-Z]\.\s+)?[A-Z]){_NAME}(?=\s*[,!:.]|\s+and\s+welcome)")),
)  # fmt: skip
_ANSWER = re.compile(  # "Who is the landlord? X", "Who lives here? X and Y"
    rf"\?\s+(?:A(?:nswer)?[.:]\s+)?(?:(?:It|That|This|You|They|We|I)\s+(?:is|are|am):?\s+|(?i:(?:the|your)\s+(?:{OWNER}|{TENANT})\s+(?:is|are):?\s+))?{_NAME}{_WHOLE}"
)
_ASKS = re.compile(
    rf"(?i)(?:\b(?P<role>{OWNER}|{TENANT})\b[^?\n.]{{0,60}}"
    r"|\bwho\s+(?:(?P<owns>owns|lets|rents\s+out|(?:is|are)\s+(?:letting|(?:renting|leasing)\s+(?:it\s+|this\s+)?(?:out\s+)?to)|are\s+we|am\s+I|do\s+I\s+rent\s+from)|rents|is\s+renting|are\s+you|(?:will\s+)?lives?|signs?)\b[^?\n.]{0,60})$"
)
_IN_BRACKETS = re.compile(
    rf"\((?:(?:called|both|together|the|your|our)\s+)*[\"“]?(?:(?P<i>[Uu]s|[Ww]e|[Mm]e|I)|(?P<you>[Yy]ou)|{_ROLES})\b(?!['’]|\s+(?:are|is|may|shall|must|will|agrees?)\b)[^()]{{0,24}}\)"
)
_NUMBER = r"(?:(?:Section|SECTION|Article|ARTICLE|Part|§)\s+)?(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[A-Za-z]|[ivxIVX]{1,4})[.):-]{0,2}[ \t]+(?:[-–—]\s+)?)?"
_HEADED = re.compile(  # "2. Tenants. A and B", "Landlord ..... X", "Landlord's name - X"
    rf"(?m)^[ \t|]*{_NUMBER}(?:[Tt]he\s+|THE\s+|[Nn]ames?\s+of\s+(?:the\s+)?)?{_ROLES}(?:\(s\))?(?:['’]s?)?(?:[ \t]+(?i:names?))?[ \t]*(?:\.{{2,}}|(?:\.[ \t]){{2,}}|[.|:]|[ \t][-–—]{{1,2}}|\.?[-–—]{{1,2}}[ \t])[ \t_.|-]*"
    rf"{_LINE_NAME}(?=[ \t]*(?:[,;.(|\n]|$|(?:is|are|of|and)\b))"
)
_LABEL = re.compile(
    r"(?m)^[ \t]*(?:(?P<owns>Management|MANAGEMENT|(?:[Pp]roperty |[Hh]ouse |[Bb]uilding )?[Oo]wned by|[Ww]ho (?:we are|I am|owns(?: it)?)|[Ll]et by|[Ll]eased by)"
    r"|(?:[Hh]ousehold|[Hh]ead of (?:the )?household|[Ff]amily|[Aa]dults? (?:signing|on the lease)|[Ww]ho (?:you are|rents(?: it)?|is renting)|(?:[Rr]ented|[Ll]eased|[Ll]et) to|[Ff]amily \([Tt]enant\)))"
    rf"(?: members?| names?)?[ \t]*(?:[:|—–-]|\.{{2,}})[ \t_.|-]*{_LINE_NAME}(?=[ \t]*(?:[,;.(|\n]|$))"
)


def spoken(layout: Layout) -> Iterator[Named]:
    """Whose role, start, end and features of every party named in plain speech at the front, or under a heading of its own.

    >>> from schemas import Document, Line, Page
    >>> from pipeline.generate.offline.lease.layout import lay_out
    >>> text = "I am Ada Poe and I own the house. Ben Roe is the tenant."
    >>> layout = lay_out(Document("a", "", "text/plain", text, (Page(1, 0, len(text), (Line(0, len(text)),)),)))
    >>> sorted({(role, text[start:end]) for role, start, end, _ in spoken(layout)})
    [('owner_name', 'Ada Poe'), ('tenant_name', 'Ben Roe')]
    """
    text = layout.text[: layout.contents[1] + _FRONT]
    low = layout.low[: len(text)].replace("\n", " ")
    for role, words, pattern in _SAID:
        for mark in pattern.finditer(text) if not words or any(word in low for word in words) else ():
            yield role_of(mark["role"]) if role == "role" else role, *mark.span("name"), ("spoken",)
    for mark in _HEADED.finditer(text):
        if " " in mark["name"].strip():
            yield role_of(mark["role"]), *mark.span("name"), ("spoken", "headed")
    for mark in _LABEL.finditer(text):
        yield _OWNS if mark["owns"] else _RENTS, *mark.span("name"), ("label", "spoken")
    yield from _subjects(text)
    yield from _answers(text)


def _subjects(text: str) -> Iterator[Named]:
    """Who is said to be the landlord or the tenant, to own the house, to let or to rent it: the name before the verb."""
    for does in _DOES.finditer(text):
        low = max(0, does.start() - ASIDE_LENGTH - 90)
        if who := SUBJECT.search(text, low, does.start()):
            role = (
                role_of(does["role"])
                if does["role"]
                else _RENTS
                if does["take"] or does["live"] or does["you"] or does["renting"]
                else _OWNS
            )
            yield role, *who.span("name"), ("spoken",)
    for mark in _IN_BRACKETS.finditer(text):
        if who := SUBJECT.search(text, max(0, mark.start() - 130), mark.start()):
            yield (
                role_of(mark["role"]) if mark["role"] else _RENTS if mark["you"] else _OWNS,
                *who.span("name"),
                ("spoken",),
            )


def _answers(text: str) -> Iterator[Named]:
    """Who is named in answer to a question: "Who is the landlord? X"."""
    for mark in _ANSWER.finditer(text):
        if asks := _ASKS.search(text, max(text.rfind("\n", 0, mark.start()) + 1, mark.start() - 110), mark.start()):
            role = role_of(asks["role"]) if asks["role"] else _OWNS if asks["owns"] else _RENTS
            yield role, *mark.span("name"), ("spoken",)
