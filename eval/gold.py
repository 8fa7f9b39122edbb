"""Gold labels: what a document says, as a careful reader wrote it down."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SUFFIX = ".gold.json"


@dataclass(frozen=True, slots=True)
class GoldField:
    """The right answer of a field: `values` are all that count as right (None among them: saying nothing is right too)."""

    values: tuple[Any, ...]
    quote: str = ""
    note: str = ""

    @property
    def value(self) -> Any:
        """The first choice."""
        return self.values[0]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A labelled document; a field is None where the document does not say, and absent where nobody labelled it."""

    name: str
    path: Path
    doc_type: str
    fields: dict[str, GoldField | None]


def load_gold(corpus: Path) -> Iterator[GoldDocument]:
    """The labelled documents below a folder, by name.

    Two layouts are read: a folder per document (`document.*` beside `gold.json`), and `NAME.gold.json` beside `NAME.*`.

    Raises:
        ValueError: a label file is not as it should be, or its document is not there; the message names the file.
    """
    for labels in sorted((*corpus.rglob("gold.json"), *corpus.rglob(f"*{_SUFFIX}"))):
        own_folder = labels.name == "gold.json"
        stem = "document" if own_folder else labels.name.removesuffix(_SUFFIX)
        found = [p for p in sorted(labels.parent.glob(f"{stem}.*")) if p.name != labels.name]
        if not found:
            raise ValueError(f"{labels}: no document {stem}.* beside it")
        name = (labels.parent if own_folder else labels.parent / stem).relative_to(corpus).as_posix()
        try:
            read = json.loads(labels.read_text(encoding="utf-8"))
            fields = {key: _field(said) for key, said in (read["fields"] or {}).items()}
            yield GoldDocument(name, found[0], read["doc_type"], fields)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{labels}: not a label file ({type(error).__name__}: {error})") from None


def _field(said: dict[str, Any] | None) -> GoldField | None:
    if said is None:
        return None
    if "value" not in said:  # a note about a field, no label
        return None
    values = (said["value"], *(said.get("alt") or ()))
    return GoldField(values, said.get("quote") or "", said.get("note") or "")
