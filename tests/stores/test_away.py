"""A database that is away for a while: work waits for it and goes on, nothing is lost, nothing is there twice."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

from pipeline.errors import ServiceDown, StoreError
from pipeline.stores import open_stores
from pipeline.stores.protocols import JournalEntry, RunRow, Stores
from pipeline.stores.sql.dialects import postgres
from schemas import LeaseRecord, LeaseTerms
from tests.services.postgres import Server, database, execute, missing, postgres_server

NOW = datetime(2025, 3, 1, 12, tzinfo=UTC)
AWAY = 2.0
"""Seconds for which the server is dead; a patience is 60."""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A PostgreSQL that may be killed."""
    if not Path("/usr/lib/postgresql").is_dir():
        pytest.skip(missing() or "a server that was given is not killed")
    with postgres_server() as made:
        yield made


def record(tenancy: str, version: int = 1) -> LeaseRecord:
    return LeaseRecord(tenancy=tenancy, unit=tenancy, version=version, changed=NOW, terms=LeaseTerms())


def write_all(stores: Stores, worker: int, numbers: range) -> None:
    """A journal entry, which would be there twice if it were written twice, and two versions of a record."""
    for number in numbers:
        stores.journal.record([JournalEntry("run", f"{worker}/{number}", "a" * 64, "ok", NOW, 0.1)])
        stores.records.put((record(f"{worker}-{number}"),))
        stores.records.put((record(f"{worker}-{number}", 2),))


@pytest.mark.slow
def test_a_database_killed_twice_amid_writes_loses_nothing_and_doubles_nothing(server: Server) -> None:
    workers, each = 4, 40
    with database(server.url) as url, open_stores(url) as stores:
        stores.journal.begin(RunRow("run", NOW, "offline", "f"))
        errors: list[BaseException] = []

        def work(worker: int) -> None:
            try:
                write_all(stores, worker, range(each))
            except BaseException as error:
                errors.append(error)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(workers)]
        for thread in threads:
            thread.start()
        for pause in (AWAY, 0.0):
            time.sleep(0.3)
            assert any(thread.is_alive() for thread in threads)
            server.kill()
            time.sleep(pause)
            server.start()
        for thread in threads:
            thread.join(60)
        assert errors == [] and not any(thread.is_alive() for thread in threads)
        noted = Counter(entry.path for entry in stores.journal.entries("run"))
        assert len(noted) == workers * each and set(noted.values()) == {1}
        assert sum(kept.version == 2 for kept in stores.records.find()) == workers * each


def test_a_commit_whose_answer_was_lost_is_looked_up_and_not_done_again(server: Server) -> None:
    """The connection breaks after the server has committed, before we hear of it: between the two, for certain."""
    from sqlalchemy import event
    from sqlalchemy.exc import OperationalError

    with database(server.url) as url, open_stores(url) as stores:
        stores.journal.begin(RunRow("run", NOW, "offline", "f"))
        engine = stores.journal._database.engine  # type: ignore[attr-defined]
        broken: list[bool] = []

        def break_after_commit(connection: object) -> None:
            import psycopg

            if not broken:
                broken.append(True)
                raw = connection.connection.dbapi_connection  # type: ignore[attr-defined]
                raw.commit()
                lost = psycopg.OperationalError("server closed the connection unexpectedly")
                raise OperationalError("COMMIT", None, lost)

        event.listen(engine, "commit", break_after_commit)
        stores.journal.record([JournalEntry("run", "a.pdf", "a" * 64, "ok", NOW, 0.1)])
        assert broken and [entry.path for entry in stores.journal.entries("run")] == ["a.pdf"]


def test_the_number_of_a_lost_transaction_may_be_anothers_after_a_crash(server: Server) -> None:
    """A crash takes what was not yet on the disk, and numbers are given anew from there: the log's length tells."""
    with database(server.url) as url:
        engine = postgres.engine(make_url(url))
        with engine.connect() as connection:
            connection.execute(text("CREATE TABLE lost (number int)"))
            told = postgres.receipt(connection)
            server.kill()
            with suppress(DBAPIError):
                connection.commit()
        server.start()
        assert told is not None
        with engine.connect() as connection:
            assert not postgres.committed(connection, told)
        for _ in range(5):  # others, of which one gets the number
            with engine.begin() as connection:
                connection.execute(text("CREATE TABLE IF NOT EXISTS kept (number int)"))
                connection.execute(text("INSERT INTO kept VALUES (1)"))
                held = postgres.receipt(connection)
        with engine.connect() as connection:
            assert not postgres.committed(connection, told)
            assert held is not None and postgres.committed(connection, held)
        engine.dispose()


def test_a_transaction_that_was_broken_off_is_done_again(server: Server) -> None:
    with database(server.url) as url, open_stores(url) as stores:
        stores.records.put((record("u"),))
        execute(
            server.url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'clauseline'"
        )
        stores.records.put((record("u", 2),))
        assert [kept.version for kept in stores.records.history("u")] == [1, 2]


def test_a_database_that_stays_away_is_told_in_one_line_without_its_password(server: Server) -> None:
    url = server.url.replace("postgres@", "ada:hunter2@").replace(str(server.port), "1")
    started = time.monotonic()
    with pytest.raises(ServiceDown) as told:
        open_stores(url, patience=1.0)
    assert time.monotonic() - started < 10
    assert "does not answer" in str(told.value) and "hunter2" not in str(told.value) and "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("postgres@", "nobody_known@"), "does not exist"),
        (("/postgres", "/nowhere"), "does not exist"),
        (("127.0.0.1", "host.invalid"), "resolve"),
        (("/postgres", "/postgres?sslmode=require"), "SSL"),
        (("/postgres", "/postgres?no_such=option"), "no_such"),
    ],
)
def test_what_waiting_does_not_mend_is_told_at_once(server: Server, change: tuple[str, str], words: str) -> None:
    started = time.monotonic()
    with pytest.raises(StoreError, match=words) as told:
        open_stores(change[1].join(server.url.rsplit(change[0], 1)))
    assert not isinstance(told.value, ServiceDown) and time.monotonic() - started < 10
    assert "\n" not in str(told.value)


def test_parameters_of_the_driver_in_the_url_are_heeded(server: Server) -> None:
    url = f"{server.url}?application_name=desk&options=-cstatement_timeout%3D50"
    with open_stores(url) as stores:
        engine = stores.journal._database  # type: ignore[attr-defined]
        with pytest.raises(StoreError, match="for one statement"):
            engine.read(lambda connection: connection.exec_driver_sql("SELECT pg_sleep(5)").all())
        said = engine.read(lambda connection: connection.exec_driver_sql("SHOW application_name").scalar())
    assert said == "desk"
