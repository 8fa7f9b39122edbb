"""The record a command is about: the key of a tenancy in the team's store, or a file of this machine."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click
from pydantic import ValidationError

from pipeline.commands.tables import printable
from pipeline.records import tenancy_key, unit_key
from pipeline.settings import Settings
from schemas import LeaseRecord, LeaseTerms, Result

_MOST = 64 * 1024 * 1024  # bytes of a file that are read


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """The last version of a record, and those before it as far as they are known, oldest first."""

    record: LeaseRecord
    earlier: tuple[LeaseRecord, ...] = ()


def find_record(name: str, settings: Settings) -> KeptRecord:
    """The record of a tenancy.

    Args:
        name: its key, or the path of a result.json of a lease or of a record's JSON.

    Raises:
        click.ClickException: there is none, or the file is neither.
        StoreError: the store can't be asked.
    """
    path = Path(name)
    if path.is_file():
        return KeptRecord(_read(path))
    if path.is_dir() and (path / "result.json").is_file():
        return KeptRecord(_read(path / "result.json"))
    if path.suffix == ".json":
        raise click.ClickException(
            f"there is no file {printable(name)}; give a result.json that `clauseline run` wrote"
        )
    from pipeline.stores import open_records

    with open_records(settings) as records:
        versions = tuple(records.history(name))
    if not versions:
        raise click.ClickException(
            f"there is no record of {printable(name)}; `clauseline records list` shows them, or give a result.json"
        )
    return KeptRecord(versions[-1], versions[:-1])


def _read(path: Path) -> LeaseRecord:
    """The record in a file: as it is, or made of a lease's result."""
    try:
        if path.stat().st_size > _MOST:
            raise click.ClickException(f"{printable(str(path))} is too large to be a result")
        data = json.loads(path.read_bytes())
        if isinstance(data, dict) and "tenancy" in data:
            return LeaseRecord.model_validate(data)
        result = Result.model_validate(data)
    except OSError as error:
        raise click.ClickException(f"{printable(str(path))} can't be read: {error.strerror}") from None
    except (ValidationError, ValueError, RecursionError):
        raise click.ClickException(f"{printable(str(path))} is neither a result of a run nor a record") from None
    changed = datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
    return _record_of(result, changed)


def _record_of(result: Result, changed: datetime) -> LeaseRecord:
    """The record that a lease makes, whether it is validated or not: here it is only looked at."""
    terms = result.terms
    if not isinstance(terms, LeaseTerms):
        kind = result.doc_type.replace("_", " ")
        raise click.ClickException(f"{printable(result.document.path)} is no lease ({kind}); give the result of one")
    unit = unit_key(terms, result.jurisdiction) or result.document.sha256[:16]
    tenancy = tenancy_key(unit, terms.tenant_name.value or ()) or unit
    return LeaseRecord(tenancy=tenancy, unit=unit, terms=terms, changed=changed, jurisdiction=result.jurisdiction)
