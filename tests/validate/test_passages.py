"""The text as clause checks read it: same length, same offsets, and its sentences."""

import time

from pipeline.validate.passages import ReadText
from schemas import Document, Line, Page


def read(text, *lines):
    return ReadText(Document("x", "0" * 64, "text/plain", text, (Page(1, 0, len(text), tuple(lines)),)))


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
