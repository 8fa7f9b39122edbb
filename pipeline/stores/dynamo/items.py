"""Items in portions: as many as DynamoDB takes in one call, what it leaves undone again after a while."""

from collections.abc import Iterator, Sequence
from typing import Any

from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from pipeline.errors import ServiceDown
from pipeline.stores.dynamo.place import Place

Item = dict[str, Any]
"""As DynamoDB writes it: {"tenancy": {"S": "a"}}."""

MOST_READ, MOST_WRITTEN = 100, 25
"""Items of one BatchGetItem, and of one BatchWriteItem."""

TRIES = 10


class Unprocessed(ServiceDown):
    """Some of a portion was left undone; the rest again, later."""


def patiently(*kinds: type[Exception]) -> Retrying:
    """Tries again, with exponential backoff and full jitter, what raises one of these."""
    wait = wait_random_exponential(0.05, max=5)
    return Retrying(stop=stop_after_attempt(TRIES), wait=wait, retry=retry_if_exception_type(kinds), reraise=True)


def queried(place: Place, **query: Any) -> Iterator[Item]:
    """The items of a query, page by page as they are asked for."""
    with place.asked():
        for page in place.client.get_paginator("query").paginate(**query):
            yield from page["Items"]


def got(place: Place, table: str, keys: Sequence[Item]) -> list[Item]:
    """The items with these keys, those that are there, in no order.

    Raises:
        ServiceDown: some could not be read, again and again.
    """
    found: list[Item] = []

    def portion(waiting: list[Item]) -> None:
        with place.asked():
            answer = place.client.batch_get_item(RequestItems={table: {"Keys": waiting, "ConsistentRead": True}})
        found.extend(answer["Responses"].get(table, ()))
        waiting[:] = answer.get("UnprocessedKeys", {}).get(table, {}).get("Keys", ())
        if waiting:
            raise Unprocessed(f"{place.url}: {len(waiting)} items were not read")

    for start in range(0, len(keys), MOST_READ):
        patiently(Unprocessed)(portion, list(keys[start : start + MOST_READ]))
    return found


def put_all(place: Place, table: str, items: Sequence[Item]) -> None:
    """Write items; not all or none.

    Raises:
        ServiceDown: some could not be written, again and again.
    """

    def portion(waiting: list[Item]) -> None:
        with place.asked():
            answer = place.client.batch_write_item(RequestItems={table: [{"PutRequest": {"Item": i}} for i in waiting]})
        waiting[:] = [r["PutRequest"]["Item"] for r in answer.get("UnprocessedItems", {}).get(table, ())]
        if waiting:
            raise Unprocessed(f"{place.url}: {len(waiting)} items were not written")

    for start in range(0, len(items), MOST_WRITTEN):
        patiently(Unprocessed)(portion, list(items[start : start + MOST_WRITTEN]))
