"""Transactions of a database: what can be tried again is, errors come in one clear line."""

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import StaticPool
from tenacity import RetryCallState, Retrying, wait_random_exponential

from pipeline.errors import ServiceDown, ServiceRefused, StoreError
from pipeline.settings import without_password
from pipeline.stores.sql.dialects import Dialect, Trouble, dialect_of

T = TypeVar("T")
PATIENCE = 60.0
"""Seconds a database may be away before it is told."""

TURNS = 20
"""How often a transaction that was in another one's way is tried, at most."""

log = logging.getLogger("clauseline")


class Database:
    """A database, handing out transactions whose errors are StoreErrors.

    One that is away (restarting, failing over, cut off) is waited for; a transaction that another one was in the way of
    is tried again. Where the answer to a commit gets lost, the database is asked what became of it, so nothing is
    written twice.

    Args:
        engine: of `Dialect.engine`.
        dialect: of its kind of database.
        patience: seconds it may be away.
    """

    def __init__(self, engine: Engine, dialect: Dialect, patience: float = PATIENCE) -> None:
        self.engine, self.dialect, self._patience = engine, dialect, patience
        one = isinstance(engine.pool, StaticPool)  # in memory there is one connection: threads take turns
        self._turn: contextlib.AbstractContextManager[object] = threading.RLock() if one else contextlib.nullcontext()

    @property
    def place(self) -> str:
        """The database as a user knows it."""
        return self.dialect.place(self.engine.url)

    def read(self, work: Callable[[Connection], T]) -> T:
        """What `work` finds in one state of the database, whatever others write meanwhile.

        Args:
            work: may be called again.

        Raises:
            ServiceDown: the database is away, and has been for longer than its patience.
            StoreError: anything else that is wrong with it.
        """

        def once() -> T:
            with self._transaction(self.dialect.READING) as connection:
                return work(connection)

        with self._told():
            return self._patiently(once)

    def write(self, work: Callable[[Connection], T]) -> T:
        """Keep what `work` writes if it raises nothing, all or none.

        Args:
            work: may be called again; what it did before is undone then.

        Raises:
            ServiceDown, StoreError: as for `read`; nothing is written, unless the database is away and can't say.
        """
        asked_for: list[tuple[str, T]] = []  # commits whose answer may have got lost

        def once() -> T:
            if asked_for:
                receipt, outcome = asked_for[-1]
                with self._transaction(self.dialect.READING) as connection:
                    if self.dialect.committed(connection, receipt):
                        return outcome
                asked_for.clear()
            with self._transaction(self.dialect.WRITING) as connection:
                outcome = work(connection)
                if receipt_ := self.dialect.receipt(connection):
                    asked_for.append((receipt_, outcome))
            return outcome

        with self._told():
            return self._patiently(once)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """One state of the database, for streams; waited for when it is away at the beginning, not half way."""
        with self._told(), contextlib.ExitStack() as open_:
            yield self._patiently(lambda: open_.enter_context(self._transaction(self.dialect.READING)))

    @contextlib.contextmanager
    def _transaction(self, options: Mapping[str, Any]) -> Iterator[Connection]:
        with self._turn, self.engine.connect() as plain:
            connection = plain.execution_options(**options)
            with connection.begin():
                yield connection

    def _patiently(self, once: Callable[[], T]) -> T:
        retrying = Retrying(
            retry=lambda state: self._passing(_raised(state)) is not None,
            wait=wait_random_exponential(multiplier=0.05, max=3),
            stop=self._enough,
            before_sleep=self._tell_of_waiting,
            reraise=True,
        )
        return retrying(once)

    def _passing(self, error: BaseException | None) -> Trouble | None:
        if isinstance(error, ServiceDown):
            return "away"
        return self.dialect.trouble(error) if isinstance(error, DBAPIError) else None

    def _enough(self, state: RetryCallState) -> bool:
        if self._passing(_raised(state)) == "again" and state.attempt_number >= TURNS:
            return True
        return (state.seconds_since_start or 0) >= self._patience

    def _tell_of_waiting(self, state: RetryCallState) -> None:
        if state.attempt_number == 3 and self._passing(_raised(state)) == "away":
            log.warning("the database %s does not answer; waiting up to %g s for it", self.place, self._patience)

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what the driver says into one line that says what to do."""
        try:
            yield
        except DBAPIError as error:
            kind = ServiceDown if self.dialect.trouble(error) else StoreError
            raise kind(f"the database {self.place} {self.dialect.reason(error)}") from error
        except SQLAlchemyError as error:
            raise StoreError(f"the database {self.place} can't be used: {str(error).splitlines()[0]}") from error


def connect(url: str, patience: float = PATIENCE) -> Database:
    """A database that has not been spoken to yet.

    Raises:
        StoreError: the address is wrong, its folder can't be made, or a driver is missing.
    """
    try:
        address = make_url(url)
        dialect = dialect_of(address)
        return Database(dialect.engine(address), dialect, patience)
    except (ArgumentError, ValueError):
        raise StoreError(f"{without_password(url)!r} is no address of a database; see CLAUSELINE_DATABASE") from None
    except ImportError:
        raise ServiceRefused("PostgreSQL needs psycopg; install it with: pip install 'clauseline[postgres]'") from None


def _raised(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None
