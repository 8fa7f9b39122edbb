"""Tables of PDFs, with and without ruling lines."""

import io
from typing import Any

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import LETTER, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Table, TableStyle

from tests.parse.test_pdf import draw, lines_of, read

CELL = ParagraphStyle("cell", fontName="Times-Roman", fontSize=9, leading=10)
HEAD = ParagraphStyle("head", fontName="Times-Bold", fontSize=9, leading=10)
SCHEDULE = [
    ["Procedure", "Screening", "Treatment", ""],
    ["", "Day -14 to -1", "Day 1", "Week 4"],
    ["Informed consent<super>a</super>", "X", "", ""],
    ["Physical examination, with height and weight", "X", "", "X"],
    ["Safety", "", "", ""],
    ["Vital signs<super>b,c</super>", "X", "X", "X<super>d</super>"],
]
SPANS = [("SPAN", (2, 0), (3, 0)), ("SPAN", (0, 0), (0, 1)), ("SPAN", (0, 4), (3, 4))]


def schedule(canvas: Canvas) -> None:
    rows = [[Paragraph(text, HEAD if r < 2 else CELL) for text in row] for r, row in enumerate(SCHEDULE)]
    table = Table(rows, colWidths=[130, 80, 60, 60])
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), *SPANS]))
    table.wrapOn(canvas, 500, 500)
    table.drawOn(canvas, 72, 400)
    canvas.drawString(72, 600, "Table 1 Schedule of activities")
    canvas.drawString(72, 100, "a Before any procedure.")


EXPECTED = [
    ["Procedure", "Screening", "Treatment", ""],
    ["", "Day -14 to -1", "Day 1", "Week 4"],
    ["Informed consent", "X", "", ""],
    ["Physical examination, with height and weight", "X", "", "X"],
    ["Safety", "", "", ""],
    ["Vital signs", "X", "X", "X"],
]


def test_a_ruled_table_with_merged_cells_and_footnote_marks() -> None:
    document = read(draw(schedule))
    (table,) = document.tables
    assert table.rows() == EXPECTED
    assert table.header_rows == 2
    spans = {cell.text: (cell.row_span, cell.column_span) for cell in table.cells}
    assert (spans["Procedure"], spans["Treatment"], spans["Safety"]) == ((2, 1), (1, 2), (1, 4))


def test_cells_point_into_the_text() -> None:
    document = read(draw(schedule))
    (table,) = document.tables
    said = {cell.text: document.text[cell.start : cell.end] for cell in table.cells if cell.start >= 0}
    assert said["Day -14 to -1"].split() == ["Day", "-14", "to", "-1"]
    assert said["Informed consent"] == "Informed consenta"
    assert table.start == document.text.index("Procedure") and document.text[: table.end].endswith("Xd")


def test_lines_of_a_table_are_marked() -> None:
    document = read(draw(schedule))
    kinds = {document.text[line.start : line.end]: line.kind for line in document.lines()}
    assert kinds["Safety"] == "table"
    assert kinds["Table 1 Schedule of activities"] == "body"
    assert kinds["a Before any procedure."] == "body"


def test_a_table_drawn_sideways_on_an_upright_page() -> None:
    def paint(canvas: Canvas) -> None:
        canvas.rotate(90)
        canvas.translate(0, -612)
        schedule(canvas)

    (table,) = read(draw(paint)).tables
    assert table.rows() == EXPECTED


def test_a_table_on_a_page_that_is_shown_turned() -> None:
    import pypdf

    def paint(canvas: Canvas) -> None:
        canvas.rotate(90)
        canvas.translate(0, -612)
        schedule(canvas)

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(draw(paint)))
    writer.pages[0].rotate(90)
    buffer = io.BytesIO()
    writer.write(buffer)
    document = read(buffer.getvalue())
    assert document.tables[0].rows() == EXPECTED
    box = document.tables[0].box
    assert box is not None and box[0] == pytest.approx(72, abs=2) and box[2] < 792


def test_headings_that_run_upwards() -> None:
    def paint(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        for y in (300, 400, 420, 440):
            canvas.line(72, y, 272, y)
        for x in (72, 172, 222, 272):
            canvas.line(x, 300, x, 440)
        for x, words in ((190, "Screening visit"), (240, "End of study")):
            canvas.saveState()
            canvas.translate(x, 310)
            canvas.rotate(90)
            canvas.drawString(0, 0, words)
            canvas.restoreState()
        for y, words in ((406, "Consent"), (426, "Weight")):
            canvas.drawString(76, y, words)
            canvas.drawString(195, y, "X")

    (table,) = read(draw(paint)).tables
    assert table.rows() == [["Weight", "X", ""], ["Consent", "X", ""], ["", "Screening visit", "End of study"]]


RENT = [
    ("Lease Year", "Monthly Rent", "Annual Rent"),
    ("1", "$4,500.00", "$54,000.00"),
    ("2", "$4,635.00", "$55,620.00"),
    ("3", "$4,774.05", "$57,288.60"),
]


def rent_schedule(canvas: Canvas) -> None:
    canvas.drawString(
        72, 740, "Tenant shall pay to Landlord the rent set out in this schedule, in advance and without notice:"
    )
    for r, row in enumerate(RENT):
        for x, text in zip((90, 200, 330), row, strict=True):
            canvas.drawString(x, 700 - 18 * r, text)
    canvas.drawString(
        72, 600, "Rent for any part of a month is prorated by the number of the days that are in that month."
    )


def test_a_rent_schedule_without_lines() -> None:
    document = read(draw(rent_schedule))
    (table,) = document.tables
    assert table.rows() == [list(row) for row in RENT]
    assert table.header_rows == 1


def test_labels_and_values() -> None:
    pairs = [
        ("Landlord:", "Elm Street Partners LLC"),
        ("Tenant:", "Jane Roe"),
        ("Premises:", "12 Elm Street, Unit 4"),
        ("Term:", "12 months"),
    ]

    def paint(canvas: Canvas) -> None:
        for i, (label, value) in enumerate(pairs):
            canvas.drawString(72, 700 - 16 * i, label)
            canvas.drawString(200, 700 - 16 * i, value)

    (table,) = read(draw(paint)).tables
    assert table.rows() == [list(pair) for pair in pairs]
    assert table.header_rows == 0


def prose(canvas: Canvas) -> None:
    for i in range(40):
        canvas.drawString(
            72, 740 - 16 * i, f"{i + 1}.   The parties agree that clause {i} of this lease is as it reads."
        )


def contents(canvas: Canvas) -> None:
    for i in range(12):
        canvas.drawString(72, 740 - 16 * i, f"{i + 1}. Heading {'abc' * (i % 3 + 1)} {'.' * 60} {i + 3}")


def signatures(canvas: Canvas) -> None:
    for i, label in enumerate(("By:", "Name:", "Title:", "Date:")):
        canvas.drawString(72, 400 - 20 * i, f"{label} ____________________")
        canvas.drawString(330, 400 - 20 * i, f"{label} ____________________")


def boxed(canvas: Canvas) -> None:
    canvas.rect(72, 600, 400, 100)
    canvas.drawString(80, 650, "A notice in a frame is no table.")
    canvas.line(72, 500, 400, 500)


@pytest.mark.parametrize("paint", [prose, contents, signatures, boxed])
def test_what_is_no_table(paint: Any) -> None:
    assert read(draw(paint)).tables == ()


def test_a_running_frame_is_no_table_of_each_page() -> None:
    def paint(canvas: Canvas) -> None:
        for page in range(6):
            for y in (700, 720, 740):
                canvas.line(72, y, 500, y)
            for x in (72, 250, 500):
                canvas.line(x, 700, x, 740)
            for (x, y), text in zip(
                ((80, 725), (260, 725), (80, 705), (260, 705)),
                ("Acme", "Protocol 1", "Version 2", "Secret"),
                strict=True,
            ):
                canvas.drawString(x, y, text)
            canvas.drawString(72, 500, f"Page text {page}")
            canvas.showPage()

    document = read(draw(paint))
    assert len(document.tables) == 0
    assert lines_of(document)[0] == "Acme Protocol 1"


def test_a_wide_table_of_many_columns() -> None:
    def paint(canvas: Canvas) -> None:
        rows = [["Activity", *(f"V{i}" for i in range(1, 19))], *([f"Test {r}", *("X" * 18)] for r in range(20))]
        table = Table(rows, colWidths=[80] + [32] * 18, rowHeights=16)
        table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)]))
        table.wrapOn(canvas, 700, 500)
        table.drawOn(canvas, 36, 100)

    (table,) = read(draw(paint, size=landscape(LETTER))).tables
    assert (len(table.rows()), len(table.rows()[0])) == (21, 19)
    assert table.rows()[5] == ["Test 4", *"X" * 18]


def test_rows_parted_by_horizontal_lines_only() -> None:
    rows = [
        (["Objectives"], ["Endpoints"]),
        (["To show that the drug", "lowers blood pressure"], ["Change from baseline in", "pressure at Week 12"]),
        (["To assess safety"], ["Adverse events, and what", "laboratory tests show"]),
        (["To explore quality", "of life"], ["Score of a questionnaire"]),
    ]

    def paint(canvas: Canvas) -> None:
        y = 700.0
        canvas.line(72, y, 500, y)
        for cells in rows:
            for x, texts in zip((80, 290), cells, strict=True):
                for i, text in enumerate(texts):
                    canvas.drawString(x, y - 14 - 13 * i, text)
            y -= 18 + 13 * max(map(len, cells))
            canvas.line(72, y, 500, y)

    (table,) = read(draw(paint)).tables
    assert table.rows() == [[" ".join(texts) for texts in cells] for cells in rows]


def test_marks_inside_words_and_words_broken_by_narrow_cells() -> None:
    def paint(canvas: Canvas) -> None:
        for y in (600, 640, 680, 720):
            canvas.line(72, y, 300, y)
        for x in (72, 124, 200, 300):
            canvas.line(x, 600, x, 720)
        canvas.setFont("Helvetica", 10)
        for y, texts in ((700, ("Activity", "Day 1", "Day 2")), (620, ("Weight", "X", "X"))):
            for x, text in zip((77, 130, 210), texts, strict=True):
                canvas.drawString(x, y, text)
        canvas.drawString(77, 662, "dispensat")
        canvas.drawString(77, 650, "ion")
        x = 130.0
        for text, size, rise in (("Signs", 10, 0), ("e", 6, 4), ("/Height", 10, 0)):
            canvas.setFont("Helvetica", size)
            canvas.drawString(x, 660 + rise, text)
            x += canvas.stringWidth(text)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(210, 660, "X")
        canvas.drawString(72, 500, "At each dispensation of the drug.")

    (table,) = read(draw(paint)).tables
    assert table.rows()[1] == ["dispensation", "Signs/Height", "X"]
