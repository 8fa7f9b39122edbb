"""A result travels: as JSON, and between processes."""

import pickle
from decimal import Decimal

import pytest

from schemas import DocumentInfo, Evidence, LeaseTerms, NoTerms, ProtocolTerms, Result, Term

SAID = Evidence(page=1, start=3, end=9, quote="$1,450", boxes=[(1.0, 2.0, 3.0, 4.5)])
RESULTS = {
    "lease": Result(
        document=DocumentInfo(path="a.pdf"),
        doc_type="lease",
        terms=LeaseTerms(rent_amount=Term(value=Decimal("1450.25"), confidence=0.75, evidence=[SAID])),
    ),
    "amendment": Result(
        document=DocumentInfo(path="a.pdf"), doc_type="lease_amendment", terms=LeaseTerms(state=Term(value="Ohio"))
    ),
    "protocol": Result(
        document=DocumentInfo(path="a.pdf"), doc_type="clinical_protocol", terms=ProtocolTerms(phase=Term(value="2"))
    ),
    "other": Result(document=DocumentInfo(path="a.pdf"), terms=NoTerms()),
    "failed": Result(document=DocumentInfo(path="a.pdf"), status="failed"),
}


@pytest.mark.parametrize("kind", RESULTS)
def test_a_result_comes_back_from_json_with_the_terms_of_its_type(kind: str) -> None:
    back = Result.model_validate_json(RESULTS[kind].model_dump_json())
    assert back == RESULTS[kind]
    assert type(back.terms) is type(RESULTS[kind].terms)


@pytest.mark.parametrize("kind", RESULTS)
def test_a_result_can_be_pickled(kind: str) -> None:
    assert pickle.loads(pickle.dumps(RESULTS[kind])) == RESULTS[kind]
