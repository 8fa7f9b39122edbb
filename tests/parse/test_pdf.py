"""Reading PDFs: order of lines, running heads, forms, scans, and files that can't be read."""

import hashlib
import io
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pypdf
import pytest
from reportlab.lib.pagesizes import LETTER
from reportlab.pdfgen.canvas import Canvas

from pipeline.errors import CorruptDocument, DocumentTooLarge, EncryptedDocument
from pipeline.parse.pdf import read_pdf
from schemas import Document


@dataclass(frozen=True)
class Options:
    password: str | None = None
    max_pages: int = 2_000
    max_page_inches: float = 200.0


@dataclass(frozen=True)
class Recognised:
    text: str
    box: tuple[float, float, float, float]
    confidence: float = 1.0


def draw(paint: Any, size: tuple[float, float] = LETTER, **options: Any) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, **options)
    paint(canvas)
    canvas.save()
    return buffer.getvalue()


def read(data: bytes, options: Options = Options(), recognise: Any = None) -> Document:
    return read_pdf(Path("lease.pdf"), data, hashlib.sha256(data).hexdigest(), options, recognise)


def lines_of(document: Document) -> list[str]:
    return [document.text[line.start : line.end] for line in document.lines()]


def test_text_pages_and_lines_point_into_each_other() -> None:
    def paint(canvas: Canvas) -> None:
        for page in ("First page", "Second page"):
            canvas.drawString(72, 700, page)
            canvas.drawString(72, 680, "The Tenant shall pay rent.")
            canvas.showPage()

    document = read(draw(paint))
    assert document.text == "First page\nThe Tenant shall pay rent.\nSecond page\nThe Tenant shall pay rent."
    assert [document.text[p.start : p.end].split("\n")[0] for p in document.pages] == ["First page", "Second page"]
    assert (document.pages[1].width, document.pages[1].height, document.media_type) == (612, 792, "application/pdf")


def test_size_and_weight_tell_headings() -> None:
    def paint(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(72, 700, "1. PREMISES")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(72, 680, "Landlord leases the premises to Tenant.")

    heading, body = read(draw(paint)).lines()
    assert (heading.size, heading.bold) == (16.0, True)
    assert (body.size, body.bold) == (10.0, False)


LEFT = [f"left column line {i} of the lease text" for i in range(14)]
RIGHT = [f"right column line {i} goes on with it" for i in range(14)]


def test_two_columns_written_row_by_row_are_read_one_after_the_other() -> None:
    def paint(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(72, 740, "A title that runs over both of the columns of the page, from side to side of it")
        for i, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
            canvas.drawString(72, 700 - 14 * i, left)
            canvas.drawString(330, 700 - 14 * i, right)

    assert lines_of(read(draw(paint)))[1:] == LEFT + RIGHT


def test_a_head_that_was_written_last_comes_first() -> None:
    def paint(canvas: Canvas) -> None:
        for i in range(5):
            canvas.drawString(72, 600 - 20 * i, f"Paragraph {i}")
        canvas.drawString(72, 750, "Head of the page")

    assert lines_of(read(draw(paint)))[0] == "Head of the page"


def test_a_raised_mark_stays_in_its_line() -> None:
    def paint(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 12)
        canvas.drawString(72, 700, "Neutrophils above 1.5 x 10")
        x = 72 + canvas.stringWidth("Neutrophils above 1.5 x 10")
        canvas.setFont("Times-Roman", 7)
        canvas.drawString(x, 705, "9")
        canvas.setFont("Times-Roman", 12)
        canvas.drawString(x + 4, 700, "/L at screening")

    assert lines_of(read(draw(paint))) == ["Neutrophils above 1.5 x 109/L at screening"]


def test_rotated_pages_are_read_as_shown() -> None:
    def paint(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Upright words")

    pages = {}
    for angle in (0, 90, 180, 270):
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(draw(paint)))
        writer.pages[0].rotate(angle)
        buffer = io.BytesIO()
        writer.write(buffer)
        pages[angle] = read(buffer.getvalue()).pages[0]
    assert [(p.width, p.height, p.rotation) for p in pages.values()] == [
        (612, 792, 0), (792, 612, 90), (612, 792, 180), (792, 612, 270),
    ]  # fmt: skip


def test_outline_and_metadata() -> None:
    def paint(canvas: Canvas) -> None:
        canvas.setTitle("Office Lease")
        canvas.bookmarkPage("one")
        canvas.addOutlineEntry("Premises", "one", level=0)
        canvas.drawString(72, 700, "Premises")
        canvas.showPage()
        canvas.bookmarkPage("two")
        canvas.addOutlineEntry("Size", "two", level=1)
        canvas.drawString(72, 700, "Size")

    document = read(draw(paint))
    assert document.outline == ((1, "Premises", 1), (2, "Size", 2))
    assert document.metadata["Title"] == "Office Lease"


def test_form_values_stand_behind_their_labels() -> None:
    def paint(canvas: Canvas) -> None:
        form = canvas.acroForm
        canvas.drawString(72, 700, "Tenant:")
        form.textfield(name="tenant", x=120, y=695, width=150, height=16, value="Jane Roe")
        canvas.drawString(72, 670, "State: ________ ZIP: _______")
        form.textfield(name="state", x=108, y=665, width=45, height=16, value="OH")
        form.textfield(name="zip", x=190, y=665, width=50, height=16, value="43065")
        form.checkbox(name="pets", x=72, y=640, size=12, checked=True)
        canvas.drawString(90, 642, "Pets allowed")
        form.checkbox(name="smoking", x=72, y=620, size=12, checked=False)
        canvas.drawString(90, 622, "Smoking allowed")
        form.textfield(name="empty", x=300, y=620, width=50, height=16, value="")

    document = read(draw(paint))
    assert " ".join(lines_of(document)) == (
        "Tenant: Jane Roe State: ________ OH ZIP: _______ 43065 [X] Pets allowed [ ] Smoking allowed"
    )
    assert {f.name: document.text[f.start : f.end] for f in document.form_fields} == {
        "tenant": "Jane Roe", "state": "OH", "zip": "43065", "pets": "[X]", "smoking": "[ ]",
    }  # fmt: skip


def scan(canvas: Canvas) -> None:
    from PIL import Image

    canvas.drawInlineImage(Image.new("RGB", (60, 80), "grey"), 0, 0, *LETTER)


def test_only_pages_without_text_are_recognised() -> None:
    def paint(canvas: Canvas) -> None:
        for i in range(20):
            canvas.drawString(72, 740 - 20 * i, f"A page of text has many lines, and this is number {i} of them.")
        canvas.showPage()
        scan(canvas)
        canvas.showPage()
        canvas.showPage()  # blank

    asked = []

    def recognise(image: Any, width: float, height: float) -> list[Recognised]:
        asked.append((image.size, width, height))
        return [Recognised("Monthly rent: $900", (72, 72, 300, 84))]

    document = read(draw(paint), recognise=recognise)
    assert document.ocr_pages == [2]
    assert document.text.endswith("Monthly rent: $900\n")
    ((pixels, width, height),) = asked
    assert (width, height) == (612, 792)
    assert 1_500 <= max(pixels) <= 2_400


def test_a_scan_is_reported_when_nothing_may_recognise_it() -> None:
    document = read(draw(scan))
    assert document.text == ""
    assert document.warnings == ("page 1 has no text layer and was not read; switch OCR on",)


def encrypted(user: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(draw(lambda canvas: canvas.drawString(72, 700, "Secret lease"))))
    writer.encrypt(user_password=user, owner_password="owner", algorithm="AES-256")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_encryption() -> None:
    assert read(encrypted("")).text == "Secret lease"
    assert read(encrypted("key"), Options(password="key")).text == "Secret lease"
    with pytest.raises(EncryptedDocument, match="--password"):
        read(encrypted("key"))
    with pytest.raises(EncryptedDocument, match="given password"):
        read(encrypted("key"), Options(password="wrong"))


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", b"%PDF-1.4\n%\xff\xff\n1 0 obj\n<< /Type /Catalog >>\n", b"%PDF-" + bytes(5_000)]
)
def test_broken_files_are_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(CorruptDocument) as caught:
        read(data)
    assert "\n" not in str(caught.value) and "lease.pdf" in str(caught.value)


def test_a_truncated_file_is_read_or_refused_but_never_fails_otherwise() -> None:
    whole = draw(lambda canvas: [(canvas.drawString(72, 700, f"Page {i}"), canvas.showPage()) for i in range(5)])
    for share in range(1, 10):
        try:
            document = read(whole[: len(whole) * share // 10])
        except CorruptDocument:
            continue
        assert len(document.pages) <= 5


def test_limits_of_pages_and_size() -> None:
    def paint(canvas: Canvas) -> None:
        for _ in range(30):
            canvas.showPage()

    with pytest.raises(DocumentTooLarge, match="30 pages"):
        read(draw(paint), Options(max_pages=29))
    with pytest.raises(DocumentTooLarge, match="200 inches"):
        read(draw(lambda canvas: canvas.drawString(72, 72, "wide"), size=(200 * 72, 72)))
    assert read(draw(lambda canvas: canvas.drawString(72, 72, "wide"), size=(199 * 72, 72))).text == "wide"


def test_the_crop_box_is_the_page() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(draw(lambda canvas: canvas.drawString(172, 600, "Cropped"))))
    writer.pages[0].cropbox = pypdf.generic.RectangleObject((100, 100, 500, 700))
    buffer = io.BytesIO()
    writer.write(buffer)
    page = replace(read(buffer.getvalue()).pages[0], lines=())
    assert (page.width, page.height) == (400, 600)


CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.exists(), reason="the development corpus is not here")
@pytest.mark.parametrize("name", ["leases/res-thornton", "protocols/cdisc-pilot"])
def test_lines_and_cells_of_real_documents_hold_together(name: str) -> None:
    data = (CORPUS / name / "document.pdf").read_bytes()
    document = read(data)
    for page in document.pages:
        for before, line in zip(page.lines, page.lines[1:], strict=False):
            assert before.end < line.start
    for table in document.tables:
        for cell in table.cells:
            if cell.start >= 0:
                said = "".join(document.text[cell.start : cell.end].split())
                assert set(cell.text.split()[0]) <= set(said)


def test_a_file_without_a_catalogue_entry_is_repaired() -> None:
    whole = draw(lambda canvas: canvas.drawString(72, 700, "Rewritten lease"))
    document = read(whole.replace(b"/Root", b"/Rxxt"))
    assert document.text == "Rewritten lease"
    assert document.warnings == ("the file was damaged and has been repaired",)


def test_bytes_before_the_head_are_passed_over() -> None:
    whole = draw(lambda canvas: canvas.drawString(72, 700, "Mailed lease"))
    assert read(b"Content-Type: application/pdf\r\n" * 200 + whole).text == "Mailed lease"


def test_a_page_full_of_single_letters_takes_little_time() -> None:
    def paint(canvas: Canvas) -> None:
        for i in range(5_000):
            canvas.drawString((i * 37) % 600, (i * 11) % 790, "X")

    assert read(draw(paint)).text.count("X") == 5_000
