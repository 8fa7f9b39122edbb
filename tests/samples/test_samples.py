"""The sample documents are what their sources make, and their gold labels say what stands in them."""

import importlib.util
import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline import read_document
from pipeline.classify import doc_type_of
from schemas import LeaseTerms, ProtocolTerms

SAMPLES = Path(__file__).parents[2] / "samples"
SOURCES = sorted((SAMPLES / "sources").rglob("*.source"))

spec = importlib.util.spec_from_file_location("samples_build", SAMPLES / "build.py")
assert spec and spec.loader
builder = importlib.util.module_from_spec(spec)
spec.loader.exec_module(builder)

FIELDS = {
    "lease": set(LeaseTerms.model_fields),
    "lease_amendment": set(LeaseTerms.model_fields),
    "clinical_protocol": set(ProtocolTerms.model_fields),
    "other": set(),
}


def head_of(source: Path) -> dict[str, Any]:
    head: dict[str, Any] = builder.read_source(source)[0]
    return head


def document_of(source: Path) -> Path:
    return SAMPLES / str(head_of(source)["output"])


def gold_of(source: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(document_of(source).with_suffix(".gold.json").read_text(encoding="utf-8"))
    return read


@cache
def text_of(document: Path) -> str:
    return read_document(document).text


def folded(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKC", text).casefold())


SCANS = [s for s in SOURCES if "scan" in head_of(s)]
DIGITAL = [s for s in SOURCES if s not in SCANS]
every_source = pytest.mark.parametrize("source", SOURCES, ids=lambda p: p.stem)
every_digital = pytest.mark.parametrize("source", DIGITAL, ids=lambda p: p.stem)
every_scan = pytest.mark.parametrize("source", SCANS, ids=lambda p: p.stem)


@every_digital
def test_source_makes_the_committed_document(source: Path, tmp_path: Path) -> None:
    built = builder.build(source, tmp_path)
    assert read_document(built).text == text_of(document_of(source)), "run samples/build.py and commit what it made"
    assert json.loads(built.with_suffix(".gold.json").read_text(encoding="utf-8")) == gold_of(source)


@every_scan
def test_scan_is_pictures_of_pages(source: Path, tmp_path: Path) -> None:
    import pypdfium2

    built = pypdfium2.PdfDocument(builder.build(source, tmp_path))
    committed = pypdfium2.PdfDocument(document_of(source))
    assert len(built) == len(committed)
    assert not any(page.get_textpage().get_text_range().strip() for page in committed)


def test_the_same_source_makes_the_same_bytes(tmp_path: Path) -> None:
    for kind in (".pdf", ".docx"):
        source = next(s for s in DIGITAL if document_of(s).suffix == kind)
        once, again = builder.build(source, tmp_path / "a"), builder.build(source, tmp_path / "b")
        assert once.read_bytes() == again.read_bytes()


@every_source
def test_gold_has_every_field_of_its_type(source: Path) -> None:
    gold = gold_of(source)
    assert set(gold["fields"]) == FIELDS[gold["doc_type"]]


@every_digital
def test_every_quote_stands_in_the_document(source: Path) -> None:
    text = folded(text_of(document_of(source)))
    quotes = {name: said["quote"] for name, said in gold_of(source)["fields"].items() if said and said.get("quote")}
    assert not {name: quote for name, quote in quotes.items() if folded(quote) not in text}


@every_source
def test_a_term_of_a_lease_comes_with_its_quote(source: Path) -> None:
    gold = gold_of(source)
    if gold["doc_type"].startswith("lease"):
        assert not [name for name, said in gold["fields"].items() if said and not said.get("quote")]


@every_digital
def test_type_is_told_from_the_content(source: Path) -> None:
    assert doc_type_of(read_document(document_of(source))).doc_type == gold_of(source)["doc_type"]


@pytest.mark.slow
@every_scan
def test_type_of_a_scan_is_told_by_ocr(source: Path) -> None:
    assert doc_type_of(read_document(document_of(source))).doc_type == gold_of(source)["doc_type"]


def test_samples_are_many_and_small() -> None:
    files = [p for p in SAMPLES.rglob("*") if p.is_file()]
    assert sum(p.stat().st_size for p in files) < 5_000_000
    counts = {folder: len(list((SAMPLES / folder).glob("*.gold.json"))) for folder in ("leases", "gold", "protocols")}
    assert counts["leases"] >= 8 and counts["gold"] >= 24 and counts["protocols"] >= 2
