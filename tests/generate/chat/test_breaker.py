"""The breaker opens for a provider in trouble, not for a question in trouble, and finds out when it is over."""

from pipeline.generate.chat.breaker import Breaker


def broken(breaker: Breaker, *, since: float = 0.0) -> Breaker:
    for number in range(breaker.failures):
        breaker.failed(number, since + number)
    return breaker


def test_it_opens_after_a_run_of_failures_and_lets_one_probe_through() -> None:
    breaker = broken(Breaker(failures=3, rest=15))
    assert breaker.open and breaker.delay(7.0) == 10.0 and breaker.delay(17.0) == 0.0
    breaker.went()
    assert breaker.delay(18.0) == float("inf")
    breaker.failed("probe", 20.0)
    assert breaker.delay(20.0) == 15.0
    breaker.went()
    breaker.succeeded()
    assert not breaker.open and breaker.delay(21.0) == 0.0


def test_one_question_that_always_fails_does_not_open_it() -> None:
    breaker = Breaker(failures=3)
    for second in range(50):
        breaker.failed("the same", float(second))
    assert not breaker.open


def test_a_success_between_failures_starts_the_count_anew() -> None:
    breaker = Breaker(failures=3)
    for second in range(50):
        breaker.failed(second % 2, float(second))
        if second % 2:
            breaker.succeeded()
    assert not breaker.open


def test_a_probe_that_is_taken_back_makes_room_for_another() -> None:
    breaker = broken(Breaker(failures=3, rest=15))
    breaker.went()
    breaker.given_up()
    assert breaker.delay(60.0) == 0.0


def test_it_counts_as_down_after_failures_for_long_and_until_the_next_probe() -> None:
    breaker = broken(Breaker(failures=3, rest=15, patience=300))
    for second in (100.0, 200.0, 299.0):
        breaker.failed("probe", second)
        assert breaker.down_for(second) == 0.0
    breaker.failed("probe", 310.0)
    assert breaker.down_for(311.0) == 311.0 and breaker.down_for(325.0) == 0.0
    breaker.succeeded()
    assert breaker.down_for(326.0) == 0.0
