"""What a document changes in the records of its unit: the new versions to keep, or why there are none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from pipeline.errors import WrongUsage
from pipeline.records.consolidated import base_of, consolidated
from pipeline.records.keys import same_tenants, tenancy_key, unit_key
from pipeline.records.succession import begins, settled, succeeded
from pipeline.tenancies import Key, lease_of
from schemas import LeaseRecord, LeaseTerms, RecordSource, Result

Outcome = Literal["created", "renewed", "amended", "documented", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class Update:
    """What became of a document: the new versions, or the reason why there are none; `tenancy` is the record's key."""

    outcome: Outcome
    reason: str = ""
    tenancy: str = ""
    records: tuple[LeaseRecord, ...] = ()


def update(result: Result, held: Sequence[LeaseRecord], *, now: datetime, accept: bool = False) -> Update:
    """What a lease or an amendment changes in the records of its unit.

    Documents may come in any order: what is dated later counts. The same document again changes nothing.

    Args:
        result: of the document.
        held: the last version of every record of its unit.
        now: with time zone; when the new versions are made.
        accept: a person has decided that it is to be taken though it is not validated.
    """
    terms = result.terms
    if not isinstance(terms, LeaseTerms) or result.status == "failed":
        return Update("refused", "there is no lease in it")
    if known := next((r for r in held for source in r.sources if source.sha256 == result.document.sha256), None):
        return Update("unchanged", "it is in the record already", known.tenancy)
    source, unit = _source(result, terms), unit_key(terms, result.jurisdiction)
    if not (source.validated or accept):
        status = result.validation.status if result.validation else "it was not checked"
        return Update("refused", f"{status}; put right what the report names, or take it with --accept")
    if unit is None:
        return Update("refused", "it says no address of the premises, so it is not known which unit it is about")
    if source.doc_type == "lease_amendment":
        return _amended(result, source, terms, held, now)
    return _leased(result, source, terms, unit, held, now)


def amended_record(amendment: Result, held: Sequence[LeaseRecord]) -> LeaseRecord | None:
    """The record of the tenancy whose lease an amendment amends, if it is there.

    Args:
        amendment: its result.
        held: the last version of every record of its unit.
    """
    if not isinstance(amendment.terms, LeaseTerms):
        return None
    key = Key.made(amendment.document.path, amendment.document.sha256, True, amendment.terms)
    found = lease_of(key, (_key(record, key.address) for record in held))
    return next((record for record in held if found and record.tenancy == found.path), None)


def closed(record: LeaseRecord, on: date, *, now: datetime) -> LeaseRecord:
    """The version that ends a tenancy by a person's decision.

    Raises:
        WrongUsage: it is closed already.
    """
    if record.status == "closed":
        raise WrongUsage(f"{record.tenancy} is closed already, on {record.closed_on}")
    ending = {"status": "closed", "closed_on": on, "closed_by_hand": True}
    return _next(record, record.model_copy(update=ending | {"change": "closed"}), now)


def _leased(
    result: Result, source: RecordSource, terms: LeaseTerms, unit: str, held: Sequence[LeaseRecord], now: datetime
) -> Update:
    tenants = terms.tenant_name.value or []
    tenancy = tenancy_key(unit, tenants)
    if tenancy is None:
        return Update("refused", "it names no tenant")
    theirs = [r for r in held if r.tenancy == tenancy or same_tenants(tenants, r.terms.tenant_name.value or [])]
    own = max(theirs, key=lambda r: (r.tenancy == tenancy, begins(r)), default=None)
    others = [record for record in held if record is not own]
    if held and not source.dated:
        return Update("refused", "it has no date, so it can't be told from the other documents of its unit")
    new = LeaseRecord(tenancy=tenancy, unit=unit, changed=now, terms=terms, jurisdiction=result.jurisdiction)
    written = consolidated(own or new, source, terms)
    same_day = next((other for other in others if begins(other) == begins(written)), None)
    if same_day:
        return Update("refused", f"another tenancy of the unit, {same_day.tenancy}, begins on the same day")
    if rebased := base_of(written.sources) is source:
        written = written.model_copy(update={"jurisdiction": result.jurisdiction})
    written = settled(written, others, rebased=rebased)
    ended = [_next(other, other, now) for other in (succeeded(written, others) if rebased else ())]
    outcome: Outcome = "documented" if not rebased else "renewed" if own else "created"
    return Update(outcome, "", written.tenancy, (*ended, _next(own, written, now)))


def _amended(
    result: Result, source: RecordSource, terms: LeaseTerms, held: Sequence[LeaseRecord], now: datetime
) -> Update:
    if not source.dated:
        return Update("refused", "the amendment has no date, so it can't be told what it changes")
    own = amended_record(result, held)
    if own is None:
        return Update("refused", "the lease that it amends is not recorded; add that first")
    written = consolidated(own, source, terms)
    written = settled(written, [record for record in held if record is not own], rebased=False)
    outcome: Outcome = "amended" if written.change == "amended" else "documented"
    return Update(outcome, "", own.tenancy, (_next(own, written, now),))


def _key(record: LeaseRecord, address: str) -> Key:
    """A record as a lease of the day of its first document, for an amendment may be older than the lease in force.

    It is of the amendment's unit, so its address is the same, however it is written.
    """
    first = min((source.dated for source in record.sources), default="")
    return replace(Key.made(record.tenancy, "", False, record.terms), address=address, dated=first)


def _source(result: Result, terms: LeaseTerms) -> RecordSource:
    return RecordSource(
        sha256=result.document.sha256,
        path=result.document.path,
        doc_type="lease_amendment" if result.doc_type == "lease_amendment" else "lease",
        validated=bool(result.validation and result.validation.status == "agreement is validated"),
        dated=terms.agreement_signed_date.value or terms.tenancy_start_date.value or "",
    )


def _next(held: LeaseRecord | None, written: LeaseRecord, now: datetime) -> LeaseRecord:
    return written.model_copy(update={"version": held.version + 1 if held else 1, "changed": now})
