"""Amendments find their lease, say what they change, and consolidate with it."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline import Pipeline, Settings
from pipeline.batch import run_batch
from pipeline.tenancies import Key, consolidate, lease_of, tenancies
from schemas import DocumentInfo, LeaseTerms, Result

SAMPLES = Path(__file__).parents[1] / "samples" / "leases"


def result(path: str, doc_type: str = "lease", **values: Any) -> Result:
    """A result with the given values as its terms."""
    terms = LeaseTerms()
    for name, value in values.items():
        getattr(terms, name).value = value
    return Result(document=DocumentInfo(path=path, sha256=path), doc_type=doc_type, terms=terms)  # type: ignore[arg-type]


LEASE = result(
    "lease.pdf", property_address="12 Elm Street, Unit 4, Powell, Ohio 43065", tenant_name=["Ada Byron"],
    agreement_signed_date="2023-05-01", tenancy_start_date="2023-06-01", tenancy_end_date="2024-05-31",
    rent_amount=Decimal(900), pets_allowed=False,
)  # fmt: skip
FIRST = result(
    "first.pdf", "lease_amendment", property_address="12 Elm St., Unit 4, Powell, Ohio", tenant_name=["Ada Byron"],
    agreement_signed_date="2024-04-01", tenancy_start_date="2024-06-01", tenancy_end_date="2025-05-31", rent_amount=Decimal(950),
)  # fmt: skip
SECOND = result(
    "second.pdf", "lease_amendment", property_address="12 Elm Street Unit 4 Powell", tenant_name=["Ada Byron"],
    agreement_signed_date="2024-09-01", pets_allowed=True,
)  # fmt: skip


def test_the_later_date_wins_and_every_value_names_its_document() -> None:
    tenancy = consolidate(LEASE, [SECOND, FIRST])
    assert tenancy.documents == ["lease.pdf", "first.pdf", "second.pdf"]
    assert tenancy.terms.rent_amount.value == 950
    assert tenancy.terms.tenancy_end_date.value == "2025-05-31"
    assert tenancy.terms.pets_allowed.value is True
    assert [tenancy.origins[n] for n in ("rent_amount", "pets_allowed", "tenant_name")] == [
        "first.pdf",
        "second.pdf",
        "lease.pdf",
    ]


def test_a_tenancy_began_when_the_lease_says() -> None:
    assert consolidate(LEASE, [FIRST]).terms.tenancy_start_date.value == "2023-06-01"


def test_an_amendment_of_another_unit_or_another_tenant_is_left_alone() -> None:
    other_unit = result("x.pdf", "lease_amendment", property_address="99 Elm Street, Powell", tenant_name=["Ada Byron"])
    other_tenant = result(
        "y.pdf", "lease_amendment", property_address="12 Elm Street, Unit 4", tenant_name=["Max Planck"]
    )
    (tenancy,) = tenancies([LEASE, other_unit, other_tenant, result("z.pdf", "lease_amendment")])
    assert tenancy.documents == ["lease.pdf"]


def test_the_latest_lease_before_the_amendment_is_meant() -> None:
    renewed = LEASE.model_copy(deep=True)
    renewed.document.path = "renewed.pdf"
    assert isinstance(renewed.terms, LeaseTerms)
    renewed.terms.agreement_signed_date.value = "2024-05-01"
    keys = [key for r in (LEASE, renewed) if (key := Key.of(r))]
    first, second = Key.of(FIRST), Key.of(SECOND)
    assert first and second
    found = lease_of(first, keys), lease_of(second, keys)
    assert [key and key.path for key in found] == ["lease.pdf", "renewed.pdf"]


def test_a_run_links_the_sample_amendment_to_its_lease(tmp_path: Path) -> None:
    settings = Settings(ocr="off", workers=1, database="sqlite://")
    run_batch([SAMPLES / "ohio.pdf", SAMPLES / "ohio-amendment.pdf"], tmp_path / "out", settings)
    linked = Result.model_validate_json((tmp_path / "out" / "ohio-amendment.pdf" / "result.json").read_text())
    assert linked.amends is not None
    assert linked.amends.path.endswith("ohio.pdf")
    assert "tenancy_end_date" in linked.amends.changes and "owner_name" not in linked.amends.changes


def test_the_pipeline_gives_the_tenancy_of_a_folder() -> None:
    pipeline = Pipeline(Settings(ocr="off"))
    results = [pipeline.run(SAMPLES / name) for name in ("ohio-amendment.pdf", "ohio.pdf")]
    (tenancy,) = pipeline.tenancies(results)
    assert [Path(p).name for p in tenancy.documents] == ["ohio.pdf", "ohio-amendment.pdf"]
    assert Path(tenancy.origins["tenancy_end_date"]).name == "ohio-amendment.pdf"
