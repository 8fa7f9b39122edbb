"""Answers -> terms: values of the right type, each with its located evidence, odd ones flagged instead of failing."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from math import isfinite
from typing import Any

from pydantic import BaseModel, ValidationError

from pipeline.generate.grounding import Grounder
from schemas import (
    Analysis,
    Answer,
    Document,
    Evidence,
    FieldAnswer,
    Passage,
    StageError,
    Task,
    Term,
    Terms,
    analysis_for,
)

_NOTHING = frozenset({"", "null", "none", "n/a", "na", "not stated", "not specified", "unknown", "tbd"})
_NUMBER = re.compile(
    r"(?:[A-Z]{0,3}\s?[$€£¥₹]|[A-Z]{3})?\s?(?P<number>-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)"
    r"\s?(?:[A-Z]{3}|dollars|euros|pounds|calendar days|days?|years?|st|nd|rd|th|sq\.? ?ft\.?|square feet)?"
)
_MOST_QUOTES = 500


def assemble_terms(
    analysis: Analysis,
    answers: Iterable[Answer],
    document: Document,
    passages: Sequence[Passage] = (),
    source: str = "",
) -> tuple[Terms, list[StageError]]:
    """The terms of a document from the answers to its field groups.

    Args:
        analysis: says which terms model, and from which confidence on a value is accepted.
        answers: in any order; where two answer one field, the first one that has a value counts.
        document: what the quotes are looked for in.
        passages: what the quotes' passage numbers refer to (empty if the backend knows offsets).
        source: name of the backend.

    Returns:
        the terms, every field of the model among them, and an error for each field the model does not have.
    """
    grounder = Grounder(document, passages)
    fields = analysis.model.model_fields
    terms: dict[str, Term[Any]] = {}
    errors: list[StageError] = []
    ceiling = 0.9 * min((analysis.accept, *analysis.accept_by_field.values()))
    for answer in answers:
        for name, said in answer.fields.items():
            if name not in fields:
                message = f"{source or 'the backend'} answered {name[:60]!r}, which {analysis.terms} does not have"
                errors.append(StageError(stage="generate", type="InvalidAnswer", message=message))
            elif name not in terms or (terms[name].value is None and said.value is not None):
                terms[name] = to_term(said, term_type(analysis.model, name), grounder, source, ceiling)
    for name in fields:
        if name not in terms:
            terms[name] = _term(term_type(analysis.model, name), None, 0.0, [], [], source)
    construct: Callable[..., Terms] = analysis.model.model_construct  # type: ignore[assignment]
    return construct(**terms), errors


def term_type(model: type[BaseModel], name: str) -> type[Term[Any]]:
    """The parametrised Term of a field of a terms model.

    >>> from schemas import LeaseTerms
    >>> term_type(LeaseTerms, "pets_allowed").__name__
    'Term[bool]'
    """
    annotation = model.model_fields[name].annotation
    assert isinstance(annotation, type) and issubclass(annotation, Term)
    return annotation


def kind_of(task: Task, name: str) -> str:
    """How two values of a field of an answer are compared (`schemas.terms.Comparator`): as its terms model says, else by its form.

    >>> from schemas import analysis_for
    >>> kind_of(Task("extract", "lease", Document("a", "", "", "", ()), group=analysis_for("lease").groups[5]), "deposit_amount")
    'money'
    """
    info = analysis_for(task.doc_type).model.model_fields.get(name) if task.kind == "extract" else None
    if info is not None and isinstance(info.json_schema_extra, dict):
        return str(info.json_schema_extra["comparator"])
    wanted = (
        task.wanted.get("properties", {}).get(name, {}).get("properties", {}).get("value", {}).get("anyOf", [{}])[0]
    )
    kinds = {"array": "texts", "number": "money", "integer": "int", "boolean": "bool"}
    return "exact" if "enum" in wanted else kinds.get(wanted.get("type", ""), "phrase")


def stated(task: Task, name: str, said: FieldAnswer) -> FieldAnswer:
    """An answer whose value is None if it only says in words that there is none ("not stated")."""
    model = analysis_for(task.doc_type).model
    if name not in model.model_fields:
        return said
    value, valid = coerce(said.value, term_type(model, name))
    return replace(said, value=None) if valid and value is None else said


def to_term(said: FieldAnswer, kind: type[Term[Any]], grounder: Grounder, source: str, ceiling: float) -> Term[Any]:
    """One answer as a term.

    A value that is not of the field's type becomes None, flagged `invalid_value`. A value none of whose quotes is in
    the document is kept, flagged `ungrounded`, its confidence at most `ceiling`.
    """
    flags = list(dict.fromkeys(said.flags))
    value, valid = coerce(said.value, kind)
    if not valid:
        flags.append("invalid_value")
    found = _located(said, grounder)
    confidence = min(1.0, max(0.0, said.confidence)) if isfinite(said.confidence) else 0.0
    if value is not None and not found:
        flags.append("ungrounded")
        confidence = min(confidence, ceiling)
    if not valid:
        confidence = 0.0
    return _term(kind, value, round(confidence, 4), found, list(dict.fromkeys(flags)), said.source or source)


def _term(
    kind: type[Term[Any]], value: Any, confidence: float, found: list[Evidence], flags: list[str], source: str
) -> Term[Any]:
    """A term as it is. Every field is named: pydantic reads the source of the default of one that is not, each time."""
    return kind.model_construct(value=value, confidence=confidence, evidence=found, flags=flags, source=source)


def _located(said: FieldAnswer, grounder: Grounder) -> list[Evidence]:
    """The evidence of the quotes that can be located, each place once."""
    found: dict[tuple[int, int], Evidence] = {}
    for quote in said.quotes[:_MOST_QUOTES]:
        at = grounder.ground(quote)
        if at is not None:
            found.setdefault((at.start, at.end), at)
    return list(found.values())


def coerce(value: Any, kind: type[Term[Any]]) -> tuple[Any, bool]:
    """A plain value as the type of its field, and whether it could be one; words for "nothing" are None.

    >>> from schemas import Money
    >>> coerce("$1,450", Term[Money]), coerce("not stated", Term[Money]), coerce("much", Term[Money])
    ((Decimal('1450'), True), (None, True), (None, False))
    """
    if value is None or (isinstance(value, str) and value.strip().lower() in _NOTHING):
        return None, True
    if isinstance(value, (list, tuple)) and not value:
        return None, True
    for attempt in _readings(value):
        try:
            read = kind.model_validate({"value": attempt}).value
        except (ValidationError, ValueError, OverflowError):
            continue
        if isinstance(read, (float, Decimal)) and not isfinite(read):
            continue
        if isinstance(value, bool) and not isinstance(read, bool):
            continue
        return read, True
    return None, False


def _readings(value: Any) -> Iterable[Any]:
    """The value, and what it may have been meant to be: a number in a string, a string in another case, a lone item."""
    yield value
    if isinstance(value, str):
        yield value.strip()
        yield value.strip().lower()
        if len(value) < 60 and (number := _NUMBER.fullmatch(value.strip())):
            yield number["number"].replace(",", "")
        yield [value.strip()]
    elif isinstance(value, bool):
        return
    elif isinstance(value, (int, float, Decimal)):
        yield str(value)
    elif isinstance(value, (list, tuple)):
        yield [str(item).strip() for item in value if item is not None and str(item).strip()]
        if len(value) == 1:
            yield from _readings(value[0])
