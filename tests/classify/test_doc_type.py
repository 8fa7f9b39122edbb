"""What a document is: by its title, confirmed by its vocabulary."""

import json
from pathlib import Path

import pytest

from pipeline.classify import doc_type_of
from schemas import Document, Line, Page

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


def document(text: str) -> Document:
    """A one-page document with a line per line of the text."""
    lines, offset = [], 0
    for line in text.split("\n"):
        lines.append(Line(offset, offset + len(line)))
        offset += len(line) + 1
    return Document("x", "0" * 64, "text/plain", text, (Page(1, 0, len(text), tuple(lines)),))


LEASE_BODY = "Landlord leases the Premises to Tenant. Tenant shall pay Landlord rent of $900 a month. " * 5
PROTOCOL_BODY = (
    "The investigator follows this protocol. Inclusion criteria: adults. Adverse events go to the sponsor. " * 5
)


@pytest.mark.parametrize("roles", [("Owner", "Renter"), ("Housing Provider", "Resident"), ("Management", "Resident")])
def test_a_lease_with_other_names_for_its_parties_is_a_lease(roles: tuple[str, str]) -> None:
    body = "{0} rents to {1} the house at 4 Oak Street. {1} pays {0} rent of $900 a month and a security deposit. " * 5
    assert doc_type_of(document("HOUSE CONTRACT\n" + body.format(*roles))).doc_type == "lease"


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("RESIDENTIAL LEASE AGREEMENT", LEASE_BODY, "lease"),
        ("Assured Shorthold Tenancy Agreement", LEASE_BODY, "lease"),
        ("AMENDED AND RESTATED OFFICE LEASE", LEASE_BODY, "lease"),
        ("SUBLEASE", LEASE_BODY, "lease"),
        ("FIRST AMENDMENT TO LEASE", LEASE_BODY, "lease_amendment"),
        ("Lease Extension and Modification Agreement", LEASE_BODY, "lease_amendment"),
        ("ADDENDUM (NO. 2) TO THE TENANCY AGREEMENT", LEASE_BODY, "lease_amendment"),
        ("LEASE TERMINATION AGREEMENT", LEASE_BODY, "lease_amendment"),
        ("COMMENCEMENT DATE AGREEMENT", LEASE_BODY, "lease_amendment"),
        (
            "Dear Ms Hall,",
            "I let you the flat, as your landlord, at a rent of $900 a month. This letter is your lease. " * 2,
            "lease",
        ),
        ("CLINICAL STUDY PROTOCOL", PROTOCOL_BODY, "clinical_protocol"),
        (
            "ASSIGNMENT OF LEASE AS COLLATERAL",
            "The Borrower assigns to Lender its lease. Lender holds it. " * 9,
            "other",
        ),
        ("RENTAL APPLICATION", "Applicant name. Applicant employer. Monthly rent. Co-applicant income. " * 9, "other"),
        ("Dear Ms Hall,", "Thank you for the flowers. See you on Sunday.", "other"),
        ("STATISTICAL ANALYSIS PLAN", "The analysis sets are defined below. Tables are listed. " * 9, "other"),
    ],
)
def test_title_and_vocabulary_decide(title: str, body: str, expected: str) -> None:
    assert doc_type_of(document(f"{title}\n\n{body}")).doc_type == expected


def test_an_exhibit_number_above_the_title_does_not_hide_it() -> None:
    assert (
        doc_type_of(document(f"Exhibit 10.4\n\nSECOND AMENDMENT TO LEASE\n{LEASE_BODY}")).doc_type == "lease_amendment"
    )


def test_empty_text_is_other() -> None:
    assert doc_type_of(document("")).doc_type == "other"


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the development corpus is not here")
def test_every_document_of_the_corpus_has_its_type() -> None:
    wrong = []
    for gold in sorted(CORPUS.glob("*/*/gold.json")):
        text = (gold.parent / "text.txt").read_text(encoding="utf-8", errors="replace")
        if doc_type_of(document(text)).doc_type != json.loads(gold.read_text(encoding="utf-8"))["doc_type"]:
            wrong.append(gold.parent.name)
    assert wrong == []
