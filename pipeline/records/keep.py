"""Put what a document changes into the store of records; another who was quicker is taken into account."""

from datetime import UTC, datetime

from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from pipeline.errors import Conflict
from pipeline.records.keys import unit_key
from pipeline.records.update import Update, update
from pipeline.stores.record_store import RecordStore
from schemas import LeaseTerms, Result


@retry(
    retry=retry_if_exception_type(Conflict),
    wait=wait_random_exponential(multiplier=0.02, max=1),
    stop=stop_after_attempt(10),
    reraise=True,
)
def keep(result: Result, records: RecordStore, *, accept: bool = False, now: datetime | None = None) -> Update:
    """Create, renew or amend the record of a lease's tenancy; a document that is in it already changes nothing.

    Args:
        result: of a lease or an amendment.
        records: where the records are.
        accept: take it though its report does not say "agreement is validated".
        now: when the new versions are made; the present if not given.

    Returns:
        what became of it, with the reason where that is nothing.

    Raises:
        Conflict: others have changed the records of this unit each time it was tried.
        StoreError: the records can't be read or written.
    """
    unit = unit_key(result.terms, result.jurisdiction) if isinstance(result.terms, LeaseTerms) else None
    held = tuple(records.of_unit(unit)) if unit else ()
    found = update(result, held, now=now or datetime.now(UTC), accept=accept)
    if found.records:
        records.put(found.records)
    return found
