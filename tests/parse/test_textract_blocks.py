"""Blocks of Amazon Textract become lines, tables and form fields whose places in the text hold."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.parse import locate
from pipeline.parse.raw_page import assemble
from pipeline.parse.textract_blocks import read_blocks
from schemas import Document
from tests.services.textract_blocks import CHARACTER, BlockPage


def document(*pages: BlockPage, sizes: tuple[float, float] = (612, 792)) -> Document:
    blocks = [block for page in pages for block in page.blocks]
    read = read_blocks(blocks, {page.number: sizes for page in pages})
    return assemble(Path("scan.pdf"), "0" * 64, "application/pdf", list(read.values()))


def test_lines_are_in_reading_order_and_beside_each_other_on_one_line() -> None:
    page = BlockPage()
    page.line("is payable monthly", 72, 120)
    page.line("$1,450.00", 300, 100)
    page.line("The rent of", 72, 100)
    assert document(page).text == "The rent of $1,450.00\nis payable monthly"


def test_a_quote_has_the_box_of_its_words() -> None:
    page = BlockPage()
    page.line("Monthly rent:", 72, 100)
    page.line("$1,450.00", 300, 100)
    read = document(page)
    at = read.text.index("$1,450.00")
    (box,) = locate(Path("scan.pdf"), read, [(at, at + 9)])[0]
    assert box == pytest.approx((300, 100, 300 + 9 * CHARACTER, 111), abs=0.1)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_pages_that_lie_on_a_side_read_the_same_and_boxes_lie_where_the_words_do(turned: int) -> None:
    page = BlockPage(turned=turned)
    page.line("RESIDENTIAL LEASE", 200, 60)
    page.line("Landlord: Ada Byron", 72, 100)
    page.line("Tenant: Grace Hopper", 72, 120)
    read = document(page)
    assert read.text == "RESIDENTIAL LEASE\nLandlord: Ada Byron\nTenant: Grace Hopper"
    at = read.text.index("Hopper")
    (box,) = locate(Path("scan.pdf"), read, [(at, at + 6)])[0]
    word = next(b for b in page.blocks if b.get("Text") == "Hopper")["Geometry"]["BoundingBox"]
    left, top = word["Left"] * 612, word["Top"] * 792
    expected = (left, top, left + word["Width"] * 612, top + word["Height"] * 792)
    assert box == pytest.approx(expected, abs=0.1)


def test_tables_have_merged_cells_heads_and_places_in_the_text() -> None:
    page = BlockPage()
    page.line("Charges", 72, 60)
    page.table(
        [["Charges per month", "", "Due"], ["Rent", "$1,450.00", "1st"], ["Parking", "$75.00", "1st"]], 72, 100,
        merged=[(1, 1, 1, 2)], head=1,
    )  # fmt: skip
    read = document(page)
    (table,) = read.tables
    assert table.rows() == [
        ["Charges per month", "", "Due"],
        ["Rent", "$1,450.00", "1st"],
        ["Parking", "$75.00", "1st"],
    ]
    assert (table.header_rows, table.page) == (1, 1)
    assert table.box == pytest.approx((72, 100, 432, 160), abs=0.1)
    assert table.cells[-1].column_span == 2 and table.cells[-1].row == 0
    assert all(read.slice(cell.start, cell.end) == cell.text for cell in table.cells if cell.text)


def test_form_fields_point_at_their_answers_and_boxes_are_marks() -> None:
    page = BlockPage()
    key = page.line("Tenant:", 72, 100)
    value = page.line("Grace Hopper", 150, 100)
    page.field(key, value)
    ticked = page.mark(True, 72, 120)
    pets = page.line("Pets allowed", 90, 120)
    page.field(pets, [ticked])
    smoking = page.line("Smoking", 90, 140)
    page.field(smoking, [page.mark(False, 72, 140)])
    read = document(page)
    assert read.text == "Tenant: Grace Hopper\n[X] Pets allowed\n[ ] Smoking"
    assert [(f.name, f.value, read.slice(f.start, f.end)) for f in read.form_fields] == [
        ("Tenant", "Grace Hopper", "Grace Hopper"), ("Pets allowed", "[X]", "[X]"), ("Smoking", "[ ]", "[ ]"),
    ]  # fmt: skip
    (box,) = locate(Path("scan.pdf"), read, [(read.text.index("Smoking"), len(read.text))])[0]
    assert box[0] == pytest.approx(90, abs=0.1)


def test_a_mark_between_words_stands_between_them() -> None:
    page = BlockPage()
    page.line("Utilities:    tenant    landlord", 72, 100)  # no room is kept for the mark: it lies over the gap
    page.mark(True, 72 + 10.2 * CHARACTER - 5, 100)
    assert document(page).text == "Utilities: [X] tenant landlord"


def test_what_is_not_sure_is_left_out() -> None:
    page = BlockPage()
    page.line("a clear line", 72, 100)
    page.line("smudge", 72, 120, confidence=31.0)
    page.table([["x", "y"], ["1", "2"]], 72, 300, confidence=20.0)
    page.field(page.line("Name:", 72, 200), page.line("Ada", 150, 200), confidence=10.0)
    read = document(page)
    assert "smudge" not in read.text and read.tables == () and read.form_fields == ()


def test_lines_without_words_keep_their_text() -> None:
    page = BlockPage()
    page.line("Monthly rent: $1,450.00", 72, 100, words=False)
    read = document(page)
    assert read.text == "Monthly rent: $1,450.00"
    (box,) = locate(Path("scan.pdf"), read, [(14, 23)])[0]
    assert box == pytest.approx((72 + 14 * CHARACTER, 100, 72 + 23 * CHARACTER, 111), abs=0.1)


def test_each_page_has_its_own_lines_and_a_blank_one_has_none() -> None:
    first, blank, third = BlockPage(1), BlockPage(2), BlockPage(3)
    first.line("one", 72, 100)
    third.line("three", 72, 100)
    read = document(third, first, blank)
    assert [read.slice(p.start, p.end) for p in read.pages] == ["one", "", "three"]
    assert read.ocr_pages == [1, 2, 3] and {p.source for p in read.pages} == {"textract"}


WORDS = st.lists(st.text("abcXYZ019$.,é ﬁ\u00ad", min_size=1, max_size=8), min_size=1, max_size=5).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(
    lines=st.lists(st.tuples(WORDS, st.floats(0, 550), st.floats(0, 780)), max_size=8),
    marks=st.lists(st.tuples(st.booleans(), st.floats(0, 600), st.floats(0, 780)), max_size=4),
    rows=st.lists(st.lists(WORDS | st.just(""), min_size=2, max_size=2), max_size=4),
    turned=st.sampled_from([0, 90, 180, 270]),
)
@example(lines=[], marks=[], rows=[["\xadﬁﬁ", "\xad 0"]], turned=0)  # as many characters dropped as ligatures add
def test_whatever_is_on_a_page_offsets_point_at_it(
    lines: list[tuple[str, float, float]], marks: list[tuple[bool, float, float]], rows: list[list[str]], turned: int
) -> None:
    page = BlockPage(turned=turned)
    for text, x, y in lines:
        page.line(text, x, y)
    for selected, x, y in marks:
        page.mark(selected, x, y)
    if rows:
        page.table(rows, 72, 300)
    read = document(page)
    for line in read.lines():
        assert read.slice(line.start, line.end).strip()
    for table in read.tables:
        for cell in table.cells:
            said = read.slice(cell.start, cell.end) if cell.start >= 0 else ""
            assert said.split() == cell.text.split() or cell.start < 0
    for boxes in locate(Path("scan.pdf"), read, [(line.start, line.end) for line in read.lines()]):
        assert boxes and all(x0 <= x1 and y0 <= y1 for x0, y0, x1, y1 in boxes)
    assert read.text.count("[X]") + read.text.count("[ ]") == len(marks)


ODD = st.fixed_dictionaries(
    {"Id": st.sampled_from("abcdef"), "BlockType": st.sampled_from(["PAGE", "LINE", "WORD", "TABLE", "CELL",
     "MERGED_CELL", "KEY_VALUE_SET", "SELECTION_ELEMENT", "LAYOUT_TEXT"])},
    optional={
        "Page": st.sampled_from([1, 2, 9]),
        "Text": st.sampled_from(["", "word", "two words"]),
        "Confidence": st.floats(0, 100),
        "RowIndex": st.integers(-1, 10**9), "ColumnIndex": st.integers(0, 3), "RowSpan": st.integers(0, 10**9),
        "EntityTypes": st.lists(st.sampled_from(["KEY", "VALUE", "COLUMN_HEADER"])) | st.none(),
        "SelectionStatus": st.sampled_from(["SELECTED", "NOT_SELECTED"]),
        "Geometry": st.sampled_from([{}, {"Polygon": [{"X": 0.1, "Y": 0.1}]},
                                     {"BoundingBox": {"Left": 0.1, "Top": -3, "Width": 9, "Height": 0}}]),
        "Relationships": st.lists(st.fixed_dictionaries({
            "Type": st.sampled_from(["CHILD", "VALUE", "MERGED_CELL"]), "Ids": st.lists(st.sampled_from("abcdefzz"))
        })) | st.none(),
    },
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(ODD, max_size=12))
def test_blocks_that_make_no_sense_do_no_harm(blocks: list[dict[str, Any]]) -> None:
    read = read_blocks(blocks, {1: (612, 792), 2: (612, 792)})
    assemble(Path("scan.pdf"), "0" * 64, "application/pdf", list(read.values()))
