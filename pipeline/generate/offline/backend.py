"""The offline backend: reads the document itself, needs no model, no network, no account."""

import threading
from collections.abc import Mapping

from pipeline.errors import BackendUnavailable
from schemas import Answer, DocType, Document, FieldAnswer, Task


class OfflineBackend:
    """Answers extraction tasks by reading `task.document`, once per document however many groups are asked.

    >>> OfflineBackend().name
    'offline'
    """

    name = "offline"
    context_tokens: int | None = None

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._read: tuple[tuple[str, str], Mapping[str, FieldAnswer]] = (("", ""), {})

    def answer(self, task: Task) -> Answer:
        """The fields of the asked group, as they stand in the document.

        Raises:
            BackendUnavailable: the task is of a kind that needs a language model.
        """
        if task.kind != "extract" or task.group is None:
            raise BackendUnavailable(f"the offline backend does not answer {task.kind}; choose a model with --backend")
        read = self._fields(task.document, task.doc_type)
        return Answer({name: read.get(name, FieldAnswer()) for name in task.group.fields}, calls=1)

    def _fields(self, document: Document, doc_type: DocType) -> Mapping[str, FieldAnswer]:
        """Every field of the document; the last document read is kept."""
        key = (document.sha256, doc_type)
        with self._lock:
            if self._read[0] != key:
                self._read = (key, _read(document, doc_type))
            return self._read[1]


def _read(document: Document, doc_type: DocType) -> Mapping[str, FieldAnswer]:
    """Reads a document with the reader of its type; types without terms have none."""
    if doc_type in ("lease", "lease_amendment"):
        from pipeline.generate.offline import lease

        return lease.read(document)
    if doc_type == "clinical_protocol":
        from pipeline.generate.offline import protocol

        return protocol.read(document)
    return {}
