"""The pipeline as a library: one document, many, and with an LLM that follows a script."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pypdf import PdfWriter

from pipeline import Pipeline, Settings
from pipeline.generate.chat import ChatBackend
from schemas import LeaseTerms

SAMPLES = Path(__file__).parents[1] / "samples"
OHIO = SAMPLES / "leases" / "ohio.pdf"


class ScriptedModel(BaseChatModel):
    """A chat model that answers every field with null, but the rent, and remembers what it was shown."""

    shown: list[str] = []  # noqa: RUF012 - a pydantic field

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> ChatResult:
        self.shown.append("\n".join(str(m.content) for m in messages))
        rent = {"value": 1450, "quote": "$1,450.00 per month", "passage": 1, "confidence": 0.9}
        text = json.dumps({"rent_amount": rent}) if "rent_amount" in self.shown[-1] else "{}"
        return ChatResult(generations=[ChatGeneration(message=AIMessage(content=text))])


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


def test_place_and_law_follow_from_the_address(offline: Pipeline) -> None:
    result = offline.run(OHIO)
    assert result.jurisdiction is not None and result.jurisdiction.code == "US-OH"
    assert result.validation is not None
    assert any(r.citation.startswith("Ohio") or "5321" in r.citation for r in result.validation.requirements)


def test_what_is_no_lease_and_no_protocol_has_no_terms(offline: Pipeline) -> None:
    result = offline.run(SAMPLES / "letters" / "boiler-letter.pdf")
    assert (result.doc_type, result.validation, result.status) == ("other", None, "ok")
    assert not type(result.terms).model_fields


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
    model = ScriptedModel()
    result = Pipeline(Settings(ocr="off"), backend=ChatBackend(model, "scripted")).run(OHIO)
    assert isinstance(result.terms, LeaseTerms)
    rent = result.terms.rent_amount
    assert (rent.value, rent.source) == (Decimal("1450"), "scripted")
    assert "$1,450.00 per month" in " ".join(rent.evidence[0].quote.split())
    assert result.usage.calls >= 7
    assert any("security deposit of $1,450.00" in " ".join(text.split()) for text in model.shown)


def test_an_encrypted_document_read_before_still_gets_its_boxes(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=OHIO)
    writer.encrypt(user_password="key", algorithm="AES-256")
    path = tmp_path / "lease.pdf"
    writer.write(path)
    pipeline = Pipeline(Settings(ocr="off", password="key"))
    result = pipeline.analyse(pipeline.read(path), path)
    assert not result.errors and isinstance(result.terms, LeaseTerms)
    assert result.terms.rent_amount.evidence[0].boxes
