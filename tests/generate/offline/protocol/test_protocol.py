"""A whole protocol is read: every field answered, every quote an exact slice, in time, without a fall."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.generate.offline.protocol import read
from schemas import Document, ProtocolTerms

CORPUS = Path(__file__).parents[5] / "shared" / "corpus" / "protocols"


def test_every_field_is_answered_with_exact_quotes(invented: Document) -> None:
    answers = read(invented)
    assert set(answers) == set(ProtocolTerms.model_fields)
    for name, answer in answers.items():
        assert 0 <= answer.confidence <= 1
        assert answer.value is None or answer.quotes, name
        assert all(q.text == invented.text[q.start : q.end] for q in answer.quotes), name


def test_an_empty_document_has_no_terms(make: Callable[..., Document]) -> None:
    assert all(answer.value is None for answer in read(make("")).values())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="Primaryobjectve: 12\n()-•[]phaseNCT/.,≥IV", max_size=400), min_size=1, max_size=4))
def test_any_text_is_read_without_a_fall(make: Callable[..., Document], pages: list[str]) -> None:
    text = make(*pages)
    for answer in read(text).values():
        assert all(q.text == text.text[q.start : q.end] for q in answer.quotes)


@pytest.mark.parametrize(
    "piece",
    [
        "randomized to ",
        "A b ",
        "Primary objective ",
        "(((",
        "12 weeks of ",
        "aged 18 to ",
        "Version 1.",
        "Inc. ",
        "IND ",
    ],
)
def test_hostile_repetition_takes_little_time(make: Callable[..., Document], piece: str) -> None:
    long = piece * (60_000 // len(piece))
    text = make("A Study", "SYNOPSIS\n" + long, "\n".join(long[i : i + 90] for i in range(0, len(long), 90)))
    started = time.process_time()
    read(text)
    assert time.process_time() - started < 5


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not here")
def test_quotes_of_a_real_protocol_are_exact() -> None:
    from pipeline.parse import parse

    found = parse(sorted(CORPUS.iterdir())[0] / "document.pdf")
    answers = read(found)
    assert sum(answer.value is not None for answer in answers.values()) >= 20
    assert all(
        q.text == found.text[q.start : q.end] for answer in answers.values() for q in answer.quotes if q.start >= 0
    )
