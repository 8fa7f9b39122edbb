"""The schedule of activities is read as visits and activities, over all its pages, whatever its head looks like."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.generate.offline.protocol import schedule
from pipeline.generate.offline.protocol.schedule_head import visits
from pipeline.generate.offline.protocol.schedule_names import plain
from pipeline.generate.offline.protocol.schedule_table import Grid, is_mark
from schemas import Cell, Document, Line, Page, Table

Rows = Sequence[Sequence[str]]


def cells(rows: Rows) -> tuple[Cell, ...]:
    """Cells of a grid; "<" goes on with the cell on the left, "^" with the one above."""
    made = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in ("<", "^"):
                continue
            width = next((k for k in range(1, len(row) - c) if row[c + k] != "<"), len(row) - c)
            height = next((k for k in range(1, len(rows) - r) if rows[r + k][c] != "^"), len(rows) - r)
            made.append(Cell(r, c, text, row_span=height, column_span=width))
    return tuple(made)


def grid(rows: Rows) -> Grid:
    return Grid(Table(1, 0, 1, cells(rows)))


def names(rows: Rows) -> list[str]:
    return [visit.name for _, visit in visits(grid(rows))]


def protocol(*pages: tuple[str, Rows]) -> Document:
    """A document with one table a page, each under its title ("" for none)."""
    text, made, tables = "", [], []
    for number, (title, rows) in enumerate(pages, 1):
        start = len(text)
        text += title + "\n"
        lines = [Line(start, start + len(title))] if title else []
        begin = len(text)
        placed = []
        for cell in cells(rows):
            at = len(text)
            text += cell.text + "\n"
            lines.append(Line(at, at + len(cell.text), "table"))
            placed.append(
                Cell(cell.row, cell.column, cell.text, at, at + len(cell.text), cell.row_span, cell.column_span)
            )
        tables.append(Table(number, begin, len(text) - 1, tuple(placed)))
        made.append(Page(number, start, len(text) - 1, tuple(lines)))
    return Document("p.pdf", "0" * 64, "application/pdf", text, tuple(made), tuple(tables))


X = "X"
BODY: Rows = [
    ["Informed consent", X, "", "", ""],
    ["Safety", "<", "<", "<", "<"],
    ["Vital signs a", X, X, X, X],
    ["12-lead ECG††", X, "", X, "X b"],
    ["Adverse events", "←=====→", "<", "<", "<"],
]
HEAD: Rows = [["Visit", "1", "2", "3", "4"], ["Week", "-2", "0", "4", "8"]]


def test_visits_and_activities_of_a_schedule() -> None:
    fields = schedule.read(protocol(("Table 1 Schedule of Assessments", [*HEAD, *BODY])))
    assert fields["soa_visits"].value == [
        "Visit 1 (Week -2)",
        "Visit 2 (Week 0)",
        "Visit 3 (Week 4)",
        "Visit 4 (Week 8)",
    ]
    assert fields["soa_activities"].value == ["Informed consent", "Vital signs", "12-lead ECG", "Adverse events"]


def test_each_activity_knows_its_group_and_its_marks() -> None:
    found = schedule.schedule(protocol(("Table 1 Schedule of Assessments", [*HEAD, *BODY])))
    assert found
    assert [a.group for a in found.activities] == ["", "Safety", "Safety", "Safety"]
    assert [a.cells for a in found.activities][2] == (X, "", X, "X b")
    assert all(found.activities[3].cells)


def test_quotes_are_slices_of_the_document() -> None:
    document = protocol(("Schedule of Activities", [*HEAD, *BODY]))
    quotes = [q for answer in schedule.read(document).values() for q in answer.quotes]
    assert len(quotes) > 5
    assert all(document.slice(q.start, q.end) == q.text for q in quotes)


def test_rows_go_on_below_under_the_head_repeated() -> None:
    more: Rows = [["Height", X, "", "", ""], ["Weight", X, X, "", X]]
    found = schedule.schedule(protocol(("Schedule of Events", [*HEAD, *BODY]), ("", [*HEAD, *more])))
    assert found
    assert found.pages == (1, 2)
    assert len(found.visits) == 4
    assert [a.name for a in found.activities][-2:] == ["Height", "Weight"]


def test_rows_go_on_below_without_a_head() -> None:
    more: Rows = [["Diary", "daily", "daily", "daily", "daily"], ["Weight", X, X, "", X]]
    found = schedule.schedule(protocol(("Schedule of Events", [*HEAD, *BODY]), ("", more)))
    assert found
    assert [a.name for a in found.activities][-2:] == ["Diary", "Weight"]
    assert found.activities[-1].cells == (X, X, "", X)


def test_columns_go_on_beside_the_same_rows() -> None:
    head: Rows = [["Visit", "5", "6", "ET"], ["Week", "12", "16", ""]]
    body: Rows = [
        ["Informed consent", "", "", ""],
        ["Vital signs", X, X, X],
        ["12-lead ECG", "", X, X],
        ["Survey", "", "", X],
    ]
    first: Rows = [*HEAD, *BODY[:1], *BODY[2:4], ["Survey", "", "", "", ""]]
    found = schedule.schedule(
        protocol(("Schedule of Events", first), ("Schedule of Events (concluded)", [*head, *body]))
    )
    assert found
    assert [v.name for v in found.visits][4:] == ["Visit 5 (Week 12)", "Visit 6 (Week 16)", "ET"]
    assert [a.name for a in found.activities] == ["Informed consent", "Vital signs", "12-lead ECG", "Survey"]
    assert found.activities[3].cells == ("", "", "", "", "", "", X)


def test_the_first_schedule_is_the_main_one() -> None:
    other: Rows = [
        ["Visit", "1", "2", "3", "4"],
        ["Phone call", X, X, X, X],
        ["Diary", X, X, X, X],
        ["Pain", X, X, X, X],
    ]
    document = protocol(
        ("Table 1. Dose levels", [["Level", "Dose", "n"], ["1", "10 mg", "3"], ["2", "20 mg", "3"]]),
        ("Table 2. Schedule of Activities", [*HEAD, *BODY, ["Labs", X, X, X, X]]),
        ("Table 3. Schedule of Activities, extension", other),
    )
    found = schedule.schedule(document)
    assert found
    assert (found.title, found.pages) == ("Table 2. Schedule of Activities", (2,))


def test_no_schedule_is_made_of_other_tables() -> None:
    document = protocol(("Table 1. Dose levels", [["Level", "Dose", "n"], ["1", "10 mg", "3"], ["2", "20 mg", "3"]]))
    assert schedule.schedule(document) is None
    assert schedule.read(document)["soa_visits"].value is None


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ([["Activity", "Screening", "Baseline", "Week 4", "End of study"], ["", "Day -28 to -1", "Day 1", "Day 29", ""]],
         ["Screening (Day -28 to -1)", "Baseline (Day 1)", "Week 4 (Day 29)", "End of study"]),
        ([["Study Day", "Screening Visit", "1", "29", "Follow-up"], ["Study Week", "-4 to -1", "1", "5", "30 Days after Last Dose"],
          ["Window (Days)", "", "", "± 5", "± 7"]],
         ["Screening Visit (Week -4 to -1)", "Day 1 (Week 1)", "Day 29 (Week 5)", "Follow-up (30 Days after Last Dose)"]),
        ([["Visit Number", "1", "2", "3", "4"], ["Visit Description", "Vaccination 1", "Vaccination 2", "Follow-up", "Call"],
          ["Visit Type", "Clinic", "Clinic", "Clinic", "Telephone"], ["Day", "1", "29 (±3)", "57", "180"]],
         ["Visit 1 Vaccination 1 (Day 1)", "Visit 2 Vaccination 2 (Day 29)", "Visit 3 Follow-up (Day 57)", "Visit 4 Call (Day 180)"]),
        ([["Assessment", "Screening", "<", "Treatment", "Follow-up"], ["", "-28 to -1", "-7 to -1", "Day 1", "^"]],
         ["Screening (-28 to -1)", "Screening (-7 to -1)", "Treatment (Day 1)", "Follow-up"]),
        ([["Procedure", "Pretreatment", "<", "Double-blind treatment", "<"], ["", "Pre-Screening", "Screening", "Week 1", "Week 3"]],
         ["Pre-Screening", "Screening", "Week 1", "Week 3"]),
        ([["Procedure", "Cycle 1", "<", "Cycle 2", "<"], ["", "Day 1", "Day 8", "Day 1", "Day 8"]],
         ["Cycle 1 Day 1", "Cycle 1 Day 8", "Cycle 2 Day 1", "Cycle 2 Day 8"]),
        ([["Visit / Week", "1", "2", "3", "ET"], ["^", "-2", "0", "4", ""]],
         ["Visit 1 (Week -2)", "Visit 2 (Week 0)", "Visit 3 (Week 4)", "ET"]),
        ([["Clinic visit a (±3 days)", "1", "2", "3", "4"], ["Day", "1", "8", "15", "22"]],
         ["Visit 1 (Day 1)", "Visit 2 (Day 8)", "Visit 3 (Day 15)", "Visit 4 (Day 22)"]),
        ([["Study period", "I", "II", "<", "III"], ["Visit", "1", "2", "3", "4"], ["Week", "-2", "0", "4", "8"]],
         ["Visit 1 (Week -2)", "Visit 2 (Week 0)", "Visit 3 (Week 4)", "Visit 4 (Week 8)"]),
        ([["Period", "Screening", "Treatment", "<", "Follow-up"], ["Day", "-28 to -1", "1", "8", "43"]],
         ["Screening (Day -28 to -1)", "Day 1", "Day 8", "Follow-up (Day 43)"]),
        ([["Visit Number/Title", "1", "2", "3", "4"], ["Scheduled day", "-28", "1", "15", "29"]],
         ["Visit 1 (Day -28)", "Visit 2 (Day 1)", "Visit 3 (Day 15)", "Visit 4 (Day 29)"]),
        ([["Visit Identifier", "Screening", "Baseline", "Week 2", "Notes"], ["Visit Window", "Day -28 to -1", "Day 1", "Day 15 ±3 days", "^"]],
         ["Screening (Day -28 to -1)", "Baseline (Day 1)", "Week 2 (Day 15)"]),
        ([["", "Screening", "Run-in", "Treatment", "Follow-up"], ["Visit", "1", "2", "3", "4"], ["Visit window (days)", "", "3", "3", "7"]],
         ["Visit 1 Screening", "Visit 2 Run-in", "Visit 3 Treatment", "Visit 4 Follow-up"]),
        ([["", "Visit 1", "Visit 2", "Visit 3", "Visit 4"], ["", "Screening", "Baseline", "Week 4", "Week 8"]],
         ["Visit 1 Screening", "Visit 2 Baseline", "Visit 3 (Week 4)", "Visit 4 (Week 8)"]),
        ([["Cycle", "1", "<", "2", "3+"], ["Day (±2)", "1", "8", "1", "1"]],
         ["Cycle 1 Day 1", "Cycle 1 Day 8", "Cycle 2 Day 1", "Cycle 3+ Day 1"]),
        ([["Procedure", "Period 1", "<", "Period 2", "<"], ["Day", "-1", "1", "-1", "1"]],
         ["Period 1 Day -1", "Period 1 Day 1", "Period 2 Day -1", "Period 2 Day 1"]),
        ([["Procedure", "Study Week", "<", "<", "Notes"], ["", "0", "4", "12", "^"]], ["Week 0", "Week 4", "Week 12"]),
        ([["Month", "M1 (W4)", "M2 (W8)", "M3", "EOS"], ["Visit number", "V3", "V4", "V5", "EOS"]],
         ["M1 (W4) V3", "M2 (W8) V4", "M3 V5", "EOS"]),
        ([["Epoch", "Screening", "Treatment", "<", "Follow-up"], ["Visit Name", "Screening", "Baseline", "2", "3/EOS"],
          ["Days", "-28 to -1", "1", "15", "85"], ["Weeks", "-4 to -1", "0", "2", "12"]],
         ["Screening (Day -28 to -1)", "Baseline (Day 1)", "Visit 2 (Week 2)", "Visit 3/EOS (Week 12)"]),
        ([["", "Screening", "<", "Inpatient Period 1", "<"], ["Days", "-42 to -9", "-8", "-7", "1"]],
         ["Screening Day -42 to -9", "Screening Day -8", "Inpatient Period 1 Day -7", "Inpatient Period 1 Day 1"]),
        ([["", "Treatment", "<", "Follow-up", "<"], ["Week", "4", "8", "4", "8"]],
         ["Week 4", "Week 8", "Follow-up Week 4", "Follow-up Week 8"]),
        ([["Cycle/Title", "Screening", "1", "2", "Safety Follow-up"], ["Window (Days)", "-28 to -1", "± 3", "± 3", "30 days after last dose"]],
         ["Screening (Day -28 to -1)", "Cycle 1", "Cycle 2", "Safety Follow-up (30 days after last dose)"]),
        ([["", "Qualification Period Screening Visit", "Week 1 (Day 8 ± 2)", "Week 2", "Unscheduled Visit"]],
         ["Screening Visit (Qualification Period)", "Week 1 (Day 8)", "Week 2", "Unscheduled Visit"]),
    ],
)  # fmt: skip
def test_names_of_visits(head: Rows, expected: list[str]) -> None:
    noted = "Notes" in head[0]
    last = "see the laboratory manual" if noted else X
    body: Rows = [["Informed consent", X, X, X, last], ["Vital signs", X, X, X, last], ["Weight", X, "", X, last]]
    assert names([*head, *body]) == expected


def test_a_column_that_names_the_rows_of_the_head_is_no_visit() -> None:
    assert names([["", "VISIT", "1", "2"], ["ACTIVITY", "WEEK", "-2", "0"], ["Consent", "", X, ""], ["ECG", "", X, X]]) == [
        "Visit 1 (Week -2)", "Visit 2 (Week 0)",
    ]  # fmt: skip


def test_columns_that_only_the_grid_parts_are_one_visit() -> None:
    found = visits(grid([["Visit", "1", "<", "2"], ["Consent", X, "", X], ["ECG", "", X, X]]))
    assert [(columns, visit.name) for columns, visit in found] == [((1, 2), "Visit 1"), ((3,), "Visit 2")]


@pytest.mark.parametrize("text", ["X", "x", "Xa", "X a,b", "(X)", "✓", "X†", "←→", "X (fasting)"])
def test_marks(text: str) -> None:
    assert is_mark(text)


@pytest.mark.parametrize("text", ["", "Week 4", "X-ray", "Xerostomia", "1", "V2"])
def test_texts_that_are_no_marks(text: str) -> None:
    assert not is_mark(text)


@given(st.text(max_size=80))
def test_plain_names_stay_plain(name: str) -> None:
    assert plain(plain(name)) == plain(name)
    assert len(plain(name)) <= len(name)


@given(
    st.lists(
        st.lists(st.sampled_from(["", X, "Visit", "1", "Week", "Age", "<"]), min_size=4, max_size=4),
        min_size=3,
        max_size=9,
    )
)
def test_any_table_is_read_without_failing(rows: list[list[str]]) -> None:
    rows = [["" if r[0] == "<" else r[0], *r[1:]] for r in rows]
    found = schedule.schedule(protocol(("Schedule of Activities", rows)))
    assert found is None or all(len(a.cells) == len(found.visits) for a in found.activities)


@pytest.mark.corpus
def test_schedules_of_real_protocols_are_found() -> None:
    corpus = Path(__file__).resolve().parents[4].parent / "shared" / "corpus" / "protocols"
    if not corpus.is_dir():
        pytest.skip("development corpus not there")
    from pipeline.parse import parse

    found = schedule.schedule(parse(sorted(corpus.iterdir())[0] / "document.pdf"))
    assert found
    assert len(found.visits) >= 3
    assert len(found.activities) >= 10
