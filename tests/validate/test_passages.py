"""The text as clause checks read it: same length, same offsets, sentences and paragraphs."""

import time

from hypothesis import given
from hypothesis import strategies as st

from pipeline.validate.passages import ReadText
from schemas import Document, Line, Page


def read(text, *lines):
    return ReadText(Document("x", "0" * 64, "text/plain", text, (Page(1, 0, len(text), tuple(lines)),)))


@given(st.text(alphabet=st.sampled_from("ab. ;\n1(“A"), max_size=300))
def test_paragraphs_cover_the_text_once(text):
    spans = read(text).paragraphs
    assert "".join(text[a:b] for a, b in spans) == text


def test_a_heading_belongs_to_what_it_heads_and_figures_do_not_start_an_item():
    text = "SECURITY DEPOSIT\n\nReturned within thirty\n(30) days of the end of the term, with an itemized list of every deduction made.\n(b) No interest."
    spans = [text[a:b] for a, b in read(text).paragraphs]
    assert [s.split()[0] for s in spans] == ["SECURITY", "(b)"]


def test_a_page_foot_does_not_break_a_sentence():
    text = "Landlord shall return\nMaple Lease p. 3.\nthe deposit."
    foot = Line(22, 39, "footer")
    assert read(text).hits("return .. deposit") == {}
    assert len(read(text, foot).hits("return .. deposit")) == 1


def test_a_quote_is_the_documents_own_slice():
    text = "First.  Landlord shall\n return the “deposit”. Last."
    reader = read(text)
    ((start, end),) = reader.hits("return .. deposit")[0]
    evidence = reader.evidence(*reader.sentence(start, end))
    assert evidence.quote == text[evidence.start : evidence.end] == "Landlord shall\n return the “deposit”."


def test_a_hostile_document_is_read_in_bounded_time():
    reader = read("landlord shall not be liable " * 40_000)
    started = time.process_time()
    reader.hits("{landlord} .. {not} .. (liable|responsible) .. (injur|damage|loss)")
    assert time.process_time() - started < 5
