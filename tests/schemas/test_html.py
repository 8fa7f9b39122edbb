"""A result in a notebook: values with evidence, hostile text escaped, long lists cut."""

from schemas import DocumentInfo, Evidence, LeaseTerms, Result
from schemas.html import result_html


def lease(**values: object) -> Result:
    terms = LeaseTerms()
    for name, value in values.items():
        term = getattr(terms, name)
        term.value, term.confidence = value, 0.9
        term.evidence = [Evidence(page=2, start=0, end=5, quote=f"said of {name}")]
    return Result(document=DocumentInfo(path="lease.pdf", pages=3), doc_type="lease", terms=terms)


def test_a_value_stands_beside_its_evidence() -> None:
    html = result_html(lease(permitted_use="private residence"))
    assert all(part in html for part in ("private residence", "said of permitted_use", "p. 2", "0.90"))


def test_text_of_the_document_is_never_markup() -> None:
    assert "<img" not in result_html(lease(permitted_use="<img src=x onerror=alert(1)>"))


def test_a_long_list_is_cut_and_says_how_much_is_left() -> None:
    assert "… 12 more" in result_html(lease(fixtures=[f"chair {i}" for i in range(20)]))


def test_fields_to_review_are_marked() -> None:
    result = lease(permitted_use="home").model_copy(update={"needs_review": ["permitted_use"]})
    assert "⚠" in result_html(result)
    assert "⚠" not in result_html(lease(permitted_use="home"))
