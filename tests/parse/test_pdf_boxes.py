"""Boxes of text are where the text was drawn, whatever the page's rotation and crop."""

import io
from pathlib import Path

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from pipeline.parse import KeptPages, pdf_kept
from pipeline.parse.pdf import locate_pdf, read_pdf
from pipeline.parse.pdf_boxes import aligned
from pipeline.parse.pdf_glyphs import clean
from schemas import Document
from tests.parse.test_pdf import Options


def make(
    folder: Path, rotation: int = 0, crop: tuple[float, float, float, float] | None = None
) -> tuple[Path, Document]:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(600, 800))
    canvas.setFont("Helvetica", 10)
    canvas.drawString(100, 700, "The rent is $1,450.00 each month,")
    canvas.drawString(100, 680, "due on the first day.")
    canvas.save()
    writer = pypdf.PdfWriter(clone_from=buffer)
    if crop:
        writer.pages[0].cropbox = pypdf.generic.RectangleObject(crop)
    writer.pages[0].rotate(rotation)
    path = folder / "lease.pdf"
    with path.open("wb") as file:
        writer.write(file)
    return path, read_pdf(path, path.read_bytes(), "", Options(), None)


def test_a_box_for_each_line_of_a_span(tmp_path: Path) -> None:
    path, document = make(tmp_path)
    start, end = document.text.index("each"), document.text.index("first") + 5
    ((first, second),) = locate_pdf(path, document, [(start, end)])
    assert first[0] == pytest.approx(100 + 95, abs=12) and first[1] < 800 - 700 < first[3] + 3
    assert second[0] == pytest.approx(100, abs=1) and second[1] < 800 - 680 < second[3] + 3
    assert second[3] - second[1] == pytest.approx(10, abs=4)


def test_no_box_for_no_text(tmp_path: Path) -> None:
    path, document = make(tmp_path)
    assert locate_pdf(path, document, [(5, 5)]) == [[]]
    assert locate_pdf(path, document, []) == []


@pytest.mark.parametrize(
    ("rotation", "centre"), [(0, (125, 97)), (90, (703, 125)), (180, (475, 703)), (270, (97, 475))]
)
def test_boxes_turn_with_the_page(tmp_path: Path, rotation: int, centre: tuple[float, float]) -> None:
    path, document = make(tmp_path, rotation)
    start = document.text.index("rent is")
    ((box,),) = locate_pdf(path, document, [(start, start + 7)])
    assert ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) == pytest.approx(centre, abs=12)


def test_boxes_count_from_the_crop_box(tmp_path: Path) -> None:
    path, document = make(tmp_path, crop=(90, 100, 590, 720))
    ((box,),) = locate_pdf(path, document, [(0, 3)])
    assert box[0] == pytest.approx(10, abs=1)
    assert box[1] < 720 - 700 < box[3] + 3


@given(st.text(alphabet="ab \ufb01\u00ad\u00a0-\ufffe", max_size=40))
def test_alignment_finds_the_character_that_shows_each_letter(raw: str) -> None:
    text = clean(raw).strip()
    for char, place in zip(text, aligned(text, raw), strict=True):
        assert place == -1 if char.isspace() else char in clean(raw[place])


@pytest.mark.parametrize("most", [100, 1, 0])
def test_pages_kept_open_give_the_boxes_that_the_file_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(pdf_kept, "_MOST", most)
    path = tmp_path / "lease.pdf"
    canvas = Canvas(str(path))
    for number in range(3):
        canvas.drawString(100, 700 - 50 * number, f"Page {number} of the lease")
        canvas.showPage()
    canvas.save()
    with KeptPages() as kept:
        document = read_pdf(path, path.read_bytes(), "", Options(), None, kept)
        spans = [(page.start, page.start + 6) for page in document.pages] * 2
        boxes = locate_pdf(path, document, spans, kept=kept)
    assert boxes == locate_pdf(path, document, spans)
    assert [round(box[1]) for (box,) in boxes[:3]] == sorted({round(box[1]) for (box,) in boxes})
