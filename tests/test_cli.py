"""The command as a user meets it: help, a first run, wrong arguments, broken files, a second run."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[1] / "samples"


def clauseline(*args: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command in its own process, with a database of its own."""
    command = [sys.executable, "-c", "from pipeline.cli import entry; entry()", *map(str, args)]
    environment = {**os.environ, "CLAUSELINE_DATABASE": f"sqlite:///{cwd / 'test.db'}", "NO_COLOR": "1"}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A run over a lease and a broken file."""
    folder = tmp_path_factory.mktemp("run")
    documents = folder / "in"
    documents.mkdir()
    (documents / "lease.pdf").write_bytes((SAMPLES / "leases" / "ohio.pdf").read_bytes())
    (documents / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing that follows makes sense")
    return folder, clauseline("run", "in", "--out", "out", "--workers", 1, cwd=folder)


def test_help_names_every_command(tmp_path: Path) -> None:
    shown = clauseline("--help", cwd=tmp_path)
    assert shown.returncode == 0
    assert all(name in shown.stdout for name in ("run", "validate", "search", "kb", "eval", "schema", "doctor"))


def test_a_run_writes_results_and_prints_a_table(ran: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, shown = ran
    result = json.loads((folder / "out" / "lease.pdf" / "result.json").read_text())
    assert result["doc_type"] == "lease"
    assert result["terms"]["rent_amount"]["value"] == 1450.0
    assert result["terms"]["rent_amount"]["evidence"][0]["boxes"]
    assert "lease.pdf" in shown.stdout
    assert "2 documents" in shown.stdout
    assert len((folder / "out" / "results.jsonl").read_text().splitlines()) == 2


def test_a_broken_document_fails_alone_in_one_line(ran: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, shown = ran
    result = json.loads((folder / "out" / "broken.pdf" / "result.json").read_text())
    assert shown.returncode == 1
    assert result["status"] == "failed"
    assert len(result["errors"]) == 1 and "\n" not in result["errors"][0]["message"]
    assert "Traceback" not in shown.stdout + shown.stderr


def test_a_second_run_keeps_what_is_done(ran: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, _ = ran
    before = (folder / "out" / "lease.pdf" / "result.json").stat().st_mtime_ns
    shown = clauseline("run", "in", "--out", "out", "--workers", 1, cwd=folder)
    assert "1 kept from before" in shown.stdout
    assert (folder / "out" / "lease.pdf" / "result.json").stat().st_mtime_ns == before


def test_search_finds_what_was_processed(ran: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, _ = ran
    shown = clauseline("search", "return of the deposit", "--type", "lease", "--limit", 1, "--json", cwd=folder)
    hit = json.loads(shown.stdout)
    assert hit["path"].endswith("lease.pdf")
    assert "deposit" in hit["text"].lower()


def test_validate_prints_a_report(tmp_path: Path) -> None:
    shown = clauseline("validate", SAMPLES / "leases" / "ohio.pdf", cwd=tmp_path)
    assert shown.returncode == 0
    assert "agreement is" in shown.stdout
    assert shown.stdout.count("not legal advice") == 1


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [  # status 2; 1 where a document or a pack is missing
        (("run", "no-such-folder"), "no-such-folder"),
        (("run",), "PATHS"),
        (("run", ".", "--workers", "many"), "--workers"),
        (("run", ".", "--jurisdiction", "Atlantis"), "US-OH"),
        (("run", ".", "--backend", "nonsense"), "nonsense"),
        (("run", ".", "--out", "."), "another folder"),
        (("run", ".", "--prompt", "no-such"), "there are: few-shot, zero-shot"),
        (("search", " "), "words"),
        (("validate", ".", "--as-of", "yesterday"), "--as-of"),
        (("schema", "invoice"), "protocol"),
        (("kb", "show", "US-XX"), "US-XX"),
        (("eval", ".", "--part", "3/2"), "K below N"),
        (("eval", "."), "no labelled documents"),
    ],
)
def test_a_wrong_argument_is_told_with_what_to_do(arguments: tuple[str, ...], advice: str, tmp_path: Path) -> None:
    shown = clauseline(*arguments, cwd=tmp_path)
    missing = arguments in [("run", "no-such-folder"), ("kb", "show", "US-XX"), ("eval", ".")]
    assert shown.returncode == (1 if missing else 2)
    assert advice in shown.stderr
    assert "Traceback" not in shown.stderr


@pytest.mark.parametrize("name", ["lease", "protocol", "result"])
def test_schema_prints_json_schema(name: str, tmp_path: Path) -> None:
    assert json.loads(clauseline("schema", name, cwd=tmp_path).stdout)["properties"]


def test_a_pack_is_checked_with_its_own_lease(tmp_path: Path) -> None:
    shown = clauseline("kb", "check", "us-oh", cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert "faults planted in 1 leases: no faults in the packs" in shown.stdout


def test_a_pack_that_is_not_there_is_told(tmp_path: Path) -> None:
    shown = clauseline("kb", "check", "US-ZZ", cwd=tmp_path)
    assert shown.returncode == 1
    assert "there is no knowledge pack US-ZZ" in shown.stderr


def test_a_report_is_printed_as_a_page_and_written_in_every_form(tmp_path: Path) -> None:
    lease = SAMPLES / "leases" / "california.docx"
    shown = clauseline("validate", lease, "--html", "--out", "reports", cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.startswith("<!DOCTYPE html>") and "agreement is not fully validated" in shown.stdout
    folder = tmp_path / "reports" / "california.docx"
    assert sorted(path.name for path in folder.iterdir()) == ["report.html", "report.json", "report.md"]
    assert json.loads((folder / "report.json").read_text("utf-8"))["validation"]["jurisdiction"] == "US-CA"


def test_a_second_report_says_what_changed_since_the_first(tmp_path: Path) -> None:
    lease = SAMPLES / "leases" / "ohio.pdf"
    first = clauseline("validate", lease, cwd=tmp_path)
    again = clauseline("validate", lease, cwd=tmp_path)
    assert "Since the last report" not in first.stdout
    assert "No requirement has another result." in again.stdout


def test_a_day_before_any_law_is_told(tmp_path: Path) -> None:
    shown = clauseline("kb", "show", "US-OH", "--as-of", "1900-01-01", cwd=tmp_path)
    assert "nothing was in force" in shown.stderr


def test_doctor_finds_a_fresh_install_healthy(tmp_path: Path) -> None:
    shown = clauseline("doctor", cwd=tmp_path)
    assert shown.returncode == 0, shown.stdout


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("CLAUSELINE_WORKERS=lots\n")
    shown = clauseline("run", ".", cwd=tmp_path)
    assert shown.returncode == 2
    assert "CLAUSELINE_WORKERS" in shown.stderr


def test_settings_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xff\xfeC\x00")
    shown = clauseline("doctor", cwd=tmp_path)
    assert shown.returncode == 2 and ".env" in shown.stderr


def test_no_password_is_shown(tmp_path: Path) -> None:
    secrets = "CLAUSELINE_DATABASE=postgresql://ada:hunter2@db/leases\nCLAUSELINE_PASSWORD=hunter2\n"
    (tmp_path / ".env").write_text(secrets)
    command = [sys.executable, "-c", "from pipeline.cli import entry; entry()"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CLAUSELINE_")}
    for arguments in (["doctor"], ["search", "rent"], ["run", "."]):
        shown = subprocess.run(
            [*command, *arguments], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120
        )
        assert "hunter2" not in shown.stdout + shown.stderr
        assert "Traceback" not in shown.stderr


def test_output_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    command = [sys.executable, "-c", "from pipeline.cli import entry; entry()", "schema", "result"]
    with Path("/dev/full").open("w") as full:
        shown = subprocess.run(command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
    assert shown.returncode == 1
    assert "no space left" in shown.stderr.lower() and len(shown.stderr.splitlines()) == 1


def test_logs_are_json_without_document_text(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("RESIDENTIAL LEASE\nTenant Zebulon Quartermain rents from the Landlord. " * 20)
    shown = clauseline(
        "--log-json", "--log-paths", "--log-level", "debug", "run", "secret.txt", "--out", "out", cwd=tmp_path
    )
    logged = [line for line in shown.stderr.splitlines() if line.startswith("{")]
    assert {json.loads(line)["path"] for line in logged if "document" in line} == {"secret.txt"}
    assert "Quartermain" not in "\n".join(logged)
