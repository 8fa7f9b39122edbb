"""What the backend asks: something that puts a question to a chat model and waits for the reply, whatever it takes."""

from typing import Protocol

from schemas import Ask, Reply


class ModelClient(Protocol):
    """Puts questions to one chat model; many threads may ask at once.

    The one in this process (`Gateway`) keeps to the provider's limits; a worker process has one that sends the question there.
    """

    @property
    def name(self) -> str:
        """What results name as their source, for example "openai:gpt-4o-mini"."""
        ...

    @property
    def context_tokens(self) -> int:
        """How much the model can be shown."""
        ...

    @property
    def attachments(self) -> frozenset[str]:
        """Media types of documents that the model reads itself, such as "application/pdf"."""
        ...

    def ask(self, ask: Ask) -> Reply:
        """The model's reply; throttling and passing troubles are waited out.

        Raises:
            BackendUnavailable: it refuses the account, the model name or the question.
            ProviderDown: it has been failing for long.
            BudgetSpent: what the run may cost is spent.
        """
        ...
