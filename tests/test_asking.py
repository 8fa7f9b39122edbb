"""The whole way of a question to a language model: passages, prompt, answer, quote looked up, cost counted."""

from pipeline.asking import ClauseAsker
from pipeline.generate.chat import ChatBackend
from schemas import Document, Page
from tests.generate.chat.scripted import ScriptedClient

TEXT = "1. RENT. Rent is $900 a month.\n\n2. MONEY DOWN. What Tenant put down comes back inside 30 days.\n"
DOCUMENT = Document("lease.txt", "0" * 64, "text/plain", TEXT, (Page(1, 0, len(TEXT)),))


def asker(*replies):
    return ClauseAsker(ChatBackend(ScriptedClient(replies)), DOCUMENT, "lease")


def reply(result, quote):
    field = {"value": result, "quote": quote, "passage": 1, "confidence": 0.9}
    why = {"value": "It says when.", "quote": None, "passage": None, "confidence": 0.9}
    return {"result": field, "explanation": why}


def test_the_answer_comes_with_its_place_in_the_document_and_its_cost():
    ask = asker(reply("satisfied", "comes back inside 30 days"))
    opinion = ask("The deposit is returned within 30 days.", "deposit return days")
    assert (opinion.result, opinion.explanation) == ("satisfied", "It says when.")
    [evidence] = opinion.evidence
    assert TEXT[evidence.start : evidence.end] == "comes back inside 30 days"
    assert [(a.calls, a.input_tokens) for a in ask.answers] == [(1, 100)]


def test_a_quote_that_is_not_there_is_no_evidence():
    assert asker(reply("satisfied", "returned within ten days"))("q", "deposit").evidence == ()


def test_after_an_unusable_answer_the_model_is_left_alone():
    ask = asker("I would rather not.", "Really not.", "No.")
    assert ask("q", "deposit") is None
    assert ask("another", "deposit") is None  # would fail: the model has no fourth reply
    assert [e.type for e in ask.errors] == ["InvalidAnswer"]
