"""What a model said, whatever its provider calls the parts: text, JSON, why it stopped, what it cost; cut-off texts joined."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pipeline.generate.chat.answers import json_in
from schemas import Reply
from schemas.chat import Stopped

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage

_CUT_OFF = {"length", "max_tokens", "model_length", "max_output_tokens", "model_context_window_exceeded"}
_FILTERED = {
    "content_filter", "content_filtered", "guardrail_intervened", "refusal", "refused", "safety", "recitation", "blocklist",
    "prohibited_content", "spii", "image_safety", "sensitive",
}  # fmt: skip
_THOUGHT = re.compile(r"^\s*<think(?:ing)?>.*?</think(?:ing)?>\s*", re.DOTALL)
_FENCE = re.compile(r"^\s*```(?:json)?[ \t]*\n?")
_LONGEST_OVERLAP = 400  # characters of the end that a continuation may say again
_SAME_START = 24  # characters that show that it started all over again


@dataclass(frozen=True, slots=True)
class Said:
    """What a model said in one call or, joined, in several.

    Args:
        text: as said, without a model's thoughts; the arguments of a tool call as JSON; "" where a cut-off call lost them.
        stopped: as of `Reply`.
        arguments: of the tool call, if it answered by one.
    """

    text: str = ""
    stopped: Stopped = ""
    arguments: Mapping[str, Any] | None = None
    calls: int = 1
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0

    @property
    def data(self) -> Mapping[str, Any] | None:
        """The JSON object of the answer; of a text that was cut off only the whole of it will do, not an object inside."""
        if self.arguments is not None:
            return self.arguments
        return _first_object(self.text) if self.stopped == "length" else json_in(self.text)

    def then(self, more: "Said") -> "Said":
        """The second after the first, which is dropped but for what it cost."""
        return replace(
            more,
            calls=self.calls + more.calls,
            input_tokens=self.input_tokens + more.input_tokens,
            output_tokens=self.output_tokens + more.output_tokens,
            cached_tokens=self.cached_tokens + more.cached_tokens,
        )

    def continued(self, more: "Said") -> "Said":
        """The first with the second as its continuation."""
        return replace(self.then(more), text=joined(self.text, more.text), arguments=None)

    def reply(self, seconds: float) -> Reply:
        """The reply this is; a text cut off after its JSON was complete is as good as whole."""
        data = self.data
        stopped: Stopped = "" if self.stopped == "length" and data is not None else self.stopped
        return Reply(
            data,
            self.text,
            stopped,
            calls=self.calls,
            input_tokens=self.input_tokens,
            output_tokens=self.output_tokens,
            cached_tokens=self.cached_tokens,
            seconds=seconds,
        )


def said_in(message: "AIMessage") -> Said:
    """Read a message of any provider.

    >>> from langchain_core.messages import AIMessage
    >>> said_in(AIMessage("<think>Hm.</think>No.", response_metadata={"finish_reason": "MAX_TOKENS"}))
    Said(text='No.', stopped='length', arguments=None, calls=1, input_tokens=0, output_tokens=0, cached_tokens=0)
    """
    usage: Any = message.usage_metadata or {}
    details: Mapping[str, Any] = usage.get("input_token_details") or {}
    stopped = _stopped(message)
    arguments = message.tool_calls[0]["args"] if message.tool_calls else None
    text = _THOUGHT.sub("", str(message.text))
    if arguments is not None:
        text = "" if stopped == "length" else json.dumps(arguments, ensure_ascii=False)
    elif message.invalid_tool_calls:
        text = message.invalid_tool_calls[0]["args"] or ""
    return Said(
        text,
        stopped,
        None if stopped == "length" else arguments,
        input_tokens=usage.get("input_tokens") or 0,
        output_tokens=usage.get("output_tokens") or 0,
        cached_tokens=sum(n for kind, n in details.items() if kind.endswith("cache_read") and isinstance(n, int)),
    )


def joined(text: str, more: str) -> str:
    """A text and its continuation, which may begin with a code fence, with the last words again, or all over again.

    >>> joined('{"rent": 1', '```json\\n450}')
    '{"rent": 1450}'
    >>> joined('{"city": "San Fran', '"San Francisco"}')
    '{"city": "San Francisco"}'
    """
    start = _FENCE.sub("", text).lstrip()[:_SAME_START]
    again = _FENCE.sub("", more)
    if len(start) == _SAME_START and again.lstrip().startswith(start):
        return more
    for size in range(min(_LONGEST_OVERLAP, len(text), len(again)), 7, -1):
        if text.endswith(again[:size]):
            return text + again[size:]
    return text + again


def _stopped(message: "AIMessage") -> Stopped:
    """Why a model stopped, in our words."""
    meta: Mapping[str, Any] = message.response_metadata
    incomplete: Any = meta.get("incomplete_details") or {}
    blocked: Any = (meta.get("prompt_feedback") or {}) if isinstance(meta.get("prompt_feedback"), dict) else {}
    names = ("finish_reason", "stop_reason", "stopReason", "done_reason")
    reasons = {str(meta.get(name) or "").lower().rpartition(".")[2] for name in names}
    reasons.add(str(incomplete.get("reason", "")) if isinstance(incomplete, dict) else "")
    if reasons & _FILTERED or message.additional_kwargs.get("refusal") or blocked.get("block_reason"):
        return "filtered"
    return "length" if reasons & _CUT_OFF else ""


def _first_object(text: str) -> dict[str, Any] | None:
    """The JSON object at the first brace, if it is complete."""
    start = text.find("{")
    try:
        found, _ = json.JSONDecoder().raw_decode(text, start) if start >= 0 else (None, 0)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
