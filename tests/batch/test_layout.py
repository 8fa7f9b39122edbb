"""Where results go: no two to one place, none outside the output folder, the same again the next time."""

from pathlib import Path, PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from pipeline.batch.layout import named
from pipeline.sources import Source

PARTS = st.sampled_from(["a", "A", "b", "lease.pdf", "Lease.PDF", "..", "summary.json", "results.jsonl", "a-2", "x y"])
PATHS = st.lists(PARTS, min_size=1, max_size=3).map(lambda parts: PurePosixPath(*parts))
SOURCES = st.lists(
    st.builds(lambda root, name: Source(Path(root) / name, name, Path(root)), st.sampled_from(["r1", "r2", "/"]), PATHS)
)


@given(sources=SOURCES)
def test_names_are_different_stay_inside_and_are_stable(sources: list[Source]) -> None:
    names = [name for _, name in named(sources)]
    assert len({name.casefold() for name in names}) == len(sources)
    assert all(".." not in PurePosixPath(name).parts and not name.startswith("/") for name in names)
    assert not {"summary.json", "results.jsonl"} & {name.casefold() for name in names}
    assert names == [name for _, name in named(sources)]


def test_a_second_and_a_third_of_one_name_are_told_apart() -> None:
    same = [Source(Path(folder) / "lease.pdf", PurePosixPath("lease.pdf")) for folder in ("a", "b", "x/b", "y/b")]
    assert [name for _, name in named(same)] == ["lease.pdf", "b/lease.pdf", "lease-2.pdf", "lease-3.pdf"]
