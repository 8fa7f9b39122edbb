"""Passages follow sections, paragraphs and tables, and say where they stand."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.retrieve import chunk
from pipeline.retrieve.chunk import LONGEST
from schemas import Cell, Document, Line, Page, Section, Table

PARAGRAPH = "The tenant shall keep the premises in good order at all times and shall repair what it breaks. "


def document_of(text: str, sections: tuple[Section, ...] = (), running: str = "") -> Document:
    lines, offset = [], 0
    for raw in text.split("\n"):
        lines.append(Line(offset, offset + len(raw), "footer" if running and raw == running else "body"))
        offset += len(raw) + 1
    return Document("a", "", "text/plain", text, (Page(1, 0, len(text), tuple(lines)),), sections=sections)


def sectioned(*parts: tuple[str, int, str]) -> Document:
    """A document of sections given as (title, level, body)."""
    text, starts = "", []
    for title, _, body in parts:
        starts.append(len(text))
        text += f"{title}\n{body}\n"
    sections = tuple(
        Section("", title, level, start, start + len(title), len(text))
        for (title, level, _), start in zip(parts, starts, strict=True)
    )
    return document_of(text.rstrip("\n"), sections)


def test_text_passages_are_slices_of_the_document() -> None:
    document = sectioned(("RENT", 1, PARAGRAPH * 20), ("DEPOSIT", 1, PARAGRAPH * 9))
    for passage in chunk(document):
        assert passage.text == document.text[passage.start : passage.end]
        assert len(passage.text) <= LONGEST


def test_passages_keep_to_their_section_and_know_their_headings() -> None:
    document = sectioned(
        ("1 RENT", 1, PARAGRAPH * 5), ("1.1 Base Rent", 2, PARAGRAPH * 5), ("2 DEPOSIT", 1, PARAGRAPH * 5)
    )
    assert [p.heading for p in chunk(document)] == [("1 RENT",), ("1 RENT", "1.1 Base Rent"), ("2 DEPOSIT",)]


def test_a_tiny_section_joins_its_neighbour() -> None:
    document = sectioned(("ARTICLE I", 1, "RENT"), ("1.1 Base Rent", 2, PARAGRAPH * 5))
    (only,) = chunk(document)
    assert only.text.startswith("ARTICLE I\nRENT\n1.1") and only.heading == ("ARTICLE I", "1.1 Base Rent")


def test_running_feet_do_not_end_a_passage() -> None:
    document = document_of(f"{PARAGRAPH}\nPage 1 of 9", running="Page 1 of 9")
    (only,) = chunk(document)
    assert only.text == PARAGRAPH


def test_passages_are_numbered_from_one_and_know_their_page() -> None:
    first, second = PARAGRAPH * 12, PARAGRAPH * 12
    text = f"{first}\n{second}"
    pages = (
        Page(1, 0, len(first), (Line(0, len(first)),)),
        Page(2, len(first) + 1, len(text), (Line(len(first) + 1, len(text)),)),
    )
    passages = chunk(Document("a", "", "application/pdf", text, pages))
    assert [p.number for p in passages] == list(range(1, len(passages) + 1))
    assert passages[0].page == 1 and passages[-1].page == 2


def table_of(rows: int, width: int = 10) -> Document:
    """A page that is a table: a head and `rows` rows of two cells."""
    text, cells, offset = [], [], 0
    for row in range(rows + 1):
        for column in range(2):
            said = "Procedure" if row == 0 and column == 0 else f"r{row}c{column}".ljust(width, "x")
            cells.append(Cell(row, column, said, offset, offset + len(said)))
            text.append(said)
            offset += len(said) + 1
    whole = "\n".join(text)
    page = Page(1, 0, len(whole), (Line(0, len(whole), "table"),))
    return Document("a", "", "application/pdf", whole, (page,), tables=(Table(1, 0, len(whole), tuple(cells)),))


def test_a_small_table_is_one_passage_with_its_cells_parted() -> None:
    (only,) = chunk(table_of(3, 4))
    assert only.kind == "table" and only.text.split("\n")[1] == "r1c0 | r1c1"


def test_a_long_table_is_cut_by_rows_and_repeats_its_head() -> None:
    document = table_of(100, 40)
    passages = chunk(document)
    assert len(passages) > 2
    for passage in passages:
        head, first = passage.text.split("\n")[:2]
        assert head.startswith("Procedure | ")
        assert document.text[passage.start :].startswith(first.split(" | ")[0])
    assert sum(len(p.text.split("\n")) - 1 for p in passages) == 100


def test_text_before_and_after_a_table_is_kept() -> None:
    text = "Before it.\na\nb\nAfter it."
    lines = (Line(0, 10), Line(11, 12, "table"), Line(13, 14, "table"), Line(15, 24))
    table = Table(1, 11, 14, (Cell(0, 0, "a", 11, 12), Cell(0, 1, "b", 13, 14)))
    passages = chunk(Document("a", "", "", text, (Page(1, 0, 24, lines),), (table,)))
    assert [(p.kind, p.text) for p in passages] == [("text", "Before it."), ("table", "a | b"), ("text", "After it.")]


@given(st.lists(st.text(alphabet="ab. \t", max_size=3000), max_size=8), st.lists(st.integers(0, 8000), max_size=6))
def test_every_word_is_in_a_passage_and_none_overlap(raw: list[str], cuts: list[int]) -> None:
    text = "\n".join(raw)
    sections = tuple(Section("", "T", 1, c, c, len(text)) for c in sorted({c for c in cuts if c < len(text)}))
    passages = chunk(document_of(text, sections))
    covered = 0
    for passage in passages:
        assert not text[covered : passage.start].strip()
        assert passage.start >= covered and passage.end > passage.start
        covered = passage.end
    assert not text[covered:].strip()
