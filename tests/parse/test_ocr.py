"""Bitmaps of pages are read offline: skewed, on a side, upside down, in two columns."""

import socket
import sys

import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.parse.ocr import mend, recognise

CLAUSE = [
    "1. RENT. Tenant shall pay to Landlord a base rent of $1,450.00",
    "per month, in advance, on the first day of each month during",
    "the Term. A late charge of 5% is due after ten (10) days.",
    "2. SECURITY DEPOSIT. Upon signing, Tenant shall deposit the",
    "sum of $2,900.00 with Landlord as security for performance.",
]


def page(lines: list[str], size: int = 32, width: int = 1275, height: int = 700) -> Image.Image:
    """A page at 150 dpi with lines of text."""
    image = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(image)
    for i, line in enumerate(lines):
        draw.text((100, 80 + 60 * i), line, fill=20, font=ImageFont.load_default(size))
    return image


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_lines_are_read_with_words_and_places() -> None:
    lines = recognise(page(CLAUSE), 612, 336)
    assert [line.text for line in lines] == CLAUSE
    x0, y0, x1, y1 = lines[0].box
    assert 40 < x0 < 56
    assert 34 < y0 < 46
    assert 300 < x1 < 612
    assert y0 < y1 < y0 + 30
    assert all(line.confidence > 0.9 for line in lines)


@pytest.mark.parametrize("angle", [90, 180, 270, 4, -8, 184])
def test_turned_and_skewed_pages_are_straightened(angle: int) -> None:
    turned = page(CLAUSE).rotate(angle, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    lines = recognise(turned, turned.width * 0.48, turned.height * 0.48)
    assert squeezed("".join(line.text for line in lines)) == squeezed("".join(CLAUSE))
    for x0, y0, x1, y1 in (line.box for line in lines):
        assert -1 <= x0 < x1 <= turned.width * 0.48 + 1
        assert -1 <= y0 < y1 <= turned.height * 0.48 + 1


def test_two_columns_are_read_one_after_the_other() -> None:
    image = Image.new("L", (1275, 700), 255)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(26)
    left = [f"Tenant covenants in item {i} to keep the premises" for i in range(1, 9)]
    right = [f"Landlord covenants in item {i} to repair the roof" for i in range(1, 9)]
    for i, (a, b) in enumerate(zip(left, right, strict=True)):
        draw.text((40, 60 + 60 * i), a, fill=0, font=font)
        draw.text((670, 60 + 60 * i), b, fill=0, font=font)
    assert [line.text for line in recognise(image, 612, 336)] == left + right


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_bitmaps_of_any_mode_are_read(mode: str) -> None:
    image = page(CLAUSE[:1], height=200)
    converted = image.convert("I").point(lambda v: v * 257).convert("I;16") if mode == "I;16" else image.convert(mode)
    assert recognise(converted, 612, 96)[0].text == CLAUSE[0]


def test_text_on_a_transparent_ground_is_read() -> None:
    image = Image.new("RGBA", (1275, 200), (0, 0, 0, 0))
    ImageDraw.Draw(image).text((100, 80), CLAUSE[0], fill="black", font=ImageFont.load_default(32))
    assert recognise(image, 612, 96)[0].text == CLAUSE[0]


@pytest.mark.parametrize("size", [(1, 1), (3, 2_000), (2_000, 3), (1275, 1650)])
def test_blank_pages_say_nothing(size: tuple[int, int]) -> None:
    assert recognise(Image.new("L", size, 255), 612, 792) == []


def test_nothing_is_fetched_from_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("OCR opened a network connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    for name in [m for m in sys.modules if m.startswith("pipeline.parse.ocr")]:
        monkeypatch.setattr(name, sys.modules[name])  # the import below puts another in its place, which is undone too
        monkeypatch.delitem(sys.modules, name)
    from pipeline.parse.ocr import recognise as fresh

    assert fresh(page(CLAUSE[:1], height=200), 612, 96)


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("S1,450.00 and S 5", "$1,450.00 and S 5"),
        ("Unit S12, Suite S1,5", "Unit S12, Suite S1,5"),
        ("Improvements.One", "Improvements. One"),
        ("e.g. U.S.A. 3.3 Inc.", "e.g. U.S.A. 3.3 Inc."),
        ("www.acme.com", "www.acme.com"),
    ],
)
def test_two_common_misreadings_are_mended(read: str, meant: str) -> None:
    assert mend(read) == meant
