"""What the desk needs of a queue, whoever runs it; and what a message carries of its own history."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict, Field, ValidationError

MOST_TOLD = 20
"""Attempts a message carries, the latest; a queue takes messages of some size only."""

LONGEST = 300
"""Characters of an error that a message carries."""


class Attempt(BaseModel):
    """A try that came to nothing."""

    model_config = ConfigDict(frozen=True)

    at: datetime = Field(description="when it ended, UTC")
    error_type: str
    error: str


class History(BaseModel):
    """What a message carries of itself, beside its body."""

    model_config = ConfigDict(frozen=True)

    attempts: tuple[Attempt, ...] = ()
    earlier: int = Field(0, ge=0, description="attempts before those")
    dead: datetime | None = Field(
        None, description="when it was given up, for a dead letter; the last attempt says why"
    )

    @classmethod
    def of(cls, attempts: Sequence[Attempt], earlier: int = 0, dead: datetime | None = None) -> "History":
        """The latest attempts, each told briefly, and how many there were before."""
        kept = tuple(a.model_copy(update={"error": a.error[:LONGEST]}) for a in attempts[-MOST_TOLD:])
        return cls(attempts=kept, earlier=earlier + len(attempts) - len(kept), dead=dead)

    @classmethod
    def read(cls, text: str | None) -> "History":
        """The history as a queue gives it; an empty one where there is none, or none that we wrote.

        >>> History.read("what is this?").count
        0
        """
        try:
            return cls.model_validate_json(text) if text else cls()
        except ValidationError:
            return cls()

    @property
    def count(self) -> int:
        """How many attempts there were."""
        return self.earlier + len(self.attempts)

    def and_then(self, *attempts: Attempt) -> "History":
        """The history with attempts added."""
        return History.of((*self.attempts, *attempts), self.earlier, self.dead)


@dataclass(frozen=True, slots=True)
class Message:
    """A message that was received and is nobody else's for now.

    Args:
        id: by which the queue knows it.
        body: what was sent.
        receipt: by which this reception of it is acknowledged; what that is, only the queue knows.
        history: what came of it before; a worker that ended while at work on it is an attempt too.
    """

    id: str
    body: str
    receipt: Any
    history: History = field(default_factory=History)


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message that was given up.

    Args:
        id: by which `DeadLetters.retry` knows it.
        body: what was sent.
        history: its attempts, and when it was given up (None if the queue itself did that).
        sent: when it came to the dead letters, UTC; None if the queue does not say.
    """

    id: str
    body: str
    history: History
    sent: datetime | None = None


class Queue(Protocol):
    """A queue of messages, each given to one worker at a time and again and again until it is done. For many threads."""

    @property
    def url(self) -> str:
        """Where it is, as it may be shown."""
        ...

    def send(self, body: str) -> None:
        """Put a message in; it is kept durably when this returns.

        Raises:
            ServiceDown, ServiceRefused: it can't be.
        """
        ...

    def receive(self, most: int, wait: float) -> list[Message]:
        """Take messages, for `visibility` seconds at first where the queue gives them for a time.

        Args:
            most: how many.
            wait: seconds to wait for the first.

        Raises:
            ServiceDown, ServiceRefused: the queue can't be read.
        """
        ...

    def extend(self, messages: Sequence[Message]) -> None:
        """Keep messages that are being worked on from being given to others, for another `visibility` seconds."""
        ...

    def done(self, message: Message) -> None:
        """Take a message out for good. One that was given to somebody else meanwhile stays theirs."""
        ...

    def again(self, message: Message, after: float, history: History) -> None:
        """Put a message back, to be received after some seconds with this history; it is never out of the queue meanwhile."""
        ...

    def dead(self, message: Message, history: History) -> None:
        """Put a message to the dead letters, with the history that says why."""
        ...

    def dead_letters(self) -> Iterator[DeadLetter]:
        """All dead letters, oldest first as far as the queue keeps order; all are there as before when the iteration ends."""
        ...

    def retry(self, ids: Sequence[str] | None = None) -> int:
        """Put dead letters back into the queue, all or some, as if nothing had been tried yet; how many they were."""
        ...

    def close(self) -> None:
        """Let go of connections; what was received and not settled is given to others."""
        ...
