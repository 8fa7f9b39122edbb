"""The lease primary record: what a team holds to be true of a tenancy, and how it came to be."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from schemas.jurisdiction import Jurisdiction
from schemas.terms import LeaseTerms


class RecordSource(BaseModel):
    """A document that a record was made from."""

    model_config = ConfigDict(frozen=True)

    sha256: str
    path: str
    doc_type: Literal["lease", "lease_amendment"]
    validated: bool = Field(description="whether its report said 'agreement is validated'")
    dated: str = Field("", description="ISO date that orders it among the others: signed, else in force from")


class LeaseRecord(BaseModel):
    """One version of the record of a tenancy; versions are never changed, the last one is in force.

    >>> LeaseRecord(tenancy="t", unit="u", terms=LeaseTerms(), changed=datetime(2025, 3, 1)).version
    1
    """

    model_config = ConfigDict(frozen=True)

    tenancy: str = Field(description="key of the tenancy: the unit and its tenants; the same through renewals")
    unit: str = Field(description="key of the premises")
    version: int = Field(1, ge=1, description="counts from 1, without gaps")
    status: Literal["open", "closed"] = "open"
    change: Literal["created", "renewed", "amended", "documented", "closed"] = Field(
        "created", description="why there is this version; 'documented': an older document was added, the terms stay"
    )
    changed: datetime = Field(description="when this version was made, with time zone")
    terms: LeaseTerms
    jurisdiction: Jurisdiction | None = None
    sources: tuple[RecordSource, ...] = Field((), description="documents it was made from, oldest first")
    origins: dict[str, str] = Field(default_factory=dict, description="field -> SHA-256 of the document that says it")
    closed_on: date | None = Field(None, description="the day the tenancy ended, as far as known")
    closed_by_hand: bool = Field(False, description="closed by a person, whose date stays; not by the next tenancy")
