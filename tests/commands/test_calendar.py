"""`clauseline calendar`, from a file and from the store."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar

from pipeline.cli import main
from pipeline.settings import Settings
from pipeline.stores import open_records
from tests.calendar.tenancies import year


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite:///{tmp_path / 'clauseline.db'}"
    monkeypatch.setenv("CLAUSELINE_DATABASE", url)
    return url


@pytest.fixture
def record(tmp_path: Path) -> Path:
    file = tmp_path / "record.json"
    file.write_text(year(property_address="12 Elm St", termination_notice_min_days=60).model_dump_json())
    return file


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["calendar", *map(str, arguments)])


def test_a_table_with_what_each_date_follows_from(record: Path) -> None:
    said = run(record, "--from", "2026-03-01").output
    assert "2026-04-01  Wed  Last day for notice that the term is not renewed" in said
    assert "2026-06-30" in said and "5321.16(B)" in said
    assert "Not dated" in said and "the lease's record has no renewal option" in said
    assert "are not moved" in said
    assert "2025-06-01" not in said


def test_an_ics_file_of_the_same_days(record: Path, tmp_path: Path) -> None:
    ics = tmp_path / "lease.ics"
    result = run(record, "--from", "2026-05-15", "--until", "2026-06-30", "--ics", ics)
    assert result.exit_code == 0, result.output
    days = [event.decoded("DTSTART") for event in Calendar.from_ical(ics.read_bytes()).walk("VEVENT")]
    assert days == [date(2026, 5, 31), date(2026, 6, 30)]


def test_json_has_the_sources(record: Path) -> None:
    occasions = json.loads(run(record, "--json").output)["occasions"]
    (deposit,) = [o for o in occasions if o["kind"] == "deposit_return"]
    assert deposit["laws"][0]["url"].startswith("https://codes.ohio.gov/")
    assert [source["field"] for source in deposit["terms"]] == ["deposit_amount", "tenancy_end_date"]


def test_a_tenancy_of_the_store_cancels_what_its_last_version_dropped(tmp_path: Path) -> None:
    with open_records(Settings()) as records:
        records.put((year(),))
        records.put((year(version=2, status="closed", closed_on=date(2025, 12, 15)),))
    result = run(year().tenancy, "--ics", tmp_path / "lease.ics")
    assert result.exit_code == 0, result.output
    events = Calendar.from_ical((tmp_path / "lease.ics").read_bytes()).walk("VEVENT")
    cancelled = [event.decoded("DTSTART") for event in events if event["STATUS"] == "CANCELLED"]
    assert min(cancelled) == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "neither a result of a run nor a record"),
        ("[]", "neither a result"),
        ('{"tenancy": 3}', "neither a result"),
    ],
)
def test_another_file_is_told_in_one_line(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "other.json"
    file.write_text(content)
    result = run(file)
    assert result.exit_code == 1
    assert said in result.output and "Traceback" not in result.output


def test_what_is_not_there_is_told_with_what_to_do() -> None:
    assert "there is no file nowhere.json" in run("nowhere.json").output
    assert "`clauseline records list` shows them" in run("no such tenancy").output


def test_days_the_wrong_way_round_are_a_wrong_command(record: Path) -> None:
    assert run(record, "--from", "2026-05-02", "--until", "2026-05-01").exit_code == 2
