"""Requirement packs in DynamoDB; see `tables` for the items. A version is there when the head of its pack lists it."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.errors import Conflict, StoreError
from pipeline.stores.dynamo.items import Item, patiently, put_all, queried
from pipeline.stores.dynamo.place import Place
from schemas import Pack, Requirement

_PACKS = "#packs"
_FOREVER = "9999-12-31"


class _Overtaken(Conflict):
    """Another put a version meanwhile."""


@dataclass(frozen=True)
class DynamoKnowledge:
    """See `pipeline.stores.protocols.KnowledgeStore`."""

    place: Place

    def put(self, pack: Pack) -> None:
        patiently(_Overtaken)(self._put, pack)

    def get(self, jurisdiction: str, doc_type: str = "lease", version: str | None = None) -> Pack | None:
        listed = [entry for entry in self._listed(jurisdiction, doc_type) if version in (None, entry[0])]
        return self._pack(_name(jurisdiction, doc_type), listed[-1][1]) if listed else None

    def versions(self, jurisdiction: str, doc_type: str = "lease") -> list[str]:
        return [version for version, _ in self._listed(jurisdiction, doc_type)]

    def jurisdictions(self) -> list[str]:
        packs = queried(
            self.place, TableName=self.place.requirements, ConsistentRead=True,
            KeyConditionExpression="pack = :packs", ExpressionAttributeValues={":packs": {"S": _PACKS}},
        )  # fmt: skip
        return sorted({item["part"]["S"].partition("#")[0] for item in packs})

    def in_force(self, jurisdiction: str, as_of: date, doc_type: str = "lease") -> list[Requirement]:
        listed = self._listed(jurisdiction, doc_type)
        if not listed:
            return []
        day = {
            "FilterExpression": "#since <= :day AND #until >= :day",
            "ExpressionAttributeNames": {"#since": "since", "#until": "until"},
            "ExpressionAttributeValues": {":day": {"S": as_of.isoformat()}},
        }
        parts = self._parts(_name(jurisdiction, doc_type), listed[-1][1], **day)
        found = (Requirement.model_validate_json(part["body"]["S"]) for part in parts)
        return sorted((r for r in found if not r.draft), key=lambda r: r.id)

    def _put(self, pack: Pack) -> None:
        """Write the parts, which nobody sees, and then list the version, on condition that nobody else did."""
        name, digest = _name(pack.jurisdiction, pack.doc_type), _digest(pack)
        listed = self._listed(pack.jurisdiction, pack.doc_type)
        if held := dict(listed).get(pack.version):
            if held == digest:
                return
            raise StoreError(
                f"version {pack.version} of {pack.jurisdiction} is there with other content; give the pack a new version"
            )
        put_all(self.place, self.place.requirements, list(_items(pack, name, digest)))
        entry: Item = {"L": [{"M": {"version": {"S": pack.version}, "digest": {"S": digest}}}]}
        head = {
            "TableName": self.place.requirements,
            "Key": {"pack": {"S": name}, "part": {"S": "head"}},
            "UpdateExpression": "SET versions = list_append(if_not_exists(versions, :none), :new)",
            "ConditionExpression": "size(versions) = :known" if listed else "attribute_not_exists(versions)",
            "ExpressionAttributeValues": {":none": {"L": []}, ":new": entry}
            | ({":known": {"N": str(len(listed))}} if listed else {}),
        }
        known = {"TableName": self.place.requirements, "Item": {"pack": {"S": _PACKS}, "part": {"S": name}}}
        client = self.place.client
        with self.place.asked():
            try:
                client.transact_write_items(TransactItems=[{"Update": head}, {"Put": known}])
            except client.exceptions.TransactionCanceledException as error:
                reasons = {reason.get("Code") for reason in error.response.get("CancellationReasons", ())}
                if not reasons & {"ConditionalCheckFailed", "TransactionConflict"}:
                    raise
                raise _Overtaken(f"{self.place.url}: others keep changing {name}; try again later") from None

    def _listed(self, jurisdiction: str, doc_type: str) -> list[tuple[str, str]]:
        """Version and digest of what was put, in that order."""
        key = {"pack": {"S": _name(jurisdiction, doc_type)}, "part": {"S": "head"}}
        with self.place.asked():
            head = self.place.client.get_item(TableName=self.place.requirements, Key=key, ConsistentRead=True)
        entries = head.get("Item", {}).get("versions", {"L": []})["L"]
        return [(entry["M"]["version"]["S"], entry["M"]["digest"]["S"]) for entry in entries]

    def _pack(self, name: str, digest: str) -> Pack:
        parts = {
            part["part"]["S"].partition("#")[2]: json.loads(part["body"]["S"]) for part in self._parts(name, digest)
        }
        body = parts.pop("body")
        return Pack.model_validate(body | {"requirements": [parts[position] for position in sorted(parts)]})

    def _parts(self, name: str, digest: str, **more: Any) -> Iterator[Item]:
        """The items of a version: its body and requirements, or those of them that a filter lets through."""
        values = {":pack": {"S": name}, ":digest": {"S": f"{digest}#"}} | more.pop("ExpressionAttributeValues", {})
        return queried(
            self.place, TableName=self.place.requirements, ConsistentRead=True, ExpressionAttributeValues=values,
            KeyConditionExpression="pack = :pack AND begins_with(part, :digest)", **more,
        )  # fmt: skip


def _name(jurisdiction: str, doc_type: str) -> str:
    return f"{jurisdiction}#{doc_type}"


def _digest(pack: Pack) -> str:
    return hashlib.sha256(pack.model_dump_json().encode()).hexdigest()[:32]


def _items(pack: Pack, name: str, digest: str) -> Iterator[Item]:
    """The parts of a version as items."""
    yield {
        "pack": {"S": name}, "part": {"S": f"{digest}#body"},
        "body": {"S": pack.model_dump_json(exclude={"requirements"})},
    }  # fmt: skip
    for position, requirement in enumerate(pack.requirements):
        until = requirement.in_force_to.isoformat() if requirement.in_force_to else _FOREVER
        yield {
            "pack": {"S": name}, "part": {"S": f"{digest}#{position:05}"}, "body": {"S": requirement.model_dump_json()},
            "since": {"S": requirement.in_force_from.isoformat()}, "until": {"S": until},
        }  # fmt: skip
