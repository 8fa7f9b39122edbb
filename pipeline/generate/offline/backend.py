"""The offline backend: reads the document itself, needs no model, no network, no account."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import get_args

from pipeline.errors import BackendUnavailable
from pipeline.generate.per_document import PerDocument
from schemas import Answer, Criterion, DocType, Document, FieldAnswer, ScheduleOfActivities, Task


class OfflineBackend:
    """Answers extraction tasks by reading `task.document`, once per document however many groups are asked.

    >>> OfflineBackend().name
    'offline'
    """

    name = "offline"
    context_tokens: int | None = None

    def __init__(self) -> None:
        self._read = {doc_type: PerDocument(partial(_read, doc_type=doc_type)) for doc_type in get_args(DocType)}

    def answer(self, task: Task) -> Answer:
        """The fields of the asked group, as they stand in the document; with those that list it, the schedule and criteria.

        Raises:
            BackendUnavailable: the task is of a kind that needs a language model.
        """
        if task.kind != "extract" or task.group is None:
            raise BackendUnavailable(f"the offline backend does not answer {task.kind}; choose a model with --backend")
        read, wanted = self._read[task.doc_type](task.document), task.group.fields
        return Answer(
            {name: read.fields.get(name, FieldAnswer()) for name in wanted},
            schedule=read.schedule if "soa_visits" in wanted else None,
            eligibility=read.criteria if "inclusion_criteria" in wanted else (),
            calls=1,
        )


@dataclass(frozen=True, slots=True)
class _Read:
    """What a document says."""

    fields: Mapping[str, FieldAnswer] = field(default_factory=dict)
    schedule: ScheduleOfActivities | None = None
    criteria: tuple[Criterion, ...] = ()


def _read(document: Document, doc_type: DocType) -> _Read:
    """Reads a document with the reader of its type; types without terms have none."""
    if doc_type in ("lease", "lease_amendment"):
        from pipeline.generate.offline import lease

        return _Read(lease.read(document))
    if doc_type == "clinical_protocol":
        from pipeline.generate.offline import protocol

        whole = protocol.read_whole(document)
        return _Read(whole.fields, whole.schedule, whole.criteria)
    return _Read()
