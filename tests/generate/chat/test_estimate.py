"""Guesses of tokens come close to what a provider counts once it has counted a few."""

import pytest

from pipeline.generate.chat.estimate import Estimate
from schemas import Ask, Reply


def test_it_learns_what_a_token_is_and_how_long_answers_are() -> None:
    estimate, ask = Estimate(), Ask((("system", "s" * 2_000), ("human", "h" * 2_000)))
    assert estimate.of(ask) == (1_000, 600)
    for _ in range(100):
        estimate.learn(ask, Reply({}, input_tokens=1_500, output_tokens=50))
    assert estimate.of(ask) == (pytest.approx(1_500, rel=0.02), pytest.approx(50, abs=10))


def test_the_form_of_the_answer_counts_and_continued_answers_do_not_mislead() -> None:
    ask = Ask((("human", "h" * 4_000),), wanted={"title": "t" * 4_000})
    assert Estimate().of(ask)[0] == pytest.approx(2_000, rel=0.01)
    estimate = Estimate()
    for _ in range(100):
        estimate.learn(ask, Reply({}, calls=3, input_tokens=6_000, output_tokens=600))
    assert estimate.of(ask)[0] == pytest.approx(2_000, rel=0.02)
