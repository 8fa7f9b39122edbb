"""One question to a chat model and its reply: plain data, so that both can be kept, counted and sent between processes."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Role = Literal["system", "document", "human", "ai"]
Messages = tuple[tuple[Role, str], ...]
Stopped = Literal["", "length", "filtered"]


@dataclass(frozen=True, slots=True)
class Attachment:
    """The document itself, for models that read files."""

    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to a chat model.

    Args:
        messages: in order; what comes up to and with a "document" part is the same for every question about that document,
            so providers that can are told to keep it (prompt caching).
        wanted: JSON schema of the answer; empty for free text.
        attachment: shown in place of the "document" part by providers that take files.
        sample: which of several samples of the same question this is; 0 is the one at temperature 0.
        about: what the question is for ("lease/rent"), for accounting; not shown to the model.
    """

    messages: Messages
    wanted: Mapping[str, Any] = field(default_factory=dict)
    attachment: Attachment | None = None
    sample: int = 0
    about: str = ""

    def key(self, model: str) -> str:
        """Digest of everything the reply depends on: the same for the same question to the same model.

        Args:
            model: its name, and whatever else of its configuration changes what it says.

        >>> ask = Ask((("human", "Rent?"),))
        >>> ask.key("openai:a") == Ask((("human", "Rent?"),), about="rent").key("openai:a") != ask.key("openai:b")
        True
        """
        digest = hashlib.sha256(self.attachment.data).hexdigest() if self.attachment else ""
        parts = [model, self.messages, self.wanted, digest, self.sample]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Reply:
    """What a chat model said.

    Args:
        data: the JSON object of the answer, None if it held none.
        text: as said; the arguments of a tool call as JSON.
        stopped: "" when it was complete, "length" when cut off at the model's limit, "filtered" by a content filter or refused.
        input_tokens, output_tokens: spent; `cached_tokens` of the input were read from the provider's prompt cache.
        cost_usd: by the price table; 0 for a kept reply.
        seconds: from the first attempt to the reply, waiting included.
        kept: whether it came from our own response cache.
    """

    data: Mapping[str, Any] | None
    text: str = ""
    stopped: Stopped = ""
    calls: int = 1
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    cost_usd: float = 0.0
    seconds: float = 0.0
    kept: bool = False
