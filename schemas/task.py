"""What a backend is asked, and what it answers: the same for an LLM and for the offline reader."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from schemas.analysis import FieldGroup
from schemas.chat import Attachment, Messages
from schemas.document import Document
from schemas.result import DocType, StageError
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
        render: makes the messages from prompts/; called only by backends that read messages. The same question about
            other fields or with other passages: `render(group=..., passages=...)`.
        widen: more passages than were shown, for fields whose quotes were not found: those shown with their neighbours,
            and the next best ones. None: there are no others.
        attachment: the document as a file, for models that read it better than its passages.
    """

    kind: TaskKind
    doc_type: DocType
    document: Document
    passages: tuple[Passage, ...] = ()
    group: FieldGroup | None = None
    question: str = ""
    wanted: Mapping[str, Any] = field(default_factory=dict)
    render: Callable[..., Messages] = lambda **_: ()
    widen: Callable[[FieldGroup], tuple[Passage, ...]] | None = None
    attachment: Attachment | None = None


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
    """A backend's answer for one field.

    Args:
        value: plain (JSON types, ISO dates).
        quotes: the evidence.
        confidence: the backend's own, 0..1.
        flags: what is odd about it.
        features: what the confidence was made from, by name; empty for a backend that makes it otherwise.
        source: who said it, if it was not the backend that was asked.
    """

    value: Any = None
    quotes: tuple[Quote, ...] = ()
    confidence: float = 0.0
    flags: tuple[str, ...] = ()
    features: Mapping[str, float] = field(default_factory=dict, compare=False)
    source: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A backend's answer to a task: one entry per field it was asked for, what it read beside them, and what it cost.

    `kept` of the calls were answered by our own cache, for nothing; `errors` tell what went wrong where another source
    answered in the backend's place.
    """

    fields: Mapping[str, FieldAnswer] = field(default_factory=dict)
    schedule: ScheduleOfActivities | None = None
    eligibility: tuple[Criterion, ...] = ()
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    cost_usd: float = 0.0
    seconds: float = 0.0
    kept: int = 0
    errors: tuple[StageError, ...] = ()
