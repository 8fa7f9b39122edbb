"""Requirement packs in a SQL database: a row for each requirement of each version."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, insert, or_, select

from pipeline.errors import StoreError
from pipeline.stores.sql.engine import Database
from pipeline.stores.sql.tables import packs, requirements
from schemas import Pack, Requirement


class SqlKnowledge:
    """See `pipeline.stores.protocols.KnowledgeStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, pack: Pack) -> None:
        def put(connection: Connection) -> None:
            held = connection.execute(_newest(pack.jurisdiction, pack.doc_type, pack.version)).first()
            if held is None:
                _insert(connection, pack)
            elif _assembled(connection, held) != pack:
                raise StoreError(
                    f"version {pack.version} of {pack.jurisdiction} is there with other content; give the pack a new version"
                )

        self._database.write(put)

    def get(self, jurisdiction: str, doc_type: str = "lease", version: str | None = None) -> Pack | None:
        def find(connection: Connection) -> Pack | None:
            held = connection.execute(_newest(jurisdiction, doc_type, version)).first()
            return _assembled(connection, held) if held else None

        return self._database.read(find)

    def versions(self, jurisdiction: str, doc_type: str = "lease") -> list[str]:
        query = select(packs.c.version).where(packs.c.jurisdiction == jurisdiction, packs.c.doc_type == doc_type)
        return self._database.read(lambda connection: list(connection.execute(query.order_by(packs.c.id)).scalars()))

    def jurisdictions(self) -> list[str]:
        query = select(packs.c.jurisdiction).distinct().order_by(packs.c.jurisdiction)
        return self._database.read(lambda connection: list(connection.execute(query).scalars()))

    def in_force(self, jurisdiction: str, as_of: date, doc_type: str = "lease") -> list[Requirement]:
        r = requirements.c

        def find(connection: Connection) -> list[Requirement]:
            held = connection.execute(_newest(jurisdiction, doc_type, None)).first()
            if held is None:
                return []
            query = select(r.body).where(
                r.pack == held.id, r.in_force_from <= as_of, or_(r.in_force_to.is_(None), r.in_force_to >= as_of)
            )
            found = [Requirement.model_validate(body) for body in connection.execute(query.order_by(r.id)).scalars()]
            return [requirement for requirement in found if not requirement.draft]

        return self._database.read(find)


def _newest(jurisdiction: str, doc_type: str, version: str | None) -> Select[Any]:
    query = select(packs).where(packs.c.jurisdiction == jurisdiction, packs.c.doc_type == doc_type)
    if version is not None:
        query = query.where(packs.c.version == version)
    return query.order_by(packs.c.id.desc()).limit(1)


def _insert(connection: Connection, pack: Pack) -> None:
    row = {
        "jurisdiction": pack.jurisdiction,
        "doc_type": pack.doc_type,
        "version": pack.version,
        "body": pack.model_dump(mode="json", exclude={"requirements"}),
    }
    key = connection.execute(insert(packs).returning(packs.c.id), row).scalar_one()
    rows = [
        {
            "pack": key,
            "position": position,
            "id": requirement.id,
            "in_force_from": requirement.in_force_from,
            "in_force_to": requirement.in_force_to,
            "body": requirement.model_dump(mode="json"),
        }
        for position, requirement in enumerate(pack.requirements)
    ]
    if rows:
        connection.execute(insert(requirements), rows)


def _assembled(connection: Connection, held: Any) -> Pack:
    query = select(requirements.c.body).where(requirements.c.pack == held.id).order_by(requirements.c.position)
    return Pack.model_validate(held.body | {"requirements": list(connection.execute(query).scalars())})
