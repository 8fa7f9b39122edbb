"""What a chat model said -> an answer's fields: JSON found in text, its form checked, quotes taken out."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from schemas import FieldAnswer, Quote

_MOST_QUOTES = 300
_MOST_TRIES = 20  # opening braces at which a JSON object is tried
_UNSAID = 0.5  # confidence of a value whose confidence the model left out


def json_in(text: str) -> dict[str, Any] | None:
    """The first JSON object in a text, whatever stands around it (code fences, explanations).

    >>> json_in('Here it is: ```json {"a": {"value": 1}} ```')
    {'a': {'value': 1}}
    """
    decoder = json.JSONDecoder()
    at = text.find("{")
    for _ in range(_MOST_TRIES):
        if at < 0:
            return None
        try:
            found, _end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            at = text.find("{", at + 1)
            continue
        return found if isinstance(found, dict) else None
    return None


def problems_of(said: Mapping[str, Any] | None, wanted: Mapping[str, Any]) -> list[str]:
    """What is wrong with an answer, in words the model can act on; nothing if `wanted` is empty or met."""
    if said is None:
        return ["it holds no JSON object"]
    fields: Mapping[str, Any] = wanted.get("properties", {})
    unknown = [f"there is no field {str(name)[:40]!r}" for name in said if fields and name not in fields]
    return [*(fault for name in fields if (fault := fault_of(name, said, wanted))), *unknown]


def fault_of(name: str, said: Mapping[str, Any], wanted: Mapping[str, Any]) -> str:
    """What is wrong with one field of an answer, "" if it can be used.

    >>> fault_of("city", {}, {"properties": {"city": {}}})
    'field city is missing'
    """
    if name not in said:
        return f"field {name} is missing"
    if not isinstance(said[name], dict) or "value" not in said[name]:
        return f'{name} must be an object with "value", "quote", "passage" and "confidence"'
    schema = wanted["properties"][name]["properties"]["value"]["anyOf"][0]
    problem = _problem_of(said[name]["value"], schema)
    return f"the value of {name} must be {problem}, or null" if problem else ""


def merged(
    earlier: Mapping[str, Any] | None, later: Mapping[str, Any] | None, wanted: Mapping[str, Any]
) -> dict[str, Any]:
    """Two answers to one question as one: the later one's fields, but the earlier one's where only that can be used.

    >>> merged({"a": 1}, {"b": 2}, {})
    {'a': 1, 'b': 2}
    """
    both = dict(earlier or {})
    for name, said in (later or {}).items():
        known = name in wanted.get("properties", {}) and name in both
        if not (known and fault_of(name, later or {}, wanted) and not fault_of(name, both, wanted)):
            both[name] = said
    return both


def only(wanted: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """The wanted form with no fields but these."""
    kept = {name: schema for name, schema in wanted.get("properties", {}).items() if name in names}
    return {**wanted, "properties": kept, "required": list(kept)}


def _problem_of(value: Any, schema: Mapping[str, Any]) -> str:
    """What a value should have been, "" if it is that or can be read as that."""
    kind = schema["type"]
    if value is None:
        return ""
    if "enum" in schema:
        return "" if value in schema["enum"] else f"one of {schema['enum']}"
    if kind == "array":
        return "" if isinstance(value, list) else "a list"
    if kind in {"number", "integer"}:
        readable = isinstance(value, int | float) or (isinstance(value, str) and any(c.isdigit() for c in value))
        return "" if readable and not isinstance(value, bool) else f"a {kind}"
    if kind == "boolean":
        return "" if isinstance(value, bool) else "true or false"
    return "" if isinstance(value, str | int | float) and not isinstance(value, bool) else "a string"


def fields_of(said: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, FieldAnswer]:
    """The fields of an answer; a bare value instead of an object counts as a value without evidence.

    >>> fields_of({"city": {"value": "Rome", "quote": "in Rome", "passage": 2, "confidence": 0.9}}, {})["city"].quotes
    (Quote(text='in Rome', start=-1, end=-1, passage=2),)
    """
    names = wanted.get("properties") or said
    return {name: _field_of(said[name]) for name in names if name in said}


def _field_of(said: Any) -> FieldAnswer:
    if not isinstance(said, dict):
        return FieldAnswer(said, (), _UNSAID)
    quote, passage = said.get("quote"), said.get("passage")
    texts = quote if isinstance(quote, list) else [quote]
    number = passage if isinstance(passage, int) and not isinstance(passage, bool) else 0
    quotes = tuple(Quote(text, passage=number) for text in texts[:_MOST_QUOTES] if isinstance(text, str) and text)
    stated = said.get("confidence")
    known = isinstance(stated, int | float) and not isinstance(stated, bool)
    confidence = min(1.0, max(0.0, float(stated))) if known and stated is not None else _UNSAID
    return FieldAnswer(said.get("value"), quotes, confidence)
