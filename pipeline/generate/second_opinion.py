"""A backend whose answers are checked against another one's: agreement makes surer, disagreement is shown."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pipeline.errors import ClauselineError, InvalidAnswer, told, trace_of
from pipeline.generate.agreement import same
from pipeline.generate.backend import Backend
from pipeline.generate.confidence import confidence_of, second_features, without_second
from pipeline.generate.terms import kind_of
from schemas import Answer, FieldAnswer, Task

log = logging.getLogger("clauseline")

CONFIDENT = 0.5  # confidence from which the second opinion's value stands where the model has none, or no evidence
_SHOWN = 80  # characters of the other value that a flag shows


class SecondOpinion:
    """Answers as `first` does, its extracted values checked against those of `second`.

    Where the first says nothing, or gives no usable answer at all, a confident value of the second stands in; so it does
    against a value that stands nowhere in the document. What only the second reads (schedule of activities, criteria)
    is passed on.

    Args:
        first: a backend that reads messages; its name is the name of both.
        second: the offline reader.
    """

    def __init__(self, first: Backend, second: Backend) -> None:
        self.first = first
        self.second = second

    @property
    def name(self) -> str:
        return self.first.name

    @property
    def context_tokens(self) -> int | None:
        """How much the first can be shown."""
        return self.first.context_tokens

    @property
    def attachments(self) -> frozenset[str]:
        """Media types of documents that the first reads itself."""
        return getattr(self.first, "attachments", frozenset())

    def answer(self, task: Task) -> Answer:
        """The first one's answer, weighed; other tasks than extraction have no second opinion.

        Raises:
            BackendUnavailable, RunStopped: the first can't be asked.
            InvalidAnswer: it gave no usable answer, and there is no second opinion.
        """
        second = self._asked(task) if task.kind == "extract" else None
        if second is None:
            return self.first.answer(task)
        try:
            answer = self.first.answer(task)
        except InvalidAnswer as error:
            alone = {name: _in_place(said, self.second.name) for name, said in second.fields.items()}
            answer = replace(error.spent or Answer(), fields=alone, errors=(told(error, "generate"),))
        else:
            answer = replace(answer, fields=self._weighed(task, answer.fields, second.fields))
        return replace(answer, schedule=second.schedule, eligibility=second.eligibility)

    def peek(self, task: Task) -> Mapping[str, FieldAnswer]:
        """What the second says of a task's fields, before the first is asked; nothing where it has no answer."""
        answer = self._asked(task)
        return answer.fields if answer else {}

    def _asked(self, task: Task) -> Answer | None:
        """The second's answer; None where it has none: it is only an opinion."""
        try:
            return self.second.answer(task)
        except ClauselineError as error:
            log.debug("no second opinion: %s", error)
        except Exception as error:  # a bug of a reader must not cost the document its first answer
            log.debug("no second opinion: %s", trace_of(error))
        return None

    def _weighed(
        self, task: Task, first: Mapping[str, FieldAnswer], second: Mapping[str, FieldAnswer]
    ) -> dict[str, FieldAnswer]:
        """Every field of either answer, weighed."""
        nothing = FieldAnswer()
        return {
            name: weighed(kind_of(task, name), first.get(name, nothing), second.get(name, nothing), self.second.name)
            for name in {**first, **second}
        }


def weighed(kind: str, first: FieldAnswer, second: FieldAnswer, name: str = "offline") -> FieldAnswer:
    """One field's answer in the light of a second one.

    Args:
        kind: the field's comparator (`schemas.terms.Comparator`).
        first: the model's.
        second: the other's; its confidence is calibrated.
        name: of the second.

    >>> from schemas import Quote
    >>> quote = (Quote("rent is $900", 4, 16),)
    >>> weighed("money", FieldAnswer(900, quote), FieldAnswer(950, quote, 0.9)).flags
    ('disagrees_with_offline', 'offline: 950')
    """
    if first.value is None:
        return _silent(first, second, name)
    features = {**without_second(first.features), **second_features(kind, first.value, second)}
    features.pop("alone")
    checked = replace(first, features=features, confidence=confidence_of(features))
    if second.value is None:
        return checked
    if same(kind, first.value, second.value):
        return checked if _located(first) else replace(checked, quotes=second.quotes)
    if not _located(first) and _located(second) and second.confidence >= CONFIDENT:
        flags = (*second.flags, f"disagrees_with_{name}", f"model: {_shown(first.value)}")
        return replace(second, flags=flags, source=name)
    return replace(checked, flags=(*first.flags, f"disagrees_with_{name}", f"{name}: {_shown(second.value)}"))


def _silent(first: FieldAnswer, second: FieldAnswer, name: str) -> FieldAnswer:
    """Where the model says nothing: the second's value if it is sure of one, else nothing."""
    if second.value is None:
        return replace(first, confidence=round((first.confidence + second.confidence) / 2, 4))
    if second.confidence >= CONFIDENT:
        return _in_place(second, name)
    flags = (*first.flags, f"disagrees_with_{name}", f"{name}: {_shown(second.value)}")
    return replace(first, confidence=round(first.confidence * (1 - second.confidence), 4), flags=flags)


def _in_place(second: FieldAnswer, name: str) -> FieldAnswer:
    """The second's answer where there is no first."""
    return replace(second, source=name, flags=second.flags if second.value is None else (*second.flags, f"only_{name}"))


def _located(said: FieldAnswer) -> bool:
    """Whether an answer has a quote of known place."""
    return any(quote.start >= 0 for quote in said.quotes)


def _shown(value: Any) -> str:
    """A value as a flag shows it: one short line."""
    items = value if isinstance(value, list | tuple) else [value]
    text = " ".join("; ".join(map(str, items)).split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
