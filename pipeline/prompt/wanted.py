"""What an answer must look like: its fields with their types and descriptions, and the JSON schema of it."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from schemas import CheckResult, DocType, FieldGroup
from schemas.task import TaskKind

Json = dict[str, Any]


@dataclass(frozen=True)
class WantedField:
    """A field an answer has: its name, what it means, the JSON schema of its value."""

    name: str
    description: str
    schema: Json

    @property
    def type(self) -> str:
        """The type of the value in words.

        >>> WantedField("x", "", {"type": "array", "items": {"type": "string"}}).type
        'list of strings'
        """
        if "enum" in self.schema:
            return "one of " + ", ".join(f'"{value}"' for value in self.schema["enum"])
        if self.schema["type"] == "array":
            return f"list of {self.schema['items']['type']}s"
        name = str(self.schema["type"])
        return {"boolean": "true or false", "integer": "whole number"}.get(name, name)


_STATED: dict[TaskKind, tuple[WantedField, ...]] = {
    "classify": (
        WantedField("doc_type", "what kind of document this is", {"type": "string", "enum": list(get_args(DocType))}),
    ),
    "check_clause": (
        WantedField(
            "result",
            "whether the document meets the requirement",
            {"type": "string", "enum": [r for r in get_args(CheckResult) if r != "not_applicable"]},
        ),
        WantedField("explanation", "why, in one sentence for the reader of the report", {"type": "string"}),
    ),
    "draft_wording": (WantedField("wording", "the text to insert", {"type": "string"}),),
    "template_clause": (
        WantedField(
            "kind",
            "law: it restates a statute; term: it fixes or leaves blank a term of the lease; structure: it says how the lease is "
            "made up; none: it asks nothing of a lease (instructions for the form, a signature block)",
            {"type": "string", "enum": ["law", "term", "structure", "none"]},
        ),
        WantedField("name", "what the clause is about, in at most six words", {"type": "string"}),
        WantedField("condition", "what a lease must say to agree with it, in one plain sentence", {"type": "string"}),
        WantedField("citation", "the statute it names, as written", {"type": "string"}),
        WantedField(
            "must_say",
            "two to four lines, each with words or stems of words of which a lease with this clause has at least one, parted by |",
            {"type": "array", "items": {"type": "string"}},
        ),
        WantedField("number", "the one number the clause fixes, if it fixes one", {"type": "number"}),
        WantedField(
            "unit",
            "the unit of that number",
            {"type": "string", "enum": ["days", "hours", "months", "percent", "dollars"]},
        ),
        WantedField("bound", "how that number binds a lease", {"type": "string", "enum": ["at most", "at least"]}),
    ),
}


def wanted_fields(kind: TaskKind, model: type[BaseModel], group: FieldGroup | None) -> tuple[WantedField, ...]:
    """The fields of the answer to a task; those of an extraction come from the terms model.

    >>> from schemas import LeaseTerms, analysis_for
    >>> [f.type for f in wanted_fields("extract", LeaseTerms, analysis_for("lease").groups[1])]
    ['list of strings', 'list of strings']
    """
    if kind != "extract":
        return _STATED[kind]
    names = group.fields if group is not None else tuple(model.model_fields)
    return tuple(_field(model, name) for name in names)


def wanted_schema(kind: TaskKind, model: type[BaseModel], group: FieldGroup | None) -> Json:
    """The JSON schema of the answer to a task: {field: {value, quote, passage, confidence}}, all required.

    It keeps to what every provider's structured output takes: no references, no patterns, no extra properties.

    >>> from schemas import LeaseTerms, analysis_for
    >>> list(wanted_schema("extract", LeaseTerms, analysis_for("lease").groups[5])["properties"])
    ['deposit_amount', 'deposit_paid_by_date']
    """
    fields = wanted_fields(kind, model, group)
    return {
        "title": kind if group is None else f"{kind}_{group.name}",
        "description": "One object for each field, with the value and the words of the document that establish it.",
        **_object({field.name: _answer_of(field) for field in fields}),
    }


@cache
def _field(model: type[BaseModel], name: str) -> WantedField:
    """A field of a terms model: `Term[T]` gives the schema of T."""
    info = model.model_fields[name]
    term = info.annotation
    assert isinstance(term, type) and issubclass(term, BaseModel)
    return WantedField(name, info.description or "", _schema_of(term.model_fields["value"].annotation))


def _schema_of(annotation: Any) -> Json:
    """The JSON schema of a field's value, as plain as it can be put."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        return _schema_of(next(a for a in arguments if a is not NoneType))
    if origin is Annotated:
        return _schema_of(arguments[0])
    if origin is Literal:
        return {"type": "string", "enum": list(arguments)}
    if origin is list:
        return {"type": "array", "items": _schema_of(arguments[0])}
    names = {str: "string", bool: "boolean", int: "integer", float: "number", Decimal: "number"}
    return {"type": names[annotation]}


def _answer_of(field: WantedField) -> Json:
    """The schema of one field's answer."""
    text: Json = {"type": "string"}
    quote = {"type": "array", "items": text} if field.schema["type"] == "array" else text
    answer = _object(
        {
            "value": _or_null(field.schema),
            "quote": _or_null(quote),
            "passage": _or_null({"type": "integer"}),
            "confidence": {"type": "number", "description": "from 0 to 1"},
        }
    )
    return {"description": field.description, **answer}


def _object(properties: Json) -> Json:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _or_null(schema: Json) -> Json:
    return {"anyOf": [schema, {"type": "null"}]}
