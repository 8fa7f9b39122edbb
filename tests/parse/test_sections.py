"""Sections are found from outlines, numbers, type and capitals; list items and contents pages are not taken for them."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.parse.sections import find_sections
from schemas import Line, LineKind, Page, Section


def page_of(text: str, *, bold: tuple[str, ...] = (), running: tuple[str, ...] = ()) -> tuple[Page, ...]:
    """One page whose lines are those of `text`; lines that begin with one of `bold` are bold."""
    lines, offset = [], 0
    for raw in text.split("\n"):
        kind: LineKind = "header" if raw in running else "body"
        lines.append(Line(offset, offset + len(raw), kind, 11.0, raw.startswith(bold) if bold else False))
        offset += len(raw) + 1
    return (Page(1, 0, len(text), tuple(lines)),)


def outline_of(text: str, **kinds: tuple[str, ...]) -> list[tuple[int, str, str]]:
    return [(s.level, s.number, s.title) for s in find_sections(text, page_of(text, **kinds))]


SENTENCE = "The parties agree that this shall be read together with all the other provisions of this document."


def test_decimal_numbers_nest() -> None:
    text = f"1 Introduction\n{SENTENCE}\n2 Population\n2.1 Inclusion Criteria\n{SENTENCE}\n2.2 Exclusion Criteria\n{SENTENCE}"
    assert outline_of(text, bold=("1 ", "2")) == [
        (1, "1", "Introduction"),
        (1, "2", "Population"),
        (2, "2.1", "Inclusion Criteria"),
        (2, "2.2", "Exclusion Criteria"),
    ]


def test_a_section_ends_where_the_next_of_its_level_begins() -> None:
    text = f"1. RENT\n{SENTENCE}\n1.1 Base Rent\n{SENTENCE}\n2. DEPOSIT\n{SENTENCE}"
    rent, base, deposit = find_sections(text, page_of(text))
    assert text[rent.start : rent.end].startswith("1. RENT") and rent.end == deposit.start
    assert rent.start < base.start and base.end == rent.end
    assert text[base.body : base.end].strip() == SENTENCE


def test_run_in_headings_begin_their_text_on_the_same_line() -> None:
    text = "3. RENT: Tenant shall pay the rent monthly in advance.\n4. LATE CHARGES. Tenant shall pay 5% of what is overdue."
    rent, late = find_sections(text, page_of(text))
    assert (rent.number, rent.title) == ("3.", "RENT")
    assert text[rent.body : rent.end].strip().startswith("Tenant shall pay")
    assert (late.number, late.title) == ("4.", "LATE CHARGES")


def test_unnumbered_run_in_headings_are_taken_when_a_document_has_several() -> None:
    text = "\n".join(
        f"{title}. Lessee shall comply with this paragraph and with all of the other paragraphs of this lease."
        for title in ("Security Deposit", "Use of Premises", "Quiet Enjoyment")
    )
    assert [t for _, _, t in outline_of(text)] == ["Security Deposit", "Use of Premises", "Quiet Enjoyment"]


def test_articles_hold_their_decimal_sections() -> None:
    text = f"ARTICLE I\nPREMISES\n1.1 Demise. {SENTENCE}\nARTICLE II\nRENT\n2.1 Base Rent. {SENTENCE}\n2.2 Taxes. {SENTENCE}"
    assert outline_of(text) == [
        (1, "ARTICLE I", "PREMISES"),
        (2, "1.1", "Demise"),
        (1, "ARTICLE II", "RENT"),
        (2, "2.1", "Base Rent"),
        (2, "2.2", "Taxes"),
    ]


def test_section_word_stays_in_the_number() -> None:
    text = f"Section 3.01 Term. {SENTENCE}\nSection 3.02 Rent. {SENTENCE}"
    assert [(n, t) for _, n, t in outline_of(text)] == [("Section 3.01", "Term"), ("Section 3.02", "Rent")]


def test_numbering_goes_on_after_an_exhibit_and_starts_again_in_one() -> None:
    text = f"1. TERM\n{SENTENCE}\n2. RENT\n{SENTENCE}\nEXHIBIT A\nRULES\n1. PARKING\n{SENTENCE}\n2. SIGNS\n{SENTENCE}"
    assert [(level, t) for level, _, t in outline_of(text)] == [
        (1, "TERM"), (1, "RENT"), (1, "RULES"), (2, "PARKING"), (2, "SIGNS"),
    ]  # fmt: skip


def test_items_of_an_eligibility_list_are_no_sections() -> None:
    items = "\n".join(
        f"{n}. Subjects who have had an event of this kind within {n} months before the screening visit are eligible."
        for n in range(1, 12)
    )
    text = f"5 Population\n5.1 Inclusion criteria\n{items}\n5.2 Exclusion criteria\n{items}\n6 Treatment\n{SENTENCE}"
    numbers = [n for _, n, _ in outline_of(text, bold=("5", "6"))]
    assert [n for n in numbers if "." in n or n in {"5", "6"}][:4] == ["5", "5.1", "5.2", "6"]


def test_a_list_with_brackets_stands_under_its_section() -> None:
    lists = "\n".join(f"{n}) {t}\n{SENTENCE}" for n, t in enumerate(("Target Disease", "Medical History", "Other"), 1))
    text = f"3 PLAN\n3.1 Inclusion Criteria\n{SENTENCE}\n3.2 Exclusion Criteria\n{lists}\n3.3 Treatments\n{SENTENCE}\n4 DRUG"
    sections = find_sections(text, page_of(text, bold=("3", "4", "1)", "2)", "3)")))
    assert [(s.level, s.number) for s in sections if "." in s.number or s.number in "34"] == [
        (1, "3"), (2, "3.1"), (2, "3.2"), (2, "3.3"), (1, "4"),
    ]  # fmt: skip
    exclusion = next(s for s in sections if s.number == "3.2")
    assert "Medical History" in text[exclusion.start : exclusion.end]


def test_brackets_after_numbers_are_taken_for_headings_where_nothing_else_is() -> None:
    text = "\n".join(f"{n}) {t}: Tenant shall do what this says." for n, t in enumerate(("Rent", "Pets", "Keys"), 1))
    assert outline_of(text) == [(1, "1)", "Rent"), (1, "2)", "Pets"), (1, "3)", "Keys")]


def test_contents_pages_are_no_headings() -> None:
    contents = (
        "TABLE OF CONTENTS\n1 INTRODUCTION ........... 4\n2 OBJECTIVES ............ 7\n3 STUDY DESIGN .......... 9\n"
    )
    plain = "TABLE OF CONTENTS\n1. PREMISES 1\n2. TERM 1\n3. RENT 2\n4. USE 2\n5. TAXES 3\n"
    body = f"1 INTRODUCTION\n{SENTENCE}\n2 OBJECTIVES\n{SENTENCE}\n3 STUDY DESIGN\n{SENTENCE}"
    lease = "".join(f"{n}. {t}\n{SENTENCE}\n" for n, t in enumerate(("PREMISES", "TERM", "RENT", "USE", "TAXES"), 1))
    assert [t for _, _, t in outline_of(contents + body)] == ["TABLE OF CONTENTS", "INTRODUCTION", "OBJECTIVES", "STUDY DESIGN"]  # fmt: skip
    assert [t for _, _, t in outline_of(plain + lease)] == ["TABLE OF CONTENTS", "PREMISES", "TERM", "RENT", "USE", "TAXES"]  # fmt: skip


def test_running_heads_dates_addresses_and_labels_are_no_headings() -> None:
    text = f"PROTOCOL ABC-123\n13 August 2001\n91210 East Street\nLANDLORD:\nBy: ____\n1. TERM\n{SENTENCE}"
    assert [t for _, _, t in outline_of(text, running=("PROTOCOL ABC-123",))] == ["TERM"]


def test_a_line_that_comes_again_and_again_is_no_heading() -> None:
    text = "\n".join(f"{n}. CLAUSE {'ABCDE'[n]}\n{SENTENCE}\nBACK TO CONTENTS" for n in range(1, 5))
    assert [n for _, n, _ in outline_of(text)] == ["1.", "2.", "3.", "4."]


def test_a_heading_runs_on_over_the_next_line() -> None:
    text = f"7 DATA MONITORING COMMITTEE AND OTHER EXTERNAL\nCOMMITTEES\n{SENTENCE}\n8 ETHICS\n{SENTENCE}"
    assert outline_of(text)[0] == (1, "7", "DATA MONITORING COMMITTEE AND OTHER EXTERNAL COMMITTEES")


def test_headings_inside_one_long_paragraph_are_found() -> None:
    text = "LEASE of a building. " + " ".join(
        f"{n}. {title}. " + SENTENCE * 6 for n, title in enumerate(("PREMISES", "TERM", "RENT", "TAXES"), 1)
    )
    assert [t for _, _, t in outline_of(text)] == ["PREMISES", "TERM", "RENT", "TAXES"]


def test_a_good_outline_is_used_and_a_bad_one_is_not() -> None:
    titles = ("Background", "Objectives", "Design of the Trial", "Population", "Statistics", "Ethics")
    text = "\n".join(f"{t}\n{SENTENCE}" for t in titles)
    pages = page_of(text)
    good = [(1 + (i % 2), t, 1) for i, t in enumerate(titles)]
    assert [(s.level, s.title) for s in find_sections(text, pages, good)] == [(lvl, t) for lvl, t, _ in good]
    bad = [(1, f"Slide {i}", 1) for i in range(6)]
    assert not any(s.title.startswith("Slide") for s in find_sections(text, pages, bad))


@given(st.text(alphabet="1.2 3ABab.:()\n§IVX\t-_", max_size=400))
@settings(max_examples=150, deadline=None)
def test_sections_lie_in_the_text_in_order_and_nest(text: str) -> None:
    sections = find_sections(text, page_of(text))
    for a in sections:
        assert 0 <= a.start <= a.body <= a.end <= len(text)
    for a, b in pairwise(sections):
        assert a.start < b.start
        assert b.end <= a.end or b.start >= a.end


@pytest.mark.parametrize(
    "line", ["1." * 5000, "A" * 50000, "1 " + ". " * 20000, "ARTICLE " * 5000, "A b. " * 20000, "1. Aa bb " * 9000]
)
def test_hostile_lines_cost_little(line: str) -> None:
    text = "\n".join([line] * 3)
    begin = time.process_time()
    find_sections(text, page_of(text))
    assert time.process_time() - begin < 1.0


@pytest.mark.alone
def test_a_long_protocol_is_read_in_well_under_a_millisecond_a_page() -> None:
    page = "\n".join(["{n} HEADING OF SECTION", *[SENTENCE] * 40])
    text = "\n".join(page.format(n=n) for n in range(1, 90))
    pages = page_of(text)
    taken = []
    for _ in range(5):  # the quickest of five: a busy machine may slow any one of them
        begin = time.process_time()
        sections: tuple[Section, ...] = find_sections(text, pages)
        taken.append(time.process_time() - begin)
    assert min(taken) < 89 * 1e-3
    assert len(sections) == 89
