"""The encoder that reads a sentence word by word, and the judge that asks it about what the words propose."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.validate.clause_kinds import shipped_model
from pipeline.validate.clause_reader import ENCODER, TOKENIZER, shipped_reader
from pipeline.validate.judging import MOST_READ, Judge


def forbidden(sentence):
    return sum(shipped_reader().probabilities(sentence).values())


@pytest.mark.parametrize(
    ("denied", "said"),
    [
        ("the deposit is held apart and is not commingled with landlord's own money.",
         "the deposit is not held apart and is commingled with landlord's own money."),
        ("landlord claims no lien on tenant's belongings, and will not hold them for rent.",
         "landlord claims a lien on tenant's belongings, and will hold them for rent."),
        ("landlord shall not penalize a resident for calling the housing inspector.",
         "landlord shall penalize a resident for calling the housing inspector."),
        ("tenant does not waive trial by jury.", "tenant does waive trial by jury."),
        ("landlord may not change the locks on a tenant who owes rent.",
         "landlord may change the locks on a tenant who owes rent."),
    ],
)  # fmt: skip
def test_a_denial_reads_less_like_the_clause_than_the_clause(denied, said):
    assert forbidden(denied) < forbidden(said)


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=400))
def test_probabilities_are_probabilities_of_whatever_text(sentence):
    said = shipped_reader().probabilities(sentence)
    assert all(0 <= p <= 1 for p in said.values())
    assert sum(said.values()) < 1 + 1e-5


def test_a_sentence_is_judged_alike_whatever_was_read_before():
    sentence = "Tenant waives every right the law gives tenants."
    first = shipped_reader().probabilities(sentence)
    shipped_reader().probabilities("Rent is due. " * 40)
    assert shipped_reader().probabilities(sentence) == first


def test_it_knows_the_kinds_that_the_model_over_words_knows():
    assert set(shipped_reader().kinds) == set(shipped_model().kinds)


def test_it_is_small_enough_to_ship():
    assert ENCODER.stat().st_size + TOKENIZER.stat().st_size < 16_000_000


def test_what_no_word_makes_suspicious_is_not_read():
    judge = Judge()
    assert judge.agreed("the premises have two bedrooms and a porch.", ["self_help"]) == 0.0
    assert judge.sentences_read == 0


def test_no_more_than_so_many_sentences_of_a_document_are_read():
    judge = Judge()
    for number in range(MOST_READ + 5):
        sentence = f"landlord may change the locks of unit {number} without going to court."
        assert judge.agreed(sentence, ["self_help"]) > 0
    assert judge.sentences_read == MOST_READ
