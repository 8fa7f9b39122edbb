"""Lines become prose again: running heads dropped, hyphenation undone, places kept."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from pipeline.generate.offline.protocol.lines import lines_of, prose, without_mark
from schemas import Document


def test_running_heads_are_no_lines_unless_asked_for(make: Callable[..., Document]) -> None:
    page = make("~Head\nOne\n\n Two ")
    assert [line.text for line in lines_of(page).all] == ["One", "Two"]
    assert [line.text for line in lines_of(page, running=True).all] == ["~Head", "One", "Two"]


def test_prose_across_a_page_break_skips_the_head(make: Callable[..., Document]) -> None:
    text = make("to assess the\neffi-", "~Page 2\ncacy of long-\nterm treat-\nment")
    lines = lines_of(text)
    assert lines.prose(0, len(text.text)) == "to assess the effi-cacy of long-term treatment"


def test_marks_of_list_items_go_numbers_in_words_stay() -> None:
    assert [without_mark(t) for t in ("• To assess", "(2) To assess", "18 years")] == [
        "To assess",
        "To assess",
        "18 years",
    ]


@given(st.text(max_size=300))
def test_prose_has_no_line_breaks_and_no_double_spaces(text: str) -> None:
    assert "\n" not in prose(text) and "  " not in prose(text)
