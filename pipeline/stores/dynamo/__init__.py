"""Lease records and requirements in DynamoDB: two tables, made by `clauseline aws init` or a deployment, never by the way."""

from pipeline.stores.dynamo.knowledge import DynamoKnowledge
from pipeline.stores.dynamo.place import Place
from pipeline.stores.dynamo.records import DynamoRecords
from pipeline.stores.dynamo.tables import create_tables


def open_dynamo_records(url: str) -> DynamoRecords:
    """The lease records of a team; nothing is asked yet.

    Args:
        url: `dynamodb://REGION/PREFIX`, or `dynamodb:///PREFIX` for the configured region; `?spill=s3://BUCKET/PREFIX` says
            where a record goes that is larger than an item may be.

    Raises:
        StoreError: it is no such URL.

    >>> open_dynamo_records("dynamodb://us-east-1/team").place.records
    'team-records'
    """
    return DynamoRecords(Place.of(url))


def open_dynamo_knowledge(url: str) -> DynamoKnowledge:
    """The requirement packs of a team; nothing is asked yet.

    Args:
        url: as for `open_dynamo_records`.

    Raises:
        StoreError: it is no such URL.
    """
    return DynamoKnowledge(Place.of(url))


__all__ = ["create_tables", "open_dynamo_knowledge", "open_dynamo_records"]
