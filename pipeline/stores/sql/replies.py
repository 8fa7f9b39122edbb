"""Replies of chat models in a SQL database."""

import json
import threading
from dataclasses import asdict
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select

from pipeline.stores.sql.engine import Database
from pipeline.stores.sql.tables import replies as t
from schemas import Reply


class SqlReplies:
    """See `pipeline.stores.protocols.ReplyStore`. Safe for many threads: they take turns."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turn = threading.Lock()  # waiting here is cheaper than in SQLite, and one in memory has one connection

    def get(self, key: str) -> Reply | None:
        query = select(t.c.body).where(t.c.key == key)
        with self._turn:
            body = self._database.read(lambda connection: connection.execute(query).scalar())
        return None if body is None else Reply(**json.loads(body))

    def put(self, key: str, model: str, reply: Reply) -> None:
        row = {"key": key, "model": model, "made": datetime.now(UTC).isoformat(), "body": json.dumps(asdict(reply))}

        def put(connection: Connection) -> None:
            connection.execute(delete(t).where(t.c.key == key))
            connection.execute(insert(t), row)

        with self._turn:
            self._database.write(put)
