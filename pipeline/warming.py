"""What a process loads before others are forked from it: code, laws, models, and what reading a lease builds at first."""

from functools import cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from pipeline.parse import parse
from schemas import Document
from schemas.example import Example

ASKING = ("bm25s", "pipeline.generate.chat.backend", "pipeline.generate.chat.remote")
"""What is imported where a chat model is first asked."""

LEASE = "US-CA"
"""The pack whose own lease is read: of a place with many rules."""

READERS = ("pipeline.parse.pdf", "pipeline.parse.pdf_boxes", "pipeline.parse.docx", "pipeline.retrieve")
"""What is imported where a document first needs it."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load() -> None:
    """Import what documents of most formats need; OCR is left to the process that needs it, for it starts threads."""
    for module in READERS:
        import_module(module)


def load_asking() -> None:
    """Load what choosing passages for a chat model and asking it take; nothing is chosen yet, for that starts threads."""
    from pipeline.embedding import load_embed
    from pipeline.retrieve.ranker import shipped_weights

    for module in ASKING:
        import_module(module)
    load_embed()
    for terms in ("LeaseTerms", "ProtocolTerms"):
        shipped_weights(terms)


@cache
def lease() -> Document:
    """A lease of ours, as it is parsed.

    >>> lease().name
    'lease.txt'
    """
    told = (files("pipeline.knowledge") / "examples" / f"{LEASE}.yaml").read_bytes()
    text = Example.model_validate(yaml.load(told, _LOADER)).lease  # noqa: S506 - a safe loader
    with TemporaryDirectory(prefix="clauseline-") as folder:
        path = Path(folder) / "lease.txt"
        path.write_text(text, encoding="utf-8")
        return parse(path)
