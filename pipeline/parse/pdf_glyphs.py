"""Characters as pdfium reports them -> characters that read right, one at a time, so that indices can be mapped."""

import re
import unicodedata
from itertools import accumulate

LINE_END_HYPHEN = "\ufffe"
"""How pdfium marks a hyphen at the end of a line whose word goes on in the next."""

DROPPED = "\x00"
"""Stands for a character that is no part of the text, so that a string keeps its length until it is cleaned."""

# Adobe's Symbol encoding (PDF 32000-1, annex D.5), which fonts without a Unicode map leave in the private use area at U+F0xx.
_SYMBOL = (
    {0x20 + i: c for i, c in enumerate(" !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_")}
    | {0x60 + i: c for i, c in enumerate("‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}~")}
    | {
        0xA0 + i: c
        for i, c in enumerate("€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪")
    }
    | {0xF1 + i: c for i, c in enumerate("〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭")}
)
# Wingdings where documents use it for bullets and boxes; these codes mean nothing common in Symbol, or a bullet in both.
_DINGBATS = {
    0xA1: "○",
    0xA7: "▪",
    0xA8: "☐",
    0xFC: "✓",
    0xFB: "✗",
    0xFD: "☒",
    0xFE: "☑",
    0x6E: "■",
    0x71: "☐",
    0xD8: "➢",
}

_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\x0b\x0c"
_NOTHING = "\u00ad\u200b\u200c\u200d\u2060\ufeff" + DROPPED
_LIGATURES = "\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06"

_TABLE: dict[int, str] = (
    dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), "")
    | {0xF000 + code: char for code, char in (_SYMBOL | {c: d for c, d in _DINGBATS.items() if c >= 0xA1}).items()}
    | dict.fromkeys(map(ord, _SPACES), " ")
    | dict.fromkeys(map(ord, _NOTHING), "")
    | {ord(c): unicodedata.normalize("NFKC", c) for c in _LIGATURES}
    | {ord("\u2011"): "-", ord("\u2010"): "-", ord(LINE_END_HYPHEN): "-", 0xFFFD: "", 0xFFFF: "", 0x02: "-"}
)
_SUSPECT = re.compile("[^\x20-\x7e‘’“”–—•®°±≤≥×§]")
_CONTROL = re.compile("[\x03-\x08\x0e-\x1f]")
_MEANINGLESS = re.compile("[\x03-\x08\x0e-\x1f\ufffd\ue000-\uefff\uf100-\uf8ff]+")
_GLYPH_OFFSET = 29
"""TrueType fonts with the usual glyph order hold the character c at glyph c - 29; fonts without a Unicode map show the glyph."""


def readable(raw: str) -> str:
    """What a line says: `clean`, after `decode_glyphs` where that is needed."""
    if (raw.isascii() and raw.isprintable()) or not _SUSPECT.search(raw):
        return raw
    return (decode_glyphs(raw) if _CONTROL.search(raw) else raw).translate(_TABLE)


def clean(raw: str) -> str:
    """Text of a line that reads right: ligatures apart, symbols in Unicode, no control characters.

    >>> clean("e\\ufb03cacy \\uf0b3\\u00a05\\u00ad")
    'efficacy ≥ 5'
    """
    plain = (raw.isascii() and raw.isprintable()) or not _SUSPECT.search(raw)
    return raw if plain else raw.translate(_TABLE)


def lengthens(raw: str) -> bool:
    """Whether a character of a line becomes several: then its places shift, even if as many others are dropped.

    >>> lengthens("\u00ad\ufb01x"), lengthens("\u00adx")
    (True, False)
    """
    return not raw.isascii() and any(c in raw for c in _LIGATURES)


def clean_offsets(raw: str) -> list[int]:
    """For each index into `raw` (and its end) the index into `clean(raw)`.

    >>> clean_offsets("a\\ufb03b")
    [0, 1, 4, 5]
    """
    return [0, *accumulate(len(_TABLE.get(ord(c), c)) for c in raw)]


def decode_glyphs(raw: str) -> str:
    """Characters for a line that shows glyph numbers, which control characters betray; the length stays.

    >>> decode_glyphs("'RFXPHQW 1DPH\\x1d")
    'Document Name:'
    """
    shifted = "".join(c if c == " " else chr(ord(c) + _GLYPH_OFFSET) for c in raw)
    plausible = sum(c.isascii() and (c.isalnum() or c in " .,:;()/-_") for c in shifted)
    return shifted if plausible >= 0.9 * len(shifted) else raw


def is_garbage(text: str) -> bool:
    """Whether much of the text is glyphs without a meaning (private use, control, replacement characters).

    >>> is_garbage("\\ue001\\ue002\\ue003 a"), is_garbage("\\uf0b7 Bullet")
    (True, False)
    """
    if not _MEANINGLESS.search(text):
        return False
    return sum(map(len, _MEANINGLESS.findall(text))) > 0.3 * len(text)
