"""A field group is shown the stretches that answer it, within a budget that all groups share."""

from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import ParseOptions, read_document
from pipeline.retrieve import Ranked, budget_of, passages_for, ranked, tokens_of, wider
from pipeline.retrieve.ranker import FieldWeights, Weights, shipped_weights
from pipeline.retrieve.show import LEAST_TOKENS
from schemas import Document, FieldAnswer, FieldGroup, Page, Passage, Quote, analysis_for

SAMPLES = Path(__file__).parents[2] / "samples"
LEASE = analysis_for("lease")
DEPOSIT = next(group for group in LEASE.groups if group.name == "deposit")


@cache
def ohio() -> tuple[Document, Ranked]:
    document = read_document(SAMPLES / "leases" / "ohio.pdf", ParseOptions(ocr=False))
    return document, ranked(document, LEASE, {})


def words_of(passages: tuple[Passage, ...]) -> str:
    return " ".join(" ".join(p.text for p in passages).split())


def test_the_clause_that_answers_a_group_is_shown_to_it_even_when_there_is_little_room() -> None:
    document, found = ohio()
    shown = passages_for(found, LEASE.groups, tokens_of(document.text) // 2)
    assert "security deposit of $1,450.00" in words_of(shown["deposit"])
    assert "Peter Okafor" in words_of(shown["parties"])
    assert sum(len(p.text) for p in shown["deposit"]) < len(document.text) / 4


def test_a_protocol_shows_its_criteria_and_its_title_page_where_they_are_asked_for() -> None:
    document = read_document(next((SAMPLES / "protocols").glob("migraine-phase3.[dp]*")), ParseOptions(ocr=False))
    analysis = analysis_for("clinical_protocol")
    shown = passages_for(ranked(document, analysis, {}), analysis.groups, LEAST_TOKENS)
    criteria = words_of(shown["eligibility"])
    assert "Patients must fulfil" in criteria and "Employees of the sponsor" in criteria
    assert "Phase III" in words_of(shown["study"])


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 3_000), st.none() | st.integers(0, 800))
def test_the_budget_is_never_exceeded_and_passages_are_slices_in_order(budget: int, most: int | None) -> None:
    document, found = ohio()
    shown = passages_for(found, LEASE.groups, budget, most)
    assert list(shown) == [group.name for group in LEASE.groups]
    assert sum(tokens_of(p.text) for own in shown.values() for p in own) <= budget
    numbers: dict[int, tuple[int, int]] = {}
    for own in shown.values():
        assert all(p.text == document.text[p.start : p.end] for p in own)
        assert all(a.end <= b.start and a.number < b.number for a, b in pairwise(own))
        assert most is None or sum(tokens_of(p.text) for p in own) <= most
        for p in own:
            assert numbers.setdefault(p.number, (p.start, p.end)) == (p.start, p.end)


@settings(max_examples=20, deadline=None)
@given(st.integers(100, 1_500), st.integers(0, 2_000))
def test_wider_passages_keep_what_was_shown_and_stay_within_their_budget(first: int, second: int) -> None:
    document, found = ohio()
    shown = passages_for(found, LEASE.groups, first)["deposit"]
    more = wider(found, DEPOSIT, shown, second)
    assert all(any(p.start <= old.start and old.end <= p.end for p in more) for old in shown)
    before = sum(tokens_of(p.text) for p in shown)
    assert sum(tokens_of(p.text) for p in more) <= max(before, second)
    assert all(p.text == document.text[p.start : p.end] for p in more)


def test_wider_passages_hold_the_neighbours_of_those_shown() -> None:
    _, found = ohio()
    shown = passages_for(found, LEASE.groups, 500)["deposit"]
    more = wider(found, DEPOSIT, shown, 1_000)
    assert len(words_of(more)) > 2 * len(words_of(shown))
    around = next(p for p in more if p.start <= shown[0].start < p.end)
    assert around.start < shown[0].start or around.end > shown[0].end


def test_what_another_reader_has_found_is_shown_where_nothing_else_speaks_for_it() -> None:
    document, plain = ohio()
    start = document.text.index("Peter Okafor")  # no deposit
    seen = FieldAnswer(1450, (Quote("", start, start + 12),), confidence=1.0)
    hinted = ranked(document, LEASE, {"deposit_amount": seen, "deposit_paid_by_date": seen})
    assert plain.seen is not None and hinted.seen is not None
    there = plain.seen.within([(start, start + 12)]) > 0
    assert hinted.chance["deposit_amount"][there].max() > 2 * plain.chance["deposit_amount"][there].max()


def test_fields_that_nothing_is_learned_of_have_the_shared_weights() -> None:
    document, _ = ohio()
    shared = shipped_weights("LeaseTerms").shared
    found = ranked(document, LEASE, {}, weights=Weights(shared, {}))
    assert "deposit" in words_of(passages_for(found, LEASE.groups, 700)["deposit"]).lower()
    assert shipped_weights("LeaseTerms").of("a field of tomorrow") == FieldWeights(shared.features, {})


def test_chances_of_a_field_add_up_to_one() -> None:
    _, found = ohio()
    assert all(np.isclose(chance.sum(), 1) for chance in found.chance.values())
    assert sorted(found.chance) == sorted(LEASE.model.model_fields)


def test_short_documents_are_shown_more_and_none_more_than_may_be() -> None:
    long, short = (Document("a", "", "text/plain", "x" * size, ()) for size in (400_000, 400))
    assert budget_of(long, 0.12, 50_000) == pytest.approx(12_000, abs=2)
    assert budget_of(short, 0.12, 50_000) == LEAST_TOKENS
    assert budget_of(long, 0.12, 3_000) == 3_000


def test_a_document_without_text_shows_nothing() -> None:
    empty = Document("a", "", "text/plain", "", (Page(1, 0, 0),))
    found = ranked(empty, LEASE, {})
    assert set(passages_for(found, LEASE.groups, 100).values()) == {()}
    assert wider(found, DEPOSIT, (), 100) == ()


def test_an_analysis_without_groups_shows_nothing() -> None:
    document, _ = ohio()
    assert passages_for(ranked(document, analysis_for("other"), {}), (), 100) == {}


def test_a_group_of_one_field_is_widened_for_that_field() -> None:
    _, found = ohio()
    only = FieldGroup(name="rent", fields=("late_fee",), queries=())
    assert "late" in words_of(wider(found, only, (), 150)).lower()
