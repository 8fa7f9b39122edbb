"""Drafts, acceptance and the versions of a requirement over time, as pure data."""

from datetime import date

import pytest

from pipeline.knowledge import OwnPacks
from pipeline.knowledge.building import Draft, Template, accept, differences, reject, unknown, with_draft
from pipeline.knowledge.building.versions import changes
from schemas import FromTemplate, Jurisdiction, Pack, Requirement

OHIO = Jurisdiction(country="US", state="Ohio")
TODAY = date(2026, 11, 26)


def requirement(name: str, *, days: int = 30, dated: date | None = None, template: str = "Form") -> Requirement:
    return Requirement.model_validate(
        {
            "id": f"US-OH.form.{name}", "name": name, "kind": "term", "condition": f"{days} days", "citation": template,
            "url": "", "in_force_from": dated or TODAY, "confidence": "low", "recommendation": "do it", "draft": True,
            "check": {"type": "clause_required", "all_of": [["notice"]], "number": {"const": days}},
            "template": FromTemplate(name=template, file="form.pdf", page=1, dated=dated),
        }
    )  # fmt: skip


def draft(*requirements: Requirement, dated: date | None = None, name: str = "Form") -> Draft:
    return Draft(Template("US-OH", name, "form.pdf", dated or TODAY, dated), requirements)


def build(kept: Pack | None, version: str, made: Draft) -> Pack:
    pack = with_draft(kept, made, version)
    assert pack is not None
    return pack


def accepted(*editions: tuple[date, Draft]) -> Pack:
    pack: Pack | None = None
    for number, (day, made) in enumerate(editions):
        pack, _ = accept(build(pack, f"{number}a", made), f"{number}b", TODAY, start=day)
    assert pack is not None
    return pack


def in_force(pack: Pack, day: date) -> dict[str, str]:
    return {r.name: r.condition for r in OwnPacks((pack,)).in_force(OHIO, day, "residential")}


def test_drafts_are_new_and_not_in_force() -> None:
    pack = build(None, "1", draft(requirement("a"), requirement("b")))
    assert [r.name for r in differences(pack).new] == ["a", "b"]
    assert in_force(pack, TODAY) == {} and OwnPacks((pack,)).version == ""


def test_the_same_template_again_changes_nothing_before_and_after_acceptance() -> None:
    made = draft(requirement("a"))
    pack = build(None, "1", made)
    assert with_draft(pack, made, "2") is None
    taken, count = accept(pack, "2", TODAY)
    assert count == 1 and with_draft(taken, made, "3") is None


def test_acceptance_is_by_the_given_day_else_the_templates_else_today() -> None:
    made = draft(requirement("a", dated=date(2026, 1, 1)), dated=date(2026, 1, 1))
    by_template = accept(build(None, "1", made), "2", TODAY)[0].requirements[0]
    assert (by_template.in_force_from, by_template.draft, by_template.confidence) == (date(2026, 1, 1), False, "high")
    given = accept(build(None, "1", made), "2", TODAY, start=date(2026, 5, 1))[0].requirements[0]
    assert given.in_force_from == date(2026, 5, 1)
    undated = accept(build(None, "1", draft(requirement("a"))), "2", date(2027, 2, 3))[0].requirements[0]
    assert undated.in_force_from == date(2027, 2, 3)


def test_a_new_edition_makes_a_new_version_and_the_old_one_stays_for_its_time() -> None:
    old, new = date(2024, 1, 1), date(2026, 1, 1)
    pack = accepted((old, draft(requirement("a", days=30))), (new, draft(requirement("a", days=20))))
    assert in_force(pack, date(2023, 12, 31)) == {}
    assert in_force(pack, date(2025, 12, 31)) == {"a": "30 days"}
    assert in_force(pack, new) == {"a": "20 days"}


def test_what_did_not_change_keeps_its_version() -> None:
    first = accepted((date(2024, 1, 1), draft(requirement("a"), requirement("b"))))
    second = build(first, "2", draft(requirement("a"), requirement("b", days=10)))
    found = differences(second)
    assert [new.name for _, new in found.changed] == ["b"] and not found.new and not found.dropped
    old, new = found.changed[0]
    assert ("check.number.const", 30.0, 10.0) in list(changes(old, new))


def test_a_clause_the_new_edition_drops_ends_when_that_is_accepted() -> None:
    first = accepted((date(2024, 1, 1), draft(requirement("a"), requirement("b"))))
    second = build(first, "2", draft(requirement("a"), dated=date(2026, 1, 1)))
    assert [r.name for r in differences(second).dropped] == ["b"]
    assert in_force(second, date(2026, 6, 1)).keys() == {"a", "b"}, "not before it is accepted"
    third, count = accept(second, "3", TODAY)
    assert count == 1
    assert in_force(third, date(2025, 12, 31)).keys() == {"a", "b"} and in_force(third, date(2026, 1, 1)).keys() == {
        "a"
    }
    assert with_draft(third, draft(requirement("a"), dated=date(2026, 1, 1)), "4") is None


def test_a_clause_that_comes_back_is_new_again() -> None:
    gone = accepted(
        (date(2024, 1, 1), draft(requirement("a"), requirement("b"))), (date(2025, 1, 1), draft(requirement("a")))
    )
    back = build(gone, "9", draft(requirement("a"), requirement("b")))
    assert [r.name for r in differences(back).new] == ["b"]


def test_an_older_edition_accepted_later_ends_where_the_newer_begins() -> None:
    pack = accepted(
        (date(2026, 1, 1), draft(requirement("a", days=20))), (date(2024, 1, 1), draft(requirement("a", days=30)))
    )
    assert in_force(pack, date(2025, 6, 1)) == {"a": "30 days"}
    assert in_force(pack, date(2026, 6, 1)) == {"a": "20 days"}


def test_accepted_for_the_same_day_replaces_what_began_that_day() -> None:
    day = date(2026, 1, 1)
    pack = accepted((day, draft(requirement("a", days=30))), (day, draft(requirement("a", days=20))))
    assert [r.condition for r in pack.requirements] == ["20 days"]


def test_some_drafts_can_be_accepted_or_rejected_by_their_short_names() -> None:
    pack = build(None, "1", draft(requirement("a"), requirement("b"), requirement("c")))
    some, count = accept(pack, "2", TODAY, ["a"])
    assert count == 1 and [r.name for r in some.requirements if r.draft] == ["b", "c"]
    fewer, dropped = reject(some, "3", ["US-OH.form.b"])
    assert dropped == 1 and [(r.name, r.draft) for r in fewer.requirements] == [("c", True), ("a", False)]
    assert unknown(fewer, ["c", "x"]) == ["x"]


def test_two_templates_of_one_place_do_not_touch_each_other() -> None:
    first = accepted((date(2024, 1, 1), draft(requirement("a"))))
    other = requirement("b", template="Other").model_copy(update={"id": "US-OH.other.b"})
    both = build(first, "5", draft(other, name="Other"))
    assert both.name == "Form; Other" and not differences(both).dropped


@pytest.mark.parametrize("place", [OHIO, Jurisdiction(country="US", state="Ohio", city="Columbus")])
def test_a_states_requirements_hold_in_its_cities(place: Jurisdiction) -> None:
    pack = accepted((date(2024, 1, 1), draft(requirement("a"))))
    assert OwnPacks((pack,)).in_force(place, TODAY, "residential")
    assert not OwnPacks((pack,)).in_force(Jurisdiction(country="US", state="Texas"), TODAY, "residential")
    assert not OwnPacks((pack,)).in_force(place, TODAY, "commercial") and not OwnPacks((pack,)).in_force(
        None, TODAY, "residential"
    )
