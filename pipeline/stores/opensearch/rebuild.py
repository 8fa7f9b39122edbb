"""Build a new version of the index beside the one in use, then let the alias stand for it: searches see one or the other."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from pipeline.stores.opensearch.client import send
from pipeline.stores.opensearch.index import Index, embedded
from pipeline.stores.opensearch.queries import words_of

if TYPE_CHECKING:
    from pipeline.stores.protocols import EmbedTexts

AT_ONCE = 500
"""Passages read, embedded and written in one go."""


def rebuild(index: Index, model: str, embed: "EmbedTexts") -> int:
    """Make the next version from the passages of the one in use, embedded anew, and switch to it.

    Whatever is written meanwhile goes to both (`Index.targets`); of a passage that both wrote, the writer's stays. An
    unfinished version of an earlier attempt is dropped.

    Args:
        model: which `embed` is.
        embed: texts to vectors.

    Returns:
        how many passages the new version has.
    """
    indices = index.client.indices
    (old,) = index.behind(index.alias)
    for left in index.behind(index.coming):
        indices.delete(index=left)
    new = index.version(int(old.rpartition("-")[2]) + 1)
    indices.delete(index=new, ignore=404)
    indices.put_index_template(name=index.alias, body=index.template())
    indices.create(index=new, body={"aliases": {index.coming: {}}, "settings": {"refresh_interval": "-1"}})
    _copy(index, old, new, model, embed)
    indices.refresh(index=f"{old},{new}")
    send(index.client, ({"_op_type": "delete", "_index": new, "_id": key} for key in _orphans(index, old, new)))
    indices.put_settings(index=new, body={"index": {"refresh_interval": "1s"}})
    indices.refresh(index=new)
    indices.update_aliases(body={"actions": [
        {"add": {"index": new, "alias": index.alias}},
        {"remove": {"index": new, "alias": index.coming}},
        {"remove_index": {"index": old}},
    ]})  # fmt: skip
    copied: int = index.client.count(index=new)["count"]
    return copied


def _copy(index: Index, old: str, new: str, model: str, embed: "EmbedTexts") -> None:
    reading = _scan(index, old, {"_source": {"excludes": ["vector_*", "embedded_*"]}})
    while portion := list(islice(reading, AT_ONCE)):
        vectors = embed([words_of(hit["_source"]) for hit in portion])
        if not index.models(new):
            index.add_model(model, vectors.shape[1], new)
        send(index.client, (
            {"_op_type": "create", "_index": new, "_id": hit["_id"], "_source": {**hit["_source"], **embedded(model, row)}}
            for hit, row in zip(portion, vectors, strict=True)
        ))  # fmt: skip


def _orphans(index: Index, old: str, new: str) -> Iterator[str]:
    """Passages of the new version that were taken out of the old one while they were being copied."""
    first = {"query": {"term": {"place": 1}}, "_source": ["document", "passages"]}
    lengths = {hit["_source"]["document"]: hit["_source"]["passages"] for hit in _scan(index, old, first)}
    for hit in _scan(index, new, {"_source": False}):
        document, _, place = hit["_id"].rpartition("-")
        if int(place) > lengths.get(document, 0):
            yield hit["_id"]


def _scan(index: Index, name: str, body: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    from opensearchpy import helpers

    hits: Iterator[Mapping[str, Any]] = helpers.scan(
        index.client, query=dict(body), index=name, size=AT_ONCE, scroll="10m"
    )
    return hits
