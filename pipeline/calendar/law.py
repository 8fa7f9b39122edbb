"""What the law of the premises counts: days of notice, of grace, until a deposit is back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict

from pipeline.calendar.occasion import LawSource
from pipeline.knowledge import KnowledgeSource, lookup
from pipeline.values.durations import find_durations
from schemas import Jurisdiction, Requirement, TenancyKind

Duty = Literal[
    "end_notice", "cause", "renewal_offer", "rent_increase_notice", "deposit_return", "late_fee", "move_in", "move_out"
]


class Number(BaseModel):
    """How many days a law counts, for whom; see legal_days.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    days: int
    after_months: int = 0
    when: str = ""
    working: bool = False


@dataclass(frozen=True, slots=True)
class LegalDays:
    """Days that a law counts, and the law; `when` is a fact on which it depends that a record does not hold."""

    days: int
    law: LawSource
    when: str = ""
    working: bool = False


@dataclass(frozen=True, slots=True)
class Law:
    """The law of a place for a kind of tenancy.

    Args:
        jurisdiction: where the premises are; None if unknown, there is no law then.
        kind: of the tenancy; the laws that count days here are those of dwellings.
        own: a team's own requirements.
    """

    jurisdiction: Jurisdiction | None
    kind: TenancyKind
    own: KnowledgeSource | None = None

    def requirements(self, duty: Duty, day: date) -> list[Requirement]:
        """The requirements in force on a day that a duty follows from."""
        names = _data()[0][duty]
        found = lookup(self.jurisdiction, day, self.kind, own=self.own) if self.jurisdiction else ()
        return [r for r in found if r.id in names or r.id.rpartition(".")[2] in names]

    def days(self, duty: Duty, day: date, months: int = 0) -> list[LegalDays]:
        """What the law in force on a day counts for a duty, what depends on no unknown fact first.

        Args:
            months: that the tenant will have lived there.

        >>> ohio = Law(Jurisdiction(country="US", state="Ohio"), "residential")
        >>> [(n.days, n.law.citation) for n in ohio.days("deposit_return", date(2025, 6, 1))]
        [(30, 'Ohio Rev. Code § 5321.16(B)')]
        """
        found = [n for r in self.requirements(duty, day) for n in _counted(r, months)]
        return sorted(found, key=lambda n: bool(n.when))


def stated_numbers(requirement: Requirement) -> tuple[Number, ...]:
    """The numbers of days that a requirement counts, by the table or by its own check; none if it counts no days."""
    text = requirement.condition
    said = {f.value.days for f in find_durations(text) if f.value.unit in ("day", "week")}
    said |= {int(figure) for figure in re.findall(r"\b\d+\b", text)}
    listed = tuple(n for n in _data()[1].get(requirement.id, ()) if n.days in said)
    number = getattr(requirement.check, "number", None)
    if listed or number is None or getattr(requirement.check, "number_unit", "") not in ("days", "grace_days"):
        return listed
    return (Number(days=int(number.const)),) if isinstance(number.const, float | int) else ()


def _counted(requirement: Requirement, months: int) -> Iterable[LegalDays]:
    """For each fact that it may depend on, the number that counts after so many months."""
    best: dict[str, Number] = {}
    for number in sorted(stated_numbers(requirement), key=lambda n: n.after_months):
        if number.after_months <= months:
            best[number.when] = number
    law = LawSource.of(requirement)
    return [LegalDays(n.days, law, n.when, n.working) for n in best.values()]


@cache
def _data() -> tuple[dict[str, frozenset[str]], dict[str, tuple[Number, ...]]]:
    import yaml

    data = yaml.safe_load((files("pipeline.calendar") / "legal_days.yaml").read_bytes())
    numbers = {key: tuple(Number.model_validate(n) for n in listed) for key, listed in data["numbers"].items()}
    return {duty: frozenset(names) for duty, names in data["requirements"].items()}, numbers
