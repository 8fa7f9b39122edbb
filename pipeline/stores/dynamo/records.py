"""Lease records in DynamoDB; see `tables` for the items. What is read to decide is read consistently."""

import hashlib
import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.errors import Conflict, StoreError
from pipeline.stores.dynamo.bodies import packed, unpacked
from pipeline.stores.dynamo.items import MOST_READ, Item, got, patiently, queried
from pipeline.stores.dynamo.place import Place
from pipeline.stores.dynamo.tables import LISTING, SHARDS
from schemas import LeaseRecord

MOST_TOGETHER = 33
"""Records kept in one go: three items each, of the hundred that a transaction may have."""


class _Overtaken(Conflict):
    """Another wrote meanwhile; what is there now decides."""


@dataclass(frozen=True)
class DynamoRecords:
    """See `pipeline.stores.record_store.RecordStore`. A listing (`find`) may lag behind what was just put by a second."""

    place: Place

    def get(self, tenancy: str) -> LeaseRecord | None:
        last = queried(self.place, **self._versions(tenancy), ScanIndexForward=False, Limit=1)
        return next(map(self._record, last), None)

    def open_for(self, unit: str) -> LeaseRecord | None:
        tenancy = self._item(*_unit_key(unit)).get("open")
        record = self.get(tenancy["S"]) if tenancy else None
        return record if record and record.status == "open" else None

    def of_unit(self, unit: str) -> Iterator[LeaseRecord]:
        for tenancy in sorted(self._item(*_unit_key(unit)).get("tenancies", {"SS": []})["SS"]):
            if record := self.get(tenancy):
                yield record

    def history(self, tenancy: str) -> Iterator[LeaseRecord]:
        return map(self._record, queried(self.place, **self._versions(tenancy)))

    def find(self, *, state: str | None = None, status: str | None = None) -> Iterator[LeaseRecord]:
        wanted = {name: value for name, value in (("state", state), ("status", status)) if value is not None}
        listings = [queried(self.place, **self._listed(shard, wanted)) for shard in range(SHARDS)]
        merged = heapq.merge(*listings, key=lambda item: item["tenancy"]["S"].encode())
        for heads in _portions(merged):
            keys = [_key(head["tenancy"]["S"], int(head["last"]["N"])) for head in heads]
            items = {item["tenancy"]["S"]: item for item in got(self.place, self.place.records, keys)}
            yield from (self._record(items[head["tenancy"]["S"]]) for head in heads)

    def put(self, records: tuple[LeaseRecord, ...]) -> None:
        if len(records) > MOST_TOGETHER:
            raise StoreError(f"{self.place.url} keeps {MOST_TOGETHER} records in one go at most, not {len(records)}")
        patiently(_Overtaken)(self._put, records)

    def _put(self, records: tuple[LeaseRecord, ...]) -> None:
        """Look, and write on condition that nothing has changed since."""
        asked = {(record.tenancy, 0) for record in records} | {_unit_key(record.unit) for record in records}
        found = got(self.place, self.place.records, [_key(*key) for key in sorted(asked)])
        held = {(item["tenancy"]["S"], int(item["version"]["N"])): item for item in found}
        fresh = [record for record in records if not self._kept(record, held.get((record.tenancy, 0)))]
        if not fresh:
            return
        actions = [action for record in fresh for action in self._actions(record)]
        for unit in sorted({record.unit for record in fresh}):  # one action for each: none touches an item twice
            of_unit = [record for record in fresh if record.unit == unit]
            actions.append(self._unit_after(unit, of_unit, held.get(_unit_key(unit), {})))
        client = self.place.client
        with self.place.asked():
            try:
                client.transact_write_items(TransactItems=actions)
            except client.exceptions.TransactionCanceledException as error:
                reasons = {reason.get("Code") for reason in error.response.get("CancellationReasons", ())}
                if not reasons & {"ConditionalCheckFailed", "TransactionConflict"}:
                    raise
                raise _Overtaken(
                    f"{self.place.url}: others keep changing {fresh[0].tenancy}; try again later"
                ) from None

    def _kept(self, record: LeaseRecord, head: Item | None) -> bool:
        """Whether that very version is there already.

        Raises:
            Conflict: another one is, or the one before it is not.
        """
        version = int(head["last"]["N"]) if head else 0
        if record.version == version + 1:
            return False
        if record.version <= version:
            held = self._item(record.tenancy, record.version)
            if unpacked(self.place, held) == record.model_dump_json():
                return True
        raise Conflict(f"the record {record.tenancy} is at version {version}, so there can be no new {record.version}")

    def _actions(self, record: LeaseRecord) -> list[Item]:
        """The version, and that it is the last; each on condition that nobody was faster."""
        table, state = self.place.records, record.jurisdiction.state if record.jurisdiction else None
        version = {**_key(record.tenancy, record.version), **packed(self.place, record.model_dump_json())}
        head: Item = {
            **_key(record.tenancy, 0), "last": {"N": str(record.version)}, "unit": {"S": record.unit},
            "status": {"S": record.status}, "shard": {"S": _shard(record.tenancy)},
        }  # fmt: skip
        if state:
            head["state"] = {"S": state}
        if record.version == 1:
            was: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(tenancy)"}
        else:
            was = {
                "ConditionExpression": "#last = :before", "ExpressionAttributeNames": {"#last": "last"},
                "ExpressionAttributeValues": {":before": {"N": str(record.version - 1)}},
            }  # fmt: skip
        fresh = {"TableName": table, "Item": version, "ConditionExpression": "attribute_not_exists(tenancy)"}
        return [{"Put": fresh}, {"Put": {"TableName": table, "Item": head, **was}}]

    def _unit_after(self, unit: str, records: Sequence[LeaseRecord], held: Item) -> Item:
        """What becomes of a unit, on condition that it is as it was held.

        Raises:
            Conflict: another tenancy is open, or two would be.
        """
        now = held["open"]["S"] if "open" in held else None
        left = None if now in {record.tenancy for record in records if record.status == "closed"} else now
        opened = sorted({record.tenancy for record in records if record.status == "open"} | ({left} if left else set()))
        if len(opened) > 1:
            raise Conflict(f"{opened[1]} can't be open: its unit is let under {opened[0]}")
        values: Item = {":these": {"SS": sorted({record.tenancy for record in records})}}
        if now is not None:
            values[":now"] = {"S": now}
        if opened:
            values[":open"] = {"S": opened[0]}
        return {
            "Update": {
                "TableName": self.place.records,
                "Key": _key(*_unit_key(unit)),
                "UpdateExpression": ("SET #open = :open" if opened else "REMOVE #open") + " ADD tenancies :these",
                "ConditionExpression": "#open = :now" if now is not None else "attribute_not_exists(#open)",
                "ExpressionAttributeNames": {"#open": "open"},
                "ExpressionAttributeValues": values,
            }
        }

    def _versions(self, tenancy: str) -> dict[str, Any]:
        """The query for the versions of a tenancy."""
        return {
            "TableName": self.place.records, "ConsistentRead": True,
            "KeyConditionExpression": "tenancy = :tenancy AND version >= :first",
            "ExpressionAttributeValues": {":tenancy": {"S": tenancy}, ":first": {"N": "1"}},
        }  # fmt: skip

    def _listed(self, shard: int, wanted: dict[str, str]) -> dict[str, Any]:
        """The query for one part of the listing."""
        query: dict[str, Any] = {
            "TableName": self.place.records, "IndexName": LISTING, "KeyConditionExpression": "#shard = :shard",
            "ExpressionAttributeValues": {":shard": {"S": f"{shard:x}"}} | {f":{n}": {"S": v} for n, v in wanted.items()},
        }  # fmt: skip
        query["ExpressionAttributeNames"] = {f"#{name}": name for name in ("shard", *wanted)}
        if wanted:
            query["FilterExpression"] = " AND ".join(f"#{name} = :{name}" for name in wanted)
        return query

    def _item(self, tenancy: str, version: int) -> Item:
        """An item as it is now; without attributes if there is none."""
        with self.place.asked():
            found = self.place.client.get_item(
                TableName=self.place.records, Key=_key(tenancy, version), ConsistentRead=True
            )
        item: Item = found.get("Item", {})
        return item

    def _record(self, item: Item) -> LeaseRecord:
        return LeaseRecord.model_validate_json(unpacked(self.place, item))


def _key(tenancy: str, version: int) -> Item:
    return {"tenancy": {"S": tenancy}, "version": {"N": str(version)}}


def _unit_key(unit: str) -> tuple[str, int]:
    """No version of a tenancy has that number, so no tenancy has that key, whatever it is called."""
    return f"unit#{unit}", -1


def _shard(tenancy: str) -> str:
    """The part of the listing that a tenancy is in.

    >>> _shard("12 main st|ada byron")
    '8'
    """
    return f"{int.from_bytes(hashlib.sha256(tenancy.encode()).digest()[:4]) % SHARDS:x}"


def _portions(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Items in lists as long as can be read in one call."""
    portion: list[Item] = []
    for item in items:
        portion.append(item)
        if len(portion) == MOST_READ:
            yield portion
            portion = []
    if portion:
        yield portion
