"""Windows of one size and of whole sentences: everything is in one, they overlap as said, headings are known."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.retrieve import chunk, chunked
from pipeline.retrieve.windows import FIXED, OVERLAP
from schemas import Document, Line, Page, Section

TEXT = "1. Rent\nTenant pays $900. It is due on the 1st. " * 60
SECTIONS = (Section("1", "Rent", 1, 0, 0, 1_500), Section("2", "Deposit", 1, 1_500, 1_500, len(TEXT)))


def document_of(text: str, sections: tuple[Section, ...] = ()) -> Document:
    return Document("a", "", "text/plain", text, (Page(1, 0, len(text), (Line(0, len(text)),)),), sections=sections)


def test_fixed_windows_are_of_one_size_and_overlap() -> None:
    first, second, *_, last = chunked(document_of(TEXT), "fixed")
    assert FIXED - 20 <= len(first.text) <= FIXED and 0 < first.end - second.start <= OVERLAP + 20
    assert last.end == len(TEXT.rstrip()) and first.text == TEXT[: first.end]


def test_windows_of_sentences_begin_and_end_with_one() -> None:
    passages = chunked(document_of(TEXT), "sentences")
    assert all(p.text.endswith((".", "1st.")) for p in passages)
    assert all(b.start < a.end for a, b in pairwise(passages))


@pytest.mark.parametrize("chunking", ["fixed", "sentences"])
def test_a_window_knows_the_section_it_begins_in(chunking: str) -> None:
    passages = chunked(document_of(TEXT, SECTIONS), chunking)  # type: ignore[arg-type]
    assert passages[0].heading == ("1 Rent",) and passages[-1].heading == ("2 Deposit",)
    assert [p.number for p in passages] == list(range(1, len(passages) + 1))


def test_sections_are_the_default() -> None:
    document = document_of(TEXT, SECTIONS)
    assert chunked(document) == chunk(document)


@pytest.mark.parametrize("chunking", ["fixed", "sentences"])
@given(text=st.text(alphabet="ab. \n\tA1;", max_size=6_000))
def test_every_word_is_in_a_window_and_windows_go_on(chunking: str, text: str) -> None:
    passages = chunked(document_of(text), chunking)  # type: ignore[arg-type]
    reached = 0
    for passage in passages:
        assert not text[reached : passage.start].strip()
        assert passage.text == text[passage.start : passage.end] and passage.text.strip() == passage.text
        assert passage.end > reached
        reached = passage.end
    assert not text[reached:].strip()
