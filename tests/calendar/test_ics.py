"""The calendar of a tenancy as an iCalendar file, read back as a calendar program would."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from pipeline.calendar import calendar_of, gone_occasions
from pipeline.calendar.ics import to_ics, uid_of
from schemas import LeaseRecord
from tests.calendar.tenancies import record, year

DAY = date(2025, 7, 1)


def events(data: bytes) -> dict[str, Any]:
    """The events of a file by UID."""
    return {str(event["UID"]): event for event in Calendar.from_ical(data).walk("VEVENT")}


def file_of(made: LeaseRecord, *earlier: LeaseRecord) -> bytes:
    calendar = calendar_of(made, DAY)
    return to_ics(calendar, gone_occasions(made, earlier, calendar, DAY))


def test_what_is_written_is_read_back() -> None:
    calendar = calendar_of(year(property_address="12 Elm St, Unit; 6\\7"), DAY)
    read = events(to_ics(calendar))
    assert len(read) == len(calendar.occasions) > 12
    for occasion in calendar.occasions:
        event = read[uid_of(calendar.tenancy, occasion.key)]
        assert event.decoded("DTSTART") == occasion.date
        assert event["DTSTART"].params["VALUE"] == "DATE"
        assert event.decoded("DTEND") == occasion.date + timedelta(1)
        assert str(event["SUMMARY"]) == f"{occasion.title}: 12 Elm St, Unit; 6\\7"
        assert occasion.why in str(event["DESCRIPTION"])
        (alarm,) = event.walk("VALARM")
        assert alarm.decoded("TRIGGER") == timedelta(days=-occasion.remind_days, hours=9)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=80))
def test_any_address_survives(address: str) -> None:
    calendar = calendar_of(record(property_address=address, tenancy_end_date="2026-05-31"), DAY)
    (expiry,) = [e for e in events(to_ics(calendar)).values() if str(e["SUMMARY"]).startswith("The term ends")]
    assert str(expiry["SUMMARY"]).removeprefix("The term ends").removeprefix(": ") == calendar.premises


def test_the_same_record_gives_the_same_file() -> None:
    assert file_of(year()) == file_of(year())


def test_a_new_version_moves_the_events_of_the_old_one() -> None:
    renewed = year(tenancy_end_date="2027-05-31", version=2, changed=datetime(2026, 4, 2, tzinfo=UTC))
    old, new = events(file_of(year())), events(file_of(renewed, year()))
    uid = uid_of(renewed.tenancy, "expiry")
    assert (old[uid].decoded("DTSTART"), new[uid].decoded("DTSTART")) == (date(2026, 5, 31), date(2027, 5, 31))
    assert (old[uid]["SEQUENCE"], new[uid]["SEQUENCE"]) == (1, 2)
    assert new[uid].decoded("DTSTAMP") == datetime(2026, 4, 2, tzinfo=UTC)


def test_a_closed_tenancy_cancels_what_falls_away_and_keeps_the_deposit() -> None:
    closed = year(status="closed", closed_on=date(2025, 12, 15), version=2)
    data = file_of(closed, year())
    status = {uid: str(event["STATUS"]) for uid, event in events(data).items()}
    assert status[uid_of(closed.tenancy, "non_renewal_notice")] == "CANCELLED"
    assert status[uid_of(closed.tenancy, "rent_due-2026-01")] == "CANCELLED"
    assert status[uid_of(closed.tenancy, "deposit_return")] == "CONFIRMED"
    assert Calendar.from_ical(data)["METHOD"] == "PUBLISH"


def test_a_file_of_nothing_but_cancelled_events_is_a_cancellation() -> None:
    closed = year(status="closed", closed_on=date(2025, 12, 15), version=2)
    calendar = calendar_of(closed, DAY)
    gone = gone_occasions(closed, [year()], calendar, DAY)
    data = to_ics(calendar.between(date(2030, 1, 1), None), gone)
    assert Calendar.from_ical(data)["METHOD"] == "CANCEL"
    assert {str(event["STATUS"]) for event in events(data).values()} == {"CANCELLED"}


def test_uids_tell_nothing_of_who_lives_where() -> None:
    assert b"elm" not in b"".join(line for line in file_of(year()).splitlines() if line.startswith(b"UID"))
