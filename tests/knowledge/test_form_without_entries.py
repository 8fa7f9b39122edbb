"""A form that nobody has filled in states nothing, and a clause for servicemembers is no retaliation."""

from pathlib import Path

import pytest

from pipeline import Pipeline
from pipeline.settings import Settings

SAMPLES = Path(__file__).parents[2] / "samples"
FORMS = sorted(path for path in (SAMPLES / "templates").iterdir() if path.suffix in (".pdf", ".docx"))

PRINTED = ("new-york-standard-lease", "texas-standard-lease")
"""Forms that have the day, the first of each month, in print."""


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline(Settings(boxes=False, database="sqlite://"))


def results(pipeline: Pipeline, path: Path) -> dict[str, str]:
    report = pipeline.run(path).validation
    assert report is not None
    return {one.id: one.result for one in report.requirements}


@pytest.mark.parametrize("form", FORMS, ids=lambda path: path.stem)
def test_blanks_name_no_tenant_and_no_day_on_which_rent_is_due(pipeline: Pipeline, form: Path) -> None:
    said = results(pipeline, form)
    assert said["ANY.tenant"] == "missing"
    assert said["ANY.due_day"] == ("satisfied" if form.stem in PRINTED else "missing")


@pytest.mark.parametrize(
    "sentence",
    [
        "The Tenant is aware of the fact that the works are noisy.",
        "A claim must reach Tenant by certified mail.",
        "Tenant means any person who signs.",
        "Rent is to be paid monthly by bank transfer.",
        "For every single day of delay that Tenant does not pay, a charge is added.",
        "The rental of the last year is applicable to what Tenant shall pay.",
    ],
)
def test_what_only_sounds_like_it_does_not_name_a_tenant_or_a_day(
    pipeline: Pipeline, tmp_path: Path, sentence: str
) -> None:
    lease = tmp_path / "lease.txt"
    lease.write_text(
        "RESIDENTIAL LEASE AGREEMENT\n\nThe premises are an apartment at 12 Oak Street, Dayton, Ohio 45402. "
        f"Rent is $900 a month. The security deposit is $900.\n\n{sentence}\n\nLandlord shall keep the premises fit.\n"
    )
    said = results(pipeline, lease)
    assert said["ANY.tenant"] == said["ANY.due_day"] == "missing"


def test_leaving_when_called_to_duty_is_no_punishment(pipeline: Pipeline) -> None:
    assert results(pipeline, SAMPLES / "leases" / "washington.pdf")["US-WA.retaliation"] == "satisfied"
