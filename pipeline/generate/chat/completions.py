"""OpenAI's chat completions without its types: a call takes half the processor time when nothing is made of its parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openai import AsyncOpenAI


class Completions:
    """What LangChain asks, in place of `client.chat.completions`: the body is sent as it is given, the reply read as plain JSON.

    OpenAI's package walks through each question and each reply to make its own types of them, which LangChain takes apart
    again. Keys, headers, retries and errors stay the package's own.

    Args:
        client: of OpenAI's package, or of one that speaks like it (Azure).
    """

    def __init__(self, client: "AsyncOpenAI") -> None:
        self._client = client

    @property
    def with_raw_response(self) -> "Completions":
        """This one too: its replies have `parse`, as LangChain wants them."""
        return self

    async def create(
        self,
        *,
        extra_body: Mapping[str, Any] | None = None,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, Any] | None = None,
        **body: Any,
    ) -> "Plain":
        """Ask once; the arguments are OpenAI's.

        Raises:
            openai.APIError: as OpenAI's own call.
        """
        said = await self._client.post(
            "/chat/completions",
            cast_to=object,
            body={**body, **(extra_body or {})},
            options={"headers": dict(extra_headers or {}), "params": dict(extra_query or {})},
        )
        return Plain(said)


@dataclass(frozen=True, slots=True)
class Plain:
    """A reply as it came: JSON, or text where the server sent something else."""

    said: Any

    def parse(self) -> Any:
        """For LangChain, which reads plain JSON as well as OpenAI's types."""
        return self.said
