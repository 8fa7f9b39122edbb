"""What can be exported, and what is said where it can't."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.errors import NothingToExport
from pipeline.export import FORMATS, export
from schemas import DocumentInfo, LeaseTerms, ProtocolTerms, Result


@pytest.fixture
def saved(result, tmp_path: Path) -> Path:
    path = tmp_path / "result.json"
    path.write_text(result.model_dump_json())
    return path


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_written_and_always_the_same(result, form):
    data = export(result, form)
    assert len(data) > 400
    if form != "xlsx":  # a workbook bears the time it was made
        assert export(result, form) == data


def test_a_lease_has_nothing_to_export():
    lease = Result(document=DocumentInfo(path="lease.pdf"), doc_type="lease", terms=LeaseTerms())
    with pytest.raises(NothingToExport, match=r"lease\.pdf is not a protocol"):
        export(lease, "usdm")


def test_without_a_schedule_the_study_can_still_be_exported():
    bare = Result(document=DocumentInfo(path="p.pdf"), doc_type="clinical_protocol", terms=ProtocolTerms())
    with pytest.raises(NothingToExport, match="--format usdm"):
        export(bare, "csv")
    assert json.loads(export(bare, "usdm"))["usdmVersion"] == "4.0.0"


def test_the_command_writes_a_file(saved, tmp_path):
    out = tmp_path / "deep" / "study.json"
    ran = CliRunner().invoke(main, ["export", str(saved), "--format", "usdm", "--out", str(out)])
    assert ran.exit_code == 0, ran.output
    assert json.loads(out.read_text())["study"]["name"] == "VLT-204"


def test_the_command_prints_to_standard_output(saved):
    ran = CliRunner().invoke(main, ["export", str(saved), "--format", "csv"])
    assert ran.exit_code == 0
    assert "12-lead ECG [c],X,,X,,X" in ran.output


@pytest.mark.parametrize(
    ("text", "advice"), [("{}", "clauseline run"), ("not json", "clauseline run"), ("", "clauseline run")]
)
def test_a_file_that_is_no_result_is_told_in_one_line(text, advice, tmp_path):
    path = tmp_path / "x.json"
    path.write_text(text)
    ran = CliRunner().invoke(main, ["export", str(path)])
    assert ran.exit_code == 1
    assert advice in ran.output and "Traceback" not in ran.output and len(ran.output.splitlines()) == 1
