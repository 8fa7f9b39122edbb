"""The last validated results in a SQL database: what a new report is compared with."""

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, func, insert, select

from pipeline.stores.protocols import Reported
from pipeline.stores.sql.engine import Database
from pipeline.stores.sql.tables import reports as t
from schemas import DocType, Result

_KEPT = 20  # reports of one document; the oldest go


class SqlReports:
    """See `pipeline.stores.protocols.ReportStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, path: str, result: Result) -> None:
        row = {
            "path": path,
            "sha256": result.document.sha256,
            "doc_type": result.doc_type,
            "made": datetime.now(UTC).isoformat(),
            "body": result.model_dump_json(),
        }
        kept = select(t.c.id).where(t.c.path == path).order_by(t.c.id.desc()).limit(_KEPT)

        def put(connection: Connection) -> None:
            connection.execute(insert(t), row)
            connection.execute(delete(t).where(t.c.path == path, t.c.id.not_in(kept)))

        self._database.write(put)

    def last(self, path: str) -> Reported | None:
        query = select(t.c.path, t.c.made, t.c.body).where(t.c.path == path).order_by(t.c.id.desc()).limit(1)
        row = self._database.read(lambda connection: connection.execute(query).first())
        return None if row is None else _reported(row.path, row.made, row.body)

    def latest(self, doc_type: DocType) -> Iterator[Reported]:
        newest = select(func.max(t.c.id)).group_by(t.c.path)
        query = select(t.c.path, t.c.made, t.c.body).where(t.c.id.in_(newest), t.c.doc_type == doc_type)
        with self._database.reading() as connection:
            for row in connection.execution_options(yield_per=100).execute(query.order_by(t.c.path)):
                yield _reported(row.path, row.made, row.body)


def _reported(path: str, made: str, body: str) -> Reported:
    return Reported(path, datetime.fromisoformat(made), Result.model_validate_json(body))
