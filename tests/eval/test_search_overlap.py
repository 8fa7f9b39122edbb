"""The embedded index and OpenSearch answer alike on the development corpus."""

from pathlib import Path

import numpy as np
import pytest

from eval.search_overlap import field_queries, measure

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


def test_every_field_of_leases_and_protocols_is_asked() -> None:
    queries = list(field_queries())
    assert {query.doc_type for query in queries} == {"lease", "clinical_protocol"}
    assert len(queries) > 50 and all(query.words for query in queries)


@pytest.mark.corpus
@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the development corpus is not here")
def test_of_the_first_five_hits_nine_tenths_are_the_same(opensearch: str) -> None:
    assert np.mean([found.both for found in measure(CORPUS, opensearch)]) >= 0.9
