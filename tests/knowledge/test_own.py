"""A team's own packs beside the shipped ones: where they hold, what they replace, what they change in the version."""

from datetime import date

import pytest

from pipeline.knowledge import OwnPacks, knowledge_version, lookup
from schemas import Jurisdiction, Pack, Places, Requirement

DAY = date(2026, 6, 1)
COLUMBUS = Jurisdiction(country="US", state="Ohio", county="Franklin", city="Columbus", zipcode="43215")


def requirement(called: str, **more: object) -> Requirement:
    fields = {
        "id": called, "name": called, "kind": "term", "condition": "quiet", "citation": "House lease", "url": "",
        "in_force_from": date(2026, 1, 1), "confidence": "high", "recommendation": "say it",
        "check": {"type": "clause_required", "all_of": [["quiet"]]},
    }  # fmt: skip
    return Requirement.model_validate(fields | more)


def pack(code: str, *requirements: Requirement, places: Places | None = None) -> Pack:
    return Pack(jurisdiction=code, name=code, version="1", requirements=requirements, places=places)


def found(own: OwnPacks, place: Jurisdiction | None, day: date = DAY) -> list[str]:
    return [r.id for r in lookup(place, day, own=own)]


def test_own_requirements_come_after_the_shipped_ones_of_the_place() -> None:
    own = OwnPacks((pack("US-OH", requirement("US-OH.house.quiet")),))
    assert found(own, COLUMBUS) == [*found(OwnPacks(), COLUMBUS), "US-OH.house.quiet"]
    assert "US-OH.house.quiet" not in found(own, COLUMBUS, date(2025, 12, 31))
    assert "US-OH.house.quiet" not in found(own, Jurisdiction(country="US", state="Texas"))
    assert found(own, None) == found(OwnPacks(), None)


def test_one_that_replaces_a_shipped_requirement_is_asked_instead_of_it() -> None:
    own = OwnPacks((pack("US-OH", requirement("US-OH.house.deposit", replaces="US-OH.deposit_return")),))
    assert "US-OH.deposit_return" in found(own, COLUMBUS, date(2025, 6, 1))
    assert "US-OH.deposit_return" not in found(own, COLUMBUS)


@pytest.mark.parametrize("places, covered", [
    (Places(cities=("Columbus",)), True), (Places(counties=("Franklin",)), True), (Places(zipcodes=("43215",)), True),
    (Places(townships=("Columbus",)), True), (Places(cities=("Dayton",)), False), (Places(zipcodes=("45",)), False),
])  # fmt: skip
def test_a_local_pack_holds_where_its_places_are(places: Places, covered: bool) -> None:
    own = OwnPacks((pack("US-OH-HERE", requirement("US-OH-HERE.house.quiet"), places=places),))
    assert ("US-OH-HERE.house.quiet" in found(own, COLUMBUS)) is covered


def test_the_narrowest_place_comes_last() -> None:
    packs = (
        pack("US-OH-43215", requirement("US-OH-43215.a"), places=Places(zipcodes=("43215",))),
        pack("US-OH", requirement("US-OH.a")),
        pack("US-OH-FRANKLIN-COUNTY", requirement("US-OH-FRANKLIN-COUNTY.a"), places=Places(counties=("Franklin",))),
        pack("US", requirement("US.a")),
    )
    assert found(OwnPacks(packs), COLUMBUS)[-4:] == ["US.a", "US-OH.a", "US-OH-FRANKLIN-COUNTY.a", "US-OH-43215.a"]


def test_the_version_names_what_was_accepted_and_nothing_else() -> None:
    accepted = requirement("US-OH.house.quiet")
    own = OwnPacks((pack("US-OH", accepted),))
    assert knowledge_version(own) == f"{knowledge_version()}+{own.version}"
    assert knowledge_version(OwnPacks()) == knowledge_version()
    drafted = requirement("US-OH.house.pets", draft=True)
    assert OwnPacks((pack("US-OH", accepted, drafted),)).version == own.version
    assert found(OwnPacks((pack("US-OH", drafted),)), COLUMBUS) == found(OwnPacks(), COLUMBUS)
