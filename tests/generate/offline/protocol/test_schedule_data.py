"""The schedule as data: spans, footnote marks told from text, footnotes over page breaks, evidence that is exact."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.generate.offline.protocol.schedule import schedule
from pipeline.generate.offline.protocol.schedule_data import schedule_of_activities
from pipeline.generate.offline.protocol.schedule_footnotes import comes_next
from pipeline.generate.offline.protocol.schedule_marks import parted, raised
from schemas import Cell, Document, Line, Page, ScheduleOfActivities, Table
from tests.generate.offline.protocol.test_schedule import cells

Rows = Sequence[Sequence[str]]
RAISED = "^"


def protocol(*pages: tuple[Rows, Sequence[str]]) -> Document:
    """One table a page with the lines below it; what follows "~" in a cell is a raised mark, no part of its text."""
    text, made, tables = "", [], []
    for number, (rows, below) in enumerate(pages, 1):
        start = len(text)
        lines = []
        if number == 1:
            text += "Schedule of Activities\n"
            lines.append(Line(start, len(text) - 1))
        begin, placed = len(text), []
        for cell in cells(rows):
            at = len(text)
            text += cell.text.replace("~", "") + "\n"
            lines.append(Line(at, len(text) - 1, "table"))
            said = " ".join(word.split("~")[0] for word in cell.text.split())
            placed.append(Cell(cell.row, cell.column, said, at, len(text) - 1, cell.row_span, cell.column_span))
        if placed:
            tables.append(Table(number, begin, len(text) - 1, tuple(placed)))
        for line in below:
            at = len(text)
            text += line + "\n"
            lines.append(Line(at, len(text) - 1))
        made.append(Page(number, start, len(text) - 1, tuple(lines)))
    return Document("p.pdf", "0" * 64, "application/pdf", text, tuple(made), tuple(tables))


def read(document: Document) -> ScheduleOfActivities:
    found = schedule(document)
    assert found
    return schedule_of_activities(document, found)


HEAD: Rows = [["Period", "Screening~a", "Treatment", "<", "Follow-up"], ["Day", "-28 to -1", "1", "15 (±2)", "57"]]
BODY: Rows = [
    ["Informed consent", "X", "", "", ""],
    ["Safety", "<", "<", "<", "<"],
    ["Vital signs~b", "X", "X", "X", "X~c,d"],
    ["12-lead ECG†", "X", "", "X~b", ""],
    ["Adverse events", "", "X", "<", "<"],
]
NOTES = [
    "Abbreviations: ECG = electrocardiogram.",
    "a Screening may last 28 days.",
    "b Blood pressure and pulse,",
    "after five minutes of rest.",
    "c. Only if clinically indicated.",
    "d. By telephone.",
    "† In triplicate.",
    "Confidential text about something else",
]


def test_visits_carry_period_time_window_and_marks() -> None:
    found = read(protocol(([*HEAD, *BODY], NOTES)))
    assert [v.name for v in found.visits] == ["Screening (Day -28 to -1)", "Day 1", "Day 15", "Follow-up (Day 57)"]
    assert [v.period for v in found.visits] == ["Screening", "Treatment", "Treatment", "Follow-up"]
    assert [v.timing for v in found.visits] == ["Day -28 to -1", "Day 1", "Day 15", "Day 57"]
    assert [v.window for v in found.visits] == ["", "", "±2", ""]
    assert [v.footnotes for v in found.visits] == [["a"], [], [], []]


def test_cells_have_text_marks_and_spans() -> None:
    found = read(protocol(([*HEAD, *BODY], NOTES)))
    signs, ecg, events = found.activities[1:]
    assert (signs.name, signs.group, signs.footnotes) == ("Vital signs", "Safety", ["b"])
    assert [(c.visit, c.text, c.footnotes) for c in signs.cells][-1] == (3, "X", ["c", "d"])
    assert (ecg.name, ecg.footnotes, [c.visit for c in ecg.cells]) == ("12-lead ECG", ["†"], [0, 2])
    assert [(c.visit, c.last_visit, c.text) for c in events.cells] == [(1, 3, "X")]
    assert found.grid()[-1] == ["Adverse events", "", "X", "X", "X"]


def test_footnotes_are_read_whole() -> None:
    found = {n.mark: n.text for n in read(protocol(([*HEAD, *BODY], NOTES[:-1]))).footnotes}
    assert found == {
        "a": "Screening may last 28 days.",
        "b": "Blood pressure and pulse, after five minutes of rest.",
        "c": "Only if clinically indicated.",
        "d": "By telephone.",
        "†": "In triplicate.",
    }


def test_footnotes_go_on_after_a_page_break() -> None:
    found = read(protocol(([*HEAD, *BODY], NOTES[:3]), ([], NOTES[3:7])))
    assert [n.mark for n in found.footnotes] == ["a", "b", "c", "d", "†"]
    assert found.footnotes[1].text == "Blood pressure and pulse, after five minutes of rest."


def test_the_body_of_the_protocol_is_no_footnote() -> None:
    after = ["1.1 Background", "a word of introduction"]
    found = read(protocol(([*HEAD, *BODY], NOTES[:7]), ([], after)))
    assert "introduction" not in " ".join(n.text for n in found.footnotes)


def test_pages_of_one_schedule_are_merged_and_groups_carried_on() -> None:
    found = read(protocol(([*HEAD, *BODY], []), ([*HEAD, ["Weight", "X", "", "", "X"]], NOTES)))
    assert found.pages == [1, 2]
    assert (found.activities[-1].name, found.activities[-1].group) == ("Weight", "Safety")


def test_evidence_is_an_exact_slice() -> None:
    document = protocol(([*HEAD, *BODY], NOTES))
    for activity in read(document).activities:
        for e in activity.evidence:
            assert document.slice(e.start, e.end) == e.quote
            assert document.page_at(e.start).number == e.page


@pytest.mark.parametrize(
    ("text", "printed", "expected"),
    [
        ("X", "Xa", ("X", ("a",))),
        ("X", "X 10, 11", ("X", ("10", "11"))),
        ("Week 68 to 140", "Week 68b to\n140", ("Week 68 to 140", ("b",))),
        ("X†‡", "X†‡", ("X", ("†", "‡"))),
        ("X (fasting)", "X (fasting)", ("X (fasting)", ())),
        ("every 3 months", "every 3 months", ("every 3 months", ())),
        ("2 mL", "2 mL", ("2 mL", ())),
    ],
)
def test_marks_are_told_from_text(text: str, printed: str, expected: tuple[str, tuple[str, ...]]) -> None:
    assert parted(text, printed) == expected


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_cell_is_parted(text: str, printed: str) -> None:
    said, marks = parted(text, printed)
    assert len(said) <= len(text)
    assert len(set(marks)) == len(marks)
    assert len(raised(text, printed)) <= 12


def test_marks_come_in_their_order() -> None:
    assert comes_next("aa", "z", ())
    assert comes_next("2", "1", ())
    assert not comes_next("2", "b", ())
    assert not comes_next("e", "b", ())
