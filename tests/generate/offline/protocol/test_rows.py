"""Label rows are read in all the layouts of title pages."""

from collections.abc import Callable

from pipeline.generate.offline.protocol.lines import lines_of
from pipeline.generate.offline.protocol.rows import rows
from schemas import Document


def found(make: Callable[..., Document], page: str) -> list[tuple[str, str]]:
    document = make(page)
    return [(r.key, document.text[r.start : r.end]) for r in rows(document.text, lines_of(document).all)]


def test_a_colon_parts_label_and_value_which_may_run_on(make: Callable[..., Document]) -> None:
    assert found(make, "Protocol Title: A study\nof something\nProtocol Number: AB-1") == [
        ("title", "A study\nof something"), ("protocol_id", "AB-1"),
    ]  # fmt: skip


def test_a_label_may_stand_above_its_value_even_if_that_looks_like_a_label(make: Callable[..., Document]) -> None:
    assert found(make, "Phase of Development:\nPhase 3\nTitle of Study:\nORCHARD: A trial") == [
        ("phase", "Phase 3"), ("title", "ORCHARD: A trial"),
    ]  # fmt: skip


def test_two_pairs_may_share_a_line(make: Callable[..., Document]) -> None:
    assert found(make, "Name of Study Drug: examplizumab Phase of Development: 3") == [
        ("product", "examplizumab"), ("phase", "3"),
    ]  # fmt: skip


def test_columns_without_a_colon(make: Callable[..., Document]) -> None:
    assert found(make, "Study Code D1234C00001\nVersion 2.0") == [("protocol_id", "D1234C00001"), ("version", "2.0")]


def test_an_unknown_label_ends_a_value_and_a_sentence_is_none(make: Callable[..., Document]) -> None:
    assert found(make, "Sponsor: Acme Inc.\nHelp Desk: 555\nStudy drug should be stored cold.")[0] == (
        "sponsor",
        "Acme Inc.",
    )
