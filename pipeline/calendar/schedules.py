"""The reminders of a tenancy as one-off schedules of Amazon EventBridge Scheduler, which publish to an SNS topic."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from pipeline.aws import aws_client, told
from pipeline.calendar.calendar import MONTHS_AHEAD, calendar_of
from pipeline.calendar.occasion import Occasion, TenancyCalendar
from pipeline.errors import ServiceRefused, WrongUsage
from pipeline.knowledge import KnowledgeSource
from schemas import LeaseRecord

USAGE = "scheduler://GROUP?target=SNS_TOPIC_ARN&role=ROLE_ARN[&zone=America/New_York][&hour=9][&dead=SQS_QUEUE_ARN]"
_KEPT_BY_CLOSED = ("deposit_return", "move_out_inspection")  # what a tenancy that is over leaves to be done
_FIRING = timedelta(minutes=10)  # a schedule whose moment has come is left to fire


@dataclass(frozen=True, slots=True)
class ScheduleGroup:
    """Where reminders are kept and sent: group, SNS topic, the role that may publish to it, the hour of which time zone."""

    name: str
    topic: str
    role: str
    zone: str = "UTC"
    hour: int = 9
    dead_letters: str | None = None

    @classmethod
    def of(cls, url: str) -> "ScheduleGroup":
        """What a URL says: `scheduler://GROUP?target=SNS_TOPIC_ARN&role=ROLE_ARN`.

        Args:
            url: `zone` (such as America/New_York), `hour` and `dead` (ARN of a dead-letter queue) may follow.

        Raises:
            WrongUsage: it is of another form.

        >>> at = "scheduler://leases?target=arn:aws:sns:us-east-1:1:dates&role=arn:aws:iam::1:role/r&zone=America/New_York"
        >>> ScheduleGroup.of(at).zone
        'America/New_York'
        """
        parts = urlsplit(url)
        said = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        zone, hour = said.get("zone", "UTC"), said.get("hour", "9")
        arns = said.get("target", "").startswith("arn:") and said.get("role", "").startswith("arn:")
        if parts.scheme != "scheduler" or not re.fullmatch(r"[\w.-]{1,64}", parts.netloc, re.ASCII) or not arns:
            raise WrongUsage(f"schedules go to {USAGE}; not {url!r}")
        if said.keys() - {"target", "role", "zone", "hour", "dead"} or not (hour.isdecimal() and int(hour) < 24):
            raise WrongUsage(f"schedules go to {USAGE}, with an hour of 0 to 23; not {url!r}")
        try:
            ZoneInfo(zone)
        except (OSError, ValueError, KeyError):
            raise WrongUsage(f"there is no time zone {zone!r}; give one such as America/New_York") from None
        return cls(parts.netloc, said["target"], said["role"], zone, int(hour), said.get("dead"))


@dataclass(frozen=True, slots=True)
class Schedule:
    """One reminder: when (local time of the group's zone), and the message that is published."""

    at: str
    zone: str
    topic: str
    role: str
    message: str
    dead_letters: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What was done so that the schedules of a tenancy are as its record wants them."""

    created: int = 0
    moved: int = 0
    removed: int = 0
    same: int = 0

    def __add__(self, other: "Kept") -> "Kept":
        """What was done in both.

        >>> Kept(created=1) + Kept(created=2, same=3)
        Kept(created=3, moved=0, removed=0, same=3)
        """
        return Kept(
            self.created + other.created,
            self.moved + other.moved,
            self.removed + other.removed,
            self.same + other.same,
        )


def keep_schedules(
    record: LeaseRecord,
    url: str,
    now: datetime,
    *,
    months_ahead: int = MONTHS_AHEAD,
    own: KnowledgeSource | None = None,
) -> Kept:
    """Make the schedules of a tenancy as its record wants them; doing it again changes nothing.

    An open record has one for each occasion to come. A closed one loses them, but for what is to be done after the end:
    the deposit's return, counted from the day it was closed.

    Args:
        record: the last version.
        url: see `ScheduleGroup.of`.
        now: with time zone.
        months_ahead, own: as for `calendar_of`.

    Raises:
        WrongUsage: the URL is wrong.
        ServiceDown: Scheduler can't be asked now; what was done holds, doing it again does the rest.
        ServiceRefused: no such group, or no permission.
    """
    calendar = calendar_of(record, now.date(), months_ahead=months_ahead, own=own)
    return keep_calendar(calendar, ScheduleGroup.of(url), now)


def keep_calendar(calendar: TenancyCalendar, group: ScheduleGroup, now: datetime) -> Kept:
    """Make the schedules of a tenancy as its calendar wants them; see `keep_schedules`."""
    client = aws_client("scheduler")
    wanted = wanted_schedules(calendar, group, now)
    with told(f"schedule group {group.name}"):
        _check_group(client, group.name)
        existing = dict(_existing(client, group, prefix_of(calendar.tenancy)))
        stale = [name for name, old in existing.items() if name not in wanted and not _firing(old, now, calendar)]
        created = [name for name in wanted if name not in existing]
        moved = [name for name in wanted if name in existing and wanted[name] != existing[name]]
        for name in created:
            _put(client, group.name, name, wanted[name], new=True)
        for name in moved:
            _put(client, group.name, name, wanted[name], new=False)
        for name in stale:
            _remove(client, group.name, name)
    return Kept(len(created), len(moved), len(stale), len(wanted) - len(created) - len(moved))


def wanted_schedules(calendar: TenancyCalendar, group: ScheduleGroup, now: datetime) -> Mapping[str, Schedule]:
    """The schedules that a calendar wants from now on, by name."""
    wanted = {}
    for occasion in calendar.occasions:
        if calendar.status == "closed" and occasion.kind not in _KEPT_BY_CLOSED:
            continue
        if moment := _moment(occasion, group, now):
            message = {"tenancy": calendar.tenancy, "occasion": occasion.key, "kind": occasion.kind}
            message |= {"date": str(occasion.date), "title": occasion.title, "why": occasion.why}
            wanted[name_of(calendar.tenancy, occasion.key)] = Schedule(
                moment, group.zone, group.topic, group.role, json.dumps(message, ensure_ascii=False), group.dead_letters
            )
    return wanted


def name_of(tenancy: str, key: str) -> str:
    """The name of a schedule: the same in every version of a record, at most 64 characters.

    >>> len(name_of("418 maple row 6/whitlock", "rent_due-2026-05")) <= 64
    True
    """
    return f"{prefix_of(tenancy)}{key}"


def prefix_of(tenancy: str) -> str:
    """What the names of all schedules of a tenancy begin with."""
    return f"{hashlib.sha256(tenancy.encode()).hexdigest()[:20]}."


def _moment(occasion: Occasion, group: ScheduleGroup, now: datetime) -> str | None:
    """When one is reminded, in local time; where the usual day is past, half of it ahead, and so on to the day itself."""
    ahead = occasion.remind_days
    while True:
        moment = datetime.combine(occasion.date - timedelta(ahead), time(group.hour), ZoneInfo(group.zone))
        if moment > now:
            return f"{moment:%Y-%m-%dT%H:%M:%S}"
        if ahead == 0:
            return None
        ahead //= 2


def _firing(schedule: Schedule, now: datetime, calendar: TenancyCalendar) -> bool:
    """Whether the moment of a schedule has just come; one of a closed tenancy is taken away all the same."""
    moment = datetime.fromisoformat(schedule.at).replace(tzinfo=ZoneInfo(schedule.zone))
    return calendar.status == "open" and now - _FIRING <= moment <= now


def check_group(url: str) -> str:
    """See whether schedules can be kept at a URL; the name of the group.

    Raises:
        WrongUsage: the URL is wrong.
        ServiceDown, ServiceRefused: Scheduler can't be asked, or there is no such group.
    """
    group = ScheduleGroup.of(url)
    with told(f"schedule group {group.name}"):
        _check_group(aws_client("scheduler"), group.name)
    return group.name


def _check_group(client: Any, name: str) -> None:
    try:
        client.get_schedule_group(Name=name)
    except client.exceptions.ResourceNotFoundException:
        raise ServiceRefused(
            f"there is no schedule group {name}; make it, or deploy the template of deploy/aws"
        ) from None


def _existing(client: Any, group: ScheduleGroup, prefix: str) -> Iterator[tuple[str, Schedule]]:
    pages = client.get_paginator("list_schedules").paginate(GroupName=group.name, NamePrefix=prefix)
    names = [found["Name"] for page in pages for found in page["Schedules"]]
    for name in names:
        try:
            found = client.get_schedule(GroupName=group.name, Name=name)
        except client.exceptions.ResourceNotFoundException:
            continue  # it has fired meanwhile
        target = found["Target"]
        yield (
            name,
            Schedule(
                at=found["ScheduleExpression"].removeprefix("at(").removesuffix(")"),
                zone=found.get("ScheduleExpressionTimezone", "UTC"),
                topic=target["Arn"],
                role=target["RoleArn"],
                message=target.get("Input", ""),
                dead_letters=target.get("DeadLetterConfig", {}).get("Arn"),
            ),
        )


def _put(client: Any, group: str, name: str, schedule: Schedule, *, new: bool) -> None:
    """Create or move a schedule; another run, or the clock, may have been there meanwhile."""
    target: dict[str, Any] = {"Arn": schedule.topic, "RoleArn": schedule.role, "Input": schedule.message}
    if schedule.dead_letters:
        target["DeadLetterConfig"] = {"Arn": schedule.dead_letters}
    wanted = {
        "GroupName": group, "Name": name, "Target": target, "ActionAfterCompletion": "DELETE",
        "ScheduleExpression": f"at({schedule.at})", "ScheduleExpressionTimezone": schedule.zone,
        "FlexibleTimeWindow": {"Mode": "OFF"},
    }  # fmt: skip
    try:
        (client.create_schedule if new else client.update_schedule)(**wanted)
    except client.exceptions.ConflictException:
        client.update_schedule(**wanted)
    except client.exceptions.ResourceNotFoundException:
        client.create_schedule(**wanted)


def _remove(client: Any, group: str, name: str) -> None:
    try:
        client.delete_schedule(GroupName=group, Name=name)
    except client.exceptions.ResourceNotFoundException:
        return  # it has fired, or another run took it away
