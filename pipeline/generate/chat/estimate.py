"""How many tokens a question will take, before it is asked."""

from dataclasses import dataclass

from pydantic_core import to_json

from schemas import Ask, Reply

_CHARACTERS = 4.0  # of English text in a token
_ANSWER = 600.0  # tokens of an answer, before any has been seen
_WEIGHT = 0.05  # of each further answer in the running means


@dataclass(slots=True)
class Estimate:
    """Learns from replies how long answers are and how many characters make a token.

    >>> estimate = Estimate()
    >>> estimate.of(Ask((("human", "Rent?" * 80),)))
    (100, 600)
    """

    answer: float = _ANSWER
    correction: float = 1.0  # of characters / 4

    def of(self, ask: Ask) -> tuple[int, int]:
        """Tokens of the question, and of the answer it is taken to get."""
        return round(characters(ask) / _CHARACTERS * self.correction), round(self.answer)

    def learn(self, ask: Ask, reply: Reply) -> None:
        """Take a reply into account."""
        guessed = characters(ask) / _CHARACTERS
        calls = max(1, reply.calls)
        self.answer += _WEIGHT * (reply.output_tokens - self.answer)
        if guessed and reply.input_tokens:
            self.correction += _WEIGHT * (min(4.0, reply.input_tokens / calls / guessed) - self.correction)


def characters(ask: Ask) -> int:
    """Of the messages and the form of the answer."""
    form = len(to_json(ask.wanted)) if ask.wanted else 0
    return form + sum(len(text) for _, text in ask.messages)
