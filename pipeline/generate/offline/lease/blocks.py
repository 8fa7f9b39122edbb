"""Parties in blocks and lists: a role on a line of its own with the names below, columns, and one name after another."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.generate.offline.lease.candidates import Candidate
from pipeline.generate.offline.lease.layout import Layout
from pipeline.generate.offline.lease.sentences import NAMES_ON_LINE, OWNER, TENANT, Named, role_of

_LINES = 90  # lines at the front that are looked at
_MOST = 6  # names in a list
_ROLE = rf"(?P<role>(?i:{OWNER}|{TENANT}))(?:\(s\))?"
_ALONE = re.compile(
    rf"[\W\d_]*(?:(?:[A-Za-z]|[IVX]{{1,4}})[.)]\s*)?(?:(?:The|THE)\s+)?{_ROLE}(?:['’]s?)?(?:\s+(?i:names?|information|details))?(?:\s*\([^)]{{1,30}}\))?\s*[:.]?\W*"
)
_ITEM = re.compile(
    rf"(?:(?P<number>\(?\d{{1,2}}[.)]|[-•])\s+)?(?:(?:Full |Legal |Printed )?[Nn]ames?(?:\(s\))?\s*:\s*)?(?P<name>{NAMES_ON_LINE})(?P<more>,|\s+and|\s+&)?(?:\s*\(.*|,\s+[a-z].*|\.)?"
)
_COLUMN = re.compile(r"\s{2,}|\s*\|\s*")
_BETWEEN = re.compile(  # between two names of one list: ", tenant. 3. ", "\nTenant 2: ", " (Tenant 1) and "
    rf"[\s,.;:()_\[\]/-]*(?:(?:as|the|a)\s+)?(?:(?i:{TENANT}|{OWNER})(?:\s+(?:#|[Nn]o\.?\s*)?\w)?)?[\s,.;:()_\[\]/-]*(?:and\b)?[\s_,]*(?:\(?\d{{1,2}}[.)]\s*)?"
    rf"(?:(?i:{TENANT}|{OWNER})(?:\s+(?:#|[Nn]o\.?\s*)?\w)?(?:\s+[Nn]ame)?\s*:[\s_]*)?(?:(?:Mr|Mrs|Ms|Dr|Miss)\.?\s+)?"
)
_LISTED = {"apposed", "as_role", "signature", "label", "spoken", "opening"}


def blocks(layout: Layout) -> Iterator[Named]:
    """Whose role, start, end and features of the names below a role that stands alone, or beside another in columns.

    >>> from schemas import Document, Line, Page
    >>> from pipeline.generate.offline.lease.layout import lay_out
    >>> text = "TENANTS\\nAda Poe\\nBen Roe\\n"
    >>> layout = lay_out(Document("a", "", "text/plain", text, (Page(1, 0, len(text), (Line(0, len(text)),)),)))
    >>> [(role, text[start:end]) for role, start, end, _ in blocks(layout)]
    [('tenant_name', 'Ada Poe\\nBen Roe')]
    """
    text, lines = layout.text, layout.lines
    for index, (start, end) in enumerate(lines[: _LINES - 1]):
        if end - start > 80:
            continue
        if alone := _ALONE.fullmatch(text, start, end):
            before = index > 0 and _next_to(text, lines[index - 1][1], start) and _is_name(text, *lines[index - 1])
            if not before and _next_to(text, end, lines[index + 1][0]) and (span := _names_below(layout, index)):
                yield role_of(alone["role"]), *span, ("block",)
        yield from _columns(layout, index)


def _next_to(text: str, end: int, start: int) -> bool:
    """Whether a line follows another with none between."""
    return text.count("\n", end, start) == 1


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether a line is a name and nothing else."""
    return _ITEM.fullmatch(text, start, end) is not None


def _names_below(layout: Layout, index: int) -> tuple[int, int] | None:
    """The names on the lines below: one, or more if they are numbered, the role is plural, or the list goes on."""
    text, lines = layout.text, layout.lines
    role = text[slice(*lines[index])].rstrip(": .").lower()
    first = last = None
    for start, end in lines[index + 1 : index + 1 + _MOST]:
        item = _ITEM.fullmatch(text, start, end)
        if not item or (first and not _next_to(text, last[1] if last else end, start)):
            break
        if first is None and " " not in item["name"]:
            break
        first = first or item.span("name")
        last = (item.start("name"), item.end("name"))
        if not (item["number"] or item["more"] or role.endswith(("s", "(s)"))) or "," in item["name"]:
            break
    return (first[0], last[1]) if first and last else None


def _columns(layout: Layout, index: int) -> Iterator[Named]:
    """ "Landlord    Tenant" above "Acme LLC    Ada Poe"."""
    text, lines = layout.text, layout.lines
    head = _COLUMN.split(text[slice(*lines[index])].strip("| "))
    roles = [_ALONE.fullmatch(cell) for cell in head] if 1 < len(head) < 5 else []
    if sum(r is not None for r in roles) < 2:
        return
    start, end = lines[index + 1]
    if re.fullmatch(r"[\s|:_-]+", text[start:end]) and index + 2 < len(lines):
        start, end = lines[index + 2]
    at = start
    for role, cell in zip(roles, _COLUMN.split(text[start:end].strip("| ")), strict=False):
        at = text.find(cell, at, end)
        if role and at >= 0:
            yield role_of(role["role"]), at, at + len(cell), ("block",)


def together(text: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Names that follow one another in the same role, as one list: "Ada Poe, tenant; Ben Roe, tenant".

    >>> two = [Candidate(["Ada Poe"], 0, 15, ("apposed",), quote=(0, 7)), Candidate(["Ben Roe"], 17, 24, quote=(17, 24))]
    >>> [c.value for c in together("Ada Poe, tenant; Ben Roe, tenant", [two[0], replace(two[1], features=("apposed",))])]
    [['Ada Poe', 'Ben Roe']]
    """
    listed = sorted(
        (c for c in candidates if c.quote and len(c.value) == 1 and _LISTED & set(c.features)), key=lambda c: c.start
    )
    made: list[Candidate] = []
    run: list[Candidate] = []
    for candidate in [*listed, None]:
        if run and candidate and candidate.start == run[-1].start:
            continue
        if run and candidate and _follows(text, run[-1], candidate):
            run.append(candidate)
            continue
        if 1 < len(run) <= _MOST:
            made.append(_joined(run))
        run = [candidate] if candidate else []
    return made


def _follows(text: str, one: Candidate, other: Candidate) -> bool:
    """Whether a name stands next in the list of another."""
    end, start = (one.quote or (0, 0))[1], other.start
    return one.value != other.value and 0 < start - end < 60 and _BETWEEN.fullmatch(text, end, start) is not None


def _joined(run: Sequence[Candidate]) -> Candidate:
    """One candidate of several."""
    names = [name for c in run for name in c.value]
    last = (run[-1].quote or (0, run[-1].end))[1]
    key = "|".join(sorted(c.key for c in run))
    return replace(
        run[0], value=names, end=last, features=(*run[0].features, "joined"), key=key, quote=(run[0].start, last)
    )
