"""Money is set aside before it is spent, and what was set aside too much comes back."""

import asyncio

import pytest

from pipeline.errors import BudgetSpent
from pipeline.generate.chat.budget import Budget
from tests.generate.chat.virtual import run


def test_what_is_under_way_is_waited_for_when_it_may_leave_enough() -> None:
    async def main() -> tuple[float, float]:
        budget = Budget(1.0)
        await budget.reserve(0.8)
        asyncio.get_running_loop().call_later(30, budget.settle, 0.8, 0.1)
        await budget.reserve(0.5)
        return asyncio.get_running_loop().time(), budget.spent

    assert run(main()) == (30.0, 0.1)


def test_a_question_is_refused_when_what_is_left_can_not_cover_it() -> None:
    async def main() -> None:
        budget = Budget(1.0)
        await budget.reserve(0.4)
        budget.settle(0.4, 0.9)
        with pytest.raises(BudgetSpent, match=r"cost \$0\.90 of the \$1\.00"):
            await budget.reserve(0.2)
        await budget.reserve(0.1)  # a smaller one still goes

    run(main())


def test_without_a_limit_it_only_counts() -> None:
    async def main() -> float:
        budget = Budget()
        for _ in range(100):
            await budget.reserve(1e9)
        budget.settle(1e9, 2.5)
        return budget.spent

    assert run(main()) == 2.5
