"""A chat model as a backend: it is asked, what it says is checked against the document, and asked for again where it is not there."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from pipeline.errors import ClauselineError, InvalidAnswer, RunStopped
from pipeline.generate.chat.answers import only
from pipeline.generate.chat.client import ModelClient
from pipeline.generate.chat.conversation import Said, converse, spent
from pipeline.generate.chat.votes import voted
from pipeline.generate.confidence import confidence_of, evidence_features
from pipeline.generate.grounding import Grounder, QuoteIndex
from pipeline.generate.per_document import PerDocument
from pipeline.generate.terms import kind_of, stated
from pipeline.turns import side_by_side
from schemas import Answer, Evidence, FieldAnswer, Reply, Task
from schemas.task import TaskKind

_VOTED: frozenset[TaskKind] = frozenset({"classify", "extract", "check_clause"})
_FOUND_ENOUGH = 0.5  # share of a value's quotes that must stand in the document
_MOST_QUOTES = 300
_QUOTE_SHOWN = 160
_ASK_AGAIN = (
    "You were asked this before, and these quotes of your answer do not stand in the document: {quotes}. Look again, "
    "and quote the passages above word for word; the value is null where they do not say it."
)

Fields = Mapping[str, FieldAnswer]
Found = Mapping[str, Sequence[Evidence | None]]


class ChatBackend:
    """Answers tasks by asking a chat model.

    Args:
        client: puts questions to the model.
        votes: how many samples of each answer are taken, of which the most frequent value counts.
    """

    def __init__(self, client: ModelClient, votes: int = 1) -> None:
        self._client = client
        self._votes = votes
        self._indexes = PerDocument(QuoteIndex.of)

    @property
    def name(self) -> str:
        return self._client.name

    @property
    def context_tokens(self) -> int | None:
        """How much the model can be shown."""
        return self._client.context_tokens

    @property
    def attachments(self) -> frozenset[str]:
        """Media types of documents that the model reads itself."""
        return self._client.attachments

    def answer(self, task: Task) -> Answer:
        """Ask the model. The quotes of extracted values are looked up in the document, and asked for again where they are not.

        Raises:
            BackendUnavailable: the model can't be reached, or refuses the account or the model name.
            InvalidAnswer: no answer had a usable JSON object, or the model's content filter stopped it.
            RunStopped: the provider is down, or the budget spent.
        """
        samples = self._samples(task)
        replies = [reply for said in samples for reply in said.replies]
        fields: Fields = voted([_plain(task, said.fields) for said in samples], partial(kind_of, task))
        if task.kind == "extract":
            fields, more = self._grounded(task, fields)
            replies += more
        return replace(spent(replies), fields=fields)

    def _samples(self, task: Task) -> list[Said]:
        """The samples of the answer, asked side by side; those that can't be used are left out, unless none can."""
        if self._votes == 1 or task.kind not in _VOTED:
            return [converse(self._client, task)]
        asked = side_by_side([partial(converse, self._client, task, sample=i) for i in range(self._votes)])
        errors = [outcome for outcome in asked if isinstance(outcome, Exception)]
        for error in errors:
            if not isinstance(error, InvalidAnswer) or len(errors) == len(asked):
                raise error
        lost = [Said({}, (_as_reply(e.spent),)) for e in errors if isinstance(e, InvalidAnswer) and e.spent]
        return [*(outcome for outcome in asked if not isinstance(outcome, Exception)), *lost]

    def _grounded(self, task: Task, fields: Fields) -> tuple[dict[str, FieldAnswer], tuple[Reply, ...]]:
        """The fields with their quotes located and their confidence made; those without evidence are asked for once more."""
        found = self._located(task, fields)
        odd = [name for name, said in fields.items() if said.value is not None and not _enough(found[name])]
        better, replies = self._asked_again(task, fields, found, odd) if odd else ({}, ())
        found |= self._located(task, better)
        last = {**fields, **better}
        return {name: _weighed(kind_of(task, name), said, found[name]) for name, said in last.items()}, replies

    def _located(self, task: Task, fields: Fields) -> dict[str, list[Evidence | None]]:
        """For each field where its quotes stand, None for those that stand nowhere."""
        grounder = Grounder(task.document, task.passages, self._indexes(task.document))
        return {name: [grounder.ground(q) for q in said.quotes[:_MOST_QUOTES]] for name, said in fields.items()}

    def _asked_again(
        self, task: Task, fields: Fields, found: Found, odd: Sequence[str]
    ) -> tuple[dict[str, FieldAnswer], tuple[Reply, ...]]:
        """The odd fields as a second answer with more context has them; as they were where that is no better."""
        assert task.group is not None
        group = task.group.model_copy(update={"fields": tuple(odd)})
        passages = task.widen(group) if task.widen else task.passages
        render = partial(task.render, group=group, passages=passages)
        again = replace(task, group=group, passages=passages, wanted=only(task.wanted, odd), render=render)
        lost = [q.text for name in odd for q, e in zip(fields[name].quotes, found[name], strict=False) if e is None]
        quotes = ", ".join(json.dumps(text[:_QUOTE_SHOWN], ensure_ascii=False) for text in lost[:20]) or "(none given)"
        marked = {name: _marked(fields[name]) for name in odd}
        try:
            said = converse(self._client, again, note=_ASK_AGAIN.format(quotes=quotes))
        except RunStopped:
            raise
        except ClauselineError as error:  # what was said at first stands
            known = getattr(error, "spent", None)
            return marked, (_as_reply(known),) if known else ()
        second = {name: _marked(answer) for name, answer in _plain(again, said.fields).items() if name in odd}
        where = self._located(again, second)
        better = {name: a for name, a in second.items() if a.value is None or _enough(where[name])}
        return marked | better, said.replies


def _plain(task: Task, fields: Fields) -> Fields:
    """The fields of an extraction without values that only say in words that there is none."""
    return {name: stated(task, name, said) for name, said in fields.items()} if task.kind == "extract" else fields


def _enough(found: Sequence[Evidence | None]) -> bool:
    """Whether so many of a value's quotes were located that it has evidence."""
    return bool(found) and sum(e is not None for e in found) >= _FOUND_ENOUGH * len(found)


def _marked(said: FieldAnswer) -> FieldAnswer:
    """An answer marked as asked for twice."""
    return replace(said, features={**said.features, "reasked": 1.0})


def _weighed(kind: str, said: FieldAnswer, found: Sequence[Evidence | None]) -> FieldAnswer:
    """An answer with the places of its quotes, and the confidence that follows from what is known of it."""
    quotes = said.quotes[:_MOST_QUOTES]
    placed = [replace(q, start=e.start, end=e.end) if e else q for q, e in zip(quotes, found, strict=True)]
    features = {**said.features, **evidence_features(kind, replace(said, quotes=quotes), found)}
    confidence = said.confidence if said.value is None else confidence_of(features)
    return replace(said, quotes=tuple(placed), features=features, confidence=confidence)


def _as_reply(cost: Answer) -> Reply:
    """What a question without a usable answer has cost."""
    return Reply(
        None, calls=cost.calls, input_tokens=cost.input_tokens, output_tokens=cost.output_tokens,
        cached_tokens=cost.cached_tokens, cost_usd=cost.cost_usd, seconds=cost.seconds,
    )  # fmt: skip
