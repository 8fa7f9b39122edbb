"""The search index on an OpenSearch server."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.errors import StoreError
from pipeline.stores.opensearch.client import send, told
from pipeline.stores.opensearch.index import Index, embedded, embedded_field
from pipeline.stores.opensearch.queries import found, ids, leg, nearest, passage_id, shown, words_of
from pipeline.stores.opensearch.rebuild import rebuild
from pipeline.stores.ranking import depth, digest, fused
from schemas import DocType, Passage

if TYPE_CHECKING:
    from pipeline.stores.protocols import ChunkKey, EmbedTexts, Hit, IndexedDocument, Vectors


class OpenSearchChunks:
    """See `pipeline.stores.protocols.ChunkStore`.

    A passage's id is its document and its place there, so that writing it twice changes nothing. What it has written
    itself, and what others had before its first search, is found at once; what they write later, within a second.

    Args:
        index: where the passages are.
    """

    def __init__(self, index: Index) -> None:
        self._index, self._client = index, index.client
        self._unseen = True  # whether something may have been written that a search does not see yet
        self._spread = True  # whether the index may have several shards
        self._dimensions: dict[str, int] = {}  # of the models that were seen here

    def put(self, document: "IndexedDocument", passages: Sequence[Passage]) -> None:
        content = digest(passages)
        about = {"path": document.path, "doc_type": document.doc_type, "state": document.state}
        with told(self._index.address):
            held = self._held(document.sha256)
            if held.get("content") == content:
                if any(held[name] != value for name, value in about.items()):
                    self._send(_update(document.sha256, place, about) for place in range(1, len(passages) + 1))
                return
            self._send(_replacing(document.sha256, about, passages, content, held.get("passages", 0)))

    def delete(self, sha256: str) -> None:
        with told(self._index.address):
            held = self._held(sha256)
            # the first one last: while it is there, it says how many others there may be
            self._send(_delete(sha256, place) for place in range(held.get("passages", 0), 0, -1))

    def count(self) -> int:
        with told(self._index.address):
            self._refresh()
            counted: int = self._client.count(index=self._index.alias)["count"]
        return counted

    def models(self) -> dict[str, int]:
        with told(self._index.address):
            return self._index.models()

    def without_vectors(self, model: str, limit: int = 1_000) -> list[tuple["ChunkKey", str]]:
        lacking = {"bool": {"must_not": {"term": {embedded_field(model): True}}}}
        body = {
            "size": min(limit, 10_000),
            "query": lacking,
            "_source": ["heading", "text"],
            "sort": ["document", "place"],
        }
        with told(self._index.address):
            self._refresh()
            hits = self._client.search(index=self._index.alias, body=body)["hits"]["hits"]
        return [(hit["_id"], words_of(hit["_source"])) for hit in hits]

    def set_vectors(self, model: str, keys: Sequence["ChunkKey"], vectors: "Vectors") -> None:
        import numpy as np

        if not len(keys):
            return
        matrix = np.asarray(vectors, dtype=np.float32).reshape(len(keys), -1)
        with told(self._index.address):
            known = self._index.models().get(model)
            if known is None:
                self._index.add_model(model, matrix.shape[1])
            elif known != matrix.shape[1]:
                raise StoreError(
                    f"vectors of {model} have {known} numbers, not {matrix.shape[1]}; give the other model another name"
                )
            send(self._client, (
                {"_op_type": "update", "_index": self._index.alias, "_id": str(key), "doc": embedded(model, row)}
                for key, row in zip(keys, matrix, strict=True)
            ), missing=True)  # fmt: skip
            self._unseen = True

    def search(
        self,
        words: str,
        *,
        vector: "Vectors | None" = None,
        model: str = "",
        doc_type: DocType | None = None,
        state: str | None = None,
        limit: int = 10,
    ) -> list["Hit"]:
        wanted = {name: value for name, value in (("doc_type", doc_type), ("state", state)) if value is not None}
        reach = depth(limit)
        with told(self._index.address):
            self._refresh()
            legs = [leg(words, wanted, reach)]
            if vector is not None and (known := self._dimension(model)) is not None:
                legs.append(nearest(model, vector, known, wanted, reach))
            scores = fused(self._rankings([query for query in legs if query]))
            best = sorted(scores, key=lambda key: (-scores[key], key))[:limit]
            if not best:
                return []
            answer = self._client.search(index=self._index.alias, body=shown(best, words))
        hits = {hit["_id"]: hit for hit in answer["hits"]["hits"]}
        return [found(hits[key], scores[key]) for key in best if key in hits]

    def rebuild(self, model: str, embed: "EmbedTexts") -> int:
        with told(self._index.address):
            self._refresh()
            copied = rebuild(self._index, model, embed)
            self._unseen = False
        return copied

    def _dimension(self, model: str) -> int | None:
        """Of a model's vectors here; not asked again once known: it stays, or all the vectors go with a rebuild."""
        if model not in self._dimensions:
            self._dimensions = self._index.models()
        return self._dimensions.get(model)

    def _rankings(self, queries: list[dict[str, Any]]) -> list[list[str]]:
        """The ids that each query finds, best first; all asked in one request."""
        if not queries:
            return []
        head = {"index": self._index.alias}
        if self._spread:  # the same weight of a word wherever its passage lies
            head["search_type"] = "dfs_query_then_fetch"
        answers = self._client.msearch(body=[part for query in queries for part in (head, query)])["responses"]
        for answer in answers:
            if "error" in answer:
                raise StoreError(f"{self._index.address} can't search: {answer['error'].get('reason', '')}")
            self._spread = answer["_shards"]["total"] > 1
        return [ids(answer) for answer in answers]

    def _held(self, sha256: str) -> Mapping[str, Any]:
        """What is indexed of a document: `content`, number of `passages`, path, type, state; read past any refresh."""
        got = self._client.get(
            index=self._index.alias, id=passage_id(sha256, 1), ignore=404,
            params={"_source": "content,passages,path,doc_type,state"},
        )  # fmt: skip
        held: Mapping[str, Any] = got.get("_source", {})
        return held

    def _send(self, actions: Iterator[Mapping[str, Any]]) -> None:
        """Carry out actions in the version in use, and in the one that is being built."""
        made = list(actions)
        for alias in self._index.targets():
            missing = alias != self._index.alias  # what is being built may not have it yet
            send(self._client, ({**action, "_index": alias} for action in made), missing)
        self._unseen = True

    def _refresh(self) -> None:
        if self._unseen and self._index.address.aws != "aoss":  # which has no such request, and takes its time
            self._client.indices.refresh(index=self._index.alias)
            self._unseen = False


def _replacing(
    sha256: str, about: Mapping[str, Any], passages: Sequence[Passage], content: str, before: int
) -> Iterator[Mapping[str, Any]]:
    """What makes these the passages of a document; cut off anywhere, it is seen to be unfinished and done again.

    Args:
        before: how many there may have been.
    """
    most = max(before, len(passages))
    for place, passage in enumerate(passages, 1):
        first = {"content": "", "passages": most} if place == 1 else {}
        source = {**_fields(passage), **about, **first, "document": sha256, "place": place}
        yield {"_op_type": "index", "_id": passage_id(sha256, place), "_source": source}
    for place in range(most, len(passages), -1):
        yield _delete(sha256, place)
    if passages:
        yield _update(sha256, 1, {"content": content, "passages": len(passages)})


def _fields(passage: Passage) -> dict[str, Any]:
    return {
        "number": passage.number,
        "page": passage.page,
        "start": passage.start,
        "end": passage.end,
        "kind": passage.kind,
        "heading": [" ".join(part.split()) for part in passage.heading],
        "text": passage.text.encode("utf-8", "replace").decode(),  # no halves of surrogate pairs
    }


def _update(sha256: str, place: int, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"_op_type": "update", "_id": passage_id(sha256, place), "doc": fields}


def _delete(sha256: str, place: int) -> Mapping[str, Any]:
    return {"_op_type": "delete", "_id": passage_id(sha256, place)}
