"""Schedule of activities: visits and activities of the table that says what is done when."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.generate.offline.protocol.schedule_head import visits
from pipeline.generate.offline.protocol.schedule_pages import Part, continuation, join
from pipeline.generate.offline.protocol.schedule_rows import Activity
from pipeline.generate.offline.protocol.schedule_table import Grid
from pipeline.generate.offline.protocol.schedule_visits import STAGE, Visit
from schemas import RUNNING, Document, FieldAnswer, Quote, Table

_TITLE = re.compile(
    r"schedules? of (?:study )?(?:activit|assessment|event|procedure|evaluation|visit|observation|study)|time (?:and|&) events?|"
    r"study (?:flow ?chart|calendar|plan|schedule|activities|schema)|flow ?chart|visit schedule|trial flow|"
    r"(?:assessments?|evaluations?|events?|activit(?:y|ies)|procedures?) (?:schedule|table|calendar)|table of (?:event|assessment|procedure)|"
    r"procedural outline|schedule for (?:protocol|study)|\bSoA\b|study procedures",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"\s*(?:table|appendix|attachment|annex)\s+([\w.-]+)", re.IGNORECASE)
_OTHER = re.compile(
    r"pharmacokinetic|\bPK\b|sampling|dose modif|dosing|extension|crisis|substudy|sub-study|biomarker", re.IGNORECASE
)
_LEAST_MARKS, _LEAST_MARKS_UNNAMED = 6, 15
_GOOD = 2.0
_LINES_ABOVE = 12


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule of activities, put together from all pages it runs over; `run` is what each page shows."""

    title: str = ""
    pages: tuple[int, ...] = ()
    visits: tuple[Visit, ...] = ()
    activities: tuple[Activity, ...] = ()
    start: int = -1
    end: int = -1
    run: tuple[Part, ...] = ()


def schedule(document: Document) -> Schedule | None:
    """The main schedule of activities, the first one if there are several; None if the document's tables hold none."""
    parts = [part for part in _parts(document) if part.grid.marks or _TITLE.search(part.title)]
    runs = _runs(parts)
    likeness = [_likeness(document, run) for run in runs]
    if not any(likeness):
        return None
    good = next((k for k, like in enumerate(likeness) if like >= _GOOD), likeness.index(max(likeness)))
    run = runs[good]
    columns, rows = join(run)
    first = next((p for p in run if p.title), run[0])
    return Schedule(first.title, tuple(p.page for p in run), columns, rows, first.start, first.end, tuple(run))


def _parts(document: Document) -> Iterator[Part]:
    """Every table with columns enough for a schedule, with its title."""
    before = 0
    for table in document.tables:
        grid = Grid(table)
        if grid.width >= 3 and grid.places:
            yield Part(grid, *_title(document, table, before))
        before = table.end


def _title(document: Document, table: Table, before: int) -> tuple[str, int, int]:
    """The nearest line above a table, on its page, that names a table or a schedule."""
    page = document.pages[table.page - document.pages[0].number]
    above = [ln for ln in page.lines if before <= ln.start <= table.start and ln.kind not in RUNNING][-_LINES_ABOVE:]
    for line in reversed(above):
        text = document.slice(line.start, line.end).strip()
        if len(text) < 150 and (_CAPTION.match(text) or _TITLE.search(text)):
            return text, line.start, line.end
    first = next((c for c in table.cells if c.text.strip()), None)
    if first and first.start >= 0 and first.column_span > 2 and _TITLE.search(first.text):
        return first.text, first.start, first.end
    return "", -1, -1


def _runs(parts: Sequence[Part]) -> list[list[Part]]:
    """Tables that belong together: one schedule over several pages."""
    runs: list[list[Part]] = []
    for part in parts:
        further = None
        if runs and not _renamed(runs[-1], part):
            further = continuation(runs[-1], part)
        if further:
            runs[-1].append(further)
        else:
            runs.append([part])
    return runs


def _renamed(run: Sequence[Part], part: Part) -> bool:
    """Whether a title stands above the part that is not the run's."""
    first = next((p.title for p in run if p.title), "")
    return bool(part.title) and bool(first) and not _same_title(first, part.title)


def _same_title(first: str, second: str) -> bool:
    """Whether two captions name one table: the same number, or the same words but for "(continued)"."""
    a, b = _CAPTION.match(first), _CAPTION.match(second)
    if a and b:
        return a.group(1).strip(".:") == b.group(1).strip(".:")
    words = [re.sub(r"\W+|cont(?:inued|\b)|concluded", "", t.lower()) for t in (first, second)]
    return words[0] in words[1] or words[1] in words[0]


def _likeness(document: Document, run: Sequence[Part]) -> float:
    """How much a table looks like the main schedule: its title, its marks, the part of the document it stands in; 0 for no."""
    title = " ".join(part.title for part in run)
    sections = " ".join(s.title for s in document.sections if s.start <= run[0].grid.table.start < s.end)
    marks = sum(part.grid.marks for part in run)
    named = 2.0 * bool(_TITLE.search(title)) or 1.5 * bool(_TITLE.search(sections))
    if marks < (_LEAST_MARKS if named else _LEAST_MARKS_UNNAMED) or not (named or _has_visits(run[0])):
        return 0.0
    other = 1.5 * bool(_OTHER.search(title))
    return max(named - other + min(marks, 40) / 40, 0.1)


def _has_visits(part: Part) -> bool:
    """Whether most columns of a table are headed by a time, a visit's number or a stage of a study."""
    found = [visit for _, visit in visits(part.grid)]
    return 2 * sum(bool(v.timing or v.number or STAGE.search(v.name)) for v in found) > len(found)


def read(document: Document) -> dict[str, FieldAnswer]:
    """The fields soa_visits and soa_activities, each with quotes from the document."""
    return fields(document, schedule(document))


def fields(document: Document, found: Schedule | None) -> dict[str, FieldAnswer]:
    """The fields of a schedule that was found already."""
    if found is None or not found.visits or not found.activities:
        return {"soa_visits": FieldAnswer(), "soa_activities": FieldAnswer()}
    title = _quotes(document, [(found.start, found.end)])
    sure = 0.8 if _TITLE.search(found.title) else 0.6
    return {
        "soa_visits": FieldAnswer(
            [v.name for v in found.visits], title + _quotes(document, [(v.start, v.end) for v in found.visits]), sure
        ),
        "soa_activities": FieldAnswer(
            [a.name for a in found.activities],
            title + _quotes(document, [(a.start, a.end) for a in found.activities]),
            sure,
        ),
    }


def _quotes(document: Document, spans: Sequence[tuple[int, int]]) -> tuple[Quote, ...]:
    """The spans that are in the text, as quotes without white space at their ends."""
    quotes = []
    for start, end in spans:
        text = document.slice(start, end) if 0 <= start < end else ""
        if text.strip():
            first = start + len(text) - len(text.lstrip())
            quotes.append(Quote(text.strip(), first, first + len(text.strip())))
    return tuple(quotes)
