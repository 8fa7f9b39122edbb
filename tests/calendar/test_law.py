"""What laws count, out of the knowledge packs."""

from datetime import date

import pytest

from pipeline.calendar.law import Law, _data, stated_numbers
from pipeline.knowledge import load_packs
from schemas import Jurisdiction, Requirement

DAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def requirements() -> dict[str, list[Requirement]]:
    found: dict[str, list[Requirement]] = {}
    for pack in load_packs().values():
        for requirement in pack.requirements:
            found.setdefault(requirement.id, []).append(requirement)
    return found


def test_every_number_of_the_table_stands_in_a_law(requirements: dict[str, list[Requirement]]) -> None:
    for name, numbers in _data()[1].items():
        stated = {number for requirement in requirements[name] for number in stated_numbers(requirement)}
        assert set(numbers) <= stated, f"{name}: a number of legal_days.yaml is not in its condition"


def test_every_law_on_notices_grace_and_deposits_counts_days(requirements: dict[str, list[Requirement]]) -> None:
    counted = {
        name for duty, names in _data()[0].items() if duty not in ("cause", "move_in", "move_out") for name in names
    }
    for versions in requirements.values():
        for requirement in versions:
            if {requirement.id, requirement.id.rpartition(".")[2]} & counted:
                assert stated_numbers(requirement), requirement.id


def test_a_long_stay_asks_for_a_longer_notice() -> None:
    new_york = Law(Jurisdiction(country="US", state="New York"), "residential")
    assert [[n.days for n in new_york.days("end_notice", DAY, months)] for months in (0, 12, 24)] == [[30], [60], [90]]


def test_the_version_of_the_day_is_applied() -> None:
    washington = Law(Jurisdiction(country="US", state="Washington"), "residential")
    before, since = date(2023, 7, 22), date(2023, 7, 23)
    assert [washington.days("deposit_return", day)[0].days for day in (before, since)] == [21, 30]


def test_a_citys_law_replaces_the_states() -> None:
    evanston = Law(Jurisdiction(country="US", state="Illinois", city="Evanston"), "residential")
    assert [n.law.id for n in evanston.days("deposit_return", DAY)] == ["US-IL-EVANSTON.deposit_return"]


def test_what_depends_on_an_unknown_fact_says_so() -> None:
    florida = Law(Jurisdiction(country="US", state="Florida"), "residential")
    assert [(n.days, n.when) for n in florida.days("deposit_return", DAY)] == [
        (15, "nothing is kept of it"), (30, "something is kept of it: notice of that"),
    ]  # fmt: skip


def test_no_law_of_dwellings_for_business_premises_or_an_unknown_place() -> None:
    assert not Law(Jurisdiction(country="US", state="Ohio"), "commercial").days("deposit_return", DAY)
    assert not Law(None, "residential").days("deposit_return", DAY)
