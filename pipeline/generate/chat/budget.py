"""What a run may cost: reserved before a question goes, settled when its price is known."""

import asyncio
from dataclasses import dataclass, field

from pipeline.errors import BudgetSpent


@dataclass(slots=True)
class Budget:
    """US dollars that may be spent, and have been.

    Args:
        limit: None: no limit, only counted.

    >>> budget = Budget(limit=1.0)
    >>> asyncio.run(budget.reserve(0.4)), budget.settle(0.4, 0.3), budget.spent
    (None, None, 0.3)
    """

    limit: float | None = None
    spent: float = 0.0
    _reserved: float = 0.0
    _under_way: int = 0
    _settled: asyncio.Event = field(default_factory=asyncio.Event)

    async def reserve(self, estimate: float) -> None:
        """Set an amount aside; waits for what is under way while that may leave enough.

        Raises:
            BudgetSpent: what is left does not cover it.
        """
        while self.limit is not None and self.spent + self._reserved + estimate > self.limit:
            if self.spent + estimate > self.limit or not self._under_way:
                raise BudgetSpent(
                    f"the run has cost ${self.spent:.2f} of the ${self.limit:.2f} it may, and the next question is taken to "
                    f"cost ${estimate:.4f}; run again with a higher --max-cost, it goes on where it stopped"
                )
            self._settled.clear()
            await self._settled.wait()
        self._reserved += estimate
        self._under_way += 1

    def settle(self, estimate: float, cost: float) -> None:
        """Book what it really cost in place of what was reserved."""
        self._under_way -= 1
        self._reserved = self._reserved - estimate if self._under_way else 0.0  # no rounding errors for ever
        self.spent += cost
        self._settled.set()
