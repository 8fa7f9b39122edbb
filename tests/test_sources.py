"""Which files a run reads."""

import os
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.sources import discover


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder of documents, notes and other things."""
    for name in (
        "b/lease.pdf", "b/lease.txt", "b/letter.txt", "b/source.txt", "a/README.md", "a/Lease with 'quotes'.DOCX", "a/租约.html", "a/scan.TIFF",
        "document.pdf", "gold.json", "text.txt", "code.py", ".hidden/x.pdf", ".hidden.pdf", "~$lock.docx",
    ):  # fmt: skip
        path = tmp_path / "tree" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path / "tree"


def names(*paths: Path, patterns: Sequence[str] = ()) -> list[str]:
    return [str(source.name) for source in discover(paths, patterns=patterns)]


def test_a_folder_gives_its_documents_sorted_without_notes_and_renditions(tree: Path) -> None:
    assert names(tree) == [
        "a/Lease with 'quotes'.DOCX", "a/scan.TIFF", "a/租约.html", "b/lease.pdf", "b/letter.txt", "document.pdf",
    ]  # fmt: skip


def test_each_file_passed_over_is_told_with_the_reason(tree: Path) -> None:
    told: dict[str, str] = {}
    list(discover([tree], on_skip=lambda path, reason: told.__setitem__(path.name, reason)))
    assert told == {
        "source.txt": "a note, or the text of a document beside it",
        "README.md": "a note, or the text of a document beside it",
        "lease.txt": "a note, or the text of a document beside it",
        "text.txt": "a note, or the text of a document beside it",
        "gold.json": "not a document",
        "code.py": "not a document",
    }


def test_a_named_file_is_always_given(tree: Path) -> None:
    named = [tree / "gold.json", tree / ".hidden.pdf", tree / "missing.pdf", tree / "gold.json"]
    assert names(*named) == ["gold.json", ".hidden.pdf", "missing.pdf", "gold.json"]


def test_patterns_decide_alone(tree: Path) -> None:
    assert names(tree, patterns=["*.txt"]) == ["b/lease.txt", "b/letter.txt", "b/source.txt", "text.txt"]
    assert names(tree, patterns=["b/*.txt", "*.pdf"]) == [
        "b/lease.pdf",
        "b/lease.txt",
        "b/letter.txt",
        "b/source.txt",
        "document.pdf",
    ]


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04....word/document.xml", b"\n<!DOCTYPE html><p>"]
)
def test_a_document_without_a_suffix_is_known_by_its_first_bytes(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "scan-0001").write_bytes(content)
    (tmp_path / "other").write_bytes(b"PK\x03\x04....xl/workbook.xml")
    assert names(tmp_path) == ["scan-0001"]


def test_loops_of_links_end_and_linked_files_come_once(tree: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.pdf"
    outside.touch()
    (tree / "a" / "loop").symlink_to(tree)
    (tree / "a" / "itself.pdf").symlink_to(tree / "a" / "itself.pdf")
    (tree / "a" / "again.pdf").symlink_to(tree / "b" / "lease.pdf")
    (tree / "a" / "dangling.pdf").symlink_to(tree / "nowhere.pdf")
    (tree / "x-outside-1.pdf").symlink_to(outside)
    (tree / "x-outside-2.pdf").symlink_to(outside)
    assert names(tree)[-2:] == ["document.pdf", "x-outside-1.pdf"]
    assert len(names(tree)) == 7


def test_a_folder_inside_another_is_searched_once(tree: Path) -> None:
    assert names(tree, tree / "b") == names(tree)


def test_what_is_no_regular_file_is_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    assert names(tmp_path) == []


def test_a_name_of_undecodable_bytes_is_found(tmp_path: Path) -> None:
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/lea\xffse.pdf"))).touch()
    assert [os.fsencode(source.path.name) for source in discover([tmp_path])] == [b"lea\xffse.pdf"]


def test_a_very_deep_tree_is_no_problem(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * 1_200)
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        for _ in range(1_200):
            Path("d").mkdir()
            os.chdir("d")
        Path("x.pdf").touch()
    finally:
        os.chdir(here)
    (tmp_path / "stays").touch()
    try:
        assert [source.path for source in discover([tmp_path])] == [deep / "x.pdf"]
    finally:  # deeper than the test runner can clean up
        (deep / "x.pdf").unlink()
        os.removedirs(deep)


def test_ten_thousand_files_stream_quickly(tmp_path: Path) -> None:
    for number in range(10_000):
        (tmp_path / f"{number:05}.pdf").touch()
    start = time.process_time()
    found = discover([tmp_path])
    assert next(found).name.name == "00000.pdf"
    assert sum(1 for _ in found) == 9_999
    assert time.process_time() - start < 3
