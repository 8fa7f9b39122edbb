"""Readings of a field are weighed: agreement between sources counts, repetition within one does not."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.generate.offline.protocol.candidates import Candidate, choose, quotes

TEXT = "phase 3 and phase 2"


def test_two_sources_that_agree_beat_one_that_is_surer() -> None:
    found = [Candidate("2", 0.6, 12, 19), Candidate("3", 0.4, 0, 7, "title"), Candidate("3", 0.5, 0, 7, "synopsis")]
    assert choose(TEXT, found).value == "3"


def test_repetition_in_one_source_is_one_witness() -> None:
    found = [Candidate("2", 0.2, 12, 19, "body")] * 20 + [Candidate("3", 0.5, 0, 7, "title")]
    assert choose(TEXT, found).value == "3"


def test_too_little_support_leaves_the_field_empty() -> None:
    answer = choose(TEXT, [Candidate("3", 0.1, 0, 7)])
    assert answer.value is None and answer.quotes == ()


def test_a_rival_lowers_the_confidence() -> None:
    alone = choose(TEXT, [Candidate("3", 0.6, 0, 7)])
    rivalled = choose(TEXT, [Candidate("3", 0.6, 0, 7), Candidate("2", 0.5, 12, 19)])
    assert rivalled.value == alone.value and rivalled.confidence < alone.confidence


@given(st.text(min_size=1, max_size=900), st.integers(0, 900), st.integers(0, 900))
def test_quotes_are_exact_short_slices(text: str, start: int, end: int) -> None:
    for quote in quotes(text, [(start, min(end, len(text)))]):
        assert quote.text == text[quote.start : quote.end] and len(quote.text) <= 300
