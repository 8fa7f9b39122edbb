"""The indices of one prefix: a template, numbered versions, and the alias that says which is in use."""

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pipeline.stores.opensearch.address import Address
from pipeline.stores.opensearch.client import told

if TYPE_CHECKING:
    from pipeline.stores.protocols import Vectors

_WORDS = {
    "tokenizer": {"letters_and_digits": {"type": "pattern", "pattern": r"[^\p{L}\p{N}\p{M}]+"}},
    "filter": {"english_stems": {"type": "stemmer", "language": "porter2"}},
    "analyzer": {
        "english_words": {
            "type": "custom", "tokenizer": "letters_and_digits", "filter": ["lowercase", "asciifolding", "english_stems"]
        }
    },
}  # fmt: skip
"""English stems, as the embedded index makes them: "1,200" is two words, stop words are left out of queries only, so
that both find the same."""

_TEXT = {"type": "text", "analyzer": "english_words"}
_KEPT = {"index": False, "doc_values": False}

FIELDS: Mapping[str, Any] = {
    "document": {"type": "keyword"},
    "path": {"type": "keyword", "ignore_above": 8_000},
    "doc_type": {"type": "keyword"},
    "state": {"type": "keyword"},
    "page": {"type": "integer"},
    "number": {"type": "integer", **_KEPT},
    "start": {"type": "integer", **_KEPT},
    "end": {"type": "integer", **_KEPT},
    "kind": {"type": "keyword"},
    "heading": {
        **_TEXT,
        "copy_to": ["words", "words"],
        "fields": {"section": {"type": "keyword", "ignore_above": 256}},
    },
    "text": {**_TEXT, "copy_to": ["words"]},
    "words": _TEXT,
    "place": {"type": "integer"},
    "content": {"type": "keyword", **_KEPT},
    "passages": {"type": "integer", **_KEPT},
}
"""A passage. `words` is heading and text with a word of the heading counting double; `place` counts a document's passages
from 1; `content` and `passages`, at the first one, say what and how much is indexed of the document."""


class Index:
    """Names and mappings on a server.

    Args:
        client: of opensearch-py.
        address: of the server, with the prefix of the names.
    """

    def __init__(self, client: Any, address: Address) -> None:
        self.client, self.address = client, address
        self.alias = f"{address.prefix}-passages"
        self.coming = f"{address.prefix}-passages-coming"
        """Alias of the version that is being built; writes go to it too."""

    def make(self) -> None:
        """See that there is a template, and a version in use."""
        from opensearchpy.exceptions import RequestError

        with told(self.address):
            if self.client.indices.exists_alias(name=self.alias):
                return
            self.client.indices.put_index_template(name=self.alias, body=self.template())
            try:
                self.client.indices.create(index=self.version(1), body={"aliases": {self.alias: {}}})
            except RequestError as error:
                if error.error != "resource_already_exists_exception":  # another process was faster
                    raise

    def version(self, number: int) -> str:
        """The name of a version; they sort by number."""
        return f"{self.alias}-{number:06d}"

    def behind(self, alias: str) -> list[str]:
        """The versions an alias stands for: none, or one."""
        return sorted(self.client.indices.get_alias(name=alias, ignore=404)) if self._has(alias) else []

    def targets(self) -> list[str]:
        """The aliases that are written to."""
        return [self.alias, self.coming] if self._has(self.coming) else [self.alias]

    def _has(self, alias: str) -> bool:
        return bool(self.client.indices.exists_alias(name=alias))

    def models(self, name: str | None = None) -> dict[str, int]:
        """The embedding models with vectors in a version (the one in use), and their dimensions."""
        (about,) = self.client.indices.get_mapping(index=name or self.alias).values()
        known: dict[str, int] = about["mappings"].get("_meta", {}).get("models", {})
        return known

    def add_model(self, model: str, dimension: int, name: str | None = None) -> None:
        """Make the fields for a model's vectors: HNSW by cosine, in Lucene's own index."""
        known = self.models(name)
        method = {"name": "hnsw", "engine": "lucene", "space_type": "cosinesimil", "parameters": {"m": 16, "ef_construction": 100}}  # fmt: skip
        fields = {
            vector_field(model): {"type": "knn_vector", "dimension": dimension, "method": method},
            embedded_field(model): {"type": "boolean"},
        }
        self.client.indices.put_mapping(
            index=name or self.alias, body={"_meta": {"models": {**known, model: dimension}}, "properties": fields}
        )

    def template(self) -> dict[str, Any]:
        """How each version is laid out."""
        index = {
            "knn": True, "number_of_shards": self.address.shards, "auto_expand_replicas": "0-1", "refresh_interval": "1s"
        }  # fmt: skip
        mappings = {"dynamic": "strict", "properties": dict(FIELDS)}
        layout = {"settings": {"index": index, "analysis": _WORDS}, "mappings": mappings}
        return {"index_patterns": [f"{self.alias}-0*"], "priority": 200, "template": layout}


def vector_field(model: str) -> str:
    """Where the vectors of a model are.

    >>> vector_field("wordllama-256")
    'vector_0a37f3bc'
    """
    return f"vector_{_short(model)}"


def embedded_field(model: str) -> str:
    """Whether a passage has been embedded by a model; one without words has no direction, and so no vector."""
    return f"embedded_{_short(model)}"


def embedded(model: str, row: "Vectors") -> dict[str, Any]:
    """The fields of a passage that a model has embedded."""
    fields: dict[str, Any] = {embedded_field(model): True}
    return {**fields, vector_field(model): direction(row)} if row.any() else fields


def direction(row: "Vectors") -> list[float]:
    """Where a vector points, to five decimals: closeness by cosine needs no more, and all digits would be half of the index.

    >>> import numpy as np
    >>> direction(np.array([1, 2], dtype=np.float32))
    [0.44721, 0.89443]
    """
    import numpy as np

    wide = np.asarray(row, dtype=np.float64)
    rounded: list[float] = (wide / np.linalg.norm(wide)).round(5).tolist()
    return rounded


def _short(model: str) -> str:
    return hashlib.sha256(model.encode()).hexdigest()[:8]
