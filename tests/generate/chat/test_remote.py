"""A worker's questions reach the model in the parent, many at once, and errors come back as they are."""

import pickle
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Client

import pytest

from pipeline.errors import BackendUnavailable, BudgetSpent, RunStopped, ServiceRefused
from pipeline.generate.chat.remote import RemoteClient, served
from pipeline.turns import side_by_side
from pipeline.workers import run_tasks
from schemas import Ask, Reply


class OddError(Exception):
    """Can't be read back from its pickle."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(first)


@dataclass
class Model:
    """Says each question back after a while, or raises what it is told to."""

    seconds: float = 0.0
    name: str = "test:model"
    context_tokens: int = 9_000
    attachments: frozenset[str] = frozenset({"application/pdf"})
    at_once: int = 0
    most: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, ask: Ask) -> Reply:
        text = ask.messages[0][1]
        with self.lock:
            self.at_once += 1
            self.most = max(self.most, self.at_once)
        time.sleep(self.seconds)
        with self.lock:
            self.at_once -= 1
        errors = {
            "spent": BudgetSpent("2 dollars are spent"), "down": BackendUnavailable("no"), "odd": OddError("a", "b")
        }  # fmt: skip
        if text in errors:
            raise errors[text]
        return Reply({"said": text}, text, input_tokens=len(text))


def question(text: str) -> Ask:
    return Ask((("human", text),))


@dataclass
class Asker:
    """What a worker does: ask some questions at once."""

    client: RemoteClient

    def __call__(self, item: str) -> list[str]:
        calls = [lambda word=word: self.client.ask(question(word)).text for word in item.split()]
        return [str(said) for said in side_by_side(calls)]


@pytest.fixture
def model() -> Iterator[Model]:
    yield Model(0.3)


@pytest.fixture(params=[None, "127.0.0.1"], ids=["one machine", "several"])
def host(request: pytest.FixtureRequest) -> str | None:
    """Where the workers reach the model: by a socket of this machine, or by the network."""
    return request.param


@pytest.mark.alone
def test_questions_of_several_processes_and_threads_are_asked_at_once(model: Model, host: str | None) -> None:
    items = [f"{n}a {n}b {n}c {n}d" for n in range(6)]
    with served(model, host) as client:
        start = time.monotonic()
        outcomes = dict(run_tasks(Asker(client), items, workers=2, slots=3))
    assert outcomes == {item: item.split() for item in items}
    assert model.most >= 12  # of 24 questions
    assert time.monotonic() - start < 6


def test_it_says_of_the_model_what_the_model_says(model: Model, host: str | None) -> None:
    with served(model, host) as client:
        told = pickle.loads(pickle.dumps(client))
        assert (told.name, told.context_tokens, told.attachments) == ("test:model", 9_000, model.attachments)
        assert told.ask(question("rent")) == Reply({"said": "rent"}, "rent", input_tokens=4)


@pytest.mark.parametrize(("text", "kind"), [("spent", BudgetSpent), ("down", BackendUnavailable)])
def test_errors_come_back_as_themselves(model: Model, host: str | None, text: str, kind: type[Exception]) -> None:
    with served(model, host) as client, pytest.raises(kind):
        client.ask(question(text))


def test_an_error_that_cannot_be_sent_is_described(model: Model, host: str | None) -> None:
    with served(model, host) as client, pytest.raises(RuntimeError, match="OddError: a"):
        client.ask(question("odd"))


def test_without_the_key_nobody_is_answered(model: Model, host: str | None) -> None:
    with served(model, host) as client:
        stranger = RemoteClient(client._address, b"guessed", "x")
        with pytest.raises(RunStopped):
            stranger.ask(question("rent"))
        with Client(client._address) as raw:
            raw.send((1, question("rent")))
            with pytest.raises((EOFError, OSError)):
                for _ in range(3):  # a challenge, and that we failed it
                    raw.recv_bytes()
        assert client.ask(question("rent")).text == "rent"


def test_a_stranger_that_says_nothing_holds_up_nobody(model: Model) -> None:
    with served(model, "127.0.0.1") as client, Client(client._address):
        assert client.ask(question("rent")).text == "rent"


def test_an_address_that_is_not_this_machines_is_refused(model: Model) -> None:
    with pytest.raises(ServiceRefused, match=r"203\.0\.113\.1"), served(model, "203.0.113.1"):
        pass


def test_when_the_parent_is_done_the_questions_end(model: Model, host: str | None) -> None:
    for _ in range(200):  # who accepts calls may be at any place when the end comes
        with served(model, host) as client:
            pass
        with pytest.raises(RunStopped):
            client.ask(question("rent"))
