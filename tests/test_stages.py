"""What is said of one parsed document: its type, its place and law, its terms."""

from pathlib import Path

import pytest

from pipeline.account import Account
from pipeline.generate import Backend
from pipeline.generate.chat import ChatBackend
from pipeline.generate.offline import OfflineBackend
from pipeline.knowledge import OwnPacks
from pipeline.parse import ParseOptions, parse
from pipeline.settings import Settings
from pipeline.stages import Stages, classified
from schemas import Result
from tests.generate.chat.scripted import ScriptedClient

SAMPLES = Path(__file__).parents[1] / "samples"
OHIO = SAMPLES / "leases" / "ohio.pdf"


def stages(backend: Backend) -> Stages:
    return Stages(Settings(), backend, lambda: OwnPacks(()))


def said_of(path: Path) -> Result:
    """What is said of a file offline."""
    return stages(OfflineBackend()).result(parse(path), path, None, None, Account("offline"), None)


def test_place_and_law_follow_from_the_address() -> None:
    result = said_of(OHIO)
    assert result.jurisdiction is not None and result.jurisdiction.code == "US-OH"
    assert result.validation is not None
    assert any(r.citation.startswith("Ohio") or "5321" in r.citation for r in result.validation.requirements)


def test_what_is_no_lease_and_no_protocol_has_no_terms() -> None:
    result = said_of(SAMPLES / "letters" / "boiler-letter.pdf")
    assert (result.doc_type, result.validation, result.status) == ("other", None, "ok")
    assert not type(result.terms).model_fields


def test_a_document_without_text_says_what_to_do() -> None:
    scan = SAMPLES / "leases" / "texas.pdf"
    result = stages(OfflineBackend()).result(
        parse(scan, ParseOptions(ocr=False)), scan, None, None, Account("offline"), None
    )
    assert [(e.stage, e.type) for e in result.errors] == [("parse", "NoText")] and "--ocr" in result.errors[0].message


@pytest.mark.parametrize(("doubt", "kind"), [(0.0, "lease"), (1.1, "other")])
def test_a_model_is_asked_for_the_type_only_where_there_is_doubt(doubt: float, kind: str) -> None:
    client = ScriptedClient([{"doc_type": {"value": "other", "quote": None, "passage": None, "confidence": 0.9}}])
    reader = stages(ChatBackend(client)).reader(parse(OHIO), Account("test"))
    assert classified(reader, doubt).doc_type == kind
    assert bool(client.asked) == (kind == "other")
