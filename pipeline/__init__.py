"""Clauseline: terms of leases and clinical-trial protocols, with evidence, checked against the law of their place.

>>> import pipeline
>>> "Pipeline" in dir(pipeline)
True
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.errors import ClauselineError
    from pipeline.parse import ParseOptions
    from pipeline.parse import parse as read_document
    from pipeline.pipeline import Pipeline
    from pipeline.settings import Settings
    from schemas import Document, Result

__version__ = "0.1.0"
__all__ = ["ClauselineError", "Document", "ParseOptions", "Pipeline", "Result", "Settings", "read_document"]

_HOMES = {  # resolved on first use, so that `import pipeline` and `clauseline --help` stay fast
    "ClauselineError": ("pipeline.errors", "ClauselineError"),
    "Document": ("schemas", "Document"),
    "ParseOptions": ("pipeline.parse", "ParseOptions"),
    "Pipeline": ("pipeline.pipeline", "Pipeline"),
    "Result": ("schemas", "Result"),
    "Settings": ("pipeline.settings", "Settings"),
    "read_document": ("pipeline.parse", "parse"),
}


def __getattr__(name: str) -> Any:
    """Import a public name from where it lives."""
    if name not in _HOMES:
        raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
    from importlib import import_module

    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted(__all__)
