"""A tenancy: a lease and the amendments that change it, as one set of terms."""

from pydantic import BaseModel, Field

from schemas.terms import LeaseTerms


class Amends(BaseModel):
    """The document an amendment amends, and the fields whose value it changes."""

    path: str
    sha256: str
    changes: list[str] = Field(default_factory=list)


class Tenancy(BaseModel):
    """The terms in force after a lease and its amendments; `origins` names the document each value comes from."""

    documents: list[str] = Field(description="paths: the lease, then its amendments by date")
    terms: LeaseTerms
    origins: dict[str, str] = Field(default_factory=dict)
