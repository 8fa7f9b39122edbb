"""What a SQL database must tell for the stores to run on it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Protocol

from sqlalchemy import URL, Connection, Engine
from sqlalchemy.exc import DBAPIError

from pipeline.stores.sql.fulltext import FullText

Trouble = Literal["away", "again"]
"""Why a transaction may go through later: the database can't be reached now; or it was in another one's way."""


class Dialect(Protocol):
    """One kind of database. A module with these names will do."""

    @property
    def READING(self) -> Mapping[str, Any]:
        """Execution options of a transaction that sees one state of the database throughout."""
        ...

    @property
    def WRITING(self) -> Mapping[str, Any]:
        """Execution options of a transaction that writes."""
        ...

    @property
    def IN_ORDER(self) -> bool:
        """Whether new rows can be seen in the order of their ids: none turns up below one that was seen before."""
        ...

    def fulltext(self, url: URL) -> FullText:
        """Its full-text search."""
        ...

    def engine(self, url: URL) -> Engine:
        """An engine for a URL; nothing is opened yet.

        Raises:
            StoreError: the driver is not installed, or the place can't be made.
        """
        ...

    def place(self, url: URL) -> str:
        """The database as a user knows it, without its password."""
        ...

    def alone(self, connection: Connection) -> None:
        """Wait until no other transaction changes the tables, and keep others waiting until this one ends."""
        ...

    def trouble(self, error: DBAPIError) -> Trouble | None:
        """Whether the same transaction may go through later."""
        ...

    def reason(self, error: DBAPIError) -> str:
        """What is wrong and what to do, after the words "the database ..."."""
        ...

    def receipt(self, connection: Connection) -> str | None:
        """What a transaction that has written can be asked after, should the answer to its commit get lost."""
        ...

    def committed(self, connection: Connection, receipt: str) -> bool:
        """Whether that transaction was kept.

        Raises:
            ServiceDown: that is not settled yet.
        """
        ...

    def index_file(self, url: URL, model: str, identity: str) -> Path | None:
        """Where the vector index of a model is kept; None if only in memory.

        Args:
            url: of the database.
            model: of the embedding.
            identity: of that index, unique among all databases.
        """
        ...
