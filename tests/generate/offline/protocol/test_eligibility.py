"""Eligibility criteria are read from the section itself, each whole, whatever way the sponsor numbers them."""

import hashlib
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.generate.offline.protocol import eligibility
from pipeline.generate.offline.protocol.criteria import Row
from pipeline.generate.offline.protocol.criteria_items import items, split
from pipeline.generate.offline.protocol.criteria_marks import mark
from pipeline.generate.offline.protocol.criteria_section import headings
from schemas import Document, Line, Page


def protocol(*pages: str) -> Document:
    """A document of the given pages; lines that begin with "~" are running heads."""
    text, made, offset = "\n".join(pages), [], 0
    for number, page in enumerate(pages, 1):
        lines, start = [], offset
        for raw in page.split("\n"):
            lines.append(Line(offset, offset + len(raw), "header" if raw.startswith("~") else "body"))
            offset += len(raw) + 1
        made.append(Page(number, start, offset - 1, tuple(lines)))
    return Document("p.txt", hashlib.sha256(text.encode()).hexdigest(), "text/plain", text, tuple(made))


SECTION = """4.1. Inclusion Criteria
Subjects must meet all of the following criteria:
1. Adults aged 18 to 65 years at the time of sign-
ing the consent.
2. Able to swallow tablets, that is:
a. whole, or
b. halved.
4.2. Exclusion Criteria
1. Pregnant or nursing.
2. Any of the following:
• stroke within
6 months
• cancer
3. Known allergy to the study drug.
4.3. Lifestyle Requirements
1. No alcohol."""


def test_each_criterion_is_one_item_with_its_sub_items_inside() -> None:
    found = eligibility.criteria(protocol(SECTION))
    assert [c.number for c in found.inclusion.items] == ["1", "2"]
    assert found.inclusion.items[1].text == "Able to swallow tablets, that is: a. whole, or b. halved."
    assert [(c.number, c.text) for c in found.inclusion.items[1].children] == [("a", "whole, or"), ("b", "halved.")]
    assert [c.text for c in found.exclusion.items] == [
        "Pregnant or nursing.", "Any of the following: • stroke within 6 months • cancer",
        "Known allergy to the study drug.",
    ]  # fmt: skip
    assert [c.text for c in found.exclusion.items[1].children] == ["stroke within 6 months", "cancer"]


def test_fields_count_the_criteria_and_quote_the_document_exactly() -> None:
    document = protocol(SECTION)
    fields = eligibility.read(document)
    assert fields["inclusion_criteria_count"].value == 2
    assert fields["exclusion_criteria_count"].value == 3
    quotes = [q for answer in fields.values() for q in answer.quotes]
    assert quotes
    for quote in quotes:
        assert document.slice(quote.start, quote.end) == quote.text == quote.text.strip() != ""


def test_the_section_is_read_and_not_contents_synopsis_or_amendment_history() -> None:
    contents = "CONTENTS\n4.1. Inclusion Criteria ........ 30\n4.2. Exclusion Criteria ........ 31"
    synopsis = "SYNOPSIS\nInclusion Criteria\n1. Adults\n2. Consent\n3. Weight\nExclusion Criteria\n1. Pregnancy"
    history = (
        "4.1. Inclusion Criteria\nClarified age.\n4.2. Exclusion Criteria\nAdded criterion 3.\nRemoved criterion 9."
    )
    found = eligibility.criteria(protocol(contents, synopsis, history, SECTION))
    assert [c.text[:6] for c in found.inclusion.items] == ["Adults", "Able t"]


def test_a_criterion_goes_on_over_the_page_break_without_running_heads() -> None:
    found = eligibility.criteria(
        protocol(
            "5.1 Inclusion Criteria\n1. Signed\n~Protocol 12 page 3",
            "~Sponsor\nconsent\n2. Adult\n5.2 Exclusion Criteria\n1. Pregnant",
        )
    )
    assert [c.text for c in found.inclusion.items] == ["Signed consent", "Adult"]


def test_numbering_that_runs_on_from_inclusion_to_exclusion() -> None:
    found = eligibility.criteria(
        protocol(
            "5.1 Inclusion Criteria\n[1] Adult\n[2] Ill\n5.2 Exclusion Criteria\n[3] Pregnant\n[4b] Nursing\n[5] Old"
        )
    )
    assert [c.number for c in found.exclusion.items] == ["3", "4b", "5"]


def test_group_headings_are_no_part_of_a_criterion() -> None:
    found = eligibility.criteria(
        protocol(
            "5.1 Inclusion Criteria\nParticipants are eligible only if:\nAge\n1. Adults who are able to read and sign\n"
            "the form.\nType of participant\n2. Diagnosis of disease.\n5.2 Exclusion Criteria\nMedical conditions\n1. Stroke.\n"
            "Prior/concomitant therapy\n2. Insulin."
        )
    )
    assert [(c.group, c.text) for c in found.inclusion.items] == [
        ("Age", "Adults who are able to read and sign the form."), ("Type of participant", "Diagnosis of disease."),
    ]  # fmt: skip
    assert [(c.group, c.text) for c in found.exclusion.items] == [
        ("Medical conditions", "Stroke."), ("Prior/concomitant therapy", "Insulin."),
    ]  # fmt: skip


def test_numbering_that_starts_again_under_a_new_heading_goes_on_counting_criteria() -> None:
    found = eligibility.criteria(
        protocol(
            "5.1 Inclusion Criteria\nAt screening\n1. Adult.\n2. Ill.\nAt randomization\n1. Compliant.\n2. Stable.\n"
            "5.2 Exclusion Criteria\n1. Pregnant."
        )
    )
    assert [c.text for c in found.inclusion.items] == ["Adult.", "Ill.", "Compliant.", "Stable."]


def test_a_list_that_a_new_sentence_leads_into_goes_on_counting() -> None:
    found = eligibility.criteria(
        protocol(
            "5.1 Inclusion Criteria\n1. Adult.\n5.2 Exclusion Criteria\n1. Stroke.\n2. Cancer of any kind within years.\n"
            "In addition, patients with any of these at Visit 2 are excluded:\n1. Fever.\n2. Use of any of:\n1. red\n2. green"
        )
    )
    assert [c.text for c in found.exclusion.items] == [
        "Stroke.", "Cancer of any kind within years.", "Fever.", "Use of any of: 1. red 2. green",
    ]  # fmt: skip


def test_a_numbered_list_inside_a_criterion_does_not_end_it() -> None:
    found = eligibility.criteria(
        protocol(
            "5.1 Inclusion Criteria\n1. Adult\n2. One of these:\n1. red\n2. green\n3. blue\n3. Consent\n4. Weight\n"
            "5.2 Exclusion Criteria\n1. Pregnant\n2. Nursing"
        )
    )
    assert [c.text for c in found.inclusion.items] == [
        "Adult",
        "One of these: 1. red 2. green 3. blue",
        "Consent",
        "Weight",
    ]


def test_criteria_numbered_like_sections() -> None:
    found = eligibility.criteria(
        protocol(
            "3.1 Inclusion Criteria\n3.1.1 Patients must be adults.\n3.1.2 Patients must have consented\nin writing.\n"
            "3.2 Exclusion Criteria\n3.2.1 Pregnancy.\n3.2.2 Other malignancy.\n3.3 Inclusion of Women and Minorities\nBoth."
        )
    )
    assert [c.text for c in found.inclusion.items] == [
        "Patients must be adults.",
        "Patients must have consented in writing.",
    ]
    assert [c.number for c in found.exclusion.items] == ["3.2.1", "3.2.2"]


def test_numbered_groups_of_lettered_criteria_count_by_their_numbers() -> None:
    found = eligibility.criteria(
        protocol(
            "3.3.1 Inclusion Criteria\n1. Target population\na) Adults\nb) Diagnosis\n2. Consent\na) Signed.\n"
            "3.3.2 Exclusion Criteria\n1. Target disease exceptions\na) Other types"
        )
    )
    assert [(c.number, [k.number for k in c.children]) for c in found.inclusion.items] == [
        ("1", ["a", "b"]),
        ("2", ["a"]),
    ]


def test_an_item_is_told_from_the_next_section_by_its_number() -> None:
    found = eligibility.criteria(
        protocol(
            "5.1 Inclusion Criteria\n1. Adult.\n5.2 Exclusion Criteria\n1. A.\n2. B.\n3. C.\n4. D.\n5. E.\n6. F.\n"
            "6 STUDY TREATMENT\n1. Tablets"
        )
    )
    assert [c.text for c in found.exclusion.items] == ["A.", "B.", "C.", "D.", "E.", "F."]


def test_items_numbered_without_a_full_stop_are_told_from_the_next_section() -> None:
    found = eligibility.criteria(
        protocol(
            "5.1 Inclusion Criteria\n1 Adult.\n5.2 Exclusion Criteria\n1 Aa.\n2 Bb.\n3 Cc.\n4 Dd.\n5 Ee.\n6 Ff.\n7 Gg.\n"
            "5.3 Other\n1 Tablets"
        )
    )
    assert [c.number for c in found.exclusion.items] == ["1", "2", "3", "4", "5", "6", "7"]


def test_a_list_that_runs_on_may_begin_with_the_number_of_a_later_section() -> None:
    items_before = "\n".join(f"{n}. Adult person." for n in range(1, 7))
    found = eligibility.criteria(
        protocol(f"5.1 Inclusion Criteria\n{items_before}\n5.2 Exclusion Criteria\n7. Stroke.\n8. Cancer.\n5.3 Other")
    )
    assert [c.number for c in found.exclusion.items] == ["7", "8"]


def test_bullets_of_one_kind_nest_by_their_indentation() -> None:
    document = protocol(
        "5.1 Inclusion Criteria\n• Organ function:\n• liver\n• kidney\n• Adult\n5.2 Exclusion Criteria\n• No"
    )
    lefts = iter([72.0, 72.0, 100.0, 100.0, 72.0, 72.0, 72.0])
    lines = tuple(replace(line, box=(left := next(lefts), 0, left + 9, 9)) for line in document.pages[0].lines)
    found = eligibility.criteria(replace(document, pages=(replace(document.pages[0], lines=lines),)))
    assert [c.text for c in found.inclusion.items] == ["Organ function: • liver • kidney", "Adult"]


def test_bulleted_criteria_with_dashes_inside() -> None:
    found = eligibility.criteria(
        protocol(
            "4.1.1 Inclusion Criteria\n• Adult\n• Organ function:\n– liver\n– kidney\n4.1.2 Exclusion Criteria\n• Asthma"
        )
    )
    assert [c.text for c in found.inclusion.items] == ["Adult", "Organ function: – liver – kidney"]
    assert [c.number for c in found.inclusion.items] == ["", ""]


@pytest.mark.parametrize(
    "removed",
    ["Criterion removed by Amendment 2.", "[Deleted]", "Removed per amendment 3", "This criterion was deleted."],
)
def test_a_criterion_struck_by_an_amendment_is_known_but_not_counted(removed: str) -> None:
    document = protocol(
        f"5.1 Inclusion Criteria\n1. Adult\n2. {removed}\n3. Consent\n5.2 Exclusion Criteria\n1. Pregnant"
    )
    assert [c.withdrawn for c in eligibility.criteria(document).inclusion.items] == [False, True, False]
    assert eligibility.read(document)["inclusion_criteria"].value == ["Adult", "Consent"]


def test_a_paragraph_about_the_criteria_after_the_list_is_no_part_of_the_last_one() -> None:
    found = eligibility.criteria(
        protocol(
            "5.1 Inclusion Criteria\n1. Adult\n5.2 Exclusion Criteria\n1. Pregnant or nursing women and girls.\n"
            "Waivers to the exclusion criteria will not be allowed."
        )
    )
    assert found.exclusion.items[-1].text == "Pregnant or nursing women and girls."


def test_nothing_is_made_up_where_no_criteria_stand() -> None:
    fields = eligibility.read(protocol("LEASE\nThe tenant meets the criteria for inclusion in the list."))
    assert {name: answer.value for name, answer in fields.items()} == dict.fromkeys(
        ["inclusion_criteria", "exclusion_criteria", "inclusion_criteria_count", "exclusion_criteria_count"]
    )


@pytest.mark.parametrize(
    ("line", "side", "number"),
    [
        ("5.1 Inclusion Criteria", "inclusion", "5.1"), ("EXCLUSION CRITERIA:", "exclusion", ""),
        ("3.3.2 Subject Exclusion Criteria", "exclusion", "3.3.2"), ("Key Inclusion Criteria (all cohorts)", "inclusion", ""),
        ("Criteria for Inclusion", "inclusion", ""), ("Exclusion:", "exclusion", ""),
        ("3.1 Patient Eligibility Criteria", "eligibility", "3.1"),
        ("Patients must meet the following inclusion criteria:", "inclusion", ""),
    ],
)  # fmt: skip
def test_headings_of_the_lists(line: str, side: str, number: str) -> None:
    assert [(h.side, h.number.strip(".")) for h in headings(protocol(line))] == [(side, number)]


@pytest.mark.parametrize(
    "line",
    ["5.1 Inclusion Criteria ....... 31", "inclusion criteria)", "Inclusion/Exclusion Criteria X X", "Meets the exclusion criteria.",
     "4.2 Exclusion criteria were updated"],
)  # fmt: skip
def test_lines_that_head_no_list(line: str) -> None:
    assert headings(protocol(line)) == []


@pytest.mark.parametrize(
    ("line", "printed", "value"),
    [("1. Age", "1", 1), ("12) Age", "12", 12), ("(3) Age", "3", 3), ("[16b] ECG", "16b", 16), ("I1. Age", "I1", 1),
     ("E 02. Age", "E 02", 2), ("c) Age", "c", 3), ("iv. Age", "iv", 4), ("7 Age", "7", 7)],
)  # fmt: skip
def test_marks(line: str, printed: str, value: int) -> None:
    found = mark(line)
    assert found
    assert (found.printed, found.value) == (printed, value)


@pytest.mark.parametrize("line", ["1.73 m2 per year", "18 years of age", "Age over 3.", "and (b) more", "2.5 x ULN"])
def test_lines_without_a_mark(line: str) -> None:
    assert mark(line) is None


@given(st.lists(st.sampled_from(["Adult person", "of age", "1. x", "2. y", "a) z", "• w", "3. q", ""]), max_size=40))
def test_items_keep_the_order_and_never_overlap(lines: list[str]) -> None:
    document = protocol("\n".join(lines))
    rows = [
        Row(line.start, line.end, document.slice(line.start, line.end), 1)
        for line in document.lines()
        if line.end > line.start
    ]
    found = items(document, rows)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= item.start <= item.end <= len(document.text) for item in found)


def test_long_hostile_lists_take_no_long_time() -> None:
    rows = [Row(k * 3, k * 3 + 2, "1. ", 1) for k in range(3000)]
    assert len(split(rows)) <= 3000
    assert headings(protocol("\n".join(["inclusion " * 9] * 5000))) == []


@pytest.mark.corpus
def test_the_sections_of_real_protocols_are_found() -> None:
    corpus = Path(__file__).resolve().parents[4].parent / "shared" / "corpus" / "protocols"
    if not corpus.is_dir():
        pytest.skip("development corpus not there")
    from pipeline.parse import parse

    folder = sorted(corpus.iterdir())[0]
    found = eligibility.criteria(parse(folder / "document.pdf"))
    assert len(found.inclusion.items) >= 3
    assert len(found.exclusion.items) >= 3
