"""Schedules that follow the records: whatever has changed a record, its tenancy's reminders become as it wants them."""

from datetime import datetime

from pipeline.calendar.schedules import Kept, keep_schedules
from pipeline.errors import Conflict
from pipeline.knowledge import KnowledgeSource
from pipeline.stores.record_store import RecordStore

CHANGES = 5
"""Times that the records of a unit are read again because they have changed meanwhile."""


def follow_records(
    tenancy: str, records: RecordStore, url: str, now: datetime, *, own: KnowledgeSource | None = None
) -> Kept:
    """Make the schedules of a tenancy, and of the others of its unit, as the records want them; again changes nothing.

    The others, for one that begins closes the one before it. The records are looked at again at the end: of several who
    change a unit at once, whoever comes last has read the last versions.

    Args:
        tenancy: whose record has changed, or may have.
        records: where it is, durably.
        url: `Settings.schedules`.
        now: with time zone.
        own: as for `keep_schedules`.

    Returns:
        what was done.

    Raises:
        WrongUsage: the URL is wrong.
        ServiceDown, Conflict: not now; doing it again does the rest.
        ServiceRefused: no such group, or no permission.
    """
    record, done = records.get(tenancy), Kept()
    if record is None:
        return done
    seen: dict[str, int] = {}
    for _ in range(CHANGES):
        held = {one.tenancy: one for one in records.of_unit(record.unit)}
        changed = [one for one in held.values() if seen.get(one.tenancy) != one.version]
        if not changed:
            return done
        for one in changed:
            done += keep_schedules(one, url, now, own=own)
            seen[one.tenancy] = one.version
    raise Conflict(f"the records of unit {record.unit} change faster than their schedules can follow")
