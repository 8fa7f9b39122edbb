"""One question until it is answered in the wanted form: what is wrong goes back, what is too long is cut."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from pipeline.errors import InvalidAnswer
from pipeline.generate.chat.answers import fault_of, fields_of, merged, only, problems_of
from pipeline.generate.chat.client import ModelClient
from pipeline.generate.chat.trouble import ContextTooLong
from schemas import Answer, Ask, FieldAnswer, Messages, Passage, Reply, Task

_REPAIRS = 2
_TOLD = 8  # problems that are told at once
_SHOWN_BACK = 8_000  # characters of an unusable answer that the model is shown again
_SMALLEST = 200  # characters of a last passage that is not cut further
_REPAIR = "Your answer could not be used: {problems}. Answer again with one JSON object that holds {fields}, and nothing else."
_CUT_OFF = "it was cut off at the length limit, so keep quotes short"
_FILTERED = "the content filter of {} stopped its answer"
_UNUSABLE = "{} gave no usable answer ({}); try again or another model"
_TOO_LONG = "{} can't be shown even the least of this document; choose a model that reads more"


@dataclass(frozen=True, slots=True)
class Said:
    """What came of a question: the fields that can be used, and every reply it took."""

    fields: Mapping[str, FieldAnswer]
    replies: tuple[Reply, ...]


def converse(client: ModelClient, task: Task, *, sample: int = 0, note: str = "") -> Said:
    """Put a task to a model; an answer of the wrong form is sent back, at most twice, for the fields that are wrong.

    Args:
        client: the model.
        task: what is asked.
        sample: which of several samples this is.
        note: told to the model after the question.

    Raises:
        InvalidAnswer: no answer had a usable JSON object, or a content filter stopped it.
        BackendUnavailable, RunStopped: the model can't be asked.
    """
    replies: list[Reply] = []
    data: dict[str, Any] | None = None
    wanted, turns = task.wanted, Messages()
    for _ in range(1 + _REPAIRS):
        task, reply = _fitted(client, task, wanted, sample, note, turns, replies)
        replies.append(reply)
        if reply.stopped == "filtered":
            break
        if reply.data is not None:
            data = merged(data, reply.data, task.wanted)
        wrong = [name for name in task.wanted.get("properties", {}) if fault_of(name, data or {}, task.wanted)]
        if data is not None and not wrong:
            break
        wanted = only(task.wanted, wrong) if wrong else task.wanted
        turns = _sent_back(reply, data, wanted)
    if data is None:
        filtered = replies[-1].stopped == "filtered"
        why = "; ".join(problems_of(None, task.wanted))
        told = _FILTERED.format(client.name) if filtered else _UNUSABLE.format(client.name, why)
        raise InvalidAnswer(told, spent(replies))
    return Said(fields_of(data, task.wanted), tuple(replies))


def spent(replies: Sequence[Reply]) -> Answer:
    """What replies have cost, as an answer without fields.

    >>> spent([Reply(None, input_tokens=70), Reply(None, input_tokens=30)]).input_tokens
    100
    """
    return Answer(
        calls=sum(r.calls for r in replies),
        input_tokens=sum(r.input_tokens for r in replies),
        output_tokens=sum(r.output_tokens for r in replies),
        cached_tokens=sum(r.cached_tokens for r in replies),
        cost_usd=sum(r.cost_usd for r in replies),
        seconds=sum(r.seconds for r in replies),
        kept=sum(r.kept for r in replies),
    )


def _sent_back(reply: Reply, data: Mapping[str, Any] | None, wanted: Mapping[str, Any]) -> Messages:
    """The last turn of a repair: the unusable answer and what is wrong with it."""
    problems = problems_of(data and {name: data[name] for name in wanted.get("properties", {}) if name in data}, wanted)
    if reply.stopped == "length":
        problems.insert(0, _CUT_OFF)
    repair = _REPAIR.format(
        problems="; ".join(problems[:_TOLD]), fields=", ".join(wanted.get("properties", ())) or "it"
    )
    said = reply.text or (json.dumps(reply.data, ensure_ascii=False) if reply.data else "(no usable answer)")
    return ("ai", said[:_SHOWN_BACK]), ("human", repair)


def _fitted(
    client: ModelClient,
    task: Task,
    wanted: Mapping[str, Any],
    sample: int,
    note: str,
    turns: Messages,
    replies: Sequence[Reply],
) -> tuple[Task, Reply]:
    """The reply, and the task as it was put: with fewer passages, halved until the model's context holds them."""
    while True:
        messages = _with_note(task.render(), note)
        readable = task.attachment if task.attachment and task.attachment.media_type in client.attachments else None
        about = f"{task.doc_type}/{task.group.name if task.group else task.kind}"
        try:
            return task, client.ask(Ask((*messages, *turns), wanted, readable, sample, about))
        except ContextTooLong:
            smaller = _smaller(task)
            if smaller is None:
                raise InvalidAnswer(_TOO_LONG.format(client.name), spent(replies)) from None
            task = smaller


def _with_note(messages: Messages, note: str) -> Messages:
    """The messages with a note at their end; within the last one, for not every provider takes two in a row."""
    if not note or not messages:
        return messages
    role, text = messages[-1]
    return (*messages[:-1], (role, f"{text}\n\n{note}"))


def _smaller(task: Task) -> Task | None:
    """The same question with text in place of the attached file, else with half the passages; None if nothing is left to cut."""
    if task.attachment is not None:
        return replace(task, attachment=None)
    passages = halved(task.passages)
    if passages == task.passages:
        return None
    return replace(task, passages=passages, render=partial(task.render, passages=passages))


def halved(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The best scored passages up to half the characters, in order; a last one alone is cut in the middle.

    >>> long, short = Passage(1, "a" * 600, 0, 600, 1), Passage(2, "b" * 500, 600, 1100, 1, score=0.5)
    >>> [p.number for p in halved((long, short))], len(halved((long,))[0].text)
    ([2], 300)
    """
    if len(passages) == 1 and len(passages[0].text) > _SMALLEST:
        return (replace(passages[0], text=passages[0].text[: len(passages[0].text) // 2]),)
    left = sum(len(p.text) for p in passages) // 2
    taken: list[Passage] = []
    for passage in sorted(passages, key=lambda p: (-p.score, p.number)):
        if not taken or len(passage.text) <= left:
            taken.append(passage)
            left -= len(passage.text)
    return tuple(sorted(taken, key=lambda p: p.number))
