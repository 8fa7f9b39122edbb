"""What is PostgreSQL's own: many who open and write at once, the words of its full text, the index file of a machine."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import StoreError
from pipeline.stores import kept_packs, open_stores
from pipeline.stores.protocols import IndexedDocument, Stores
from pipeline.stores.sql import vectors as vector_module
from schemas import DocumentInfo, Pack, Passage, Result
from tests.services.postgres import database, execute
from tests.stores.test_opening import WRITER


def test_several_processes_make_and_fill_an_empty_database_at_once(postgres_server_url: str) -> None:
    with database(postgres_server_url) as url:
        writers = [
            subprocess.Popen(
                [sys.executable, "-c", WRITER.replace("range(30)", "range(5)"), url, f"w{n}"],
                stderr=subprocess.PIPE,
                text=True,
            )
            for n in range(3)
        ]
        assert [writer.communicate(timeout=120)[1] for writer in writers] == [""] * 3
        with open_stores(url) as stores:
            assert stores.chunks.count() == 3 * 5 * 5 and len(stores.journal.runs()) == 3


def test_the_migrations_make_the_tables_the_code_knows(postgres: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlalchemy import create_engine
    from sqlalchemy.engine import make_url

    from pipeline.stores.sql.tables import metadata

    ours = {"search", "chunks_by_words"}  # of the full text, which SQLite has in a table of its own
    engine = create_engine(make_url(postgres).set(drivername="postgresql+psycopg"))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": lambda name, *_: name not in ours})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_a_database_of_something_else_and_a_newer_one_are_left_alone(postgres_server_url: str) -> None:
    with database(postgres_server_url) as url:
        execute(url, "CREATE TABLE recipes (name text)")
        with pytest.raises(StoreError, match="database of something else"):
            open_stores(url)
    with database(postgres_server_url) as url:
        open_stores(url).close()
        execute(url, "UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(StoreError, match="newer Clauseline"):
            open_stores(url)


def test_packs_are_read_from_it(postgres: str) -> None:
    assert kept_packs(postgres) == ()
    pack = Pack(jurisdiction="US-OH", name="Ohio", version="1", requirements=())
    with open_stores(postgres) as stores:
        stores.knowledge.put(pack)
    assert kept_packs(postgres) == (pack,)


def test_many_who_write_the_same_things_at_once_do_not_fail(postgres: str) -> None:
    """Unique keys met, rows locked in each other's way: each writes anew, and the last one stays."""
    results = [Result(document=DocumentInfo(path=f"{n}.pdf", sha256=f"{n}" * 64), fingerprint="f") for n in range(5)]
    passages = [Passage(1, "The rent is due.", 0, 16, 1)]

    def turn(number: int) -> None:
        shuffled = results[number % 5 :] + results[: number % 5]
        stores.results.put(shuffled)
        stores.chunks.put(IndexedDocument("a" * 64, f"{number}.pdf", "lease"), passages * (1 + number % 3))
        keys = [key for key, _ in stores.chunks.without_vectors("m")]
        stores.chunks.set_vectors("m", keys, np.ones((len(keys), 3), dtype=np.float32))

    with open_stores(postgres) as stores:
        with ThreadPoolExecutor(6) as pool:
            list(pool.map(turn, range(24)))
        assert len(list(stores.results.find())) == 5
        assert stores.chunks.count() == len(stores.chunks.search("rent"))


def texts(stores: Stores, words: str) -> list[str]:
    return [hit.passage.text for hit in stores.chunks.search(words)]


def test_rare_words_count_more_than_common_ones_and_the_heading_double(postgres: str) -> None:
    common = [Passage(n, f"The tenant pays the tenant's share, number {n}.", 0, 1, 1) for n in range(1, 20)]
    rare = Passage(20, "A flood of the cellar is told to the landlord at once and without any delay by them.", 0, 1, 1)
    headed = Passage(21, "It is at the owner's charge.", 0, 1, 1, ("Sewers",))
    inside = Passage(22, "The sewers are rinsed.", 0, 1, 1)
    with open_stores(postgres) as stores:
        stores.chunks.put(IndexedDocument("a" * 64, "a.pdf", "lease"), [*common, rare, headed, inside])
        assert texts(stores, "tenant flood")[0] == rare.text
        assert texts(stores, "sewer")[0] == headed.text
        assert len(texts(stores, "tenant the of")) == 10


def test_a_snippet_marks_every_word_of_the_query(postgres: str) -> None:
    long = " ".join(["Nothing to see here."] * 80 + ["The late fee is due after 5 days."] + ["Nor here."] * 80)
    with open_stores(postgres) as stores:
        stores.chunks.put(IndexedDocument("a" * 64, "a.pdf", "lease"), [Passage(1, long, 0, 1, 1)])
        (hit,) = stores.chunks.search('fees "5 days"')
        assert "**fee**" in hit.snippet and "**5** **days**" in hit.snippet and len(hit.snippet) < 600


def test_the_vector_index_of_a_machine_is_in_the_users_cache(
    postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(vector_module.VectorIndex.__init__, "__defaults__", (0,))
    passages = [Passage(n, f"{n}", 0, 1, 1) for n in range(1, 9)]
    for _ in range(2):  # the second time it is read from the file
        with open_stores(postgres) as stores:
            stores.chunks.put(IndexedDocument("a" * 64, "a.pdf", "lease"), passages)
            if new := stores.chunks.without_vectors("m"):
                stores.chunks.set_vectors("m", [key for key, _ in new], np.eye(8, dtype=np.float32))
            (hit, *_) = stores.chunks.search("", vector=np.eye(8, dtype=np.float32)[4], model="m")
            assert hit.passage.text == "5"
    (file,) = (tmp_path / "clauseline").iterdir()
    assert file.suffix == ".usearch"
