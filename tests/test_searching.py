"""Search across everything processed: hits with the terms read there, on the database and on OpenSearch."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import Pipeline
from pipeline.errors import ServiceRefused
from pipeline.retrieve import chunked
from pipeline.searching import Search, terms_within
from pipeline.settings import Settings
from pipeline.stores import stores_of
from pipeline.stores.protocols import IndexedDocument
from tests.embedding.onnx_file import write_encoder
from tests.embedding.test_onnx import TABLE, WORDS

LEASE = Path(__file__).parents[1] / "samples" / "leases" / "ohio.pdf"


@pytest.fixture(params=["database", "opensearch"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Of an installation with one lease, its passages where the test is about."""
    elsewhere = request.getfixturevalue("opensearch") if request.param == "opensearch" else None
    settings = Settings(database=f"sqlite:///{tmp_path}/store.db", search_index=elsewhere, boxes=False)
    result, document = Pipeline(settings).run_with_document(LEASE)
    assert document is not None and result.jurisdiction is not None
    with stores_of(settings) as stores:
        stores.results.put([result])
        about = IndexedDocument(document.sha256, str(LEASE), result.doc_type, result.jurisdiction.state)
        stores.chunks.put(about, chunked(document))
    return settings


@pytest.fixture
def search(settings: Settings) -> Iterator[Search]:
    with Search(settings) as opened:
        yield opened


def test_a_hit_has_its_place_its_words_marked_and_the_terms_read_there(search: Search) -> None:
    hit = search("security deposit", doc_type="lease", state="Ohio")[0]
    assert hit.path.endswith("ohio.pdf") and hit.page == 1 and "Deposit" in hit.heading[-1]
    assert "deposit**" in hit.snippet.lower() and hit.snippet.replace("**", "").strip("… ")[:40] in hit.text
    terms = {term.field: term for term in hit.terms}
    assert terms["deposit_amount"].value == 1450.0 and "1,450.00" in terms["deposit_amount"].quote
    assert all(term.quote and 0 < term.confidence <= 1 for term in hit.terms)


def test_filters_and_limit_hold(search: Search) -> None:
    assert search("security deposit", state="Iowa") == search("security deposit", doc_type="clinical_protocol") == []
    assert len(search("tenant", limit=2)) == 2


def test_the_pipeline_searches_the_same(settings: Settings, search: Search) -> None:
    pipeline = Pipeline(settings)
    assert pipeline.search("late fee", state="Ohio") == search("late fee", state="Ohio") != []
    pipeline.close()


def test_another_embedder_is_refused_until_the_index_is_made_anew(
    settings: Settings, search: Search, tmp_path: Path
) -> None:
    before = search("rent")
    write_encoder(tmp_path, WORDS, TABLE)
    other = settings.model_copy(update={"embedder": f"onnx:{tmp_path}"})
    with Search(other) as changed:
        with pytest.raises(ServiceRefused, match=r"wordllama-256.*onnx-.*clauseline index rebuild"):
            changed("rent")
        changed.stores.chunks.rebuild(changed.embedder.model, changed.embedder.embed)
        assert {hit.text for hit in changed("rent")} & {hit.text for hit in before}
    with pytest.raises(ServiceRefused, match="index rebuild"):
        search("rent")


def test_terms_belong_to_the_passage_in_which_their_evidence_begins() -> None:
    result = Pipeline(Settings(database="sqlite://", boxes=False)).run(LEASE)
    evidence = result.terms.rent_amount.evidence[0]
    assert [t.value for t in terms_within(result, evidence.start, evidence.end) if t.field == "rent_amount"] == [1450.0]
    assert not any(t.field == "rent_amount" for t in terms_within(result, evidence.start + 1, evidence.end))
