"""Full-text search: each database looks up the terms of a query its own way."""

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import Connection


class FullText(Protocol):
    """The full-text index over the chunks, as a database keeps it."""

    def ranked(
        self, connection: Connection, terms: Sequence[str], doc_type: str | None, state: str | None, limit: int
    ) -> list[int]:
        """Keys of the chunks that hold any of the terms, best first, a word of the heading counting double."""
        ...

    def snippets(self, connection: Connection, terms: Sequence[str], keys: Sequence[int]) -> dict[int, str]:
        """For each of the chunks that matches, the stretch that does, with the **words** marked."""
        ...
