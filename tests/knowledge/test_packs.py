"""The packs as data: what is looked up where and when, and that what ships is in order."""

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import KnowledgeError
from pipeline.knowledge import (
    check_pack,
    check_packs,
    codes_for,
    knowledge_version,
    load_pack,
    load_packs,
    lookup,
    pack_codes,
)
from pipeline.knowledge.packs import narrowest
from schemas import Jurisdiction, Requirement

OHIO = Jurisdiction(country="US", state="Ohio", county="Licking", city="Newark", zipcode="43055")
CALIFORNIA = Jurisdiction(country="US", state="California")
DAYS = st.dates(date(1960, 1, 1), date(2040, 1, 1))


def ids(place, day, kind="residential"):
    return [r.id for r in lookup(place, day, kind)]


def test_every_pack_that_ships_is_in_order():
    assert check_packs() == []
    assert set(load_packs()) == set(pack_codes()) >= {"ANY", "ICH", "US", "US-OH", "US-CA"}


def test_look_up_goes_from_the_wider_to_the_narrower_place():
    assert codes_for(OHIO, "residential") == ("ANY", "US", "US-OH")
    prefixes = [i.split(".")[0] for i in ids(OHIO, date(2025, 1, 1))]
    assert prefixes == sorted(prefixes, key=["ANY", "US", "US-OH"].index)
    assert set(prefixes) == {"ANY", "US", "US-OH"}


def test_california_deposits_changed_on_the_first_of_july_2024():
    days = (date(2024, 6, 30), date(2024, 7, 1))
    caps = [[r for r in lookup(CALIFORNIA, day) if r.topic == "deposit_cap"] for day in days]
    assert [[(r.id, r.in_force_from) for r in found] for found in caps] == [
        [("US-CA.deposit_cap", date(2003, 1, 1))],
        [("US-CA.deposit_cap", date(2024, 7, 1))],
    ]


@given(DAYS)
def test_one_version_of_a_requirement_is_in_force_at_a_time(day):
    for place in (OHIO, CALIFORNIA):
        found = ids(place, day)
        assert len(found) == len(set(found))
        assert all(r.in_force(day) for r in lookup(place, day))


def test_residential_law_is_never_looked_up_for_business_premises():
    for kind in ("commercial", "unknown"):
        assert {i.split(".")[0] for i in ids(OHIO, date(2025, 1, 1), kind)} == {"ANY"}


def test_a_place_that_is_not_known_gets_only_the_rules_of_the_house():
    assert {i.split(".")[0] for i in ids(None, date(2025, 1, 1))} == {"ANY"}
    assert {i.split(".")[0] for i in ids(Jurisdiction(country="IE"), date(2025, 1, 1))} == {"ANY"}


def test_protocols_fall_under_ich_everywhere():
    assert {i.split(".")[0] for i in ids(None, date(2025, 1, 1), "protocol")} == {"ICH"}


def test_a_narrower_place_can_replace_a_wider_places_rule():
    state = lookup(CALIFORNIA, date(2025, 1, 1))
    cap = next(r for r in state if r.id == "US-CA.deposit_cap")
    city = cap.model_copy(update={"id": "US-CA-FRESNO.deposit_cap", "replaces": cap.id})
    assert narrowest((*state, city)) == (*(r for r in state if r is not cap), city)


def test_looking_up_again_costs_nothing():
    lookup(OHIO, date(2025, 1, 1))
    started = time.process_time()
    lookup(OHIO, date(2025, 1, 1))
    assert time.process_time() - started < 0.005


def test_the_version_names_the_state_of_the_knowledge():
    version, digest = knowledge_version().split("+")
    assert version >= "2026-11-23"
    assert int(digest, 16) >= 0


def test_an_unknown_pack_is_told_with_those_there_are():
    with pytest.raises(KnowledgeError, match="US-OH"):
        load_pack("US-ZZ")


def _pack(*first):
    """Ohio's pack with other requirements in place of its first."""
    whole = load_pack("US-OH")
    return whole.model_copy(update={"requirements": (*first, *whole.requirements[1:])})


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"id": "US-CA.x"}, "does not start with US-OH"),
        ({"citation": " "}, "no citation"),
        ({"topic": ""}, "no topic"),
        ({"url": "codes.ohio.gov"}, "no web address"),
        ({"source": ""}, "names the source"),
        ({"suggested_wording": "Pay {sum}."}, "unknown placeholder"),
    ],
)
def test_the_check_finds_what_is_wrong(changes, why):
    changed = load_pack("US-OH").requirements[0].model_copy(update=changes)
    assert any(why in line for line in check_pack(_pack(changed)))


def test_two_versions_at_once_are_found():
    first = load_pack("US-OH").requirements[0]
    ended = first.model_copy(update={"in_force_to": date(2020, 1, 1)})
    follows = first.model_copy(update={"in_force_from": date(2020, 1, 2)})
    overlaps = first.model_copy(update={"in_force_from": date(2020, 1, 2) - timedelta(days=1)})
    assert check_pack(_pack(ended, follows)) == []
    assert check_pack(_pack(ended, overlaps)) == ["US-OH.owner_agent: two versions are in force at once"]


def test_a_rule_over_a_term_that_does_not_exist_is_found():
    rule = {"type": "term_rule", "left": {"term": "rent_amout"}, "op": ">", "right": {"const": 0}}
    wrong = Requirement.model_validate(load_pack("US-OH").requirements[0].model_dump() | {"check": rule})
    assert check_pack(_pack(wrong)) == ["US-OH.owner_agent: unknown term 'rent_amout'"]
