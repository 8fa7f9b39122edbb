"""Type sizes that the law sets are checked where the format of the document tells them."""

import pytest

from pipeline.validate.clause import check_clause_required
from pipeline.validate.passages import ReadText
from schemas import ClauseRequired, Document, Line, NoTerms, Page

TEXT = "1. RENT. The rent is $900.\n\n2. NOTICE. Registered sex offenders are listed on the internet.\n"
CLAUSE = ClauseRequired(all_of=(("sex offender",),))


def result(check, **line):
    at = TEXT.index("2.")
    lines = (Line(0, at - 2, size=12.0, bold=True), Line(at, len(TEXT) - 1, **line))
    document = Document("lease.pdf", "0" * 64, "application/pdf", TEXT, (Page(1, 0, len(TEXT), lines),))
    return check_clause_required(check, ReadText(document), NoTerms())


@pytest.mark.parametrize(
    ("size", "expected"), [(7.0, "violated"), (7.9, "satisfied"), (8.0, "satisfied"), (12.0, "satisfied")]
)
def test_a_clause_is_not_set_smaller_than_the_law_wants(size, expected):
    found = result(set_as(type_size=8), size=size)
    assert found.result == expected
    assert ("at least 8 points" in found.explanation) is (expected == "violated")


@pytest.mark.parametrize(("bold", "expected"), [(False, "violated"), (True, "satisfied")])
def test_a_clause_is_set_in_bold_where_the_law_wants_it(bold, expected):
    assert result(set_as(bold=True), size=10.0, bold=bold).result == expected


def test_a_format_without_sizes_passes_and_says_so():
    found = result(set_as(type_size=8))
    assert found.result == "satisfied"
    assert "cannot be told" in found.explanation


def test_a_clause_that_is_not_there_is_missing_whatever_its_type():
    document = Document("a", "0" * 64, "text/plain", "Rent.", (Page(1, 0, 5),))
    assert check_clause_required(set_as(type_size=8), ReadText(document), NoTerms()).result == "missing"


def set_as(**how):
    return CLAUSE.model_copy(update=how)
