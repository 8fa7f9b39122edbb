"""Running heads, feet and page numbers."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.parse.pdf_lines import RawLine
from pipeline.parse.running import RunningLines
from schemas import LineKind

WIDTH, HEIGHT = 612, 792


def line(text: str, top: float, size: float = 10.0) -> RawLine:
    return RawLine(0, text, (72, top, 72 + 5 * len(text), top + size), size)


def kinds(pages: list[list[RawLine]]) -> list[list[LineKind]]:
    running = RunningLines()
    for lines in pages:
        running.add(lines, WIDTH, HEIGHT)
    running.mark()
    return [[line.kind for line in lines] for lines in pages]


def test_what_stands_on_every_page_is_a_head_or_a_foot() -> None:
    pages = [
        [line("Protocol ABC-1, Version 2", 30), line(f"Body {'abcdef'[i]} of the page", 300), line("Confidential", 750)]
        for i in range(6)
    ]
    assert kinds(pages) == [["header", "body", "footer"]] * 6


def test_a_title_is_no_head_although_the_heads_repeat_it() -> None:
    title = [line("LEASE AGREEMENT", 90, size=18)]
    pages = [title, *([line("LEASE AGREEMENT", 30, size=8), line("text", 300)] for _ in range(5))]
    assert kinds(pages)[0] == ["body"]
    assert kinds(pages)[1] == ["header", "body"]


def test_numbers_that_count_the_pages_are_page_numbers() -> None:
    for form in ("{}", "- {} -", "Page {} of 9", "Exhibit B - Page {}"):
        pages = [[line("text", 300), line(form.format(i + 3), 760)] for i in range(5)]
        assert kinds(pages) == [["body", "page_number"]] * 5
    roman = [[line("text", 300), line(number, 760)] for number in ("i", "ii", "iii", "iv")]
    assert kinds(roman) == [["body", "page_number"]] * 4


def test_numbers_near_an_edge_that_count_nothing_are_text() -> None:
    pages = [[line(f"{number}.", 40), line("text", 300)] for number in (3, 9, 10, 22, 40)]
    assert kinds(pages) == [["body", "body"]] * 5


def test_a_table_head_on_a_few_pages_of_many_is_no_running_head() -> None:
    pages = [[line(f"Paragraph {'abcdefghij'[i % 10]} {'xyz' * (i // 10)}", 300)] for i in range(60)]
    for i in (20, 21, 22):
        pages[i].insert(0, line("Procedure Screening Day 1", 90))
    assert kinds(pages)[21] == ["body", "body"]


def test_page_numbers_of_a_document_laid_out_anew_stand_anywhere() -> None:
    body = [line(f"sentence {i}", 200) for i in range(400)]
    for page in range(1, 8):
        body.insert(50 * page, line(f"-{page}-", 300))
    assert sum(kind == "page_number" for kind in kinds([body])[0]) == 7


def test_numbered_items_are_no_page_numbers() -> None:
    items = [item for i in range(1, 20) for item in (line(f"{i}", 300), line("What item says", 310))]
    assert set(kinds([items])[0]) == {"body"}


def test_a_short_document_needs_two_pages_that_agree() -> None:
    pages = [[line("Smith Property Management", 30), line(text, 300)] for text in ("one", "two")]
    assert kinds(pages) == [["header", "body"]] * 2


@given(st.lists(st.lists(st.tuples(st.text(min_size=1, max_size=20), st.floats(0, 780)), max_size=8), max_size=8))
def test_any_pages_can_be_looked_at(pages: list[list[tuple[str, float]]]) -> None:
    shown = [[line(text, top) for text, top in page] for page in pages]
    assert [len(page) for page in kinds(shown)] == [len(page) for page in pages]
