"""`clauseline letter` and `clauseline letters`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from tests.calendar.tenancies import year

LEASE = year(
    owner_name=["Maple Homes LLC"], tenant_name=["Ada Byron"], property_address="12 Elm St", rent_amount=1450,
    rent_currency="USD", late_fee="$50 after the 5th",
)  # fmt: skip


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAUSELINE_DATABASE", f"sqlite:///{tmp_path / 'clauseline.db'}")
    monkeypatch.setenv("CLAUSELINE_LETTERS", str(tmp_path / "letters"))


@pytest.fixture
def record(tmp_path: Path) -> str:
    file = tmp_path / "record.json"
    file.write_text(LEASE.model_dump_json())
    return str(file)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_a_letter_is_printed_and_its_blanks_are_told(record: str) -> None:
    result = run("letter", "renewal", record, "--on", "2026-02-20", "--set", "new_rent=1,500.00 USD")
    assert "at a monthly rent of 1,500.00 USD" in result.stdout
    assert "left blank, as the record does not say: new_end, answer_by" in result.stderr


def test_a_letter_that_is_sent_is_archived_and_listed(record: str, tmp_path: Path) -> None:
    page = tmp_path / "reminder.html"
    sent = run("letter", "reminder", record, "--on", "2026-02-20", "--out", str(page), "--sent", "email", "--to", "ada@example.com")  # fmt: skip
    assert sent.exit_code == 0, sent.output
    listed = run("letters", "list", LEASE.tenancy, "--json")
    entry = json.loads(listed.stdout)
    assert (entry["to"], entry["channel"], entry["media_type"]) == (["ada@example.com"], "email", "text/html")
    assert run("letters", "show", record, entry["id"]).stdout == page.read_text()
    assert "unchanged" in run("letters", "list", record).stdout


def test_a_letter_with_blanks_is_not_archived_until_it_is_filled_by_hand(record: str, tmp_path: Path) -> None:
    refused = run("letter", "renewal", record, "--sent", "mail")
    assert refused.exit_code == 1
    assert "not archived: new_end, new_rent, answer_by are blank" in refused.output
    done = tmp_path / "renewal.txt"
    done.write_text("Dear Ada, all filled in.")
    assert run("letters", "add", record, str(done), "--kind", "renewal", "--sent", "mail").exit_code == 0
    (entry,) = map(json.loads, run("letters", "list", LEASE.tenancy, "--json").stdout.splitlines())
    assert (entry["to"], entry["kind"], entry["record_version"]) == (["Ada Byron"], "renewal", 1)


def test_a_letter_changed_in_the_archive_is_an_error(record: str, tmp_path: Path) -> None:
    run("letter", "reminder", record, "--on", "2026-02-20", "--sent", "hand")
    (content,) = (tmp_path / "letters").rglob("*.md")
    content.write_text("something else")
    listed = run("letters", "list", LEASE.tenancy)
    assert listed.exit_code == 1 and "changed" in listed.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["letter", "farewell", "{record}"], "there is no letter 'farewell'"),
        (["letter", "reminder", "{record}", "--set", "new_rent"], "--set takes NAME=VALUE"),
        (["letters", "show", "{record}", "no-such"], "there is no letter no-such"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(record: str, arguments: list[str], said: str) -> None:
    result = run(*(argument.format(record=record) for argument in arguments))
    assert result.exit_code == 1
    assert said in result.output and "Traceback" not in result.output


def test_no_letters_is_no_error() -> None:
    assert run("letters", "list", "nobody").exit_code == 0
