"""The journal of runs in a SQL database."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Literal

from sqlalchemy import RowMapping, func, insert, select, update

from pipeline.stores.protocols import JournalEntry, RunRow
from pipeline.stores.sql.engine import Database
from pipeline.stores.sql.tables import journal as t
from pipeline.stores.sql.tables import runs

_ENTRY = (t.c.run, t.c.path, t.c.sha256, t.c.status, t.c.finished, t.c.seconds, t.c.error_type, t.c.error, t.c.attempt)


class SqlJournal:
    """See `pipeline.stores.protocols.Journal`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, run: RunRow) -> None:
        finished = run.finished.isoformat() if run.finished else None
        row = asdict(run) | {"started": run.started.isoformat(), "finished": finished}
        with self._database.writing() as connection:
            connection.execute(insert(runs), row)

    def record(self, entries: Iterable[JournalEntry]) -> None:
        rows = [asdict(entry) | {"finished": entry.finished.isoformat()} for entry in entries]
        if not rows:
            return
        with self._database.writing() as connection:
            for row in rows:
                last = select(func.max(t.c.id)).where(t.c.path == row["path"], t.c.status != "failed").scalar_subquery()
                since = select(func.count()).where(t.c.path == row["path"], t.c.id > func.coalesce(last, 0))
                connection.execute(insert(t), row | {"attempt": connection.execute(since).scalar_one() + 1})

    def finish(self, run: str, status: Literal["done", "interrupted"], finished: datetime) -> None:
        with self._database.writing() as connection:
            connection.execute(
                update(runs).where(runs.c.id == run).values(status=status, finished=finished.isoformat())
            )

    def runs(self, limit: int = 100) -> list[RunRow]:
        with self._database.reading() as connection:
            query = select(runs).order_by(runs.c.started.desc()).limit(limit)
            return [_run(row) for row in connection.execute(query).mappings()]

    def entries(self, run: str) -> Iterator[JournalEntry]:
        query = select(*_ENTRY).where(t.c.run == run).order_by(t.c.id)
        with self._database.reading() as connection:
            for row in connection.execution_options(yield_per=500).execute(query).mappings():
                yield JournalEntry(**{**row, "finished": datetime.fromisoformat(row["finished"])})


def _run(row: RowMapping) -> RunRow:
    finished = datetime.fromisoformat(row["finished"]) if row["finished"] else None
    return RunRow(**{**row, "started": datetime.fromisoformat(row["started"]), "finished": finished})
