"""PNG, JPEG and TIFF are read by OCR, one page per frame; bombs and broken files are refused."""

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.errors import CorruptDocument, DocumentTooLarge
from pipeline.parse import ParseOptions, locate, parse
from pipeline.parse.image import read_image
from pipeline.parse.ocr import OcrLine
from schemas import Document

OPTIONS = ParseOptions()
Recognise = Callable[[Image.Image, float, float], list[OcrLine]]


def saved(image: Image.Image, form: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def seen(frame: Image.Image, width: float, height: float) -> list[OcrLine]:
    """In place of OCR: says how the frame looks."""
    return [OcrLine(f"{frame.width} x {frame.height}", (0, 0, width, height), 1.0), OcrLine("two", (0, 0, 9, 9), 1.0)]


def read(data: bytes, recognise: Recognise | None = seen, options: ParseOptions = OPTIONS) -> Document:
    return read_image(Path("scan.png"), data, "0" * 64, options, recognise)


def test_each_frame_of_a_tiff_is_a_page() -> None:
    pages = [Image.new("1", (850, 1100 + i), 1) for i in range(3)]
    document = read(
        saved(pages[0], "TIFF", save_all=True, append_images=pages[1:], compression="group4", dpi=(100, 100))
    )
    assert document.media_type == "image/tiff"
    assert document.text == "850 x 1100\ntwo\n850 x 1101\ntwo\n850 x 1102\ntwo"
    assert [(p.number, p.source, round(p.width), round(p.height)) for p in document.pages] == [
        (1, "ocr", 612, 792), (2, "ocr", 612, 793), (3, "ocr", 612, 793)]  # fmt: skip
    assert [document.slice(p.start, p.end) for p in document.pages][1] == "850 x 1101\ntwo"


def test_a_photo_is_turned_as_its_camera_says() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn right
    document = read(saved(Image.new("RGB", (200, 100)), "JPEG", exif=exif))
    assert (document.media_type, document.text.split("\n")[0]) == ("image/jpeg", "100 x 200")


def test_without_a_likely_resolution_the_page_is_letter_wide() -> None:
    for data in (saved(Image.new("L", (850, 1100))), saved(Image.new("L", (850, 1100)), dpi=(1, 1))):
        page = read(data).pages[0]
        assert (page.width, page.height) == (612, 792)


def test_without_ocr_the_page_is_empty_and_that_is_told() -> None:
    document = read(saved(Image.new("L", (850, 1100))), None)
    assert (document.text, len(document.pages)) == ("", 1)
    assert "switch OCR on" in document.warnings[0]


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(60_000, 60_000), (12_000, 12_000), (2_000_000_000, 10)])
def test_image_bombs_are_refused(size: tuple[int, int]) -> None:
    with pytest.raises(DocumentTooLarge, match="300 dpi"):
        read(png_header(*size))


def test_too_many_pages_and_too_large_pages_are_refused() -> None:
    tiff = saved(Image.new("1", (10, 10)), "TIFF", save_all=True, append_images=[Image.new("1", (10, 10))] * 4)
    with pytest.raises(DocumentTooLarge, match="CLAUSELINE_MAX_PAGES"):
        read(tiff, options=ParseOptions(max_pages=4))
    with pytest.raises(DocumentTooLarge, match="CLAUSELINE_MAX_PAGE_INCHES"):
        read(saved(Image.new("L", (3000, 100)), dpi=(50, 50)), options=ParseOptions(max_page_inches=50))


@pytest.mark.parametrize(("form", "keep"), [("PNG", 0.5), ("JPEG", 0.4), ("TIFF", 0.3), ("PNG", 0.05)])
def test_images_that_are_cut_off_are_said_to_be(form: str, keep: float) -> None:
    data = saved(Image.effect_noise((400, 400), 90), form)
    with pytest.raises(CorruptDocument, match="cut off or damaged"):
        read(data[: int(len(data) * keep)])


def test_a_scan_is_read_and_its_words_are_located(tmp_path: Path) -> None:
    image = Image.new("L", (1275, 400), 255)
    ImageDraw.Draw(image).text((150, 150), "Tenant shall pay $950 a month.", fill=0, font=ImageFont.load_default(36))
    path = tmp_path / "scan.pdf"  # the name lies
    image.save(path, "PNG", dpi=(150, 150))
    document = parse(path)
    assert document.text == "Tenant shall pay $950 a month."
    assert document.ocr_pages == [1]
    start = document.text.index("$950")
    ((box,),) = locate(path, document, [(start, start + 4)])
    assert 150 * 0.48 < box[0] < box[2] < 800 * 0.48
    assert 130 * 0.48 < box[1] < box[3] < 210 * 0.48
