"""`clauseline records`: from results of a run to records, and what is said of them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from schemas import Result as Read
from tests.records.leases import AMENDMENT, LEASE, RENEWAL, SUCCESSOR, document


class Desk:
    """A folder of results, and a database for their records."""

    def __init__(self, folder: Path) -> None:
        self.out = folder / "out"
        self.environment = {"CLAUSELINE_DATABASE": f"sqlite:///{folder}/store.db", "NO_COLOR": "1"}

    def write(self, *results: Read) -> Path:
        for result in results:
            file = self.out / result.document.path / "result.json"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(result.model_dump_json())
        return self.out

    def run(self, *arguments: object) -> Result:
        return CliRunner().invoke(main, ["records", *map(str, arguments)], env=self.environment)

    def keys(self) -> list[str]:
        return [json.loads(line)["tenancy"] for line in self.run("list", "--json").stdout.splitlines()]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_folder_of_results_becomes_records_leases_first(desk: Desk) -> None:
    other = Read(document=LEASE.document.model_copy(update={"path": "note.txt"}))
    added = desk.run("add", desk.write(AMENDMENT, LEASE, SUCCESSOR, other))
    assert added.exit_code == 0, added.output
    lines = added.stdout.splitlines()
    assert lines[0].startswith("lease.pdf: created ") and lines[1].startswith("successor.pdf: created ")
    assert lines[1].endswith(" closed") and lines[2].startswith("amendment.pdf: amended ")
    assert lines[-1] == "2 created, 1 amended"
    again = desk.run("add", desk.out)
    assert again.exit_code == 0 and again.stdout.splitlines()[-1] == "3 unchanged"


def test_what_is_not_validated_is_refused_unless_a_person_accepts_it(desk: Desk) -> None:
    out = desk.write(document("draft", valid=False))
    refused = desk.run("add", out)
    assert refused.exit_code == 1 and "not fully validated" in refused.stderr and "--accept" in refused.stderr
    assert desk.run("add", out / "draft.pdf" / "result.json", "--accept").exit_code == 0
    assert "accepted by a person" in desk.run("show", *desk.keys()).stdout


def test_a_file_that_is_no_result_costs_the_others_nothing(desk: Desk, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{}")
    added = desk.run("add", broken, desk.write(LEASE))
    assert added.exit_code == 1 and "no result of a run" in added.stderr and "1 created" in added.stdout
    assert desk.run("add", tmp_path / "nowhere.json").exit_code == 2


def test_records_are_listed_by_state_and_status(desk: Desk) -> None:
    assert "no such records" in desk.run("list").stderr
    desk.run("add", desk.write(LEASE, SUCCESSOR))
    table = desk.run("list").stdout
    assert "Ada Byron" in table and "closed 2024-05-31" in table and "Max Planck" in table
    assert "Ada Byron" not in desk.run("list", "--status", "open").stdout
    assert desk.run("list", "--state", "Iowa").stdout == ""


def test_a_record_is_shown_with_where_each_term_is_from_and_with_its_history(desk: Desk) -> None:
    desk.run("add", desk.write(LEASE, AMENDMENT, RENEWAL))
    (key,) = desk.keys()
    shown = desk.run("show", key).stdout
    assert "version 3 (documented)" in shown  # the amendment is older than the renewal
    assert "1000" in shown and "renewal.pdf" in shown and "amendment.pdf" in shown
    history = desk.run("show", key, "--history").stdout
    assert "rent_amount: 900 → 1000" in history
    assert [
        json.loads(line)["version"] for line in desk.run("show", key, "--history", "--json").stdout.splitlines()
    ] == [1, 2, 3]
    unknown = desk.run("show", "nobody")
    assert unknown.exit_code == 1 and "records list" in unknown.output


def test_a_record_is_closed_once(desk: Desk) -> None:
    desk.run("add", desk.write(LEASE))
    (key,) = desk.keys()
    assert desk.run("close", key, "--on", "2024-04-30").exit_code == 0
    assert "closed 2024-04-30" in desk.run("list").stdout
    again = desk.run("close", key, "--on", "2024-05-01")
    assert again.exit_code == 1 and "closed already, on 2024-04-30" in again.output
    assert desk.run("close", key).exit_code == 2
