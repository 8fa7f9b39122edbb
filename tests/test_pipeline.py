"""The pipeline as a library: one document, many, and with an LLM that follows a script."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfWriter

from pipeline import Pipeline, Settings
from pipeline.generate.chat import ChatBackend
from pipeline.generate.offline import OfflineBackend
from pipeline.generate.second_opinion import SecondOpinion
from schemas import Ask, LeaseTerms
from tests.generate.chat.scripted import ScriptedClient

SAMPLES = Path(__file__).parents[1] / "samples"
OHIO = SAMPLES / "leases" / "ohio.pdf"


def rent_only(ask: Ask) -> dict[str, Any]:
    """A model that knows the rent, and nothing else."""
    nothing = {"value": None, "quote": None, "passage": None, "confidence": 0.9}
    said = dict.fromkeys(ask.wanted["properties"], nothing)
    if "rent_amount" in said:
        said["rent_amount"] = {"value": 1450, "quote": "$1,450.00 per month", "passage": 1, "confidence": 0.9}
    return said


@pytest.fixture(scope="module")
def offline() -> Pipeline:
    return Pipeline(Settings(ocr="off"))


def test_a_lease_has_typed_terms_with_evidence(offline: Pipeline) -> None:
    result = offline.run(OHIO)
    assert isinstance(result.terms, LeaseTerms)
    rent = result.terms.rent_amount
    assert rent.value == Decimal("1450.00")
    assert rent.source == "offline"
    evidence = rent.evidence[0]
    assert evidence.quote == offline.read(OHIO).text[evidence.start : evidence.end]
    assert evidence.boxes and all(0 <= x0 < x1 <= 612 and 0 <= y0 < y1 <= 792 for x0, y0, x1, y1 in evidence.boxes)


def test_a_file_that_is_not_there_fails_in_one_line(offline: Pipeline) -> None:
    result = offline.run("no such file.pdf")
    assert result.status == "failed"
    assert [e.stage for e in result.errors] == ["parse"]
    assert "no such file.pdf" in result.errors[0].message


def test_many_documents_come_in_input_order_and_a_broken_one_costs_only_itself(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 broken")
    paths = [broken, OHIO, SAMPLES / "letters" / "boiler-letter.pdf"]
    results = list(Pipeline(Settings(ocr="off")).run_many(paths, workers=2))
    assert [r.document.path for r in results] == [str(p) for p in paths]
    assert [r.status == "failed" for r in results] == [True, False, False]


def test_a_result_shows_as_html_with_the_document_escaped(offline: Pipeline, tmp_path: Path) -> None:
    hostile = tmp_path / "lease.txt"
    hostile.write_text(
        "RESIDENTIAL LEASE\nLandlord: <script>alert(1)</script> Homes LLC\nTenant: Ada Byron\n"
        "The Landlord leases the premises to the Tenant for a monthly rent of $900.00.\n" * 3
    )
    html = offline.run(hostile)._repr_html_()
    assert "<script>" not in html
    assert "rent amount" in html


def test_an_llm_sees_the_passages_and_its_quotes_are_grounded() -> None:
    client = ScriptedClient(rent_only)
    result = Pipeline(Settings(ocr="off"), backend=ChatBackend(client)).run(OHIO)
    assert isinstance(result.terms, LeaseTerms)
    rent = result.terms.rent_amount
    assert (rent.value, rent.source) == (Decimal("1450"), "scripted:model")
    assert "$1,450.00 per month" in " ".join(rent.evidence[0].quote.split())
    assert result.usage.calls >= 7
    shown = [" ".join(" ".join(text for _, text in ask.messages).split()) for ask in client.asked]
    assert any("security deposit of $1,450.00" in text for text in shown)


def test_a_quote_that_is_not_there_is_asked_for_again_with_the_passages_around_it() -> None:
    def invented(ask: Ask) -> dict[str, Any]:
        said = rent_only(ask)
        if "rent_amount" in said:
            said["rent_amount"] = said["rent_amount"] | {"quote": "no such words stand in this lease"}
        return said

    client = ScriptedClient(invented)
    settings = Settings(ocr="off", prompt_tokens=300)
    result = Pipeline(settings, backend=ChatBackend(client)).run(OHIO)
    assert isinstance(result.terms, LeaseTerms) and result.terms.rent_amount.flags == ["ungrounded"]
    first, again = (ask for ask in client.asked if "rent_amount" in ask.wanted.get("properties", {}))
    assert list(again.wanted["properties"]) == ["rent_amount"] and "no such words" in again.messages[-1][1]
    shown = [sum(text.count("<passage") for _, text in ask.messages) for ask in (first, again)]
    assert shown[1] > shown[0]


def test_a_group_that_fails_leaves_the_others_and_is_paid_for() -> None:
    client = ScriptedClient(lambda ask: "no" if "rent_amount" in ask.wanted["properties"] else rent_only(ask))
    result = Pipeline(Settings(ocr="off"), backend=ChatBackend(client)).run(OHIO)
    assert [e.type for e in result.errors] == ["InvalidAnswer"] and result.status == "partial"
    assert {g.group: g.calls for g in result.usage.by_group}["rent"] == 3


def test_a_second_opinion_fills_what_the_model_leaves_out() -> None:
    client = ScriptedClient(rent_only)
    backend = SecondOpinion(ChatBackend(client), OfflineBackend())
    result = Pipeline(Settings(ocr="off"), backend=backend).run(OHIO)
    assert isinstance(result.terms, LeaseTerms)
    rent, deposit = result.terms.rent_amount, result.terms.deposit_amount
    assert (rent.source, deposit.source) == ("scripted:model", "offline")
    assert deposit.value == Decimal("1450.00") and deposit.flags == ["only_offline"] and deposit.evidence
    alone = Pipeline(Settings(ocr="off"), backend=ChatBackend(client)).run(OHIO)
    assert isinstance(alone.terms, LeaseTerms) and alone.terms.rent_amount.confidence < rent.confidence


def test_a_protocol_has_its_schedule_and_criteria_with_an_llm_too(offline: Pipeline) -> None:
    backend = SecondOpinion(ChatBackend(ScriptedClient(rent_only)), OfflineBackend())
    path = next((SAMPLES / "protocols").glob("*.pdf"))
    result, alone = Pipeline(Settings(ocr="off"), backend=backend).run(path), offline.run(path)
    assert result.eligibility == alone.eligibility and result.eligibility
    assert result.schedule_of_activities == alone.schedule_of_activities


def test_an_encrypted_document_read_before_still_gets_its_boxes(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=OHIO)
    writer.encrypt(user_password="key", algorithm="AES-256")
    path = tmp_path / "lease.pdf"
    writer.write(path)
    pipeline = Pipeline(Settings(ocr="off", password="key"))
    result = pipeline.analyse(pipeline.read(path), path)
    assert not result.errors and isinstance(result.terms, LeaseTerms)
    assert result.terms.rent_amount.evidence[0].boxes
