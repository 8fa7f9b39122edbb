"""The wanted form of an answer comes from the terms model and keeps to what structured output of all providers takes."""

from typing import Any

import pytest

from pipeline.prompt import wanted_schema
from pipeline.prompt.wanted import wanted_fields
from schemas import LeaseTerms, NoTerms, analysis_for


def test_a_field_has_value_quote_passage_and_confidence_all_required() -> None:
    lease = analysis_for("lease")
    schema = wanted_schema("extract", LeaseTerms, lease.groups[5])
    assert schema["required"] == ["deposit_amount", "deposit_paid_by_date"]
    deposit = schema["properties"]["deposit_amount"]
    assert deposit["required"] == ["value", "quote", "passage", "confidence"]
    assert deposit["properties"]["value"] == {"anyOf": [{"type": "number"}, {"type": "null"}]}
    assert deposit["description"] == LeaseTerms.model_fields["deposit_amount"].description


def test_types_follow_the_model() -> None:
    fields = {f.name: f for f in wanted_fields("extract", LeaseTerms, None)}
    assert fields["owner_name"].type == "list of strings"
    assert fields["pets_allowed"].type == "true or false"
    assert fields["rent_paid_by_day_of_month"].type == "whole number"
    assert fields["tenancy_start_date"].type == "string"
    assert fields["utilities_terms_electricity"].type == 'one of "tenant", "owner", "shared"'


def test_a_list_has_a_list_of_quotes() -> None:
    lease = analysis_for("lease")
    owner = wanted_schema("extract", LeaseTerms, lease.groups[1])["properties"]["owner_name"]["properties"]
    assert owner["quote"]["anyOf"][0] == {"type": "array", "items": {"type": "string"}}


def keywords(schema: Any) -> set[str]:
    """Every JSON-schema keyword used, property names left out."""
    if isinstance(schema, list):
        return set().union(*map(keywords, schema)) if schema else set()
    if not isinstance(schema, dict):
        return set()
    found = set(schema)
    for key, value in schema.items():
        found |= set().union(*map(keywords, value.values())) if key == "properties" else keywords(value)
    return found


@pytest.mark.parametrize("doc_type", ["lease", "clinical_protocol"])
def test_only_plain_keywords_are_used(doc_type: str) -> None:
    analysis = analysis_for(doc_type)
    allowed = {
        "title",
        "description",
        "type",
        "properties",
        "required",
        "additionalProperties",
        "anyOf",
        "items",
        "enum",
    }
    for group in analysis.groups:
        assert keywords(wanted_schema("extract", analysis.model, group)) <= allowed


def test_other_tasks_have_their_own_fields() -> None:
    assert list(wanted_schema("classify", NoTerms, None)["properties"]) == ["doc_type"]
    result = wanted_schema("check_clause", LeaseTerms, None)["properties"]["result"]["properties"]["value"]
    assert "satisfied" in result["anyOf"][0]["enum"]
    assert list(wanted_schema("draft_wording", LeaseTerms, None)["properties"]) == ["wording"]
