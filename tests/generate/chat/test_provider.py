"""One question to a model, over HTTP: each provider's own protocol, spoken by servers on loopback."""

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest

from pipeline.generate.chat.provider import Provider, provider_for
from pipeline.generate.chat.trouble import Throttled, Transient
from pipeline.settings import Settings
from schemas import Ask, Attachment, Reply
from tests.services.anthropic_server import anthropic_server
from tests.services.converse_server import converse_server
from tests.services.google_server import google_server
from tests.services.ollama_server import ollama_server
from tests.services.openai_server import openai_server
from tests.services.script import DROPPED, MALFORMED, Answerer, Question, Turn, failed, refused, throttled
from tests.services.service import Service

WANTED: Mapping[str, Any] = {
    "title": "extract_rent",
    "description": "The rent.",
    "type": "object",
    "properties": {"rent": {"anyOf": [{"type": "number"}, {"type": "null"}]}, "due": {"type": "string"}},
    "required": ["rent", "due"],
    "additionalProperties": False,
}
DATA = {"rent": 1450, "due": "on the first day of each month"}
TEXT = json.dumps(DATA)
HALF = TEXT[:30]
MESSAGES = (("system", "You read leases."), ("document", "Rent is $1,450."), ("human", "What is the rent?"))
ASK = Ask(MESSAGES, WANTED)
FREE = Ask(MESSAGES)
GOOD = Turn(TEXT, input_tokens=120, output_tokens=30)


@dataclass(frozen=True)
class Vendor:
    """A provider of chat models and its server."""

    server: Callable[..., Service]
    name: str
    path: str = ""
    cached_is_input: bool = False


OPENAI = Vendor(openai_server, "openai:m", "/v1", cached_is_input=True)
BEDROCK = Vendor(converse_server, "bedrock_converse:us.anthropic.claude-sonnet-4-5-20250929-v1:0")
ANTHROPIC = Vendor(anthropic_server, "anthropic:claude-sonnet-4-5")
GOOGLE = Vendor(google_server, "google_genai:gemini-2.5-flash", cached_is_input=True)
OLLAMA = Vendor(ollama_server, "ollama:llama3")
FIVE = [OPENAI, BEDROCK, ANTHROPIC, GOOGLE, OLLAMA]
ALL = pytest.mark.parametrize("vendor", FIVE, ids=lambda v: v.name.partition(":")[0])
CLOUD = pytest.mark.parametrize(
    "vendor", FIVE[:4], ids=lambda v: v.name.partition(":")[0]
)  # with filters and prompt caches


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GOOGLE_API_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "dummy")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    monkeypatch.delenv("AWS_CA_BUNDLE", raising=False)


@dataclass
class Desk:
    """A provider and the server it asks."""

    provider: Provider
    server: Service
    runner: asyncio.Runner

    def ask(self, ask: Ask = ASK) -> Reply:
        return self.all(ask)[0]

    def all(self, *asks: Ask) -> list[Reply]:
        async def gathered() -> list[Reply]:
            return await asyncio.gather(*map(self.provider.reply, asks))

        return self.runner.run(gathered())


@pytest.fixture
def desk() -> Iterator[Callable[..., Desk]]:
    """Opens a desk: a vendor whose server gives these turns, or answers by a function."""
    rooms = ExitStack()

    def opened(vendor: Vendor, *turns: Turn, by: Answerer | None = None, name: str = "", **settings: Any) -> Desk:
        server = rooms.enter_context(vendor.server(by or turns))
        runner = rooms.enter_context(asyncio.Runner())
        made = Settings(base_url=server.url + vendor.path, request_timeout=settings.pop("timeout", 20), **settings)
        return Desk(provider_for(name or vendor.name, made), server, runner)

    with rooms:
        yield opened


Open = Callable[..., Desk]


@ALL
def test_the_answer_comes_in_the_wanted_form(desk: Open, vendor: Vendor) -> None:
    here = desk(vendor, GOOD)
    reply = here.ask()
    assert (reply.data, reply.stopped, reply.calls) == (DATA, "", 1)
    assert (reply.input_tokens, reply.output_tokens, reply.kept) == (120, 30, False)
    (asked,) = here.server.asked
    assert asked.schema is not None and set(asked.schema["properties"]) == {"rent", "due"}
    assert [role for role, _ in asked.messages] == ["system", "user"]
    assert asked.messages[1][1] == "Rent is $1,450.\n\nWhat is the rent?"
    assert asked.temperature == 0


@ALL
def test_free_text_is_free_text(desk: Open, vendor: Vendor) -> None:
    here = desk(vendor, Turn("It is $1,450."))
    reply = here.ask(FREE)
    assert (reply.text, reply.data, reply.stopped) == ("It is $1,450.", None, "")
    assert here.server.asked[0].schema is None and not here.server.asked[0].tool


@ALL
def test_json_in_text_is_found_where_no_tool_was_called(desk: Open, vendor: Vendor) -> None:
    assert desk(vendor, Turn(f"Here:\n```json\n{TEXT}\n```", plain=True)).ask().data == DATA


@ALL
def test_an_answer_that_is_no_json_is_handed_on_as_it_is(desk: Open, vendor: Vendor) -> None:
    reply = desk(vendor, Turn("I would rather not say.", plain=True)).ask()
    assert (reply.data, reply.text) == (None, "I would rather not say.")


def test_broken_arguments_of_a_tool_call_are_handed_on(desk: Open) -> None:
    here = desk(OPENAI, Turn(HALF), name="openai:gpt-4")  # too old for JSON schemas
    reply = here.ask()
    assert here.server.asked[0].tool == "extract_rent"
    assert (reply.data, reply.text, reply.stopped) == (None, HALF, "")


def test_arguments_of_a_tool_call_that_were_cut_off_are_continued_in_text(desk: Open) -> None:
    here = desk(OPENAI, Turn(HALF, "length"), Turn(TEXT[len(HALF) :]), name="openai:gpt-4")
    assert here.ask().data == DATA
    assert here.server.asked[1].messages[-2] == ("assistant", HALF) and not here.server.asked[1].tool


@CLOUD
def test_tokens_read_from_the_cache_are_counted(desk: Open, vendor: Vendor) -> None:
    turn = Turn(TEXT, input_tokens=200 if vendor.cached_is_input else 120, output_tokens=5, cached_tokens=80)
    reply = desk(vendor, turn).ask()
    assert (reply.input_tokens, reply.cached_tokens) == (200, 80)


@ALL
def test_samples_are_warm_and_keep_the_form(desk: Open, vendor: Vendor) -> None:
    here = desk(vendor, GOOD, seed=5)
    here.all(*(Ask(MESSAGES, WANTED, sample=n) for n in range(3)))
    asked = sorted(here.server.asked, key=lambda q: (q.temperature, q.seed or 0))
    assert [q.temperature for q in asked] == [0, 0.7, 0.7]
    assert all(q.schema for q in asked)
    if vendor in (OPENAI, GOOGLE, OLLAMA):
        assert [q.seed for q in asked] == [5, 6, 7]


@ALL
def test_an_answer_cut_off_is_continued(desk: Open, vendor: Vendor) -> None:
    turns = (Turn(TEXT[:20], "length"), Turn(TEXT[20:35], "length"), Turn(TEXT[35:]))
    here = desk(vendor, *turns)
    reply = here.ask(FREE)
    assert (reply.text, reply.data, reply.stopped, reply.calls) == (TEXT, DATA, "", 3)
    last = here.server.asked[-1].messages
    assert last[-2] == ("assistant", TEXT[:35]) and "cut off" in last[-1][1]


@ALL
def test_a_structured_answer_cut_off_is_finished_in_text(desk: Open, vendor: Vendor) -> None:
    whole = [
        Turn(TEXT[:20], "length"),
        *([Turn(TEXT[20:])] if vendor in (OPENAI, GOOGLE, OLLAMA) else [Turn(TEXT[:20], "length"), Turn(TEXT[20:])]),
    ]
    here = desk(vendor, *whole)
    reply = here.ask()
    assert (reply.data, reply.stopped) == (DATA, "")
    assert reply.calls == len(whole) and all(q.schema is None for q in list(here.server.asked)[1:])


def test_continuing_ends(desk: Open) -> None:
    here = desk(OPENAI, Turn("{" + "x" * 40, "length"), Turn("y" * 40, "length"))
    reply = here.ask()
    assert (reply.data, reply.stopped, reply.calls, here.server.count) == (None, "length", 4, 4)


def test_what_was_said_is_kept_when_the_context_is_full(desk: Open) -> None:
    full = refused("This model's maximum context length is 4096 tokens", code="context_length_exceeded")
    reply = desk(OPENAI, Turn(HALF, "length"), full).ask()
    assert (reply.text, reply.data, reply.stopped) == (HALF, None, "length")


def test_chatter_cut_off_after_the_json_does_no_harm(desk: Open) -> None:
    reply = desk(OPENAI, Turn(TEXT + " I hope that", "length")).ask()
    assert (reply.data, reply.stopped, reply.calls) == (DATA, "", 1)


@CLOUD
@pytest.mark.parametrize("stop", ["filtered", "refused", "guardrail"])
def test_a_filter_is_told(desk: Open, vendor: Vendor, stop: Any) -> None:
    reply = desk(vendor, Turn("Sorry.", stop)).ask()
    assert (reply.stopped, reply.data, reply.calls) == ("filtered", None, 1)


def test_a_filter_that_comes_as_an_error_is_told_too(desk: Open) -> None:
    message = "The response was filtered due to the prompt triggering Azure OpenAI's content management policy"
    assert desk(OPENAI, refused(message, code="content_filter")).ask().stopped == "filtered"


def refusing(words: str, message: str) -> Answerer:
    """Refuses every request in whose body any of the words stands."""
    return lambda q: refused(message) if any(w in json.dumps(q.body) for w in words.split()) else GOOD


@pytest.mark.parametrize(
    ("vendor", "words", "message"),
    [
        (OPENAI, "response_format", "This response_format type is unavailable now"),
        (BEDROCK, "toolConfig", "This model doesn't support tool use."),
        (ANTHROPIC, "input_schema", "tools: not supported by this model"),
    ],
)
def test_a_server_without_structured_output_is_asked_in_text_from_then_on(
    desk: Open, vendor: Vendor, words: str, message: str
) -> None:
    here = desk(vendor, by=refusing(words, message))
    assert here.ask().data == DATA and here.server.count == 2
    assert here.ask().data == DATA and here.server.count == 3


def test_many_asking_at_once_learn_it_together(desk: Open) -> None:
    here = desk(OPENAI, by=refusing("response_format", "response_format: unsupported"))
    assert [r.data for r in here.all(*[ASK] * 20)] == [DATA] * 20
    assert here.server.count <= 40


def test_a_model_without_temperature_is_asked_without(desk: Open) -> None:
    here = desk(OPENAI, by=refusing("temperature", "Unsupported value: 'temperature' does not support 0"))
    assert here.ask().data == DATA
    assert here.server.asked[-1].temperature is None and here.server.asked[-1].schema


@pytest.mark.parametrize(("vendor", "marks"), [(OPENAI, 0), (BEDROCK, 1), (ANTHROPIC, 1)])
def test_a_shared_document_is_marked_and_stands_first_whatever_the_question(
    desk: Open, vendor: Vendor, marks: int
) -> None:
    here = desk(vendor, GOOD, context="document")
    other = {**WANTED, "title": "extract_other", "properties": {"due": {"type": "string"}}, "required": ["due"]}
    here.all(ASK, Ask((*MESSAGES[:2], ("human", "Due?")), other))
    first, second = here.server.asked
    assert first.marks == second.marks == marks
    assert not first.tool and not second.tool and first.schema is None and second.schema is None
    shared = [q.messages[1][1].partition("\n\n")[0] for q in (first, second)]
    assert shared == ["Rent is $1,450."] * 2


def test_passages_are_not_marked(desk: Open) -> None:
    here = desk(BEDROCK, GOOD)
    here.ask()
    assert here.server.asked[0].marks == 0


def test_a_model_that_refuses_marks_is_asked_without(desk: Open) -> None:
    refusal = "You invoked an unsupported model or your request did not allow prompt caching."
    here = desk(BEDROCK, by=refusing("cachePoint", refusal), context="document")
    assert here.ask().data == DATA and here.server.asked[-1].marks == 0


@pytest.mark.parametrize(
    ("vendor", "name"),
    [(OPENAI, "openai:gpt-4o-mini"), (BEDROCK, BEDROCK.name), (ANTHROPIC, ANTHROPIC.name)],
)
def test_the_pdf_itself_is_sent_where_the_model_reads_it(desk: Open, vendor: Vendor, name: str) -> None:
    here = desk(vendor, GOOD, name=name, context="document")
    pdf = Attachment("application/pdf", b"%PDF-1.7 lease")
    assert "application/pdf" in here.provider.attachments
    assert here.ask(Ask(MESSAGES, WANTED, pdf)).data == DATA
    (asked,) = here.server.asked
    assert asked.documents == (pdf.data,) and "Rent is $1,450." not in asked.text and "What is the rent?" in asked.text


def test_a_model_that_reads_no_pdf_is_sent_the_text(desk: Open) -> None:
    here = desk(OPENAI, GOOD)
    here.ask(Ask(MESSAGES, WANTED, Attachment("application/pdf", b"%PDF-1.7")))
    assert here.provider.attachments == frozenset()
    assert here.server.asked[0].documents == () and "Rent is $1,450." in here.server.asked[0].text


@ALL
def test_a_repair_goes_with_what_was_said_before(desk: Open, vendor: Vendor) -> None:
    here = desk(vendor, GOOD)
    here.ask(Ask((*MESSAGES, ("ai", '{"rent": null}'), ("human", "due is missing")), WANTED))
    said = here.server.asked[0].messages
    assert said[-2:] == (("assistant", '{"rent": null}'), ("user", "due is missing"))


@ALL
@pytest.mark.parametrize(("header", "seconds"), [("3", 3.0), ("0.25", 0.25), (None, None)])
def test_throttling_says_how_long_to_wait(
    desk: Open, vendor: Vendor, header: str | None, seconds: float | None
) -> None:
    here = desk(vendor, throttled(header), GOOD)
    with pytest.raises(Throttled) as caught:
        here.ask()
    assert caught.value.retry_after == seconds and here.server.count == 1
    assert here.ask().data == DATA


@ALL
@pytest.mark.parametrize(
    "turn", [failed(500), failed(503), DROPPED, MALFORMED], ids=["500", "503", "dropped", "malformed"]
)
def test_a_server_in_trouble_is_transient_and_asked_once(desk: Open, vendor: Vendor, turn: Turn) -> None:
    here = desk(vendor, turn, GOOD)
    with pytest.raises(Transient):
        here.ask()
    assert here.server.count == 1
    assert here.ask().data == DATA


@pytest.mark.parametrize(
    ("vendor", "told"),
    [
        (OPENAI, {"max_completion_tokens": 700}),
        (ANTHROPIC, {"max_tokens": 700}),
        (BEDROCK, {"inferenceConfig": {"temperature": 0, "maxTokens": 700}}),
    ],
    ids=["openai", "anthropic", "bedrock"],
)
def test_the_server_is_told_how_long_an_answer_may_be(desk: Open, vendor: Vendor, told: dict[str, object]) -> None:
    here = desk(vendor, GOOD, answer_tokens=700)
    here.ask()
    assert told.items() <= here.server.asked[0].body.items()


@ALL
def test_a_slow_server_is_given_up_in_time(desk: Open, vendor: Vendor) -> None:
    here = desk(vendor, GOOD.after(3.0), timeout=0.4)
    with pytest.raises(Transient, match="can be reached"):
        here.ask()


@ALL
def test_a_server_that_is_not_there_is_transient(vendor: Vendor) -> None:
    with vendor.server([GOOD]) as gone:
        url = gone.url + vendor.path
    with pytest.raises(Transient, match="check that its server runs"):
        asyncio.run(provider_for(vendor.name, Settings(base_url=url)).reply(ASK))


def test_hundreds_are_in_flight_at_once(desk: Open) -> None:
    def answer(question: Question) -> Turn:
        return GOOD.with_others(200)

    here = desk(OPENAI, by=answer)
    assert len(here.all(*[ASK] * 200)) == 200
    assert here.server.most_in_flight == 200


def test_a_guardrail_is_applied(desk: Open) -> None:
    here = desk(BEDROCK, GOOD, guardrail_id="gr-1", guardrail_version="2")
    here.ask()
    wanted = {"guardrailIdentifier": "gr-1", "guardrailVersion": "2"}
    assert here.server.asked[0].body["guardrailConfig"] == wanted


def test_an_inference_profile_is_a_model(desk: Open) -> None:
    arn = "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-4-5-20250929-v1:0"
    here = desk(BEDROCK, GOOD, name=f"bedrock_converse:{arn}", context="document")
    assert here.ask().data == DATA
    assert here.server.asked[0].model == arn and here.server.asked[0].marks == 1
