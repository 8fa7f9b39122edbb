"""The order in which a run takes its documents up."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pipeline.batch.spool import Spool
from pipeline.originals import LocalFile


def spool_of(folder: Path, sizes: list[int]) -> Spool:
    """A run over files of these sizes, each named for its size."""
    for at, size in enumerate(sizes):
        (folder / f"{at}.txt").write_bytes(b"x" * size)
    return Spool((LocalFile(folder / f"{at}.txt"), str(size)) for at, size in enumerate(sizes))


def test_without_a_model_the_largest_come_first(tmp_path: Path) -> None:
    assert [item.name for item in spool_of(tmp_path, [2, 9, 4]).largest_first()] == ["9", "4", "2"]


def test_a_model_is_asked_about_small_documents_first_then_about_large_and_small_ones_by_turns(tmp_path: Path) -> None:
    spool = spool_of(tmp_path, [5, 1, 8, 2, 7, 4, 3, 6])
    assert [item.name for item in spool.by_turns(2)] == ["1", "2", "8", "3", "7", "4", "6", "5"]


def test_of_few_documents_hardly_any_come_before_the_largest(tmp_path: Path) -> None:
    assert [item.name for item in spool_of(tmp_path, [5, 1, 8]).by_turns(22)] == ["8", "1", "5"]


@given(count=st.integers(0, 60), first=st.integers(0, 60))
def test_every_document_is_taken_up_once(tmp_path_factory, count: int, first: int) -> None:
    spool = spool_of(tmp_path_factory.mktemp("spool"), list(range(count)))
    assert sorted(item.index for item in spool.by_turns(first)) == list(range(count))
