"""The two tables: how they are keyed, and how they are made.

PREFIX-records, keyed by `tenancy` and `version` (a number):

    tenancy, 1, 2, 3 ...    a version: `body` (its JSON, gzipped), or `spilled`, the key of an object that holds that
    tenancy, 0              which version is the `last`; `unit`, `status`, `state`; `shard`, by which the index parts them
    unit#UNIT, -1           the tenancies the unit was let under, and the one that is `open`

PREFIX-requirements, keyed by `pack` (JURISDICTION#DOC_TYPE) and `part`:

    pack, head              the `versions` in the order they were put, each with the digest of its content
    pack, DIGEST#body       a version without its requirements
    pack, DIGEST#00012      its twelfth requirement: `body`, and since when and until when it is in force
    #packs, pack            that there is such a pack
"""

from typing import Any

from pipeline.stores.dynamo.place import Place

LISTING = "listing"
"""The index of tenancies: `shard` and `tenancy`, of the items that say which version is the last."""

SHARDS = 16
"""Parts of the index, so that no one part of it takes all the writing."""


def create_tables(url: str) -> list[str]:
    """Make those of the tables that are not there: paid by request, encrypted by KMS, with recovery to a point in time.

    Args:
        url: see `open_dynamo_records`.

    Returns:
        the names of the tables made.

    Raises:
        StoreError: the URL is wrong, or they can't be made.
    """
    place = Place.of(url)
    return [str(table["TableName"]) for table in (_records(place), _requirements(place)) if _create(place, table)]


def _create(place: Place, table: dict[str, Any]) -> bool:
    client, name = place.client, table["TableName"]
    with place.asked():
        try:
            client.create_table(
                BillingMode="PAY_PER_REQUEST", SSESpecification={"Enabled": True, "SSEType": "KMS"}, **table
            )
        except client.exceptions.ResourceInUseException:
            return False
        client.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 120})
        client.update_continuous_backups(
            TableName=name, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
        )
    return True


def _records(place: Place) -> dict[str, Any]:
    index = {
        "IndexName": LISTING,
        "KeySchema": _keys("shard", "tenancy"),
        "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["last", "status", "state"]},
    }
    return {
        "TableName": place.records,
        "KeySchema": _keys("tenancy", "version"),
        "AttributeDefinitions": [_attribute("tenancy"), _attribute("version", "N"), _attribute("shard")],
        "GlobalSecondaryIndexes": [index],
    }


def _requirements(place: Place) -> dict[str, Any]:
    return {
        "TableName": place.requirements,
        "KeySchema": _keys("pack", "part"),
        "AttributeDefinitions": [_attribute("pack"), _attribute("part")],
    }


def _keys(partition: str, sort: str) -> list[dict[str, str]]:
    return [{"AttributeName": partition, "KeyType": "HASH"}, {"AttributeName": sort, "KeyType": "RANGE"}]


def _attribute(name: str, kind: str = "S") -> dict[str, str]:
    return {"AttributeName": name, "AttributeType": kind}
