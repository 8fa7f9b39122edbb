"""What OpenSearch adds to the contract: versions behind an alias, made anew while others write and search."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.stores.opensearch import Address, OpenSearchChunks, open_chunks
from pipeline.stores.opensearch.client import connect
from pipeline.stores.protocols import IndexedDocument
from schemas import Passage

RENT = Passage(1, "The tenant pays rent on the first day of each month.", 0, 52, 1, ("4. Rent", "4.1 Payment"))
PETS = Passage(2, "No animals of any kind are kept on the premises.", 60, 108, 2, ("5. Pets",))
FEES = Passage(3, "Rent | Late fee\n1,200 | 5 % after five days", 120, 160, 3, (), "table")
OHIO = IndexedDocument("a" * 64, "ohio.pdf", "lease", "Ohio")
IOWA = IndexedDocument("b" * 64, "iowa.pdf", "lease", "Iowa")
UTAH = IndexedDocument("c" * 64, "utah.pdf", "lease", "Utah")


def found(chunks: OpenSearchChunks, words: str) -> list[str]:
    return sorted(hit.document.path for hit in chunks.search(words))


def ones(texts: Sequence[str]) -> NDArray[np.float32]:
    return np.ones((len(texts), 2), dtype=np.float32)


def test_two_processes_that_open_it_share_it(opensearch: str) -> None:
    one, other = open_chunks(opensearch), open_chunks(opensearch)
    one.put(OHIO, [RENT])
    assert one.count() == 1
    other.put(OHIO, [RENT])
    assert other.count() == 1 and found(other, "rent") == ["ohio.pdf"]


def test_passages_are_typed_for_other_tools(opensearch: str) -> None:
    open_chunks(opensearch).put(OHIO, [RENT, PETS])
    client, alias = connect(Address.of(opensearch)), f"{Address.of(opensearch).prefix}-passages"
    client.indices.refresh(index=alias)
    wanted = {
        "bool": {
            "filter": [
                {"term": {"heading.section": "5. Pets"}},
                {"term": {"document": "a" * 64}},
                {"term": {"page": 2}},
            ]
        }
    }
    (hit,) = client.search(index=alias, body={"query": wanted})["hits"]["hits"]
    assert hit["_id"] == f"{'a' * 64}-2" and hit["_source"]["text"] == PETS.text


def test_what_was_cut_off_half_way_is_done_again(opensearch: str) -> None:
    chunks = open_chunks(opensearch)
    chunks.put(OHIO, [RENT, PETS, FEES])
    client, alias = connect(Address.of(opensearch)), f"{Address.of(opensearch).prefix}-passages"
    # as a process leaves it that dies while it puts one passage in the place of three
    client.update(index=alias, id=f"{'a' * 64}-1", body={"doc": {"content": "", "passages": 3}})
    client.delete(index=alias, id=f"{'a' * 64}-2", refresh=True)
    chunks.put(OHIO, [RENT])
    assert chunks.count() == 1
    chunks.delete(OHIO.sha256)
    chunks.delete(OHIO.sha256)
    assert chunks.count() == 0


def test_a_new_version_has_what_was_written_and_not_what_was_deleted_while_it_was_made(opensearch: str) -> None:
    chunks, writer = open_chunks(opensearch), open_chunks(opensearch)
    chunks.put(OHIO, [RENT, PETS])
    chunks.put(IOWA, [RENT, PETS])
    while_at_it: list[list[str]] = []

    def embed(texts: Sequence[str]) -> NDArray[np.float32]:
        writer.put(UTAH, [RENT])
        writer.put(OHIO, [FEES])
        writer.delete(IOWA.sha256)
        while_at_it.append(found(writer, "rent"))
        return ones(texts)

    assert chunks.rebuild("m", embed) == 2
    assert while_at_it == [["ohio.pdf", "utah.pdf"]]
    for index in (chunks, writer, open_chunks(opensearch)):
        assert found(index, "rent") == ["ohio.pdf", "utah.pdf"] and found(index, "animals") == []
        assert index.count() == 2


def test_one_version_is_left_and_a_broken_off_attempt_does_no_harm(opensearch: str) -> None:
    chunks, prefix = open_chunks(opensearch), Address.of(opensearch).prefix
    chunks.put(OHIO, [RENT, PETS])

    def breaks(_: Sequence[str]) -> NDArray[np.float32]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        chunks.rebuild("m", breaks)
    assert found(chunks, "rent") == ["ohio.pdf"]
    chunks.put(IOWA, [RENT])
    assert chunks.rebuild("m", ones) == 3 and found(chunks, "rent") == ["iowa.pdf", "ohio.pdf"]
    indices = connect(Address.of(opensearch)).indices
    assert list(indices.get(index=f"{prefix}-*")) == [f"{prefix}-passages-000002"]
    assert list(indices.get_alias(name=f"{prefix}-passages*")) == [f"{prefix}-passages-000002"]


def test_a_search_by_a_model_whose_vectors_went_with_a_rebuild_is_by_words(opensearch: str) -> None:
    chunks, other = open_chunks(opensearch), open_chunks(opensearch)
    chunks.put(OHIO, [RENT, PETS])
    assert chunks.rebuild("old", ones) == 2
    vector = ones([""])[0]
    assert len(chunks.search("rent", vector=vector, model="old")) == 2
    assert other.rebuild("new", ones) == 2
    assert [hit.passage.number for hit in chunks.search("rent", vector=vector, model="old")] == [1]
    assert len(chunks.search("rent", vector=vector, model="new")) == 2
