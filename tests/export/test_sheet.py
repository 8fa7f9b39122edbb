"""The schedule as a sheet: head rows, groups, marks, footnotes; and nothing in it that a spreadsheet would run."""

import csv
import io
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.export.sheet import safe, schedule_csv, schedule_xlsx
from schemas import Activity, ScheduledCell, ScheduleOfActivities, Visit


def table(schedule: ScheduleOfActivities) -> list[list[str]]:
    return list(csv.reader(io.StringIO(schedule_csv(schedule).decode("utf-8-sig"))))


def workbook_texts(data: bytes) -> tuple[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return book.read("xl/sharedStrings.xml").decode(), book.read("xl/worksheets/sheet1.xml").decode()


def test_visits_are_columns_under_period_timing_and_window(schedule):
    head = table(schedule)[:4]
    assert [row[0] for row in head] == ["Period", "Visit", "Timing", "Window"]
    assert head[0][1:] == ["Screening", "Treatment", "Treatment", "Treatment", "Follow-up"]
    assert head[1][2] == "Visit 2 [a]"
    assert head[3][1:] == ["", "", "± 3 days", "'+ 7 days", ""]


def test_groups_head_their_rows_and_cells_keep_text_and_marks(schedule):
    rows = {row[0]: row[1:] for row in table(schedule)[4:]}
    assert list(rows)[:3] == ["Administration", "Informed consent", "Randomisation"]
    assert rows["Randomisation"] == ["", "X [b]", "", "", ""]
    assert rows["12-lead ECG [c]"] == ["X", "", "X", "", "X"]
    assert rows["Adverse events"] == ["", *["continuously"] * 4]
    assert rows["Serum urate"] == ["", "X", "", "2 mL [b]", ""]


def test_footnotes_follow_after_a_blank_row(schedule):
    rows = table(schedule)
    assert not any(rows[-4])
    assert [row[0] for row in rows[-3:]] == ["[a] Baseline.", "[b] Before the first dose.", "[c] In triplicate."]
    assert len({len(row) for row in rows}) == 1


def test_a_workbook_holds_the_same_texts_and_merges_wide_cells(schedule):
    texts, sheet = workbook_texts(schedule_xlsx(schedule))
    for said in ("Visit 2 [a]", "2 mL [b]", "[b] Before the first dose.", "+ 7 days"):
        assert said in texts
    merged = re.findall(r'mergeCell ref="(\w+:\w+)"', sheet)
    assert {"C1:E1", "C10:F10"} <= set(merged)
    assert 'state="frozen"' in sheet


HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1", "\x00=1"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_can_become_a_formula(text):
    schedule = ScheduleOfActivities(
        visits=[Visit(name=text, period=text)],
        activities=[Activity(name=text, group=text, cells=[ScheduledCell(visit=0, text=text)])],
    )
    cells = [cell for row in table(schedule) for cell in row if cell]
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@", "＝")) for cell in cells)
    assert "<f>" not in workbook_texts(schedule_xlsx(schedule))[1]


def test_plain_numbers_stay_numbers():
    assert [safe(n) for n in ("-28", "+3", "-1.5", "4")] == ["-28", "+3", "-1.5", "4"]


@given(st.text(max_size=40))
def test_any_text_comes_out_harmless_and_readable(text):
    written = safe(text)
    assert re.fullmatch(r"[+-]\d{1,9}(\.\d{1,9})?\n?", written) or not written.lstrip(" \xa0").startswith(
        ("=", "+", "-", "@")
    )
    assert written.removeprefix("'") in text.replace("\x00", "") or any(ord(c) < 32 for c in text)


@given(
    st.lists(
        st.builds(
            ScheduledCell, visit=st.integers(0, 9), last_visit=st.none() | st.integers(0, 12), text=st.text(max_size=5)
        ),
        max_size=8,
    )
)
def test_cells_that_overlap_or_lie_outside_never_break_a_sheet(cells):
    schedule = ScheduleOfActivities(
        visits=[Visit(name="A"), Visit(name="B"), Visit(name="C")], activities=[Activity(name="row", cells=cells)]
    )
    assert {len(row) for row in table(schedule)} == {4}
    assert schedule_xlsx(schedule).startswith(b"PK")


def test_the_same_schedule_in_a_thousand_columns_is_written_too():
    visits = [Visit(name=f"Day {n}") for n in range(1_000)]
    cells = [ScheduledCell(visit=n, text="X") for n in range(0, 1_000, 2)]
    wide = ScheduleOfActivities(visits=visits, activities=[Activity(name="Dose", cells=cells)])
    assert table(wide)[1].count("X") == 500
    assert schedule_xlsx(wide).startswith(b"PK")
