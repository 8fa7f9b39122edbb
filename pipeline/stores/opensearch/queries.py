"""What is asked of the server, and what its answers say: pure functions."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pipeline.errors import StoreError
from pipeline.stores.opensearch.index import direction, vector_field
from pipeline.stores.protocols import Hit, IndexedDocument
from pipeline.stores.ranking import SNIPPET, query_terms
from schemas import Passage

if TYPE_CHECKING:
    from pipeline.stores.protocols import Vectors

SOURCE = [
    "document", "path", "doc_type", "state", "number", "page", "start", "end", "kind", "heading", "text"
]  # fmt: skip
"""All of a passage but its vectors."""


def leg(words: str, wanted: Mapping[str, str], limit: int) -> dict[str, Any] | None:
    """The search by words: any of them, each quoted phrase as it stands; None if there is nothing to look up.

    >>> leg("the late fee", {}, 5)["query"]["bool"]["should"][0]
    {'match_phrase': {'words': 'late'}}
    """
    terms = query_terms(words)
    if not terms:
        return None
    any_of = {"should": [{"match_phrase": {"words": term}} for term in terms], "minimum_should_match": 1}
    return _ids({"bool": {**any_of, "filter": _filter(wanted)}}, limit)


def nearest(
    model: str, vector: "Vectors", dimension: int, wanted: Mapping[str, str], limit: int
) -> dict[str, Any] | None:
    """The search by meaning; filtered while the graph is walked, so that a rare kind of document is found too.

    Raises:
        StoreError: the vector is not of the model's dimension.
    """
    import numpy as np

    query = np.asarray(vector, dtype=np.float32).reshape(-1)
    if len(query) != dimension:
        raise StoreError(
            f"the index of {model} holds vectors of {dimension} numbers, not {len(query)}; embed with that model"
        )
    if not query.any():
        return None  # of a text without words
    near: dict[str, Any] = {"vector": direction(query), "k": 2 * limit}  # looks at more than it keeps, to miss fewer
    near["ignore_unmapped"] = True  # another process may have made the index anew, with vectors of another model
    if wanted:
        near["filter"] = {"bool": {"filter": _filter(wanted)}}
    return _ids({"knn": {vector_field(model): near}}, limit)


def shown(ids: list[str], words: str) -> dict[str, Any]:
    """The search that brings passages to be shown, the **words** marked."""
    body: dict[str, Any] = {"size": len(ids), "query": {"ids": {"values": ids}}, "_source": SOURCE}
    if terms := query_terms(words):
        marked = {"bool": {"should": [{"match_phrase": {"text": term}} for term in terms]}}
        field = {"type": "unified", "number_of_fragments": 1, "fragment_size": SNIPPET, "highlight_query": marked}
        body["highlight"] = {
            "pre_tags": ["**"], "post_tags": ["**"], "max_analyzer_offset": 1_000_000, "fields": {"text": field}
        }  # fmt: skip
    return body


def found(hit: Mapping[str, Any], score: float) -> Hit:
    """A passage as the server tells it."""
    said = hit["_source"]
    passage = Passage(
        said["number"], said["text"], said["start"], said["end"], said["page"], tuple(said["heading"]), said["kind"], score
    )  # fmt: skip
    marked = hit.get("highlight", {}).get("text", [""])[0]
    document = IndexedDocument(said["document"], said["path"], said["doc_type"], said["state"])
    return Hit(document, passage, marked or said["text"][:SNIPPET])


def words_of(said: Mapping[str, Any]) -> str:
    """What an embedder reads of a passage: its heading path and its text."""
    return "\n".join([*said["heading"], said["text"]])


def ids(answer: Mapping[str, Any]) -> list[str]:
    """The ids that a ranking brought, best first."""
    fields = (hit["fields"] for hit in answer["hits"]["hits"])
    return [passage_id(said["document"][0], said["place"][0]) for said in fields]


def passage_id(document: str, place: int) -> str:
    """Where a passage is kept."""
    return f"{document}-{place}"


def _ids(query: Mapping[str, Any], limit: int) -> dict[str, Any]:
    """A ranking that brings what ids are made of, from columns: the ids themselves lie among the texts and vectors."""
    columns = {"stored_fields": "_none_", "docvalue_fields": ["document", "place"]}
    return {"size": limit, "query": query, "track_total_hits": False, **columns}


def _filter(wanted: Mapping[str, str]) -> list[dict[str, Any]]:
    return [{"term": {name: value}} for name, value in wanted.items()]
