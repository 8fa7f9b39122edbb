"""The schedule of activities laid out for a sheet or a page: head rows, group headings, rows with marks, footnotes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from schemas.schedule import Activity, Footnote, ScheduleOfActivities, Visit

UNMARKED = "note"  # the mark of a note to the whole table
RowKind = Literal["head", "group", "activity"]


@dataclass(frozen=True, slots=True)
class Span:
    """A cell over one or more neighbouring visits: `text`, then the footnote `marks` that stand behind it."""

    first: int
    last: int
    text: str
    marks: tuple[str, ...] = ()

    @property
    def written(self) -> str:
        """The cell as plain text.

        >>> Span(0, 0, "X", ("a", "b")).written
        'X [a,b]'
        """
        return f"{self.text} [{','.join(self.marks)}]".strip() if self.marks else self.text


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its name at the left, and its cells from left to right; visits without a cell are blank."""

    kind: RowKind
    name: Span
    cells: tuple[Span, ...] = ()


def footnote(note: Footnote) -> str:
    """A footnote as it stands below the table; a note without a mark of its own stands as it is.

    >>> footnote(Footnote(mark="a", text="Fasting.")), footnote(Footnote(mark="note", text="Note: fasting."))
    ('[a] Fasting.', 'Note: fasting.')
    """
    return note.text if note.mark in ("", UNMARKED) else f"[{note.mark}] {note.text}"


def rows(schedule: ScheduleOfActivities) -> list[Row]:
    """Every row of the schedule, from the head down.

    >>> schedule = ScheduleOfActivities(visits=[Visit(name="V1", timing="Day 1")], activities=[Activity(name="ECG", group="Safety")])
    >>> [(row.kind, row.name.text, [cell.text for cell in row.cells]) for row in rows(schedule)]
    [('head', 'Visit', ['V1']), ('head', 'Timing', ['Day 1']), ('group', 'Safety', []), ('activity', 'ECG', [])]
    """
    return [*_head(schedule.visits), *_body(schedule.activities, len(schedule.visits))]


def _head(visits: Sequence[Visit]) -> Iterator[Row]:
    """The rows that say when a visit is; one that would be blank, or say only what the visit's name says, is left out."""
    if any(visit.period for visit in visits):
        runs = groupby(range(len(visits)), key=lambda i: visits[i].period)
        spans = [(period, list(places)) for period, places in runs if period]
        yield Row("head", Span(0, 0, "Period"), tuple(Span(run[0], run[-1], period) for period, run in spans))
    names = (Span(i, i, visit.name, tuple(visit.footnotes)) for i, visit in enumerate(visits))
    yield Row("head", Span(0, 0, "Visit"), tuple(names))
    if any(visit.timing and visit.timing != visit.name for visit in visits):
        timed = (Span(i, i, visit.timing) for i, visit in enumerate(visits) if visit.timing)
        yield Row("head", Span(0, 0, "Timing"), tuple(timed))
    if any(visit.window for visit in visits):
        allowed = (Span(i, i, visit.window) for i, visit in enumerate(visits) if visit.window)
        yield Row("head", Span(0, 0, "Window"), tuple(allowed))


def _body(activities: Sequence[Activity], visits: int) -> Iterator[Row]:
    for group, members in groupby(activities, key=lambda activity: activity.group):
        if group:
            yield Row("group", Span(0, 0, group))
        for activity in members:
            name = Span(0, 0, activity.name, tuple(activity.footnotes))
            yield Row("activity", name, tuple(_cells(activity, visits)))


def _cells(activity: Activity, visits: int) -> Iterator[Span]:
    """The cells in order of place, none over another, none beyond the last visit: what is read may be wrong."""
    free = 0
    for cell in sorted(activity.cells, key=lambda c: c.visit):
        last = min(cell.visit if cell.last_visit is None else cell.last_visit, visits - 1)
        if free <= cell.visit <= last:
            yield Span(cell.visit, last, cell.text, tuple(cell.footnotes))
            free = last + 1
