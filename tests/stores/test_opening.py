"""Opening the embedded database: made as needed, safe for many processes, clear when it can't be."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import StoreError
from pipeline.stores import kept_packs, open_stores
from pipeline.stores.protocols import IndexedDocument
from schemas import Pack, Passage


def test_the_file_and_its_folder_are_made(tmp_path: Path) -> None:
    path = tmp_path / "a folder" / "b" / "store.db"
    open_stores(f"sqlite:///{path}").close()
    assert path.exists()


def test_a_folder_made_for_it_is_its_owners_alone(tmp_path: Path) -> None:
    with open_stores(f"sqlite:///{tmp_path}/private/leases.db"):
        assert (tmp_path / "private").stat().st_mode & 0o077 == 0


def test_a_password_in_its_address_is_not_told() -> None:
    with pytest.raises(StoreError) as told:
        open_stores("oracle://ada:hunter2@db/leases")
    assert "hunter2" not in str(told.value) and "ada" in str(told.value)


def test_what_was_stored_is_there_the_next_time(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    with open_stores(url) as stores:
        stores.chunks.put(IndexedDocument("a" * 64, "a.pdf", "lease"), [Passage(1, "rent", 0, 4, 1)])
    with open_stores(url) as stores:
        assert stores.chunks.count() == 1


def test_packs_are_read_without_making_or_changing_a_database(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    assert kept_packs(f"sqlite:///{path}") == () and not path.exists()
    path.write_text("These are my notes. " * 100)
    assert kept_packs(f"sqlite:///{path}") == ()
    assert kept_packs("sqlite://") == ()


def test_the_last_version_of_every_pack_is_read(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    packs = [
        Pack(jurisdiction=code, name=code, version=v, requirements=()) for code in ("US-OH", "US-TX") for v in "12"
    ]
    with open_stores(url) as stores:
        assert kept_packs(url) == ()
        for pack in packs:
            stores.knowledge.put(pack)
    assert [(p.jurisdiction, p.version) for p in kept_packs(url)] == [("US-OH", "2"), ("US-TX", "2")]


def refused(url: str) -> str:
    with pytest.raises(StoreError) as caught:
        open_stores(url)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("These are my notes. " * 100)
    assert "is no SQLite database" in refused(f"sqlite:///{path}")
    assert path.read_text().startswith("These are my notes.")


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE recipes (name)")
    assert "database of something else" in refused(f"sqlite:///{tmp_path}/other.db")


def test_a_newer_schema_is_refused_with_what_to_do(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    open_stores(url).close()
    with sqlite3.connect(tmp_path / "store.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "newer Clauseline" in refused(url)


def test_a_path_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "can't be made" in refused(f"sqlite:///{tmp_path}/file/x/store.db")
    assert "can't be opened" in refused(f"sqlite:///{tmp_path}")


@pytest.mark.parametrize("url", ["", "store.db", "oracle://host/x", "mongodb://host"])
def test_an_unknown_kind_of_store_is_told(url: str) -> None:
    assert "sqlite:///FILE" in refused(url)


def test_the_newest_migration_is_the_one_the_code_expects() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    from pipeline.stores.sql import migrate

    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == migrate.HEAD


def test_the_migrations_make_the_tables_the_code_knows(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlalchemy import create_engine

    from pipeline.stores.sql.tables import metadata

    open_stores(f"sqlite:///{tmp_path}/store.db").close()
    with create_engine(f"sqlite:///{tmp_path}/store.db").connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _: kind != "table" or "fts" not in name}
        )
        assert compare_metadata(context, metadata) == []


WRITER = """
import sys
from datetime import UTC, datetime
from pipeline.stores import open_stores
from pipeline.stores.protocols import IndexedDocument, RunRow
from schemas import Passage
url, name = sys.argv[1:]
with open_stores(url) as stores:
    stores.journal.begin(RunRow(name, datetime.now(UTC), "offline", "f"))
    for number in range(30):
        stores.chunks.put(IndexedDocument(name + str(number), name, "lease"), [Passage(1, "rent " * 50, 0, 9, 1)] * 5)
        stores.chunks.search("rent")
"""


def test_several_processes_open_make_and_fill_it_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, url, f"w{n}"], stderr=subprocess.PIPE, text=True)
        for n in range(4)
    ]
    assert [writer.communicate(timeout=120)[1] for writer in writers] == [""] * 4
    with open_stores(url) as stores:
        assert stores.chunks.count() == 4 * 30 * 5
        assert len(stores.journal.runs()) == 4


def test_nothing_of_it_is_imported_before_it_is_needed() -> None:
    script = "import sys, pipeline, pipeline.stores, pipeline.batch; print('sqlalchemy' in sys.modules, 'alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).stdout == "False False\n"
