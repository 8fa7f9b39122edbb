"""Hyphens at the ends of lines."""

import pytest

from pipeline.parse.pdf_glyphs import clean
from pipeline.parse.pdf_hyphens import join_hyphens
from pipeline.parse.pdf_lines import RawLine


def joined(*texts: str) -> list[str]:
    lines = [RawLine(0, text, (0, 0, 1, 1)) for text in texts]
    join_hyphens(lines)
    return [clean(line.raw) for line in lines]


@pytest.mark.parametrize(
    ("elsewhere", "broken", "said"),
    [
        ("this agreement", "the agree\ufffement is", "the agreement is"),
        ("at follow-up", "until follow\ufffeup ends", "until follow-up ends"),
        ("", "an open\ufffelabel study", "an open-label study"),
        ("SARS-CoV-2", "of SARS\ufffeCoV-2 infection", "of SARS-CoV-2 infection"),
        ("", "- \ufffe5 to 7", "- -5 to 7"),
    ],
)
def test_the_document_says_whether_a_hyphen_belongs_to_the_word(elsewhere: str, broken: str, said: str) -> None:
    assert joined(elsewhere, broken)[1] == said


def test_a_document_that_breaks_words_breaks_unknown_ones_too() -> None:
    lines = joined(
        "the premises, the landlord", "the pre\ufffemises and the land\ufffelord shall covenan\ufffetly keep"
    )
    assert lines[1] == "the premises and the landlord shall covenantly keep"
