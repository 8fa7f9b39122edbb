"""Scanned pages, and only those, are read by Amazon Textract, whatever it answers; its own failures cost no document."""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

import pipeline.aws
from pipeline import Pipeline
from pipeline.aws import aws_client
from pipeline.errors import ServiceDown, ServiceRefused
from pipeline.parse import ParseOptions, TextractOptions, parse
from pipeline.settings import Settings
from tests.services.aws_server import point_at
from tests.services.textract_blocks import Block, BlockPage
from tests.services.textract_server import TextractServer, textract_server

BUCKET = "textract-pages"
QUICK = TextractOptions(f"s3://{BUCKET}/work", patience=20, first_wait=0.01)
ALONE = TextractOptions(patience=20, first_wait=0.01)
BUSY = (
    "ProvisionedThroughputExceededException",
    "ThrottlingException",
    "LimitExceededException",
    "InternalServerError",
)

LEASE = """RESIDENTIAL LEASE AGREEMENT
This Lease is made on March 1, 2025 between Ada Byron ("Landlord") and Grace Hopper ("Tenant").
1. PREMISES. The Landlord leases to the Tenant the premises at 12 Elm Street, Columbus, Ohio 43215.
2. TERM. The term begins on April 1, 2025 and ends on March 31, 2026.
3. RENT. The Tenant shall pay rent of $1,450.00 per month, due on the first day of each month.
4. SECURITY DEPOSIT. The Tenant has paid a security deposit of $1,450.00.""".splitlines()


@pytest.fixture(scope="module")
def place(aws_url: str) -> Iterator[TextractServer]:
    """Textract, and the S3 it reads from, for all tests of this file: making clients is slow."""
    with pytest.MonkeyPatch.context() as patch, textract_server(TextractServer(read_lines)) as server:
        point_at(aws_url, patch)
        patch.setenv("AWS_ENDPOINT_URL_TEXTRACT", server.url)
        server.s3 = aws_client("s3")
        server.s3.create_bucket(Bucket=BUCKET)
        yield server
    aws_client.cache_clear()


@pytest.fixture
def textract(place: TextractServer) -> TextractServer:
    """Textract, as nobody has asked it yet."""
    place.__init__(read_lines, place.s3, url=place.url)  # type: ignore[misc]
    return place


def read_lines(data: bytes) -> list[Block]:
    """What it reads: on every page of a PDF or image its number in the file, and the lease on the first."""
    if data.startswith(b"%PDF"):
        pages = [
            (float(page.mediabox.width), float(page.mediabox.height)) for page in PdfReader(io.BytesIO(data)).pages
        ]
    else:
        with Image.open(io.BytesIO(data)) as image:
            pages = [(612.0, 792.0)] * getattr(image, "n_frames", 1)
    blocks: list[Block] = []
    for number, (width, height) in enumerate(pages, 1):
        page = BlockPage(number, width, height)
        for i, line in enumerate(LEASE if number == 1 else [f"Sheet {number} of what was sent"]):
            page.line(line, 40, 60 + 30 * i)
        blocks += page.blocks
    return blocks


def scanned(text: Sequence[str], width: int = 612, height: int = 792) -> Image.Image:
    """A page as a bitmap of 72 dpi, which nobody reads here."""
    image = Image.new("L", (width, height), 255)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(11)
    for i, line in enumerate(text):
        draw.text((40, 60 + 30 * i), line, fill=0, font=font)
    return image


def pdf(path: Path, pages: Sequence[Sequence[str] | str], password: str | None = None) -> Path:
    """A PDF whose pages are scans, or text where they are given as a string."""
    canvas = Canvas(str(path), pagesize=(612, 792), encrypt=password)
    for page in pages:
        if isinstance(page, str):
            for i in range(12):
                canvas.drawString(72, 700 - 20 * i, f"{page} This page has text of its own, line {i}.")
        else:
            canvas.drawImage(ImageReader(scanned(page)), 0, 0, 612, 792)
        canvas.showPage()
    canvas.save()
    return path


def test_only_scanned_pages_are_sent_and_their_words_land_on_their_pages(
    textract: TextractServer, tmp_path: Path
) -> None:
    path = pdf(tmp_path / "mixed.pdf", ["Cover.", LEASE, "Middle.", ["Schedule"], "End."])
    document = parse(path, ParseOptions(textract=QUICK))
    assert [p.source for p in document.pages] == ["text", "textract", "text", "textract", "text"]
    assert document.slice(document.pages[1].start, document.pages[1].end).startswith("RESIDENTIAL LEASE")
    assert document.slice(document.pages[3].start, document.pages[3].end) == "Sheet 2 of what was sent"
    assert [len(PdfReader(io.BytesIO(file)).pages) for file in textract.files] == [2]
    assert document.warnings == ()


def test_a_job_is_waited_for_read_in_parts_and_its_file_taken_away(textract: TextractServer, tmp_path: Path) -> None:
    textract.looks, textract.most = 3, 7
    document = parse(pdf(tmp_path / "two.pdf", [LEASE, ["x"]]), ParseOptions(textract=QUICK))
    assert "Grace Hopper" in document.text and "Sheet 2" in document.text
    operations = textract.operations()
    assert operations[0] == "StartDocumentAnalysis" and operations.count("GetDocumentAnalysis") > 6
    assert textract.asked[0][1]["FeatureTypes"] == ["TABLES", "FORMS"]
    assert textract.encrypted == ["aws:kms"]
    assert "Contents" not in aws_client("s3").list_objects_v2(Bucket=BUCKET)


def test_the_same_document_again_is_the_same_job(textract: TextractServer, tmp_path: Path) -> None:
    path = pdf(tmp_path / "two.pdf", [LEASE, ["x"]])
    parse(path, ParseOptions(textract=QUICK))
    parse(path, ParseOptions(textract=QUICK))
    assert textract.operations().count("StartDocumentAnalysis") == 2 and len(textract.files) == 1


def test_one_page_is_read_at_once_and_so_are_all_without_a_bucket(textract: TextractServer, tmp_path: Path) -> None:
    document = parse(pdf(tmp_path / "one.pdf", [LEASE, "Text."]), ParseOptions(textract=QUICK))
    assert textract.operations() == ["AnalyzeDocument"] and "Grace Hopper" in document.text
    document = parse(pdf(tmp_path / "two.pdf", [LEASE, LEASE]), ParseOptions(textract=ALONE))
    assert textract.operations() == ["AnalyzeDocument"] * 3 and document.text.count("Grace Hopper") == 2


def test_a_document_without_scans_is_not_sent(textract: TextractServer, tmp_path: Path) -> None:
    parse(pdf(tmp_path / "text.pdf", ["Only text."]), ParseOptions(textract=QUICK))
    assert textract.asked == []


@pytest.mark.parametrize("operation", ["StartDocumentAnalysis", "GetDocumentAnalysis"])
def test_throttling_costs_time_and_no_document(
    textract: TextractServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, operation: str
) -> None:
    monkeypatch.setattr(pipeline.aws, "ATTEMPTS", 1)  # so that our patience is seen, not botocore's
    aws_client.cache_clear()
    textract.faults.extend((operation, code) for code in BUSY)
    document = parse(pdf(tmp_path / "two.pdf", [LEASE, ["x"]]), ParseOptions(textract=QUICK))
    assert "Grace Hopper" in document.text and document.warnings == () and not textract.faults


def test_patience_ends(textract: TextractServer, tmp_path: Path) -> None:
    textract.looks = 10_000
    hasty = TextractOptions(QUICK.bucket, patience=0.3, first_wait=0.05)
    with pytest.raises(ServiceDown, match=r"within 0\.3 s; run it again"):
        parse(pdf(tmp_path / "two.pdf", [LEASE, ["x"]]), ParseOptions(textract=hasty))
    assert "Contents" not in aws_client("s3").list_objects_v2(Bucket=BUCKET)


@pytest.fixture
def our_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our own OCR, quick: says that it was asked."""
    from pipeline.parse.ocr import OcrLine

    def recognise(image: Image.Image, width: float, height: float) -> list[OcrLine]:
        return [OcrLine("read by our own", (72, 72, 200, 84), 1.0)]

    monkeypatch.setattr("pipeline.parse.ocr.recognise", recognise)


Fail = Callable[[TextractServer], Any]


def fail_job(server: TextractServer) -> None:
    server.end, server.told = "FAILED", {"StatusMessage": "UNSUPPORTED_DOCUMENT"}


def fail_start(server: TextractServer) -> None:
    server.faults.append(("StartDocumentAnalysis", "BadDocumentException"))


@pytest.mark.usefixtures("our_ocr")
@pytest.mark.parametrize(("fail", "why"), [(fail_job, "UNSUPPORTED_DOCUMENT"), (fail_start, "BadDocumentException")])
def test_what_it_can_not_read_our_own_ocr_reads(textract: TextractServer, tmp_path: Path, fail: Fail, why: str) -> None:
    fail(textract)
    document = parse(pdf(tmp_path / "two.pdf", [LEASE, ["x"]]), ParseOptions(textract=QUICK))
    assert document.text == "read by our own\nread by our own" and [p.source for p in document.pages] == ["ocr", "ocr"]
    assert document.warnings == (
        f"Amazon Textract could not read pages 1, 2 ({why}); our own OCR was used instead",
    )  # fmt: skip


@pytest.mark.usefixtures("our_ocr")
def test_pages_it_left_out_are_read_by_our_own(textract: TextractServer, tmp_path: Path) -> None:
    textract.end = "PARTIAL_SUCCESS"
    textract.told = {"Warnings": [{"ErrorCode": "INVALID_PAGE", "Pages": [2]}]}
    textract.read = lambda data: [b for b in read_lines(data) if b["Page"] != 2]
    document = parse(pdf(tmp_path / "three.pdf", [LEASE, ["x"], ["y"]]), ParseOptions(textract=QUICK))
    assert [p.source for p in document.pages] == ["textract", "ocr", "textract"]
    assert "page 2 (INVALID_PAGE)" in document.warnings[0]


def test_a_refusal_that_every_document_would_meet_is_an_error(textract: TextractServer, tmp_path: Path) -> None:
    path = pdf(tmp_path / "two.pdf", [LEASE, ["x"]])
    textract.faults.append(("StartDocumentAnalysis", "AccessDeniedException"))
    with pytest.raises(ServiceRefused, match="Amazon Textract: AccessDeniedException"):
        parse(path, ParseOptions(textract=QUICK))
    with pytest.raises(ServiceRefused, match="NoSuchBucket"):
        parse(path, ParseOptions(textract=TextractOptions("s3://no-such-bucket-here", patience=5, first_wait=0.01)))


def test_encrypted_documents_are_sent_without_their_password(textract: TextractServer, tmp_path: Path) -> None:
    path = pdf(tmp_path / "locked.pdf", [LEASE, ["x"]], password="key")
    document = parse(path, ParseOptions(password="key", textract=QUICK))
    assert "Grace Hopper" in document.text and not PdfReader(io.BytesIO(textract.files[0])).is_encrypted


@pytest.mark.usefixtures("our_ocr")
def test_a_pdf_that_can_not_be_split_is_read_by_our_own(
    textract: TextractServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("a hostile file")

    monkeypatch.setattr(PdfWriter, "add_page", broken)
    document = parse(pdf(tmp_path / "two.pdf", [LEASE, ["x"]]), ParseOptions(textract=QUICK))
    assert document.ocr_pages == [1, 2] and textract.asked == []


def test_a_photo_is_sent_as_it_is_and_one_that_is_turned_as_it_is_shown(
    textract: TextractServer, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    scanned(LEASE).save(tmp_path / "plain.jpg", dpi=(72, 72))
    scanned(LEASE).save(tmp_path / "turned.jpg", exif=exif)
    plain = parse(tmp_path / "plain.jpg", ParseOptions(textract=QUICK))
    assert textract.files == [(tmp_path / "plain.jpg").read_bytes()]
    assert (plain.pages[0].width, plain.pages[0].source) == (612, "textract") and "Grace Hopper" in plain.text
    parse(tmp_path / "turned.jpg", ParseOptions(textract=QUICK))
    with Image.open(io.BytesIO(textract.files[1])) as sent:
        assert sent.size == (792, 612)


def test_frames_of_a_tiff_are_pages(textract: TextractServer, tmp_path: Path) -> None:
    frames = [scanned(LEASE).convert("1"), scanned(["x"])]
    frames[0].save(tmp_path / "fax.tif", save_all=True, append_images=frames[1:], dpi=(72, 72))
    document = parse(tmp_path / "fax.tif", ParseOptions(textract=QUICK))
    assert [p.source for p in document.pages] == ["textract"] * 2 and "Sheet 2" in document.text
    assert textract.operations()[0] == "StartDocumentAnalysis" and len(textract.files) == 1


def test_a_scanned_lease_gives_terms_with_boxes_on_the_page(textract: TextractServer, tmp_path: Path) -> None:
    settings = Settings(ocr="textract", textract_bucket=QUICK.bucket, database="sqlite://", _env_file=None)
    result = Pipeline(settings).run(pdf(tmp_path / "lease.pdf", [LEASE, ["x"]]))
    rent = result.terms.rent_amount  # type: ignore[union-attr]
    assert (rent.value, result.doc_type) == (1450, "lease")
    evidence = rent.evidence[0]
    drawn = next(b for b in read_lines(textract.files[0]) if b.get("Text") == "$1,450.00")["Geometry"]["BoundingBox"]
    assert evidence.page == 1 and len(evidence.boxes) == 1
    x0, y0, x1, y1 = evidence.boxes[0]
    assert x0 - 1 <= drawn["Left"] * 612 <= x1 and y0 - 1 <= drawn["Top"] * 792 <= y1
    assert result.usage.textract_pages == 2 and result.document.ocr_pages == [1, 2]


def in_turn() -> AbstractContextManager[None]:
    """A turn, as a worker's thread has it."""
    from pipeline.turns import Turns

    return Turns(lambda _: None).taken(1)


def test_in_a_worker_others_have_their_turn_meanwhile(textract: TextractServer, tmp_path: Path) -> None:
    textract.looks = 5
    with in_turn():
        document = parse(pdf(tmp_path / "two.pdf", [LEASE, ["x"]]), ParseOptions(textract=QUICK))
    assert "Grace Hopper" in document.text
