"""Characters that read right, and where they came from."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.parse.pdf_glyphs import clean, clean_offsets, is_garbage, readable


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("e\ufb03cacy, \ufb01rst, o\ufb00", "efficacy, first, off"),
        ("age \uf0b3 18 and \uf0a3 65 years", "age ≥ 18 and ≤ 65 years"),
        ("\uf0b7 Item", "• Item"),
        ("20 \uf06dg/min \uf0b1 5", "20 μg/min ± 5"),
        ("no\u00a0break\u2009thin", "no break thin"),
        ("co\u00adoperate\u200b", "cooperate"),
        ("non\u2011breaking", "non-breaking"),
        ("open\ufffelabel", "open-label"),
        ("naïve Södertälje “quoted” § 5 – £100", "naïve Södertälje “quoted” § 5 – £100"),
    ],
)
def test_clean(raw: str, said: str) -> None:
    assert clean(raw) == said


def test_glyph_numbers_of_a_font_without_a_map_are_decoded() -> None:
    assert readable("'RFXPHQW 1DPH\x1d Y\x16\x11\x13") == "Document Name: v3.0"


@given(st.text(max_size=60))
def test_clean_is_stable_and_offsets_follow_it(raw: str) -> None:
    said = clean(raw)
    assert clean(said) == said
    offsets = clean_offsets(raw)
    assert offsets[-1] == len(said)
    assert "".join(said[a:b] for a, b in pairwise(offsets)) == said


def test_garbage_is_text_without_meaning() -> None:
    assert is_garbage("\ue001\ue002\ue003\ue004 \ue005")
    assert not is_garbage("\uf0b7 A bullet of the Symbol font, and what it says")
    assert not is_garbage("")
