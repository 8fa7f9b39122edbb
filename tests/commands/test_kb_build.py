"""`clauseline kb build | diff | accept | reject | list | show` through the command itself, on the sample templates."""

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.stores import kept_packs

SAMPLES = Path(__file__).parents[2] / "samples"
OHIO = SAMPLES / "templates" / "ohio-standard-lease.pdf"

Run = Callable[..., Result]
LEASE = """RESIDENTIAL LEASE AGREEMENT

This Residential Lease is made between ____________ ("Landlord") and ____________ ("Tenant").

1. Premises

Landlord leases to Tenant the dwelling at __________________, __________.

2. Rent

Tenant shall pay rent of $________ per month to Landlord on or before the ____ day of each month, in advance.

3. Quiet Hours

Tenant shall keep quiet between ten in the evening and seven in the morning, and answer a complaint within {days} days.

4. {fourth}

Tenant shall {fourth_says} at the end of the lease term, as agreed with Landlord.
"""
UNHEADED = "Residential lease agreement. " + 60 * (
    "The landlord leases the dwelling in ohio to the tenant, and the tenant pays rent to the landlord each month of the lease term. "
)


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite:///{tmp_path / 'own' / 'kb.db'}"
    monkeypatch.setenv("CLAUSELINE_DATABASE", url)
    return url


@pytest.fixture
def kb(url: str) -> Run:
    def run(*arguments: object) -> Result:
        return CliRunner().invoke(main, ["kb", *map(str, arguments)])

    return run


def template(
    tmp_path: Path,
    name: str = "house-lease.txt",
    days: str = "ten (10)",
    fourth: str = "Keys",
    says: str = "return the keys",
) -> Path:
    path = tmp_path / name
    path.write_text(LEASE.format(days=days, fourth=fourth, fourth_says=says), encoding="utf-8")
    return path


def test_build_drafts_accept_takes_over_and_building_again_changes_nothing(kb: Run, url: str) -> None:
    first = kb("build", OHIO)
    assert first.exit_code == 0 and "kb accept US-OH" in first.output
    assert "new       US-OH.ohio_standard_residential_lease.fair_housing  Fair Housing (law, p. 3)" in first.output
    assert "left out  Notice before entry (p. 2): asked already by US-OH.entry_notice" in first.output
    again = kb("build", OHIO)
    assert again.exit_code == 0 and "nothing new" in again.output
    assert "fair_housing" in kb("diff", "us-oh").output
    accepted = kb("accept", "US-OH")
    assert accepted.exit_code == 0 and "accepted in US-OH" in accepted.output
    assert "no drafts" in kb("diff", "US-OH").output
    assert "nothing new" in kb("build", OHIO).output
    (pack,) = kept_packs(url)
    assert {r.in_force_from for r in pack.requirements} == {date(2026, 1, 1)}, "the day of the template's edition"


def test_a_new_edition_shows_old_and_new_and_what_it_drops(kb: Run, url: str, tmp_path: Path) -> None:
    kb("build", template(tmp_path), "--jurisdiction", "US-OH")
    kb("accept", "US-OH", "--from", "2025-01-01")
    edition = template(tmp_path, "house-lease-2.txt", "fourteen (14)", "Parking", "leave the parking space")
    said = kb("build", edition, "--jurisdiction", "US-OH").output
    assert "check.number.const: 10.0 → 14.0" in said and "dropped   US-OH.residential_lease_agreement.keys" in said
    assert "new       US-OH.residential_lease_agreement.parking" in said
    kb("accept", "US-OH", "--from", "2026-01-01")
    (pack,) = kept_packs(url)
    times = {
        (r.name, r.in_force_from.year, r.in_force_to)
        for r in pack.requirements
        if r.name in ("Keys", "Quiet Hours", "Parking")
    }
    last = date(2025, 12, 31)
    assert times == {
        ("Keys", 2025, last), ("Quiet Hours", 2025, last), ("Quiet Hours", 2026, None), ("Parking", 2026, None),
    }  # fmt: skip


def test_some_are_accepted_others_rejected(kb: Run, url: str, tmp_path: Path) -> None:
    kb("build", template(tmp_path), "--jurisdiction", "US-OH")
    assert "1 accepted in US-OH" in kb("accept", "US-OH", "--only", "quiet_hours").output
    assert "drafts of US-OH dropped" in kb("reject", "US-OH").output
    (pack,) = kept_packs(url)
    assert [(r.name, r.draft) for r in pack.requirements] == [("Quiet Hours", False)]


def test_list_and_show_have_the_teams_own_beside_the_shipped(kb: Run, tmp_path: Path) -> None:
    kb("build", template(tmp_path), "--jurisdiction", "US-OH-COLUMBUS", "--name", "House lease")
    listed, shown = kb("list").output, kb("show", "US-OH-COLUMBUS").output
    assert "US-OH-COLUMBUS" in listed and "House lease" in listed
    assert "Quiet Hours" in shown and "(draft)" in shown and "house-lease.txt, p. 1" in shown
    assert "(draft)" not in kb("show", "US-OH").output


@pytest.mark.parametrize("code, field", [
    ("US-OH-COLUMBUS", {"cities": ("Columbus",)}), ("US-OH-FRANKLIN-COUNTY", {"counties": ("Franklin",)}),
    ("US-OH-43215", {"zipcodes": ("43215",)}), ("US-OH-LIBERTY-TOWNSHIP", {"townships": ("Liberty Township", "Liberty")}),
])  # fmt: skip
def test_a_local_key_makes_a_local_pack(
    kb: Run, url: str, tmp_path: Path, code: str, field: dict[str, tuple[str, ...]]
) -> None:
    assert kb("build", template(tmp_path), "--jurisdiction", code).exit_code == 0
    (pack,) = kept_packs(url)
    assert pack.jurisdiction == code and pack.places
    assert {name: value for name, value in pack.places.model_dump().items() if value} == field


@pytest.mark.parametrize("make, why", [
    (lambda folder: folder / "missing.pdf", "does not exist"),
    (lambda folder: _written(folder, "empty.txt", ""), "empty"),
    (lambda folder: _written(folder, "blank.txt", "   \n\n"), "is empty"),
    (lambda folder: SAMPLES / "protocols" / "oncology-phase2.pdf", "clinical protocol, no lease"),
    (lambda folder: SAMPLES / "letters" / "boiler-letter.pdf", "this is no lease"),
    (lambda folder: SAMPLES / "leases" / "ohio-amendment.pdf", "lease amendment, no lease"),
    (lambda folder: template(folder), "--jurisdiction"),
    (lambda folder: _written(folder, "ohio.txt", UNHEADED), "no clauses under headings or numbers"),
])  # fmt: skip
def test_what_is_no_template_is_said_in_one_line(
    kb: Run, url: str, tmp_path: Path, make: Callable[[Path], Path], why: str
) -> None:
    result = kb("build", make(tmp_path))
    assert result.exit_code == 1 and why in result.output
    assert len(result.output.strip().splitlines()) == 1 and "Traceback" not in result.output
    assert kept_packs(url) == ()


def test_one_bad_template_does_not_cost_the_others(kb: Run, url: str, tmp_path: Path) -> None:
    result = kb("build", tmp_path / "missing.pdf", OHIO)
    assert result.exit_code == 1 and [p.jurisdiction for p in kept_packs(url)] == ["US-OH"]


@pytest.mark.parametrize("arguments, why", [
    (("diff", "US-OH"), "no pack of your own for US-OH"), (("accept", "US-ZZ"), "no pack of your own"),
    (("build", OHIO, "--jurisdiction", "US-ZZ"), "unknown jurisdiction"),
    (("build", OHIO, "--backend", "nonsense"), "unknown backend"), (("show", "US-ZZ"), "no knowledge pack US-ZZ"),
])  # fmt: skip
def test_a_mistake_is_answered_with_one_clear_line(kb: Run, arguments: tuple[object, ...], why: str) -> None:
    result = kb(*arguments)
    assert result.exit_code in (1, 2) and why in result.output and "Traceback" not in result.output


@pytest.mark.parametrize(
    "arguments", [("list",), ("show", "US-OH"), ("diff", "US-OH"), ("accept", "US-OH"), ("build", OHIO)]
)
def test_a_database_of_a_newer_version_is_told_in_one_line(
    kb: Run, url: str, tmp_path: Path, arguments: tuple[object, ...]
) -> None:
    kb("build", template(tmp_path), "--jurisdiction", "US-OH")
    with sqlite3.connect(url.removeprefix("sqlite:///")) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    result = kb(*arguments)
    assert result.exit_code == 1 and "newer Clauseline" in result.output and "Traceback" not in result.output


def test_a_commercial_template_is_for_commercial_leases(kb: Run, url: str, tmp_path: Path) -> None:
    text = LEASE.format(days="ten (10)", fourth="Signs", fourth_says="remove its signs").replace(
        "Residential", "Commercial"
    )
    text = text.replace("RESIDENTIAL", "COMMERCIAL").replace(
        "dwelling", "store and office space, for the sale of goods,"
    )
    assert kb("build", _written(tmp_path, "store.txt", text), "--jurisdiction", "US-OH").exit_code == 0
    (pack,) = kept_packs(url)
    assert {r.applies_to for r in pack.requirements} == {("commercial",)}


def test_accepting_what_is_not_there_names_the_way_on(kb: Run, tmp_path: Path) -> None:
    kb("build", template(tmp_path), "--jurisdiction", "US-OH")
    result = kb("accept", "US-OH", "--only", "no_such_clause")
    assert result.exit_code == 1 and "kb diff US-OH" in result.output


def _written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
