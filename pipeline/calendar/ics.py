"""The calendar of a tenancy as an iCalendar file (RFC 5545), which calendar programs import."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from pipeline.calendar.occasion import Occasion, TenancyCalendar

REMIND_HOUR = 9
"""Hour of the day, of the reader's own clock, at which one is reminded."""


def uid_of(tenancy: str, key: str) -> str:
    """The name of an occasion in calendar programs: the same in every version of a record, and not telling who lives where.

    >>> uid_of("418 maple row 6/whitlock", "expiry") == uid_of("418 maple row 6/whitlock", "expiry")
    True
    """
    digest = hashlib.sha256("\n".join((tenancy, key)).encode()).hexdigest()
    return f"{digest[:32]}@clauseline"


def to_ics(calendar: TenancyCalendar, gone: Iterable[Occasion] = ()) -> bytes:
    """An .ics file: a day-long event with a reminder for each occasion.

    Importing the file of a later version moves the events of the earlier one, as they have the same UID and a higher
    SEQUENCE. A file of nothing but events that are gone has the METHOD CANCEL.

    Args:
        calendar: of a tenancy.
        gone: occasions of an earlier version, or of the open tenancy, that there are no more; those that `calendar` has
            are passed over.
    """
    from icalendar import Calendar

    kept = {occasion.key for occasion in calendar.occasions}
    cancelled = [occasion for occasion in gone if occasion.key not in kept]
    file = Calendar()
    file.add("prodid", "-//Clauseline//Calendar of a tenancy//EN")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("method", "CANCEL" if cancelled and not kept else "PUBLISH")
    file.add("x-wr-calname", calendar.premises or calendar.tenancy)
    for occasion in calendar.occasions:
        file.add_component(_event(calendar, occasion, cancelled=False))
    for occasion in cancelled:
        file.add_component(_event(calendar, occasion, cancelled=True))
    return bytes(file.to_ical())


def _event(calendar: TenancyCalendar, occasion: Occasion, *, cancelled: bool) -> Any:
    from icalendar import Event

    event = Event()
    event.add("uid", uid_of(calendar.tenancy, occasion.key))
    event.add("dtstamp", _utc(calendar.changed))
    event.add("last-modified", _utc(calendar.changed))
    event.add("sequence", calendar.version)
    event.add("dtstart", occasion.date)  # a date, not a time: VALUE=DATE
    event.add("dtend", occasion.date + timedelta(1))
    event.add("summary", f"{occasion.title}: {calendar.premises}" if calendar.premises else occasion.title)
    event.add("description", "\n".join([occasion.why, *(law.url for law in occasion.laws)]))
    event.add("categories", [occasion.kind.replace("_", " ")])
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if not cancelled:
        event.add_component(_alarm(occasion))
    return event


def _alarm(occasion: Occasion) -> Any:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", occasion.title)
    alarm.add("trigger", timedelta(days=-occasion.remind_days, hours=REMIND_HOUR))
    return alarm


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
