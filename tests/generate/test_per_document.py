"""Things are made once for each document, and let go with it."""

import gc
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from pipeline.generate.per_document import PerDocument
from schemas import Document


def document(text: str = "Rent") -> Document:
    return Document("a", "0" * 64, "text/plain", text, ())


def test_threads_that_ask_at_once_get_the_one_that_is_made() -> None:
    made: list[str] = []

    def make(of: Document) -> object:
        time.sleep(0.05)
        made.append(of.text)
        return object()

    kept, one, other = PerDocument(make), document("one"), document("other")
    with ThreadPoolExecutor(8) as threads:
        got = list(threads.map(kept, [one, other] * 8))
    assert sorted(made) == ["one", "other"] and len(set(map(id, got))) == 2


def test_documents_do_not_wait_for_each_other() -> None:
    begun = threading.Barrier(2, timeout=5)
    kept = PerDocument(lambda _: begun.wait())
    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(kept, [document(), document()])) == [0, 1]


def test_what_was_made_goes_with_its_document() -> None:
    class Made:
        alive = 0

        def __init__(self) -> None:
            Made.alive += 1

        def __del__(self) -> None:
            Made.alive -= 1

    kept = PerDocument(lambda _: Made())
    for _ in range(20):
        kept(document())
    gc.collect()
    assert Made.alive == 0


def test_after_an_error_it_is_tried_again() -> None:
    tries = iter([ValueError("no"), "made"])

    def make(_: Document) -> str:
        if isinstance(said := next(tries), Exception):
            raise said
        return said

    kept, one = PerDocument(make), document()
    with pytest.raises(ValueError, match="no"):
        kept(one)
    assert kept(one) == "made"
