"""The stores in a SQL database: one file each, the tables in one, the migrations beside them."""

from pathlib import Path

from sqlalchemy.engine import make_url

from pipeline.errors import StoreError
from pipeline.stores.protocols import Stores
from pipeline.stores.sql.chunks import SqlChunks
from pipeline.stores.sql.engine import Database, connect
from pipeline.stores.sql.journal import SqlJournal
from pipeline.stores.sql.knowledge import SqlKnowledge
from pipeline.stores.sql.migrate import bring_up_to_date
from pipeline.stores.sql.replies import SqlReplies
from pipeline.stores.sql.reports import SqlReports
from pipeline.stores.sql.results import SqlResults
from pipeline.stores.sql.vectors import VectorIndex


def open_sql(url: str) -> Stores:
    """Open a SQLite database, with its folder; bring its tables up to date.

    Raises:
        StoreError: it can't be opened, is no database of ours, or a newer one.
    """
    file = make_url(url).database
    path = Path(file) if file and file != ":memory:" else None
    if path:
        try:
            path.parent.mkdir(0o700, parents=True, exist_ok=True)  # what leases say is nobody else's business
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise StoreError(
                f"{path.parent} can't be made: {why}; give another database (CLAUSELINE_DATABASE)"
            ) from None
    database = Database(connect(url))
    try:
        bring_up_to_date(database)
    except BaseException:
        database.engine.dispose()
        raise
    return Stores(
        results=SqlResults(database),
        reports=SqlReports(database),
        replies=SqlReplies(database),
        journal=SqlJournal(database),
        knowledge=SqlKnowledge(database),
        chunks=SqlChunks(database, VectorIndex(database, path)),
        close=database.engine.dispose,
    )
