"""Results in a SQL database."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from pipeline.stores.protocols import ResultRow
from pipeline.stores.sql.engine import Database
from pipeline.stores.sql.tables import results as t
from schemas import DocType, Result, Status

_BRIEF = (t.c.sha256, t.c.fingerprint, t.c.path, t.c.doc_type, t.c.status, t.c.state, t.c.backend, t.c.made)


class SqlResults:
    """See `pipeline.stores.protocols.ResultStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, results: Iterable[Result]) -> None:
        rows = {(result.document.sha256, result.fingerprint): _row(result) for result in results}
        if not rows:
            return

        def put(connection: Connection) -> None:
            ordered = sorted(rows)  # the same everywhere, so that two who write at once do not wait for each other
            for sha256, mark in ordered:
                connection.execute(delete(t).where(t.c.sha256 == sha256, t.c.fingerprint == mark))
            connection.execute(insert(t), [rows[key] for key in ordered])

        self._database.write(put)

    def get(self, sha256: str, fingerprint: str | None = None) -> Result | None:
        query = select(t.c.body).where(t.c.sha256 == sha256).order_by(t.c.id.desc()).limit(1)
        if fingerprint is not None:
            query = query.where(t.c.fingerprint == fingerprint)
        body = self._database.read(lambda connection: connection.execute(query).scalar())
        return None if body is None else _result(body)

    def find(
        self, *, doc_type: DocType | None = None, state: str | None = None, status: Status | None = None
    ) -> Iterator[ResultRow]:
        newest = select(func.max(t.c.id)).group_by(t.c.sha256)
        query = select(*_BRIEF).where(t.c.id.in_(newest)).order_by(t.c.path, t.c.id)
        for column, wanted in ((t.c.doc_type, doc_type), (t.c.state, state), (t.c.status, status)):
            if wanted is not None:
                query = query.where(column == wanted)
        with self._database.reading() as connection:
            for row in connection.execution_options(yield_per=500).execute(query).mappings():
                yield ResultRow(**{**row, "made": datetime.fromisoformat(row["made"])})

    def delete(self, sha256: str) -> None:
        self._database.write(lambda connection: connection.execute(delete(t).where(t.c.sha256 == sha256)) and None)


def _row(result: Result) -> dict[str, Any]:
    return {
        "sha256": result.document.sha256,
        "fingerprint": result.fingerprint,
        "path": result.document.path,
        "doc_type": result.doc_type,
        "status": result.status,
        "state": result.jurisdiction.state[:64] if result.jurisdiction and result.jurisdiction.state else None,
        "backend": result.usage.backend,
        "made": datetime.now(UTC).isoformat(),
        "body": result.model_dump_json(),
    }


def _result(body: str) -> Result:
    return Result.model_validate_json(body)
