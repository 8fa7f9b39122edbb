"""Messages are plain strings unless the provider needs blocks."""

from typing import Any

from pipeline.generate.chat.messages import langchain_messages
from schemas import Attachment

PDF = Attachment("application/pdf", b"%PDF")


def contents(*args: Any) -> list[Any]:
    return [m.content for m in langchain_messages(*args)]


def test_plain_strings_where_strings_will_do() -> None:
    asked = (("system", "s"), ("document", "d"), ("human", "q"), ("ai", "a"), ("human", "again"))
    assert contents(asked) == ["s", "d\n\nq", "a", "again"]
    assert [m.type for m in langchain_messages(asked)] == ["system", "human", "ai", "human"]


def test_a_document_without_a_question_is_shown_all_the_same() -> None:
    assert contents((("system", "s"), ("document", "d"))) == ["s", "d"]


def test_the_mark_stands_right_after_the_document() -> None:
    asked = (("document", "d"), ("human", "q"))
    text = {"type": "text", "text": "d"}
    marked, question = contents(asked, None, "anthropic")[0]
    assert marked == {**text, "cache_control": {"type": "ephemeral"}} and question["text"] == "q"
    assert contents(asked, None, "bedrock")[0][:2] == [text, {"cachePoint": {"type": "default"}}]


def test_a_file_takes_the_place_of_the_document() -> None:
    file, mark, question = contents((("document", "d"), ("human", "q")), PDF, "bedrock")[0]
    assert (file["type"], file["mime_type"], file["base64"]) == ("file", "application/pdf", "JVBERg==")
    assert "cachePoint" in mark and question == {"type": "text", "text": "q"}


def test_a_file_is_not_sent_without_a_document_to_take_the_place_of() -> None:
    assert contents((("human", "q"),), PDF) == ["q"]
