"""Leases and amendments as results of a run, made of a few values."""

from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from schemas import DocumentInfo, Jurisdiction, LeaseTerms, Result, ValidationReport

NOW = datetime(2026, 1, 1, tzinfo=UTC)
POWELL = Jurisdiction(country="US", state="Ohio", city="Powell", zipcode="43065")
VALID: dict[str, Any] = {"confidence": 99.0, "as_of": date(2026, 1, 1), "knowledge_version": "1"}


def terms(**values: Any) -> LeaseTerms:
    """Terms with these values."""
    return LeaseTerms.model_validate({name: {"value": value} for name, value in values.items()})


def document(name: str, doc_type: str = "lease", *, valid: bool = True, place: Any = POWELL, **values: Any) -> Result:
    """What a run says of a document about 12 Elm Street, Unit 4, let to Ada Byron."""
    said = {"property_address": "12 Elm Street, Unit 4, Powell, Ohio 43065", "tenant_name": ["Ada Byron"]} | values
    status = "agreement is validated" if valid else "agreement is not fully validated"
    return Result(
        document=DocumentInfo(path=f"{name}.pdf", sha256=sha256(name.encode()).hexdigest()),
        doc_type=doc_type,  # type: ignore[arg-type]
        jurisdiction=place,
        terms=terms(**said),
        validation=ValidationReport(status=status, **VALID),  # type: ignore[arg-type]
    )


LEASE = document(
    "lease", agreement_signed_date="2023-05-01", tenancy_start_date="2023-06-01", tenancy_end_date="2024-05-31",
    rent_amount=900, pets_allowed=False, owner_name=["Elm LLC"],
)  # fmt: skip
AMENDMENT = document(
    "amendment", "lease_amendment", agreement_signed_date="2023-09-01", rent_amount=950, tenancy_end_date="2024-08-31",
    property_address="12 Elm St #4", owner_name=["Elm LLC"],
)  # fmt: skip
RENEWAL = document(
    "renewal", agreement_signed_date="2024-07-10", tenancy_start_date="2024-09-01", tenancy_end_date="2025-08-31",
    rent_amount=1000, tenant_name=["BYRON, ADA M."],
)  # fmt: skip
SUCCESSOR = document(
    "successor", agreement_signed_date="2025-09-15", tenancy_start_date="2025-10-01", tenancy_end_date="2026-09-30",
    rent_amount=1100, tenant_name=["Max Planck"],
)  # fmt: skip
