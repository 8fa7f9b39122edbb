"""Tables of objectives and endpoints give the primary row, also over a page break."""

from collections.abc import Callable

from pipeline.generate.offline.protocol.objective_tables import primary_pairs
from schemas import Cell, Document, Table


def table(page: int, *rows: tuple[str, ...]) -> Table:
    cells = tuple(Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row) if text)
    return Table(page, 0, 10, cells)


def pairs(make: Callable[..., Document], *tables: Table) -> list[tuple[list[str], list[str]]]:
    base = make("page one", "page two")
    document = Document("a", "", "", base.text, base.pages, tables)
    return [([i[0] for i in p.objectives], [i[0] for i in p.endpoints]) for p in primary_pairs(document, [1, 2])]


def test_a_row_of_its_own_says_primary(make: Callable[..., Document]) -> None:
    found = table(
        1,
        ("Objectives", "Endpoints"),
        ("Primary", ""),
        ("To see A", "• A at Week 1 • B at Week 2"),
        ("Secondary", ""),
        ("To see C", "C"),
    )
    assert pairs(make, found) == [(["To see A"], ["A at Week 1", "B at Week 2"])]


def test_the_head_says_primary(make: Callable[..., Document]) -> None:
    found = table(
        1,
        ("Primary Objective:", "Outcome Measure:"),
        ("To see A", "Rate of A"),
        ("Secondary Objective:", "Outcome Measure:"),
        ("To see B", "Rate of B"),
    )
    assert pairs(make, found) == [(["To see A"], ["Rate of A"])]


def test_a_table_goes_on_on_the_next_page(make: Callable[..., Document]) -> None:
    first = table(1, ("Objectives", "Endpoints"), ("Primary", ""), ("To see A", "Rate of A"))
    second = table(2, ("Objectives", "Endpoints"), ("To see B", "Rate of B"), ("Secondary", ""), ("To see C", "C"))
    assert pairs(make, first, second) == [(["To see A", "To see B"], ["Rate of A", "Rate of B"])]


def test_other_tables_are_left_alone(make: Callable[..., Document]) -> None:
    assert pairs(make, table(1, ("Visit", "Week"), ("Primary", "1"))) == []
