"""Lease records in a SQL database: a row for each version, and one for each tenancy that says which is the last."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from pipeline.errors import Conflict
from pipeline.stores.sql.engine import Database
from pipeline.stores.sql.tables import records, tenancies
from schemas import LeaseRecord

_LAST = select(records.c.body).join(
    tenancies, (tenancies.c.tenancy == records.c.tenancy) & (tenancies.c.version == records.c.version)
)


class SqlRecords:
    """See `pipeline.stores.record_store.RecordStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, tenancy: str) -> LeaseRecord | None:
        return self._one(_LAST.where(tenancies.c.tenancy == tenancy))

    def open_for(self, unit: str) -> LeaseRecord | None:
        return self._one(_LAST.where(tenancies.c.unit == unit, tenancies.c.status == "open"))

    def of_unit(self, unit: str) -> Iterator[LeaseRecord]:
        return self._many(_LAST.where(tenancies.c.unit == unit).order_by(tenancies.c.tenancy))

    def history(self, tenancy: str) -> Iterator[LeaseRecord]:
        return self._many(select(records.c.body).where(records.c.tenancy == tenancy).order_by(records.c.version))

    def find(self, *, state: str | None = None, status: str | None = None) -> Iterator[LeaseRecord]:
        query = _LAST.order_by(tenancies.c.tenancy)
        for column, wanted in ((tenancies.c.state, state), (tenancies.c.status, status)):
            if wanted is not None:
                query = query.where(column == wanted)
        return self._many(query)

    def put(self, records: tuple[LeaseRecord, ...]) -> None:
        if records:
            self._database.write(lambda connection: _put(connection, records))

    def _one(self, query: Select[Any]) -> LeaseRecord | None:
        body = self._database.read(lambda connection: connection.execute(query).scalar())
        return None if body is None else LeaseRecord.model_validate_json(body)

    def _many(self, query: Select[Any]) -> Iterator[LeaseRecord]:
        with self._database.reading() as connection:
            for body in connection.execution_options(yield_per=200).execute(query).scalars():
                yield LeaseRecord.model_validate_json(body)


def _put(connection: Connection, new: tuple[LeaseRecord, ...]) -> None:
    """Closings first, for a unit has one open tenancy at most."""
    ordered = sorted(new, key=lambda record: (record.status != "closed", record.tenancy))
    query = select(tenancies).where(tenancies.c.tenancy.in_([record.tenancy for record in ordered]))
    held = {row.tenancy: row for row in connection.execute(query.order_by(tenancies.c.tenancy).with_for_update())}
    fresh = [record for record in ordered if not _kept(connection, record, held.get(record.tenancy))]
    for record in fresh:
        _move(connection, record)
    if fresh:
        connection.execute(insert(records), [_row(record) for record in fresh])


def _kept(connection: Connection, record: LeaseRecord, last: Row[Any] | None) -> bool:
    """Whether that very version is there already.

    Raises:
        Conflict: another one is, or the one before it is not.
    """
    version = last.version if last else 0
    if record.version == version + 1:
        return False
    if record.version <= version:
        same = records.c.tenancy == record.tenancy, records.c.version == record.version
        if connection.execute(select(records.c.body).where(*same)).scalar() == record.model_dump_json():
            return True
    raise Conflict(f"the record {record.tenancy} is at version {version}, so there can be no new {record.version}")


def _move(connection: Connection, record: LeaseRecord) -> None:
    """Make a version the last of its tenancy.

    Raises:
        Conflict: another tenancy of the unit is open.
    """
    if record.status == "open":
        query = select(tenancies.c.tenancy).where(
            tenancies.c.unit == record.unit, tenancies.c.status == "open", tenancies.c.tenancy != record.tenancy
        )
        if other := connection.execute(query).scalar():
            raise Conflict(f"{record.tenancy} can't be open: its unit is let under {other}")
    state = record.jurisdiction.state if record.jurisdiction else None
    row = {"unit": record.unit, "version": record.version, "status": record.status, "state": state and state[:64]}
    if record.version == 1:
        connection.execute(insert(tenancies), row | {"tenancy": record.tenancy})
    else:
        connection.execute(update(tenancies).where(tenancies.c.tenancy == record.tenancy).values(row))


def _row(record: LeaseRecord) -> dict[str, Any]:
    return {
        "tenancy": record.tenancy,
        "version": record.version,
        "changed": record.changed.isoformat(),
        "body": record.model_dump_json(),
    }
