"""Clauses of templates in the shapes templates come in, and what cannot be one."""

from pathlib import Path

import pytest

from pipeline import read_document
from pipeline.knowledge.building.clauses import Clause, clauses_of
from pipeline.knowledge.building.identity import dated, name_of, township_of
from schemas import Document, Page


def read(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "template.txt"
    path.write_text(text, encoding="utf-8")
    return read_document(path)


def clauses(tmp_path: Path, text: str) -> list[Clause]:
    return list(clauses_of(read(tmp_path, text)))


def test_headings_with_citations_in_brackets_after_a_dash_or_in_the_text(tmp_path: Path) -> None:
    found = clauses(
        tmp_path,
        "MODEL RESIDENTIAL LEASE\n\n"
        "1. SECURITY DEPOSIT (Tex. Prop. Code § 92.103)\n\nLandlord shall refund the deposit within thirty (30) days.\n\n"
        "2. Late Fees — RCW 59.18.170\n\nNo late fee is charged for rent that is paid within five days of the due date.\n\n"
        "3. Bed Bugs\n\nTenant has received the notice on bed bugs (Civil Code § 1954.603) and signed for it here.\n\n"
        "4. Pets\n\nNo pets without the written consent of Landlord, which may be withdrawn at any time.\n",
    )
    assert [(c.number, c.title, c.citation) for c in found] == [
        ("1.", "SECURITY DEPOSIT", "Tex. Prop. Code § 92.103"),
        ("2.", "Late Fees", "RCW 59.18.170"),
        ("3.", "Bed Bugs", "Civil Code § 1954.603"),
        ("4.", "Pets", ""),
    ]
    assert found[0].body.startswith("Landlord shall refund") and found[3].text.startswith("4. Pets")


def test_an_empty_document_and_one_without_headings_have_no_clauses(tmp_path: Path) -> None:
    assert clauses_of(Document("a", "", "text/plain", "", (Page(1, 0, 0),))) == ()
    assert clauses(tmp_path, "the rent is due on the first of the month and the tenant pays it by check\n" * 3) == []


@pytest.mark.parametrize("said, day", [
    ("Standard Lease (Rev. 7/24)", "2024-07-01"), ("Form 12, Revised October 2025", "2025-10-01"),
    ("Version: 2025-03-15", "2025-03-15"), ("effective January 1, 2026", "2026-01-01"), ("Edition of May 2023", "2023-05-01"),
    ("effective on ____________", None), ("the rent is revised each year", None), ("Rev. 13/25", None),
])  # fmt: skip
def test_the_day_of_an_edition(said: str, day: str | None) -> None:
    found = dated(Document("a", "", "", said, (Page(1, 0, len(said)),)))
    assert (found.isoformat() if found else None) == day


def test_a_template_is_called_by_its_title_and_knows_its_township(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "LIBERTY MODEL LEASE\n\n1. Premises\n\nThe house at ______, Township of Liberty, Ohio, is let to Tenant.\n",
    )
    assert name_of(document) == "Liberty Model Lease" and township_of(document) == "Liberty Township"
