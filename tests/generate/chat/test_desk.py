"""Asking through throttling, failures and a budget, in virtual time."""

import asyncio
import random
from collections.abc import Callable

import pytest

from pipeline.errors import BackendUnavailable, BudgetSpent, ProviderDown
from pipeline.generate.chat.budget import Budget
from pipeline.generate.chat.desk import Desk, Patience
from pipeline.generate.chat.limits import Limits
from pipeline.generate.chat.prices import FREE, Price
from pipeline.generate.chat.trouble import Throttled, Transient
from schemas import Ask, Reply
from tests.generate.chat.providers import Provider, about
from tests.generate.chat.virtual import run

WIDE = Limits(64)
DOLLAR = Price(models="*", input=10_000, output=0)  # an ask that takes 100 tokens costs a dollar


def question(number: int) -> Ask:
    return about(f"{number:400}")  # a hundred tokens


def asked(
    provider: Provider,
    count: int,
    limits: Limits = WIDE,
    budget: Budget | None = None,
    price: Price = FREE,
) -> tuple[list[Reply | BaseException], float, Desk]:
    """The replies to several asks at once, the seconds it took, and the desk."""

    async def main() -> tuple[list[Reply | BaseException], float, Desk]:
        random.seed(0)
        clock = asyncio.get_running_loop().time
        desk = Desk(provider, lambda _: price, clock, limits, Patience(), budget or Budget())
        replies = await asyncio.gather(*(desk.reply(question(n)) for n in range(count)), return_exceptions=True)
        return list(replies), clock(), desk

    return run(main())


def until(end: float, trouble: Exception) -> Callable[[Ask, float, int], Exception | None]:
    return lambda ask, now, number: trouble if now < end else None


def all_answered(replies: list[Reply | BaseException]) -> bool:
    return all(isinstance(reply, Reply) for reply in replies)


def test_no_more_in_flight_than_allowed_and_no_second_lost() -> None:
    provider = Provider(seconds=1.0)
    replies, seconds, _ = asked(provider, 640, Limits(64))
    assert all_answered(replies) and provider.most == 64 and seconds == pytest.approx(10.0)


def test_requests_and_tokens_a_minute_are_kept_to() -> None:
    provider = Provider(seconds=0.1)
    _, seconds, _ = asked(provider, 100, Limits(64, requests=20))
    assert seconds == pytest.approx(240.1) and len(provider.asked) == 100
    times = [when for when, _ in provider.asked]
    assert all(sum(start <= when < start + 60 for when in times) <= 20 for start in times)

    provider = Provider(seconds=0.1)
    _, seconds, _ = asked(provider, 100, Limits(64, tokens=11_000))  # each takes 110, but is taken for more before
    assert len(provider.asked) == 100 and seconds < 61


def test_hours_of_throttling_make_a_run_slow_and_never_failed() -> None:
    hours = 5 * 3_600.0
    provider = Provider(trouble=until(hours, Throttled("slow down")))
    replies, seconds, desk = asked(provider, 50)
    assert all_answered(replies) and hours < seconds < hours + 300
    assert len(provider.asked) < 2_000, "a provider that throttles is not hammered"
    assert desk.gate.paused_seconds > 0.5 * hours and not desk.gate.breaker.open


def test_retry_after_holds_everybody_back() -> None:
    def throttle(ask: Ask, now: float, number: int) -> Exception | None:
        return Throttled("slow down", 120.0) if number == 1 else None

    provider = Provider(trouble=throttle)
    replies, _, desk = asked(provider, 100, Limits(10))
    later = [when for when, _ in provider.asked if when > 0]
    assert all_answered(replies) and min(later) >= 120.0
    assert desk.statistics.throttled == 1 and desk.gate.paused_seconds == pytest.approx(120.0)


def test_a_provider_that_says_tomorrow_is_asked_every_hour() -> None:
    replies, seconds, _ = asked(Provider(trouble=until(7_000, Throttled("tomorrow", 86_400))), 3)
    assert all_answered(replies) and 7_000 < seconds < 7_300


def test_a_provider_that_takes_ten_a_second_gets_nearly_ten_a_second() -> None:
    provider = Provider(seconds=0.5)
    seen: list[float] = []

    def bucket(ask: Ask, now: float, number: int) -> Exception | None:
        seen[:] = [when for when in seen if when > now - 1]
        if len(seen) >= 10:
            return Throttled("slow down", 1.0)
        seen.append(now)
        return None

    provider.trouble = bucket
    replies, seconds, desk = asked(provider, 600)
    print(f"{600 / seconds:.1f} a second")
    assert all_answered(replies) and seconds < 2 * 60
    assert desk.statistics.throttled < 600


def test_failures_that_pass_are_tried_again() -> None:
    provider = Provider(trouble=until(60, Transient("503")))
    replies, seconds, desk = asked(provider, 40)
    assert all_answered(replies) and 60 < seconds < 150
    assert desk.statistics.failures < 80, "a provider that fails is left alone for a while"


def test_one_bad_question_fails_alone() -> None:
    def bad(ask: Ask, now: float, number: int) -> Exception | None:
        return Transient("500") if ask.messages[0][1].strip() == "7" else None

    replies, _, desk = asked(Provider(trouble=bad), 200, Limits(4))
    assert [n for n, reply in enumerate(replies) if not isinstance(reply, Reply)] == [7]
    assert isinstance(replies[7], BackendUnavailable) and not isinstance(replies[7], ProviderDown)
    assert "8 times" in str(replies[7]) and not desk.gate.breaker.open


def test_a_lone_bad_question_fails_as_such_too() -> None:
    replies, seconds, _ = asked(Provider(trouble=lambda ask, now, n: Transient("500")), 1)
    assert isinstance(replies[0], BackendUnavailable) and seconds < 300


def test_a_provider_that_stays_down_stops_everybody_after_five_minutes() -> None:
    provider = Provider(trouble=lambda ask, now, n: Transient("503"))
    replies, seconds, _ = asked(provider, 100, Limits(8))
    assert all(isinstance(reply, ProviderDown) for reply in replies) and 300 <= seconds < 330
    assert "test:model has failed for" in str(replies[0]) and len(provider.asked) < 60


def test_what_asking_again_cannot_mend_is_not_asked_again() -> None:
    provider = Provider(trouble=lambda ask, now, n: BackendUnavailable("no such model"))
    replies, _, desk = asked(provider, 3)
    assert len(provider.asked) == 3 and all(isinstance(reply, BackendUnavailable) for reply in replies)
    assert desk.statistics.failed == 3 and desk.gate.in_flight == 0


def test_the_budget_is_never_overrun_and_nearly_used_up() -> None:
    provider = Provider(said=Reply({}, "", input_tokens=100, output_tokens=0))
    replies, _, desk = asked(provider, 100, Limits(16), budget=Budget(20.0), price=DOLLAR)
    spent = [reply for reply in replies if isinstance(reply, BudgetSpent)]
    assert len(spent) == 80 and desk.budget.spent == pytest.approx(20.0)
    assert "--max-cost" in str(spent[0]) and "$20.00" in str(spent[0])


def test_what_failed_costs_nothing() -> None:
    budget = Budget(5.0)
    asked(Provider(trouble=lambda ask, now, n: BackendUnavailable("no")), 50, budget=budget, price=DOLLAR)
    assert budget.spent == 0.0


def test_replies_say_what_they_took() -> None:
    price = Price(models="*", input=2.0, cached=0.2, output=10.0)
    said = Reply({}, "", input_tokens=1_000, output_tokens=100, cached_tokens=500, calls=2)
    replies, _, desk = asked(Provider(seconds=2.0, said=said), 2, Limits(1), price=price)
    assert [(r.cost_usd, r.seconds, r.calls) for r in replies if isinstance(r, Reply)] == [
        (0.0021, 2.0, 2),
        (0.0021, 4.0, 2),
    ]
    total = desk.statistics
    assert (total.replies, total.calls, total.input_tokens, total.output_tokens, total.cached_tokens) == (
        2,
        4,
        2_000,
        200,
        1_000,
    )
    assert total.cost_usd == pytest.approx(0.0042)
