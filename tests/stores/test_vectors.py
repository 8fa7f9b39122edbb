"""The vector index file: a copy of the blobs that may be lost, damaged or outdated at any time."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.stores import open_stores
from pipeline.stores.protocols import Stores
from pipeline.stores.sql import vectors as module
from tests.stores.passages import put

DIMENSION = 16


@pytest.fixture(autouse=True)
def always_by_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small collections are compared one by one; here the index is what is tested."""
    monkeypatch.setattr(module.VectorIndex.__init__, "__defaults__", (0,))


def embedded(text: str) -> NDArray[np.float32]:
    """A vector that depends on the text only."""
    return np.random.default_rng(int(text)).normal(size=DIMENSION).astype(np.float32)


def fill(stores: Stores, texts: list[str], document: str = "a") -> None:
    put(stores, texts, document)
    missing = stores.chunks.without_vectors("m", limit=10_000)
    stores.chunks.set_vectors("m", [key for key, _ in missing], np.array([embedded(text) for _, text in missing]))


def nearest(stores: Stores, text: str) -> str:
    return stores.chunks.search("", vector=embedded(text), model="m", limit=3)[0].passage.text


def index_file(folder: Path) -> Path:
    (path,) = folder.glob("store.db.*.usearch")
    return path


def test_the_index_is_kept_beside_the_database_and_read_by_the_next_process(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    with open_stores(url) as stores:
        fill(stores, [str(n) for n in range(200)])
        assert nearest(stores, "150") == "150"
    written = index_file(tmp_path).stat().st_mtime_ns
    with open_stores(url) as stores:
        assert nearest(stores, "42") == "42"
    assert index_file(tmp_path).stat().st_mtime_ns == written


@pytest.mark.parametrize("damage", ["missing", "truncated", "garbled", "empty", "other"])
def test_a_lost_or_damaged_index_is_made_again(tmp_path: Path, damage: str) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    with open_stores(url) as stores:
        fill(stores, [str(n) for n in range(100)])
        nearest(stores, "1")
    path = index_file(tmp_path)
    data = path.read_bytes()
    match damage:
        case "missing":
            path.unlink()
        case "truncated":
            path.write_bytes(data[: len(data) // 2])
        case "garbled":
            path.write_bytes(data[:-500] + bytes(500))
        case "empty":
            path.write_bytes(b"")
        case "other":
            path.write_text("notes\nof\nmine\n")
    with open_stores(url) as stores:
        assert nearest(stores, "77") == "77"
    assert path.read_bytes()[:20] == data[:20] and abs(path.stat().st_size - len(data)) < 9


def test_an_index_of_another_database_is_not_trusted(tmp_path: Path) -> None:
    for name, texts in (("one", ["1", "2", "3"]), ("two", ["4", "5", "6"])):
        (tmp_path / name).mkdir()
        with open_stores(f"sqlite:///{tmp_path}/{name}/store.db") as stores:
            fill(stores, texts)
            nearest(stores, texts[0])
    index_file(tmp_path / "one").replace(index_file(tmp_path / "two"))
    with open_stores(f"sqlite:///{tmp_path}/two/store.db") as stores:
        assert nearest(stores, "5") == "5"


def test_the_index_catches_up_with_what_was_added_replaced_and_deleted(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    with open_stores(url) as stores, open_stores(url) as other:
        fill(stores, ["1", "2"], "a")
        assert nearest(stores, "2") == "2"
        fill(other, ["3", "4"], "b")
        assert nearest(stores, "4") == "4"
        fill(other, ["5"], "a")
        assert nearest(stores, "1") != "1"
        assert nearest(stores, "5") == "5"
        stores.chunks.delete("b" * 64)
        assert nearest(stores, "4") == "5"


def test_an_index_of_mostly_deleted_vectors_is_made_anew(tmp_path: Path) -> None:
    with open_stores(f"sqlite:///{tmp_path}/store.db") as stores:
        fill(stores, [str(n) for n in range(1_500)])
        nearest(stores, "1")
        large = index_file(tmp_path).stat().st_size
        fill(stores, ["1", "2", "3"])
        assert nearest(stores, "2") == "2"
        assert index_file(tmp_path).stat().st_size < large / 10


def test_a_filter_is_exact_among_many(tmp_path: Path) -> None:
    with open_stores(f"sqlite:///{tmp_path}/store.db") as stores:
        fill(stores, [str(n) for n in range(600)], "a")
        put(stores, ["1000"], "c", "Ohio")
        ((key, text),) = stores.chunks.without_vectors("m")
        stores.chunks.set_vectors("m", [key], embedded(text)[None])
        hits = stores.chunks.search("", vector=embedded("5"), model="m", state="Ohio")
        assert [hit.passage.text for hit in hits] == ["1000"]
