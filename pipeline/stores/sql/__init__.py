"""The stores in a SQL database: one file each, the tables in one, the migrations beside them, dialects/ where databases
differ."""

from pipeline.stores.protocols import Stores
from pipeline.stores.sql.chunks import SqlChunks
from pipeline.stores.sql.engine import PATIENCE, connect
from pipeline.stores.sql.journal import SqlJournal
from pipeline.stores.sql.knowledge import SqlKnowledge
from pipeline.stores.sql.migrate import bring_up_to_date
from pipeline.stores.sql.records import SqlRecords
from pipeline.stores.sql.replies import SqlReplies
from pipeline.stores.sql.reports import SqlReports
from pipeline.stores.sql.results import SqlResults
from pipeline.stores.sql.vectors import VectorIndex


def open_sql(url: str, patience: float = PATIENCE) -> Stores:
    """Open a SQLite database, with its folder, or one of PostgreSQL; bring its tables up to date.

    Args:
        url: as SQLAlchemy writes it.
        patience: seconds for which a database that is away is waited for, at each step.

    Raises:
        StoreError: it can't be opened, is no database of ours, or a newer one.
    """
    database = connect(url, patience)
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
        chunks=SqlChunks(database, VectorIndex(database)),
        records=SqlRecords(database),
        close=database.engine.dispose,
    )
