"""The tables of the stack are those that `clauseline` itself makes."""

from typing import Any
from uuid import uuid4

import pytest

from pipeline.aws import aws_client
from tests.deploy.cloudformation import of_type

dynamo = pytest.importorskip("pipeline.stores.dynamo", reason="this version has no tables on DynamoDB")


@pytest.fixture(scope="module")
def made(aws_url: str) -> dict[str, Any]:
    """What AWS on loopback says of the tables that we made there, by the last part of their names."""
    prefix = f"stack-{uuid4().hex[:8]}"
    with pytest.MonkeyPatch.context() as patch:
        from tests.services.aws_server import point_at

        point_at(aws_url, patch)
        dynamo.create_tables(f"dynamodb:///{prefix}")
        client = aws_client("dynamodb")
        names = [name for page in client.get_paginator("list_tables").paginate() for name in page["TableNames"]]
        ours = [name for name in names if name.startswith(f"{prefix}-")]
        return {name.removeprefix(f"{prefix}-"): client.describe_table(TableName=name)["Table"] for name in ours}


def test_the_stack_has_all_of_them(made: dict[str, Any]) -> None:
    names = {
        properties["TableName"]["Fn::Sub"].removeprefix("${Prefix}-")
        for properties in of_type("AWS::DynamoDB::Table").values()
    }
    assert names == set(made)


@pytest.mark.parametrize("name", of_type("AWS::DynamoDB::Table"))
def test_they_have_the_same_keys_and_indexes(made: dict[str, Any], name: str) -> None:
    stack = of_type("AWS::DynamoDB::Table")[name]
    table = made[stack["TableName"]["Fn::Sub"].removeprefix("${Prefix}-")]
    assert stack["KeySchema"] == table["KeySchema"]
    assert _by_name(stack["AttributeDefinitions"]) == _by_name(table["AttributeDefinitions"])
    assert _indexes(stack) == _indexes(table)
    assert stack["BillingMode"] == table["BillingModeSummary"]["BillingMode"]


def _by_name(attributes: list[dict[str, str]]) -> dict[str, str]:
    return {attribute["AttributeName"]: attribute["AttributeType"] for attribute in attributes}


def _indexes(table: dict[str, Any]) -> dict[str, Any]:
    return {i["IndexName"]: (i["KeySchema"], i["Projection"]) for i in table.get("GlobalSecondaryIndexes", ())}
