"""The field groups of a document put to a backend: what each is shown, which can be asked at once, and what was answered."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from pipeline.account import Account
from pipeline.errors import InvalidAnswer, RunStopped, told
from pipeline.generate import Backend
from pipeline.prompt import render, wanted_schema
from pipeline.retrieve import Ranked, Searcher, budget_of, chunk, passages_for, ranked, tokens_of, wider
from pipeline.settings import Settings
from pipeline.turns import side_by_side
from schemas import (
    UNSEEN,
    Analysis,
    Answer,
    Attachment,
    DocType,
    Document,
    FieldAnswer,
    FieldGroup,
    Passage,
    Task,
    analysis_for,
)  # fmt: skip
from schemas.task import TaskKind

OPENING = 6
"""Passages from which a chat model is asked a document's type."""

Peek = Callable[[Task], Mapping[str, FieldAnswer]]
"""Says what a second reader has for a task's fields, as `SecondOpinion.peek` does."""

_MORE = 500  # tokens of passages that a repeated question is shown beyond twice the first
_RESERVED = 8_000  # tokens of a model's context that the questions, the answers and our guess of tokens may take
_FILE_BYTES = 4_500_000  # the largest file, and the most pages, that all providers take that take files
_FILE_PAGES = 100
_PAGE_TOKENS = 1_500  # about what a page costs as a picture, beside its text


@dataclass
class Reader:
    """Puts questions about one document to a backend.

    Args:
        document: what is asked about.
        backend: what is asked.
        settings: of the run.
        account: what is spent and what goes wrong is noted there.
        path: of the file, for models that read it themselves; None: it is not shown.
    """

    document: Document
    backend: Backend
    settings: Settings
    account: Account
    path: Path | None = None

    @property
    def asks(self) -> bool:
        """Whether the backend reads messages, so that what it is shown matters."""
        return self.backend.context_tokens is not None

    @cached_property
    def searcher(self) -> Searcher:
        """Finds passages of the document."""
        return Searcher.by_words_and_meaning(self._passages)

    @cached_property
    def _passages(self) -> tuple[Passage, ...]:
        return chunk(self.document)

    def doc_type(self, guess: DocType) -> Answer:
        """What the backend takes the document for.

        Args:
            guess: which prompt and schema to use.
        """
        answer = self.backend.answer(self._task("classify", analysis_for(guess), None, self._passages[:OPENING]))
        self.account.spend("classify", answer)
        return answer

    def extract(self, analysis: Analysis) -> tuple[list[Answer], tuple[Passage, ...]]:
        """The answers to every field group of an analysis, and the passages shown; a group that fails leaves the others standing.

        Raises:
            RunStopped: the backend can't be asked any more now.
        """
        with self.account.stage("retrieve") if self.asks else nullcontext():
            tasks = self._questions(analysis)
        answers: dict[str, Answer] = {}
        with self.account.stage("generate"):
            for together in waves(analysis.groups):
                wave = [_knowing(task, answers) for task in tasks if task.group in together]
                for task, outcome in zip(wave, self._answers(wave), strict=True):
                    assert task.group is not None
                    if isinstance(outcome, Answer):
                        answers[task.group.name] = outcome
                        self.account.spend(task.group.name, outcome)
                    elif isinstance(outcome, RunStopped):
                        raise outcome
                    else:
                        self.account.errors.append(told(outcome, "generate"))
                        if isinstance(outcome, InvalidAnswer) and outcome.spent:
                            self.account.spend(task.group.name, outcome.spent)
        return list(answers.values()), tuple(p for task in tasks for p in task.passages)

    def _answers(self, tasks: Sequence[Task]) -> list[Answer | Exception]:
        """Side by side where a model is asked; the offline reader computes, and does so one by one."""
        calls: list[Callable[[], Answer]] = [partial(self.backend.answer, task) for task in tasks]
        return side_by_side(calls) if self.asks else [o for call in calls for o in side_by_side([call])]

    def _questions(self, analysis: Analysis) -> list[Task]:
        """The task of each field group, with what it is shown."""
        if not self.asks:
            return [self._task("extract", analysis, group, ()) for group in analysis.groups]
        if self._whole:
            tasks = [self._task("extract", analysis, group, self._passages) for group in analysis.groups]
            return [replace(task, attachment=self._file) for task in tasks]
        found = ranked(self.document, analysis, self._said(analysis))
        most = len(analysis.groups) * min(self.settings.prompt_tokens, self._room)
        budget = budget_of(self.document, analysis.shown_share, most)
        shown = passages_for(found, analysis.groups, budget, self._room)
        return [
            replace(
                self._task("extract", analysis, group, shown[group.name]),
                widen=partial(self._wider, found, shown[group.name]),
            )
            for group in analysis.groups
        ]

    def _said(self, analysis: Analysis) -> dict[str, FieldAnswer]:
        """What the backend's second opinion reads in the document, if it has one: where it reads it is worth showing."""
        peek: Peek | None = getattr(self.backend, "peek", None)
        if peek is None:
            return {}
        tasks = [self._task("extract", analysis, group, ()) for group in analysis.groups]
        return {name: said for task in tasks for name, said in peek(task).items()}

    def _wider(self, found: Ranked, shown: Sequence[Passage], group: FieldGroup) -> tuple[Passage, ...]:
        """What was shown with its neighbours, and what is best for these fields alone: about twice as much."""
        twice = 2 * sum(tokens_of(p.text) for p in shown) + _MORE
        return wider(found, group, shown, min(twice, self._room))

    @property
    def _room(self) -> int:
        """Tokens of passages that a question can hold: of a small model's context, half of it."""
        return (self.backend.context_tokens or 0) // 2

    @cached_property
    def _whole(self) -> bool:
        """Whether the whole document is shown; it is not where it would not fit, which is noted."""
        if self.settings.context != "document":
            return False
        room = (self.backend.context_tokens or 0) - _RESERVED
        if sum(tokens_of(p.text) for p in self._passages) <= room:
            return True
        self.account.notes.append(
            f"the document is larger than {self.backend.name} can be shown, so it was shown passages of it"
        )
        return False

    @cached_property
    def _file(self) -> Attachment | None:
        """The file itself, if the model reads such files and this one is not too large.

        Encrypted ones are not handed on, nor are those with text that only a program would see.
        """
        taken: frozenset[str] = getattr(self.backend, "attachments", frozenset())
        if self.path is None or self.document.media_type not in taken or self.settings.password is not None:
            return None
        if any(UNSEEN in warning for warning in self.document.warnings):
            return None
        pages, room = len(self.document.pages), (self.backend.context_tokens or 0) - _RESERVED
        if pages > _FILE_PAGES or _PAGE_TOKENS * pages + tokens_of(self.document.text) > room:
            return None
        data = self.path.read_bytes()
        return Attachment(self.document.media_type, data) if len(data) <= _FILE_BYTES else None

    def _task(
        self, kind: TaskKind, analysis: Analysis, group: FieldGroup | None, passages: tuple[Passage, ...]
    ) -> Task:
        """A task whose messages are rendered only if the backend asks for them."""
        wanted = wanted_schema(kind, analysis.model, group) if self.asks else {}
        messages = partial(
            render, kind, analysis, group=group, passages=passages, variant=self.settings.prompt, document=self.document
        )
        return Task(kind, analysis.doc_type, self.document, passages, group, wanted=wanted, render=messages)


def waves(groups: Sequence[FieldGroup]) -> Iterator[tuple[FieldGroup, ...]]:
    """The groups in lots that can be asked at once: each waits only for groups of the lots before.

    >>> a, b = (FieldGroup(name=n, fields=(), queries=(), depends_on=d) for n, d in (("a", ()), ("b", ("a",))))
    >>> [[group.name for group in lot] for lot in waves((a, b))]
    [['a'], ['b']]
    """
    left, done = list(groups), set[str]()
    while left:
        lot = tuple(group for group in left if done.issuperset(group.depends_on))
        yield lot
        done.update(group.name for group in lot)
        left = [group for group in left if group.name not in done]


def _knowing(task: Task, answers: dict[str, Answer]) -> Task:
    """The task, told the values of the groups that it depends on."""
    if task.group is None or not task.group.depends_on:
        return task
    said = [answers[name] for name in task.group.depends_on if name in answers]
    known: dict[str, Any] = {name: a.value for answer in said for name, a in answer.fields.items()}
    return replace(task, render=partial(task.render, known=known))
