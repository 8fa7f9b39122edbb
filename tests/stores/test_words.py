"""The index of words beside a SQLite database: a copy of the passages that may be lost, damaged or outdated at any time."""

import multiprocessing
import shutil
from pathlib import Path

import pytest

from pipeline.stores import open_stores
from pipeline.stores.protocols import IndexedDocument, Stores
from schemas import Passage
from tests.stores.passages import put


def found(stores: Stores, words: str, **more: object) -> list[str]:
    return [hit.passage.text for hit in stores.chunks.search(words, **more)]  # type: ignore[arg-type]


def folder(place: Path) -> Path:
    (made,) = place.glob("store.db.*.words")
    return made


def test_it_is_kept_beside_the_database_and_read_by_the_next_process(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    with open_stores(url) as stores:
        put(stores, ["The cellar is dry.", "The attic is cold."])
        assert found(stores, "attics") == ["The attic is cold."]
    before = {path.name: path.stat().st_mtime_ns for path in folder(tmp_path).iterdir()}
    with open_stores(url) as stores:
        assert found(stores, "cellar") == ["The cellar is dry."]
    assert {path.name: path.stat().st_mtime_ns for path in folder(tmp_path).iterdir()} == before


@pytest.mark.parametrize("damage", ["gone", "truncated", "empty", "notes", "no folder"])
def test_a_lost_or_damaged_one_is_made_again(tmp_path: Path, damage: str) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    with open_stores(url) as stores:
        put(stores, [f"clause {n}" for n in range(100)])
        found(stores, "clause")
    place = folder(tmp_path)
    (words,) = place.glob("*.term")
    match damage:
        case "gone":
            shutil.rmtree(place)
        case "truncated":
            data = words.read_bytes()
            words.unlink()
            words.write_bytes(data[: len(data) // 2])
        case "empty":
            words.unlink()
            words.touch()
        case "notes":
            (place / "meta.json").write_text("notes of mine")
        case "no folder":
            shutil.rmtree(place)
            place.write_text("in the way")
    with open_stores(url) as stores:
        assert found(stores, "77") == ["clause 77"]


def test_one_of_another_database_is_not_trusted(tmp_path: Path) -> None:
    for name, text in (("one", "a cellar"), ("two", "an attic")):
        (tmp_path / name).mkdir()
        with open_stores(f"sqlite:///{tmp_path}/{name}/store.db") as stores:
            put(stores, [text])
            found(stores, text)
    shutil.copytree(folder(tmp_path / "one"), tmp_path / "two" / folder(tmp_path / "one").name)
    with open_stores(f"sqlite:///{tmp_path}/two/store.db") as stores:
        assert found(stores, "cellar attic") == ["an attic"]


def test_an_earlier_copy_of_the_database_is_indexed_anew(tmp_path: Path) -> None:
    url, file = f"sqlite:///{tmp_path}/store.db", tmp_path / "store.db"
    with open_stores(url) as stores:
        put(stores, ["a cellar"])
    early = file.read_bytes()
    with open_stores(url) as stores:
        put(stores, ["an attic", "a roof"], "b")
        assert found(stores, "roof") == ["a roof"]
    for left in tmp_path.glob("store.db-*"):
        left.unlink()
    file.write_bytes(early)
    with open_stores(url) as stores:
        put(stores, ["a garden"], "c")
        assert found(stores, "garden") == ["a garden"] and found(stores, "roof") == []
        assert found(stores, "cellar") == ["a cellar"]


def test_it_catches_up_with_what_was_added_replaced_and_deleted(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    with open_stores(url) as stores, open_stores(url) as other:
        put(stores, ["a cellar", "an attic"], "a")
        assert found(stores, "attic") == ["an attic"]
        put(other, ["a garden"], "b")
        assert found(stores, "garden") == found(other, "garden") == ["a garden"]
        put(other, ["a roof"], "a")
        assert found(stores, "cellar attic") == [] and found(stores, "roof") == ["a roof"]
        stores.chunks.delete("b" * 64)
        assert found(other, "garden") == []


def test_what_was_deleted_does_not_hide_what_is_there(tmp_path: Path) -> None:
    with open_stores(f"sqlite:///{tmp_path}/store.db") as stores:
        put(stores, ["a cellar"] * 500, "a")
        put(stores, ["a cellar below the house"], "b")
        assert len(found(stores, "cellar", limit=20)) == 20
        stores.chunks.delete("a" * 64)
        assert found(stores, "cellar") == ["a cellar below the house"]


def test_a_rare_kind_of_document_is_found_among_many(tmp_path: Path) -> None:
    with open_stores(f"sqlite:///{tmp_path}/store.db") as stores:
        for number in range(120):
            about = IndexedDocument(f"{number:064}", f"{number}.pdf", "lease", "Iowa" if number % 3 else "Utah")
            stores.chunks.put(about, [Passage(n, "a cellar", 0, 1, 1) for n in range(1, 6)])
        put(stores, ["a cellar, which is at the end of a long passage, far below the house"], "c", "Ohio")
        assert len(found(stores, "cellar", state="Ohio")) == 1
        assert len(found(stores, "cellar", state="Utah", limit=100)) == 100


def _read_and_add(url: str, letter: str) -> int:
    with open_stores(url) as stores:
        for number in range(5):
            put(stores, [f"cellar {letter} {n}" for n in range(number + 1)], letter)
            assert len(found(stores, f'"cellar {letter}"')) == number + 1
        return len(found(stores, "cellar", limit=1_000))


def test_several_processes_add_and_search_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    with open_stores(url), multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.starmap(_read_and_add, [(url, letter) for letter in "abcd"])
    with open_stores(url) as stores:
        assert len(found(stores, "cellar", limit=1_000)) == 20
