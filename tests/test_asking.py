"""The whole way of a question to a language model: passages, prompt, answer, quote looked up, cost counted."""

import threading
from typing import Any

import pytest

from pipeline.account import Account
from pipeline.asking import ClauseAsker
from pipeline.errors import BudgetSpent, InvalidAnswer
from pipeline.extraction import Reader
from pipeline.generate.chat import ChatBackend
from pipeline.settings import Settings
from pipeline.validate import Opinion
from schemas import Answer, Document, Page, Task, analysis_for
from tests.generate.chat.scripted import ScriptedClient

TEXT = "1. RENT. Rent is $900 a month.\n\n2. MONEY DOWN. What Tenant put down comes back inside 30 days.\n"
DOCUMENT = Document("lease.txt", "0" * 64, "text/plain", TEXT, (Page(1, 0, len(TEXT)),))


def asker(backend: Any) -> ClauseAsker:
    account = Account("test")
    return ClauseAsker(Reader(DOCUMENT, backend, Settings(backend="offline"), account), analysis_for("lease"))


def opinions(ask: ClauseAsker, *questions: str) -> list[Opinion | None]:
    """What a validation is told that asks these questions."""
    return ask([(question, "deposit return days") for question in questions])


def reply(result: str, quote: str) -> dict[str, Any]:
    field = {"value": result, "quote": quote, "passage": 1, "confidence": 0.9}
    why = {"value": "It says when.", "quote": None, "passage": None, "confidence": 0.9}
    return {"result": field, "explanation": why}


def scripted(*replies: Any) -> ClauseAsker:
    return asker(ChatBackend(ScriptedClient(replies)))


def test_the_answer_comes_with_its_place_in_the_document_and_its_cost() -> None:
    ask = scripted(reply("satisfied", "comes back inside 30 days"))
    [opinion] = opinions(ask, "The deposit is returned within 30 days.")
    assert opinion is not None
    assert (opinion.result, opinion.explanation) == ("satisfied", "It says when.")
    [evidence] = opinion.evidence
    assert TEXT[evidence.start : evidence.end] == "comes back inside 30 days"
    usage = ask.reader.account.usage
    assert (usage.calls, usage.input_tokens) == (1, 100)
    assert [(g.group, g.calls) for g in usage.by_group] == [("validate", 1)]


def test_a_quote_that_is_not_there_is_no_evidence() -> None:
    [opinion] = opinions(scripted(reply("satisfied", "returned within ten days")), "q")
    assert opinion is not None and opinion.evidence == ()


def test_a_validation_without_questions_asks_nothing() -> None:
    assert opinions(scripted()) == []


class Meeting:
    """A backend that answers only when all questions have come; or not at all."""

    name, context_tokens = "test", 9_000

    def __init__(self, parties: int, errors: tuple[Exception, ...] = ()) -> None:
        self.barrier, self.errors, self.asked = threading.Barrier(parties, timeout=10), list(errors), 0

    def answer(self, task: Task) -> Answer:
        self.asked += 1
        self.barrier.wait()
        if self.errors:
            raise self.errors.pop()
        return Answer(calls=1)


def test_the_questions_are_asked_at_once() -> None:
    backend = Meeting(3)
    opinions(asker(backend), "one", "two", "three")
    assert backend.asked == 3


def test_one_trouble_of_many_questions_is_told_once_and_costs_no_other() -> None:
    ask = asker(Meeting(3, (InvalidAnswer("no use"), InvalidAnswer("no use"))))
    opinions(ask, "one", "two", "three")
    assert [e.message for e in ask.reader.account.errors] == ["no use"]
    assert ask.reader.account.usage.calls == 1


def test_a_spent_budget_stops_the_run_not_the_question() -> None:
    with pytest.raises(BudgetSpent):
        opinions(asker(Meeting(2, (BudgetSpent("spent"),))), "one", "two")
