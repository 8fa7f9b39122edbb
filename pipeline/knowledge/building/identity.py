"""What a standard lease says of itself: its name, the day of its edition, the township it is for."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import PurePath

from pipeline.values.dates import find_dates
from schemas import Document

_EDITION = re.compile(
    r"\b(?:rev(?:ised|ision|\.)?|edition(?: of)?|effective(?: date)?|version|form date|updated|issued|adopted)(?:[\s:.,]|\bof\b){0,6}",
    re.IGNORECASE,
)
_SHORT_DATE = re.compile(r"(?P<month>1[0-2]|0?[1-9])\s?[/-]\s?(?P<year>(?:20)?\d\d)(?![/\d-])")
_TOWNSHIP = re.compile(
    r"\bTownship of (?P<after>[A-Z][a-z]+(?: [A-Z][a-z]+)?)|\b(?P<before>[A-Z][a-z]+(?: [A-Z][a-z]+)?) Township\b"
)
_REACH = 40  # characters after "edition of" within which its date stands


def name_of(document: Document) -> str:
    """The name of a template, the same for all its editions: its title, else what its file is called.

    >>> from schemas import Page
    >>> name_of(Document("ohio_lease-2026.pdf", "", "", "", (Page(1, 0, 0),)))
    'Ohio Lease 2026'
    """
    first = min(document.sections, key=lambda s: s.start, default=None)
    if first is not None and not first.number and 8 <= len(first.title) <= 90:
        title = " ".join(first.title.split())
        return title.title().replace("'S", "'s") if title.isupper() else title
    return " ".join(re.split(r"[\W_]+", PurePath(document.name).stem)).title() or "Template"


def dated(document: Document) -> date | None:
    """The day of a template's edition, from words such as "Rev. 1/26" or "edition of January 2026"; None if it has none.

    >>> from schemas import Page
    >>> text = "Standard Lease (Rev. 1/26). This Lease, effective ____, is made"
    >>> dated(Document("a", "", "", text, (Page(1, 0, len(text)),)))
    datetime.date(2026, 1, 1)
    """
    return next(_editions(document.text), None)


def _editions(text: str) -> Iterator[date]:
    for word in _EDITION.finditer(text):
        after = text[word.end() : word.end() + _REACH]
        found = next((f for f in find_dates(after) if f.start <= 1), None)
        if found:
            year, month, *day = (int(part) for part in found.value.split("-"))
            yield date(year, month, day[0] if day else 1)
        elif short := _SHORT_DATE.match(after):
            year = int(short["year"])
            yield date(year if year > 99 else 2000 + year, int(short["month"]), 1)


def township_of(document: Document) -> str | None:
    """The township a template is for, None if it names none.

    >>> from schemas import Page
    >>> text = "the dwelling at ________, Township of Liberty, Ohio"
    >>> township_of(Document("a", "", "", text, (Page(1, 0, len(text)),)))
    'Liberty Township'
    """
    found = _TOWNSHIP.search(document.text)
    return f"{found['after'] or found['before']} Township" if found else None
