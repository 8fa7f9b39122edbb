"""Searching within a document, by words and by meaning."""

from pipeline.embedding import load_embed
from pipeline.retrieve import Searcher
from pipeline.retrieve.search import fuse
from schemas import Passage


def passages_of(*texts: str) -> tuple[Passage, ...]:
    return tuple(Passage(n, text, 0, len(text), 1) for n, text in enumerate(texts, 1))


LEASE = passages_of(
    "Tenant shall pay a monthly base rent of $1,450.00 in advance on the first day of each month.",
    "Lessee shall deposit with Lessor the sum of $2,000 as security for the performance of its duties.",
    "No dogs, cats or birds shall be kept in the apartment.",
    "This lease shall be governed by the laws of the State of Ohio.",
)


def test_words_find_their_passage() -> None:
    assert Searcher(LEASE, None).search("monthly rents", 1)[0].number == 1


def test_meaning_finds_what_is_said_in_other_words() -> None:
    assert Searcher(LEASE, load_embed()).search("are pets and animals allowed", 1)[0].number == 3


def test_headings_count_as_words() -> None:
    headed = (Passage(1, "It is $5.", 0, 9, 1, ("SECURITY DEPOSIT",)), Passage(2, "It is $6.", 10, 19, 1, ("RENT",)))
    assert [p.number for p in Searcher(headed, None).search("security deposit")] == [1]


def test_nothing_is_found_in_nothing_or_for_nothing() -> None:
    assert Searcher((), load_embed()).search("rent") == []
    assert Searcher(LEASE, None).search("") == []
    assert Searcher(LEASE, None).search("the of and") == []
    assert Searcher(passages_of("...", "-"), None).search("rent") == []


def test_fusion_prefers_what_several_rankings_agree_on() -> None:
    scores = fuse([[1, 2, 3], [2, 4], [2, 1]])
    assert max(scores, key=scores.__getitem__) == 2
    assert fuse([[1], [2]], [1.0, 3.0])[2] > fuse([[1], [2]], [1.0, 3.0])[1]
