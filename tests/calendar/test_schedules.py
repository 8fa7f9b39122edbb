"""Reminders of a tenancy as schedules, on AWS on loopback."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from pipeline.aws import aws_client
from pipeline.calendar import calendar_of
from pipeline.calendar.schedules import Kept, ScheduleGroup, keep_schedules, name_of, prefix_of, wanted_schedules
from pipeline.cli import main
from pipeline.errors import ServiceRefused, WrongUsage
from tests.calendar.conftest import ARNS
from tests.calendar.tenancies import year

NOW = datetime(2025, 6, 10, 12, tzinfo=UTC)


def kept(url: str) -> dict[str, Any]:
    """The schedules of a group by the occasion they are of."""
    client, group = aws_client("scheduler"), ScheduleGroup.of(url).name
    pages = client.get_paginator("list_schedules").paginate(GroupName=group)
    found = (client.get_schedule(GroupName=group, Name=s["Name"]) for page in pages for s in page["Schedules"])
    return {s["Name"].partition(".")[2]: s for s in found}


def test_each_occasion_to_come_is_published_ahead_of_its_day(url: str) -> None:
    done = keep_schedules(year(termination_notice_min_days=60), url, NOW)
    made = kept(url)
    assert done == Kept(created=len(made))
    assert "rent_due-2025-06" not in made  # that day is past
    notice = made["non_renewal_notice"]
    assert notice["ScheduleExpression"] == "at(2026-03-18T09:00:00)"  # 14 days before 1 April
    assert notice["Target"]["Arn"] == "arn:aws:sns:us-east-1:123456789012:dates"
    assert notice["ActionAfterCompletion"] == "DELETE"
    message = json.loads(notice["Target"]["Input"])
    assert (message["tenancy"], message["date"]) == (year().tenancy, "2026-04-01")


def test_the_same_record_again_changes_nothing(url: str) -> None:
    created = keep_schedules(year(), url, NOW).created
    assert keep_schedules(year(), url, NOW) == Kept(same=created)


def test_a_changed_record_moves_its_schedules(url: str) -> None:
    keep_schedules(year(), url, NOW)
    before = kept(url)
    done = keep_schedules(year(tenancy_end_date="2026-06-30", version=2), url, NOW)
    after = kept(url)
    assert done.moved == 3 and done.created == 1 and not done.removed  # notice, end, deposit; the rent of June
    assert before["expiry"]["ScheduleExpression"] == "at(2026-05-01T09:00:00)"
    assert after["expiry"]["ScheduleExpression"] == "at(2026-05-31T09:00:00)"


def test_a_closed_record_leaves_only_the_deposit(url: str) -> None:
    keep_schedules(year(), url, NOW)
    done = keep_schedules(year(status="closed", closed_on=date(2025, 9, 30), version=2), url, NOW)
    (deposit,) = kept(url).items()
    assert deposit[0] == "deposit_return"
    assert deposit[1]["ScheduleExpression"] == "at(2025-10-23T09:00:00)"
    assert done.removed > 10


def test_other_tenancies_are_left_alone(url: str) -> None:
    keep_schedules(year(tenancy="12 elm st/ada"), url, NOW)
    keep_schedules(year(tenancy="14 elm st/bob"), url, NOW)
    keep_schedules(year(tenancy="14 elm st/bob", status="closed", closed_on=date(2024, 1, 1)), url, NOW)
    client, group = aws_client("scheduler"), ScheduleGroup.of(url).name
    pages = client.get_paginator("list_schedules").paginate(GroupName=group)
    names = [schedule["Name"] for page in pages for schedule in page["Schedules"]]
    assert names and all(name.startswith(prefix_of("12 elm st/ada")) for name in names)


def test_more_than_a_page_of_schedules_is_kept(url: str) -> None:
    long = year(tenancy_end_date="2033-05-31")
    created = keep_schedules(long, url, NOW).created
    assert created > 90
    assert keep_schedules(long, url, NOW) == Kept(same=created)


def test_one_that_is_firing_is_not_taken_away(url: str) -> None:
    keep_schedules(year(), url, NOW)
    moment = datetime(2025, 6, 28, 9, 0, 20, tzinfo=UTC)  # three days before the rent of July, 20 seconds past nine
    assert keep_schedules(year(), url, moment).removed == 0
    assert "rent_due-2025-07" in kept(url)


def test_what_became_known_late_is_told_as_soon_as_it_can_be() -> None:
    group = ScheduleGroup.of(f"scheduler://g?{ARNS}")
    late = datetime(2026, 4, 25, tzinfo=UTC)  # the notice is due on 1 May, its reminder was in April
    schedules = wanted_schedules(calendar_of(year(), late.date()), group, late)
    assert schedules[name_of(year().tenancy, "non_renewal_notice")].at == "2026-04-28T09:00:00"


@given(
    st.datetimes(datetime(2024, 6, 1), datetime(2026, 12, 31)),
    st.sampled_from(["UTC", "America/Los_Angeles", "Asia/Kolkata"]),
)
def test_no_schedule_is_in_the_past_or_after_its_day(at: datetime, zone: str) -> None:
    now = at.replace(tzinfo=UTC)
    calendar = calendar_of(year(), now.date())
    schedules = wanted_schedules(calendar, ScheduleGroup.of(f"scheduler://g?{ARNS}&zone={zone}"), now)
    days = {name_of(calendar.tenancy, o.key): o.date for o in calendar.occasions}
    for name, schedule in schedules.items():
        assert len(name) <= 64
        assert datetime.fromisoformat(schedule.at).date() <= days[name]
        assert datetime.fromisoformat(schedule.at) > at - timedelta(hours=9)  # local time of any of these zones


@pytest.mark.parametrize(
    "wrong",
    ["https://leases", "scheduler://leases", f"scheduler://a b?{ARNS}", f"scheduler://g?{ARNS}&hour=24", f"scheduler://g?{ARNS}&zone=Mars/Base", f"scheduler://g?{ARNS}&colour=red"],
)  # fmt: skip
def test_a_wrong_url_is_told(wrong: str) -> None:
    with pytest.raises(WrongUsage):
        ScheduleGroup.of(wrong)


def test_a_missing_group_is_told_with_what_to_do(aws: str) -> None:
    with pytest.raises(ServiceRefused, match="there is no schedule group nowhere; make it"):
        keep_schedules(year(), f"scheduler://nowhere?{ARNS}", NOW)


def test_the_command_says_what_it_did(url: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAUSELINE_DATABASE", f"sqlite:///{tmp_path / 'clauseline.db'}")
    file = tmp_path / "record.json"
    end = date.today() + timedelta(400)
    file.write_text(year(tenancy_end_date=str(end)).model_dump_json())
    run: Callable[[], Any] = lambda: CliRunner().invoke(main, ["calendar", str(file), "--schedule", url])  # noqa: E731
    assert " 0 moved, 0 removed, 0 as they were" in run().output
    assert ": 0 new, 0 moved, 0 removed" in run().output
