"""What the document calls itself, and whether it is a new lease or changes one."""

import re
from collections.abc import Mapping

from pipeline.generate.offline.lease.candidates import Candidate, place
from pipeline.generate.offline.lease.layout import Layout
from pipeline.generate.offline.lease.scorer import Choice

_KIND = r"(?:SUB-?\s?LEASE|LEASE|TENANCY|RENTAL|SUB-?LETTING|LICEN[CS]E|OCCUPANCY)"
_CHANGE = r"(?:AMENDMENT|MODIFICATION|ADDENDUM|SUPPLEMENT|EXTENSION|VARIATION|RENEWAL)"
_TITLE = re.compile(rf"\b(?:{_KIND}|{_CHANGE})\b", re.IGNORECASE)
_IN_TEXT = re.compile(
    rf"\b(?:(?:[A-Z][A-Z’'()#.&/-]*|NO\.? ?\d|\d|of|to|for|OF|TO|AND|and|–|-)\s+){{0,7}}{_KIND}(?:\s+(?:AGREEMENT|CONTRACT|DEED|INDENTURE))?(?![a-z])"
)
_THIS = re.compile(
    rf"\b(?:This|THIS)\s+(?P<title>(?:[A-Z][\w’-]*\s+){{0,5}}?(?i:{_KIND}|{_CHANGE})(?:\s+(?:(?i:agreement|contract|to lease(?: agreement)?|of lease|deed)))?)(?=[\s,(“\"])"
)
_LEAD = re.compile(
    r"(?i)^(?:#+|exhibit\s+[\w.()-]+|ex[- ][\d.]+|execution (?:copy|version)|confidential|dated\b[\w ,]*?\d{4}|\d+[.)]|page \d+(?: of \d+)?|this)\s*[:.\-–]?\s*"
)
_TAIL = re.compile(
    r"(?i)\s+(?:between|by and between|among|this|dated|made|for|relating|re:|form \d|of building|\(the|of premises|basic|table of|office lease index)\b.*$"
)

PRIORS = {
    "lease_id": {
        "bias": -2.5, "line": 1.5, "first": 1.2, "capitals": 1.0, "names_kind": 1.0, "names_agreement": 0.3, "this": 0.8, "in_text": 0.3, "at_front": 1.0, "early": -0.5, "in_contents": -1.5, "long": -1.0,
        "numbered": -1.2, "running": -2.0, "label": -1.5, "change": 0.4,
    }
}  # fmt: skip


def propose(layout: Layout, chosen: Mapping[str, Choice]) -> dict[str, list[Candidate]]:
    """Candidates for the title: lines of the first pages, "THIS LEASE AGREEMENT", capitals in running text."""
    found: list[Candidate] = []
    text = layout.text
    for index, (start, end) in enumerate(layout.lines[:70]):
        raw = text[start:end]
        if len(raw) > 130 or not _TITLE.search(raw) or layout.in_contents(start):
            continue
        cleaned = _clean(raw)
        if (
            not cleaned
            or not cleaned[0].isupper()
            or not _TITLE.search(cleaned)
            or len(cleaned.split()) > 12
            or re.search(r"[a-z]{3,}\.$|;$", cleaned)
        ):
            continue
        features = ["line", "names_kind", *place(layout, start)]
        if index < 6:
            features.append("first")
        if cleaned.isupper():
            features.append("capitals")
        if re.match(r"(?i)\s*(?:\d+|[ivx]+|section|article)[.)\s]", raw):
            features.append("numbered")
        if ":" in raw:
            features.append("label")
        if len(cleaned.split()) > 8:
            features.append("long")
        if not (
            cleaned.isupper()
            or cleaned.istitle()
            or sum(w[0].isupper() for w in cleaned.split()) >= 0.6 * len(cleaned.split())
        ):
            features.append("running")
        found.append(_candidate(text, cleaned, start, end, features))
    for match in _THIS.finditer(text[:9_000]):
        title = re.sub(r"\s+", " ", match["title"])
        found.append(
            _candidate(
                text, title.upper(), match.start("title"), match.end("title"), ["this", *place(layout, match.start())]
            )
        )
    for match in _IN_TEXT.finditer(text[:1_500]):
        title = _clean(match[0])
        if title and title.upper() == title:
            found.append(
                _candidate(text, title, match.start(), match.end(), ["in_text", *place(layout, match.start())])
            )
    return {"lease_id": found}


def _clean(raw: str) -> str:
    """A title line without exhibit numbers, marks and what follows the title."""
    title = re.sub(r"[\s_*]+", " ", raw).strip(' .:-–—#*"“”|')
    previous = ""
    while previous != title:
        previous, title = title, _LEAD.sub("", title).strip()
    return _TAIL.sub("", title).strip(" .,:-–—")


def _candidate(text: str, title: str, start: int, end: int, features: list[str]) -> Candidate:
    """A title with where its words stand."""
    if re.search(r"(?i)agreement|contract|deed", title):
        features.append("names_agreement")
    if re.search(rf"(?i)\b{_CHANGE}", title):
        features.append("change")
    at = text.find(title.split()[0], start, end)
    return Candidate(title, at if at >= 0 else start, end, tuple(features), key=re.sub(r"\W", "", title.lower()))


_AMENDS = re.compile(
    r"\bthis\s+(?:\w+\s+){0,3}(?:amendment|modification|addendum|amending agreement|supplement|extension agreement)\b|\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth)\s+(?:amendment|modification|addendum)\s+(?:to|of)\b"
    r"|\bis (?:hereby )?(?:amended|modified) (?:as follows|to read|by)|\bhereby amend|\bexcept as (?:expressly )?(?:amended|modified)",
)
_CHANGE_TITLE = re.compile(r"\b(?:amendment|modification|addendum|supplement(?:al)?|extension|variation|amending)\b")


def new_or_amendment(layout: Layout, title: Choice | None) -> Candidate:
    """Whether the document is a lease of its own or changes one; the place that shows it."""
    name = str(title.candidate.value) if title else ""
    head = layout.low[:4_000]
    marks = list(_AMENDS.finditer(head))
    by_title = bool(_CHANGE_TITLE.search(name.lower()))
    amendment = by_title or len(marks) >= 2
    if (
        amendment
        and not by_title
        and re.search(r"(?i)^(?:residential |office |sub-?)?lease(?: agreement)?$", name)
        and len(layout.text) > 30_000
    ):
        amendment = False
    if by_title and title:
        start, end = title.candidate.start, title.candidate.end
    elif amendment and marks:
        start, end = marks[0].span()
    elif title:
        start, end = title.candidate.start, title.candidate.end
    else:
        start = end = 0
    return Candidate("amendment" if amendment else "new", start, end)
