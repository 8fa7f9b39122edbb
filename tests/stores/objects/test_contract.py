"""What every place for objects promises, be it a bucket or a folder."""

import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import Conflict, DocumentTooLarge, UnreadableFile
from pipeline.stores.objects import Objects


def test_what_is_written_is_read_fetched_and_known(objects: Objects, tmp_path: Path) -> None:
    made = objects.write("leases/ohio 1.pdf", b"%PDF-", "application/pdf")
    assert (made.key, made.size) == ("leases/ohio 1.pdf", 5)
    assert objects.read("leases/ohio 1.pdf") == b"%PDF-"
    assert objects.head("leases/ohio 1.pdf") == made
    assert objects.fetch("leases/ohio 1.pdf", tmp_path / "copy", limit=5) == made
    assert (tmp_path / "copy").read_bytes() == b"%PDF-"


def test_what_is_not_there_is_none_or_told(objects: Objects, tmp_path: Path) -> None:
    objects.write("a/b", b"1")
    for key in ("b", "a", "a/b/c"):
        assert objects.read(key) is None and objects.head(key) is None
    with pytest.raises(UnreadableFile, match="does not exist"):
        objects.fetch("b", tmp_path / "copy")
    objects.delete("b")
    assert list(objects.list("b")) == []


def test_a_listing_is_in_order_of_keys_and_by_prefix(objects: Objects) -> None:
    keys = ["a-b", "a.txt", "a/b", "a/b/c-not", "a/é", "b", "租赁.pdf"]
    for key in keys:
        if key != "a/b":  # a folder can't hold both a/b and a/b/c
            objects.write(key, b"x")
    listed = [key for key in keys if key != "a/b"]
    assert [info.key for info in objects.list()] == listed
    assert [info.key for info in objects.list("a")] == [key for key in listed if key.startswith("a")]
    assert [info.key for info in objects.list("a/")] == ["a/b/c-not", "a/é"]
    assert [info.key for info in objects.list("a/b/c")] == ["a/b/c-not"]


def test_a_listing_knows_each_object_as_head_does(objects: Objects) -> None:
    objects.write("a", b"one")
    (listed,) = objects.list()
    head = objects.head("a")
    assert head and (listed.key, listed.size, listed.identity) == (head.key, head.size, head.identity)


def test_the_identity_follows_the_content(objects: Objects) -> None:
    first = objects.write("a", b"one")
    assert objects.write("a", b"other").identity != first.identity
    assert objects.read("a") == b"other"


def test_a_limit_is_told_before_anything_is_fetched(objects: Objects, tmp_path: Path) -> None:
    objects.write("a", b"12345")
    with pytest.raises(DocumentTooLarge, match="limit of 4 bytes"):
        objects.fetch("a", tmp_path / "copy", limit=4)
    assert not (tmp_path / "copy").exists() or (tmp_path / "copy").stat().st_size == 0


def test_only_new_objects_are_made_and_the_same_again_is_no_conflict(objects: Objects) -> None:
    made = objects.write("a", b"one", new=True)
    assert objects.write("a", b"one", new=True).identity == made.identity
    with pytest.raises(Conflict, match="already"):
        objects.write("a", b"two", new=True)
    assert objects.read("a") == b"one"


def test_of_many_who_make_the_same_object_one_does(objects: Objects) -> None:
    def make(number: int) -> bool:
        try:
            objects.write("a", b"%d" % number, new=True)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(make, range(8)))
    assert made.count(True) == 1
    assert objects.read("a") == b"%d" % made.index(True)


def test_a_file_is_uploaded_whole(objects: Objects, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"line\n" * 2_000_000)
    made = objects.upload("results.jsonl", source, "application/x-ndjson")
    assert made.size == 10_000_000
    assert objects.read("results.jsonl") == source.read_bytes()


def test_what_is_deleted_is_gone(objects: Objects) -> None:
    objects.write("a", b"one")
    objects.delete("a")
    assert objects.read("a") is None and list(objects.list()) == []


def test_it_can_be_sent_to_another_process(objects: Objects) -> None:
    objects.write("a", b"one")
    again: Objects = pickle.loads(pickle.dumps(objects))
    assert again.read("a") == b"one" and again.url == objects.url


PARTS = st.text(st.characters(codec="utf-8", exclude_categories=("C",), exclude_characters="/"), min_size=1, max_size=8)
KEYS = st.lists(PARTS.filter(lambda part: part not in (".", "..")), min_size=1, max_size=3).map("/".join)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(key=KEYS)
def test_any_name_is_a_key(objects: Objects, key: str) -> None:
    key = f"{uuid4().hex}/{key}"  # a folder that an example before left behind can't be a file in the next
    objects.write(key, b"x")
    assert key in [info.key for info in objects.list(key)]
    assert objects.read(key) == b"x"
    objects.delete(key)
