"""A quote is found where it stands, however it was broken, and not found where the document says something else."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.generate.grounding import Grounder, QuoteIndex, squeeze
from schemas import Document, Line, Page, Passage, Quote


def document_of(*pages: str, running: tuple[str, ...] = ()) -> Document:
    """A document of these pages; lines that are in `running` are running heads."""
    made, offset = [], 0
    for number, text in enumerate(pages, 1):
        lines, at = [], offset
        for raw in text.split("\n"):
            lines.append(Line(at, at + len(raw), "header" if raw in running else "body"))
            at += len(raw) + 1
        made.append(Page(number, offset, offset + len(text), tuple(lines)))
        offset += len(text) + 1
    return Document("a.pdf", "", "application/pdf", "\n".join(pages), tuple(made))


LEASE = document_of(
    "LEASE\nTenant shall pay a monthly rent of $1,450.00, in ad-\nvance, on the first day of each month.",
    "The security deposit is $1,450.00 and\nis due upon execution of this Lease.\nThe oﬃce is “furnished”.",
)


@pytest.mark.parametrize(
    ("said", "stands", "page"),
    [
        ("monthly rent of $1,450.00", "monthly rent of $1,450.00", 1),
        ("MONTHLY  RENT of $1,450.00", "monthly rent of $1,450.00", 1),
        ("in advance, on the first day", "in ad-\nvance, on the first day", 1),
        ("$1,450.00 and is due upon execution", "$1,450.00 and\nis due upon execution", 2),
        ('The office is "furnished"', "The oﬃce is “furnished", 2),
        ("Tenant shall pay ... on the first day of each month", "on the first day of each month", 1),
        ("the security deposit is $1,450.00 and it is due on execution of this lease", None, 2),
    ],
)
def test_quotes_are_found(said: str, stands: str | None, page: int) -> None:
    found = Grounder(LEASE).ground(Quote(said))
    assert found is not None and found.page == page
    assert found.quote == LEASE.text[found.start : found.end]
    if stands is not None:
        assert found.quote == stands


@pytest.mark.parametrize(
    "said",
    [
        "",
        "  ",
        "...",
        "The tenant may keep two small dogs in the premises",
        "Tenant shall pay a monthly rent of $1,650.00, in advance, on the first day",  # another number
        "ease",  # inside a word
    ],
)
def test_what_the_document_does_not_say_is_not_found(said: str) -> None:
    assert Grounder(LEASE).ground(Quote(said)) is None


def test_known_offsets_are_taken_as_they_are_without_their_outer_spaces() -> None:
    start = LEASE.text.index("LEASE\n")
    found = Grounder(LEASE).ground(Quote("whatever", start, start + 6))
    assert found is not None and found.quote == "LEASE"


def test_offsets_outside_the_document_are_not_believed() -> None:
    assert Grounder(LEASE).ground(Quote("no such words in it", 10, 10**9)) is None


def test_the_passage_a_quote_was_read_in_comes_first() -> None:
    second = LEASE.text.rindex("$1,450.00")
    passage = Passage(7, LEASE.text[second - 10 :], second - 10, len(LEASE.text), 2)
    found = Grounder(LEASE, (passage,)).ground(Quote("$1,450.00", passage=7))
    assert found is not None and found.start == second


def test_a_running_head_does_not_break_a_quote() -> None:
    head = "PROTOCOL XY-1 CONFIDENTIAL"
    document = document_of(f"{head}\nSubjects must be at least", f"{head}\n18 years of age.", running=(head,))
    found = Grounder(document).ground(Quote("Subjects must be at least 18 years of age"))
    assert found is not None and found.page == 1 and found.quote.endswith("18 years of age")
    assert Grounder(document).ground(Quote("protocol XY-1")) is not None


@given(st.text(min_size=1, max_size=200), st.integers(0, 199), st.integers(1, 60))
def test_every_whole_word_slice_is_found_as_it_is(text: str, start: int, length: int) -> None:
    document = document_of(text)
    piece = text[start : start + length].strip()
    found = Grounder(document).ground(Quote(piece))
    if found is not None:
        assert document.text[found.start : found.end] == found.quote
    words = [w for w in text.split() if w.isalnum() and len(w) >= 3]
    for word in words[:3]:
        assert Grounder(document).ground(Quote(word)) is not None


@given(st.text(max_size=300))
def test_squeezing_is_the_same_for_a_text_and_its_index(text: str) -> None:
    letters = QuoteIndex.of(document_of(text)).everything.letters
    assert letters == "".join(squeeze(c) for c in text if ord(c) < 0x10000)


WORDS = ("subject", "visit", "screening", "dose", "week", "endpoint", "analysis", "safety", "criteria", "placebo")


@pytest.mark.alone
@pytest.mark.slow
def test_two_hundred_quotes_in_three_hundred_pages_take_under_half_a_second() -> None:
    pages = [" ".join(f"{WORDS[(i * 7 + k * k) % 10]} {i * k % 97}" for k in range(300)) for i in range(300)]
    document = document_of(*pages)
    quotes = []
    for i in range(200):
        piece = " ".join(pages[i + 50].split()[40:70])
        noisy = piece.replace("screening", "screenlng").replace("placebo", "plaoebo").replace("analysis", "analisys")
        quotes.append(Quote((piece.upper(), noisy, piece, "nobody ever wrote this particular sentence here")[i % 4]))
    spent = []
    for _ in range(4):  # the quickest counts: the test machine may be busy
        begin = time.process_time()
        grounder = Grounder(document)
        found = [grounder.ground(q) for q in quotes]
        spent.append(time.process_time() - begin)
    assert min(spent) < 0.5
    assert sum(f is not None for f in found) >= 145


def test_hostile_text_is_bounded() -> None:
    document = document_of("a" * 500_000)
    begin = time.process_time()
    for said in ("a" * 5_000 + "b", "b" * 5_000, "a " * 3_000):
        Grounder(document).ground(Quote(said))
    assert time.process_time() - begin < 3.0
