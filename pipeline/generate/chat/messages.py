"""Our messages -> LangChain's: plain strings, as every server knows them; blocks where the provider keeps or reads the document."""

from base64 import b64encode
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from schemas import Attachment, Messages

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

Mark = Literal["", "anthropic", "bedrock"]
Block = dict[str, Any]


def langchain_messages(
    messages: Messages, attachment: Attachment | None = None, mark: Mark = ""
) -> "list[BaseMessage]":
    """The messages of a question as LangChain takes them; the "document" part comes first in the human message after it.

    Args:
        messages: of the question.
        attachment: sent in place of the "document" part.
        mark: how the end of the document is marked for the provider's prompt cache; "" for not at all.

    >>> [m.content for m in langchain_messages((("document", "<lease>"), ("human", "Rent?")))]
    ['<lease>\\n\\nRent?']
    """
    from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

    found: list[BaseMessage] = []
    shown: list[Block] = []
    for role, text in messages:
        if role == "document":
            shown += _document(text, attachment, mark)
        elif role == "human":
            found.append(HumanMessage(_content([*shown, _text(text)])))
            shown = []
        else:
            found.append(SystemMessage(text) if role == "system" else AIMessage(text))
    return [*found, HumanMessage(_content(shown))] if shown else found


def _document(text: str, attachment: Attachment | None, mark: Mark) -> list[Block]:
    """The blocks that show the document, the last of them marked."""
    block = _file(attachment) if attachment is not None else _text(text)
    if mark == "anthropic":
        return [block | {"cache_control": {"type": "ephemeral"}}]
    return [block, {"cachePoint": {"type": "default"}}] if mark == "bedrock" else [block]


def _text(text: str) -> Block:
    return {"type": "text", "text": text}


def _file(attachment: Attachment) -> Block:
    """LangChain's own block for files, which each provider's package turns into its provider's; Bedrock and OpenAI want a name."""
    data = b64encode(attachment.data).decode()
    named = {"name": "document", "filename": "document.pdf"}
    return {"type": "file", "mime_type": attachment.media_type, "base64": data, **named}


def _content(blocks: Sequence[Block]) -> Any:
    """One string where strings will do."""
    plain = all(block.keys() == {"type", "text"} for block in blocks)
    return "\n\n".join(block["text"] for block in blocks) if plain else list(blocks)
