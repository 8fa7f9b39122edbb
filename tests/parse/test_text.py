"""Plain text and Markdown: encodings, pages, marks taken off, blanks kept."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import DocumentTooLarge
from pipeline.parse.text import decode, plain, read_text
from schemas import Document


def read(text: str | bytes, name: str = "lease.txt") -> Document:
    return read_text(Path(name), text if isinstance(text, bytes) else text.encode(), "0" * 64)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings_are_told_apart(encoding: str) -> None:
    said = "The “Tenant” shall pay €950 a month — in advance."
    assert decode(said.encode(encoding)) == said


def test_a_form_feed_ends_a_page() -> None:
    document = read("First page\n1\fSecond page\n2")
    assert [p.number for p in document.pages] == [1, 2]
    assert document.slice(document.pages[1].start, document.pages[1].end) == "Second page\n2"


def test_lines_keep_their_words_and_lose_surplus_blanks() -> None:
    document = read("Rent:\t\t$950   \r\n\r\n   due on the 1st\rof the month")
    assert document.text == "Rent: $950\ndue on the 1st\nof the month"
    assert document.media_type == "text/plain"


def test_markdown_headings_make_an_outline() -> None:
    document = read("# LEASE\n\n## 1. Rent\n**Rent:** $950\n\nDeposit\n-------\nnone\n")
    assert document.media_type == "text/markdown"
    assert document.outline == ((1, "LEASE", 1), (2, "1. Rent", 1), (2, "Deposit", 1))
    assert [document.slice(x.start, x.end) for x in document.lines() if x.kind == "heading"] == [
        "LEASE", "1. Rent", "Deposit"]  # fmt: skip
    assert "Rent: $950" in document.text


def test_a_markdown_table_becomes_rows_and_cells() -> None:
    document = read("# Rent\n\n| Year | Rent |\n|:-----|-----:|\n| 1 | **$950** |\n| 2 | $975 |\n")
    table = document.tables[0]
    assert table.rows() == [["Year", "Rent"], ["1", "$950"], ["2", "$975"]]
    assert table.header_rows == 1
    assert all(document.slice(c.start, c.end) == c.text for c in table.cells)


@pytest.mark.parametrize(
    "line",
    ["Name: ______________ Date: ____", "area 20*30 feet", "file_name_here", "* see note", "5 * 3 * 2", "a ** b ** c"],
)
def test_what_only_looks_like_emphasis_stays(line: str) -> None:
    assert plain(line) == line


def test_bold_after_a_list_number_is_taken_off_without_touching_what_follows() -> None:
    document = read("# L\n\n1. **RENT:** The Tenant pays **$950**.\n- *one* thing\n", "a.md")
    assert document.text.split("\n")[1:] == ["1. RENT: The Tenant pays $950.", "one thing"]


def test_a_code_fence_is_shown_as_it_is() -> None:
    assert "**kept**" in read("# L\n```\n**kept**\n```\n**gone**", "a.md").text


@given(st.text(max_size=400), st.sampled_from(["a.txt", "a.md"]))
def test_any_text_is_read_and_its_lines_slice_it_in_order(text: str, name: str) -> None:
    document = read(text.encode("utf-8", "surrogatepass"), name)
    lines = [document.slice(line.start, line.end) for line in document.lines()]
    assert "\n".join(lines) == document.text
    assert all(line == line.strip() and "\n" not in line for line in lines if line)


@given(st.text(alphabet=st.characters(categories=["L", "N"], exclude_characters="ﬀﬁﬂﬃﬄ"), min_size=1))
def test_plain_text_loses_no_letter(text: str) -> None:
    assert read(text).text == text


def test_long_lines_of_marks_take_no_time() -> None:
    for mark in ("*", "_", "[", "|", "`", "- ", "**a", "_a", "[a](", "| - "):
        plain(mark * 20_000)
        read(mark * 20_000, "a.md")


def test_an_edgar_wrapper_is_taken_off_and_its_page_marks_end_pages() -> None:
    document = read("<DOCUMENT>\n<TYPE>EX-10\n<TEXT>\nLEASE\n<PAGE>  2\nRent\n</TEXT>\n</DOCUMENT>\n")
    assert [document.slice(p.start, p.end) for p in document.pages] == ["LEASE", "Rent"]


@pytest.mark.parametrize("text", ["a" * 21_000_000, "a\n" * 300_000])
def test_more_text_than_fits_into_memory_is_refused(text: str) -> None:
    with pytest.raises(DocumentTooLarge, match=r"^lease\.txt .*; split it"):
        read(text)
