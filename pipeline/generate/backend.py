"""A backend answers a task. Two implementations: the offline reader, and any LangChain chat model."""

from typing import Protocol

from schemas import Answer, Task


class Backend(Protocol):
    """Answers tasks; `name` is the setting that selects it, `context_tokens` how much text it can be shown (None: all)."""

    @property
    def name(self) -> str: ...

    @property
    def context_tokens(self) -> int | None: ...

    def answer(self, task: Task) -> Answer:
        """Answer one task.

        Raises:
            BackendUnavailable: the backend can't be reached or is not configured.
            InvalidAnswer: it answered, but not in the wanted form.
        """
        ...
