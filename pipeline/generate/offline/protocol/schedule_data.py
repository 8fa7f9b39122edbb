"""The schedule as public data: visits, activities with their cells, footnotes, each mark told from its text."""

from collections.abc import Iterator, Sequence

from pipeline.generate.offline.protocol.schedule import Schedule
from pipeline.generate.offline.protocol.schedule_footnotes import footnotes
from pipeline.generate.offline.protocol.schedule_marks import parted, raised
from pipeline.generate.offline.protocol.schedule_rows import Activity as Row
from pipeline.generate.offline.protocol.schedule_visits import Visit as Column
from schemas import Cell, Document, Evidence
from schemas.schedule import Activity, Footnote, ScheduledCell, ScheduleOfActivities, Visit

_LONGEST_CODE = 4


def schedule_of_activities(document: Document, found: Schedule) -> ScheduleOfActivities:
    """The schedule that `schedule.schedule` found, as every user of the library sees it.

    Args:
        document: what it was found in.
        found: its visits and rows.
    """
    first = _rows(document, found, ())
    visits = [_visit(document, visit, ()) for visit in found.visits]
    used = {m for row in first for m in (*row.footnotes, *(n for c in row.cells for n in c.footnotes))}
    used |= {m for visit in visits for m in visit.footnotes}
    codes = {c.text for row in first for c in row.cells if len(c.text) <= _LONGEST_CODE and c.text.isalpha()}
    below = footnotes(document, found.run, used, codes)
    known = {note.mark for note in below}
    if any(len(mark) > 1 and mark not in known for mark in used):  # marks printed together, which the notes tell apart
        first = _rows(document, found, known)
        visits = [_visit(document, visit, known) for visit in found.visits]
    return ScheduleOfActivities.model_construct(
        title=" ".join(found.title.split()), pages=sorted(set(found.pages)), visits=visits, activities=first,
        footnotes=[Footnote.model_construct(mark=n.mark, text=n.text) for n in below],
    )  # fmt: skip


def _visit(document: Document, visit: Column, known: Sequence[str] | set[str]) -> Visit:
    marks: list[str] = []
    for cell in visit.heads:
        said, signs = parted(cell.text, _slice(document, cell), known)
        marks += [m for m in signs if m not in said.split()] if len(said) > 1 else []
    return Visit.model_construct(
        name=visit.name, period=visit.period, timing=visit.timing, window=visit.window,
        footnotes=list(dict.fromkeys(marks)),
    )  # fmt: skip


def _rows(document: Document, found: Schedule, known: Sequence[str] | set[str]) -> list[Activity]:
    return [
        Activity.model_construct(
            name=row.name, group=row.group, cells=list(_cells(document, row, known)),
            footnotes=list(_name_marks(document, row, known)), evidence=_evidence(document, row),
        )
        for row in found.activities
    ]  # fmt: skip


def _name_marks(document: Document, row: Row, known: Sequence[str] | set[str]) -> tuple[str, ...]:
    printed = document.slice(row.start, row.end) if 0 <= row.start < row.end else row.marked
    return raised(row.name, printed, known)


def _cells(document: Document, row: Row, known: Sequence[str] | set[str]) -> Iterator[ScheduledCell]:
    """What stands at the visits; neighbours under one cell of the table are one cell over several visits."""
    visit = 0
    while visit < len(row.printed):
        cells = row.printed[visit]
        last = visit
        if len(cells) == 1 and cells[0].column_span > 1:
            while last + 1 < len(row.printed) and row.printed[last + 1] == cells:
                last += 1
        if cells:
            said = [parted(cell.text, _slice(document, cell), known) for cell in cells]
            text = " ".join(dict.fromkeys(t for t, _ in said))
            marks = list(dict.fromkeys(m for _, signs in said for m in signs))
            yield ScheduledCell.model_construct(
                visit=visit, text=text, footnotes=marks, last_visit=last if last > visit else None
            )
        visit = last + 1


def _slice(document: Document, cell: Cell) -> str:
    return document.slice(cell.start, cell.end) if 0 <= cell.start < cell.end else ""


def _evidence(document: Document, row: Row) -> list[Evidence]:
    """Where the row's name stands, without white space at its ends."""
    text = document.slice(row.start, row.end) if 0 <= row.start < row.end else ""
    if not text.strip():
        return []
    start = row.start + len(text) - len(text.lstrip())
    quote = text.strip()
    page = document.page_at(start).number
    return [Evidence.model_construct(page=page, start=start, end=start + len(quote), quote=quote, boxes=[])]
