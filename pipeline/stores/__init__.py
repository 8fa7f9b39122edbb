"""Where results, the journal of runs, knowledge and the search index live."""

from typing import TYPE_CHECKING

from pipeline.errors import StoreError
from pipeline.settings import without_password

if TYPE_CHECKING:
    from pipeline.stores.protocols import Stores


def open_stores(url: str) -> "Stores":
    """Open a database, made and brought up to date as needed; the drivers are imported here, not before.

    Args:
        url: `sqlite:///FILE` (`sqlite://` for one in memory).

    Raises:
        StoreError: it can't be opened; the message says why and what to do.

    >>> with open_stores("sqlite://") as stores:
    ...     stores.chunks.count()
    0
    """
    scheme = url.partition(":")[0].partition("+")[0]
    if scheme != "sqlite" or "://" not in url:
        raise StoreError(f"no store for {without_password(url)!r}; give a database as sqlite:///FILE")
    from pipeline.stores.sql import open_sql

    return open_sql(url)


__all__ = ["open_stores"]
