"""A protocol is taken apart: what each stretch is, which running heads it has."""

from collections.abc import Callable

from pipeline.generate.offline.protocol.parts import parts_of
from schemas import Document, Section

CONTENTS = "TABLE OF CONTENTS\n" + "\n".join(f"{i}. SECTION {i} .......... {i}" for i in range(1, 9))


def kinds(document: Document) -> list[str]:
    return [part.kind for part in parts_of(document).parts]


def test_title_contents_history_synopsis_body(make: Callable[..., Document]) -> None:
    history = "SUMMARY OF CHANGES\nSynopsis: dates corrected"
    synopsis = "PROTOCOL SYNOPSIS\nTitle of Study: X\nmore"
    assert kinds(make("A Study", history, CONTENTS, synopsis, "1. INTRODUCTION\nText")) == [
        "title", "history", "contents", "synopsis", "body",
    ]  # fmt: skip


def test_the_registry_s_sheet_is_no_title_page(make: Callable[..., Document]) -> None:
    cover = "Official Title: A Study\nNCT Number: NCT01234567\nDocument Date: 1 May 2020"
    assert kinds(make(cover, "A Study\nProtocol AB-1", CONTENTS)) == ["cover", "title", "contents"]


def test_a_synopsis_begins_at_its_heading_and_ends_where_the_body_begins(make: Callable[..., Document]) -> None:
    parts = parts_of(make("A Study", CONTENTS, "Signature page\n1.1 SYNOPSIS\nDesign: open\n1.2 Schema\nPicture"))
    synopsis = parts.first("synopsis")
    assert synopsis is not None and parts.text[synopsis.start : synopsis.end].strip() == "1.1 SYNOPSIS\nDesign: open"


def test_an_appended_analysis_plan_is_no_body(make: Callable[..., Document]) -> None:
    body = ["1. INTRODUCTION\nText"] * 4
    document = make(
        "A Study", CONTENTS, *body, "Statistical Analysis Plan\nVersion 1", "Analysis of the primary endpoint"
    )
    assert kinds(document)[-1] == "appended"


def test_sections_of_contents_and_history_are_left_out(make: Callable[..., Document]) -> None:
    document = make("A Study", "VERSION HISTORY\nObjectives", CONTENTS, "1. INTRODUCTION\n2. Objectives\nTo see")
    first, last = document.text.index("Objectives"), document.text.index("2. Objectives")
    sections = tuple(Section("", "Objectives", 1, at, at + 12, at + 20) for at in (first, last))
    parts = parts_of(Document("a", "", "", document.text, document.pages, sections=sections))
    assert [s.start for s in parts.sections] == [last]


def test_running_heads_count_by_page_page_numbers_aside(make: Callable[..., Document]) -> None:
    running = parts_of(make(*(f"~AB-1 Page {i}\ntext {i}" for i in range(1, 7)))).running
    assert [(r.text, r.share) for r in running] == [("~AB-1 Page 1", 1.0)]
