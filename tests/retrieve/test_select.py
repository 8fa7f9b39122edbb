"""A field group is shown the passages that answer it, within its budget."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.retrieve import Searcher, passages_for, questions_of, tokens_of, within_budget
from pipeline.retrieve.select import is_contents, under_headings
from schemas import FieldGroup, Passage, analysis_for

FILLER = "The parties shall act in good faith and shall give each other all information that is needed. " * 8


def lease_of() -> tuple[Passage, ...]:
    parts = [
        (("PREMISES",), f"Landlord leases to Tenant the building at 5 Main Street. {FILLER}"),
        (("RENT",), f"Tenant shall pay monthly rent of $1,450.00. {FILLER}"),
        (("SECURITY DEPOSIT",), f"Tenant pays $2,900 upon signing. {FILLER}"),
        (("GENERAL",), FILLER),
        (("INSURANCE",), FILLER),
        (("DEFAULT",), FILLER),
    ]
    made, at = [], 0
    for number, (heading, text) in enumerate(parts, 1):
        made.append(Passage(number, text, at, at + len(text), number, heading))
        at += len(text) + 1
    return tuple(made)


GROUP = FieldGroup(name="deposit", fields=("deposit_amount",), queries=("security deposit",), sections=("deposit",))


def test_the_passage_that_answers_is_shown_within_the_budget() -> None:
    passages = lease_of()
    shown = passages_for(GROUP, Searcher(passages, None), tokens_of(passages[2].text) + 5)
    assert [p.number for p in shown] == [3] and shown[0].score > 0


def test_passages_come_in_document_order() -> None:
    shown = passages_for(GROUP, Searcher(lease_of(), None), 700)
    assert [p.number for p in shown] == sorted(p.number for p in shown) and len(shown) >= 2


def test_no_budget_shows_everything() -> None:
    assert len(passages_for(GROUP, Searcher(lease_of(), None), None)) == 6


def test_first_pages_are_shown_where_a_group_asks_for_them() -> None:
    group = FieldGroup(name="x", fields=(), queries=("zebra",), first_pages=True)
    assert passages_for(group, Searcher(lease_of(), None), 260)[0].number == 1


def test_a_heading_counts_more_the_closer_it_is() -> None:
    a = Passage(1, "x", 0, 1, 1, ("5 Population", "5.1 Inclusion Criteria"))
    b = Passage(2, "x", 1, 2, 1, ("5.2 Inclusion criteria and other matters of the study", "Deeper"))
    c = Passage(3, "x", 2, 3, 1, ("6 Treatment",))
    assert under_headings((c, b, a), ("inclusion criteria",)) == [2, 1]


def test_contents_pages_come_last() -> None:
    contents = Passage(1, "\n".join(f"{n} Security deposit ........ {n}" for n in range(9)), 0, 300, 1)
    shown = passages_for(GROUP, Searcher((contents, *lease_of()[1:]), None), 250)
    assert is_contents(contents.text) and all(p.number != 1 for p in shown)


def test_questions_are_the_descriptions_of_the_fields() -> None:
    lease = analysis_for("lease")
    for group in lease.groups:
        for name, question in zip(group.fields, questions_of(lease, group), strict=True):
            assert str(lease.model.model_fields[name].description) in question


@given(st.lists(st.tuples(st.integers(0, 4000), st.floats(0, 1)), max_size=30), st.integers(0, 3000))
def test_a_budget_is_never_exceeded_and_the_best_that_fits_is_taken(
    sizes: list[tuple[int, float]], budget: int
) -> None:
    passages = [Passage(n, "x" * size, 0, size, 1, score=score) for n, (size, score) in enumerate(sizes, 1)]
    taken = within_budget(passages, budget)
    assert sum(tokens_of(p.text) for p in taken) <= budget
    fitting = [p for p in passages if tokens_of(p.text) <= budget]
    if fitting:
        assert max(fitting, key=lambda p: (p.score, -p.number)) in taken


@pytest.mark.parametrize("doc_type", ["lease", "clinical_protocol"])
def test_every_group_of_every_analysis_can_be_searched(doc_type: str) -> None:
    analysis = analysis_for(doc_type)
    searcher = Searcher(lease_of(), None)
    for group in analysis.groups:
        assert passages_for(group, searcher, 2_000, questions_of(analysis, group))
