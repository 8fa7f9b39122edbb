"""What a backend is asked, and what it answers: the same for an LLM and for the offline reader."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from schemas.analysis import FieldGroup
from schemas.chat import Messages
from schemas.document import Document
from schemas.result import DocType
from schemas.schedule import Criterion, ScheduleOfActivities

TaskKind = Literal["classify", "extract", "check_clause", "draft_wording", "template_clause"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A slice of a document that is shown to a backend; `number` (from 1) is how the backend refers to it."""

    number: int
    text: str
    start: int
    end: int
    page: int
    heading: tuple[str, ...] = ()
    kind: Literal["text", "table"] = "text"
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Task:
    """One question about one document.

    Args:
        kind: what is asked.
        doc_type: what the document is, as far as known.
        document: the document itself: offline reading looks at lines, sections and tables directly.
        passages: what an LLM is shown, fitted into its budget; for the offline backend the whole document.
        group: the field group to extract (kind "extract").
        question: the clause to look for, or the wording to draft (other kinds).
        wanted: JSON schema of the answer's `fields`.
        render: makes the messages from prompts/; called only by backends that read messages.
    """

    kind: TaskKind
    doc_type: DocType
    document: Document
    passages: tuple[Passage, ...] = ()
    group: FieldGroup | None = None
    question: str = ""
    wanted: Mapping[str, Any] = field(default_factory=dict)
    render: Callable[[], Messages] = tuple


@dataclass(frozen=True, slots=True)
class Quote:
    """The backend's evidence: a text, and where it is if the backend knows (`start`/`end` -1: to be found by grounding).

    `passage` is the number of the passage it was read in, 0 if unknown.
    """

    text: str
    start: int = -1
    end: int = -1
    passage: int = 0


@dataclass(frozen=True, slots=True)
class FieldAnswer:
    """A backend's answer for one field: a plain value (JSON types, ISO dates), quotes, its own confidence, flags."""

    value: Any = None
    quotes: tuple[Quote, ...] = ()
    confidence: float = 0.0
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A backend's answer to a task: one entry per field it was asked for, what it read beside them, and what it cost."""

    fields: Mapping[str, FieldAnswer] = field(default_factory=dict)
    schedule: ScheduleOfActivities | None = None
    eligibility: tuple[Criterion, ...] = ()
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    cost_usd: float = 0.0
    seconds: float = 0.0
