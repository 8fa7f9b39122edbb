"""A folder of hostile files in one run: each gets one clear line, the good neighbour is read, memory stays bounded."""

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from reportlab.pdfgen.canvas import Canvas

OHIO = Path(__file__).parents[1] / "samples" / "leases" / "ohio.pdf"
MOST_MEMORY = 1_000_000_000


def encrypted_pdf() -> bytes:
    writer = pypdf.PdfWriter(clone_from=OHIO)
    writer.encrypt(user_password="open sesame", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_of(pages: int, side_inches: float = 8.5) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(72 * side_inches, 72 * side_inches))
    for _ in range(pages):
        canvas.drawString(72, 72, "Lease")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr(
            "[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"
        )
        with bomb.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(600):
                part.write(b" " * 1_000_000)
    return out.getvalue()


HOSTILE: dict[str, Callable[[], bytes]] = {
    "empty.pdf": lambda: b"",
    "truncated.pdf": lambda: OHIO.read_bytes()[:1_000],
    "encrypted.pdf": encrypted_pdf,
    "five thousand pages.pdf": lambda: pdf_of(5_000),
    "two hundred inches.pdf": lambda: pdf_of(1, side_inches=201),
    "bomb.docx": zip_bomb,
    "binary.docx": lambda: bytes(range(256)) * 40,
    "quote \" and ' and 名前.pdf": lambda: b"%PDF-1.4 nothing",
}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    folder = tmp_path_factory.mktemp("hostile")
    documents = folder / "in"
    documents.mkdir()
    for name, make in HOSTILE.items():
        (documents / name).write_bytes(make())
    (documents / "really a pdf.docx").write_bytes(OHIO.read_bytes())
    (documents / "loop").symlink_to(documents)
    command = [sys.executable, "-c", f"{_PEAK}\nfrom pipeline.cli import entry; entry()", "run", "in", "--out", "out"]
    environment = {**os.environ, "CLAUSELINE_DATABASE": f"sqlite:///{folder / 'test.db'}", "PEAK": str(folder / "peak")}
    return folder, subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=250)


_PEAK = """
import atexit, os, re, resource
parent = os.getpid()
def note():
    if os.getpid() == parent:  # ru_maxrss of this process would count what pytest held when it was started
        own = 1024 * int(re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1])
        workers = 1024 * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        open(os.environ["PEAK"], "w").write(str(max(own, workers)))
atexit.register(note)
"""

Ran = tuple[Path, subprocess.CompletedProcess[str]]


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_each_hostile_file_gets_one_clear_line(run: Ran, name: str) -> None:
    folder, _ = run
    result = json.loads((folder / "out" / name / "result.json").read_text())
    assert result["status"] == "failed"
    (error,) = result["errors"]
    assert error["stage"] == "parse"
    assert "\n" not in error["message"] and 20 < len(error["message"]) < 300
    assert "unexpected" not in error["message"], "an error we know says what to do"


@pytest.mark.slow
def test_the_password_is_asked_for(run: Ran) -> None:
    error = json.loads((run[0] / "out" / "encrypted.pdf" / "result.json").read_text())["errors"][0]
    assert error["type"] == "EncryptedDocument" and "--password" in error["message"]


@pytest.mark.slow
def test_the_type_is_decided_by_content_and_no_neighbour_is_lost(run: Ran) -> None:
    result = json.loads((run[0] / "out" / "really a pdf.docx" / "result.json").read_text())
    assert (result["doc_type"], result["document"]["media_type"]) == ("lease", "application/pdf")


@pytest.mark.slow
def test_no_trace_and_no_more_than_a_gigabyte(run: Ran) -> None:
    folder, shown = run
    assert shown.returncode == 1
    assert "Traceback" not in shown.stdout + shown.stderr
    assert int((folder / "peak").read_text()) < MOST_MEMORY
