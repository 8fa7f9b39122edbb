"""Units are small slices of the document in its order; nothing of its body is lost."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.retrieve.units import LONGEST, units_of
from schemas import Document, Line, Page, Section, Table

LINES = st.lists(st.text(alphabet="abA1 .;:(•-", max_size=700), min_size=1, max_size=12)


def document_of(*lines: str, kinds: tuple[str, ...] = (), sections: tuple[Section, ...] = ()) -> Document:
    made, at = [], 0
    for number, line in enumerate(lines):
        kind = kinds[number] if number < len(kinds) else "body"
        made.append(Line(at, at + len(line), kind))  # type: ignore[arg-type]
        at += len(line) + 1
    text = "\n".join(lines)
    return Document("a", "", "text/plain", text, (Page(1, 0, len(text), tuple(made)),), sections=sections)


def texts_of(document: Document) -> list[str]:
    return [document.text[u.start : u.end].strip() for u in units_of(document)]


@given(LINES)
def test_units_hold_the_whole_body_in_order_and_are_never_long(lines: list[str]) -> None:
    document = document_of(*lines)
    units = units_of(document)
    assert all(a.end <= b.start for a, b in pairwise(units))
    assert all(u.end - u.start <= LONGEST for u in units)
    held = "".join(document.text[u.start : u.end] for u in units)
    assert "".join(held.split()) == "".join(document.text.split())


def test_a_sentence_over_two_lines_is_one_unit_and_the_next_sentence_another() -> None:
    first = "Tenant shall pay to Landlord, without any deduction or set-off, a monthly", "rent of $900."
    assert texts_of(document_of(*first, "Pets are not allowed.")) == ["\n".join(first), "Pets are not allowed."]


def test_list_items_and_headings_stand_alone() -> None:
    document = document_of("RENT", "pay as follows", "(a) monthly", "(b) yearly", kinds=("heading",))
    assert texts_of(document) == ["RENT", "pay as follows", "(a) monthly", "(b) yearly"]
    assert [u.heads for u in units_of(document)] == [True, False, False, False]


def test_running_heads_are_no_units() -> None:
    assert texts_of(document_of("Page head", "Rent is due.", kinds=("header",))) == ["Rent is due."]


def test_each_unit_knows_the_headings_it_stands_under() -> None:
    sections = (Section("1", "Rent", 1, 0, 7, 60), Section("1.1", "Late fee", 2, 19, 33, 60))
    document = document_of("1 Rent", "Due monthly.", "1.1 Late fee  It is $50.", sections=sections)
    assert [u.heading for u in units_of(document)][-1] == ("1 Rent", "1.1 Late fee")
    assert units_of(document)[1].heading == ("1 Rent",)


def test_lines_of_a_table_are_not_joined_with_those_beside_it() -> None:
    text = "see below\nVisit 1\nend"
    lines = (Line(0, 9), Line(10, 17), Line(18, 21))
    document = Document("a", "", "text/plain", text, (Page(1, 0, 21, lines),), tables=(Table(1, 10, 17, ()),))
    assert [u.table for u in units_of(document)] == [False, True, False]
