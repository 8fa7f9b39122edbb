"""Files are read by what they are; what can't be read is answered with one line that says what to do."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import ClauselineError, DocumentTooLarge, UnreadableFile, UnsupportedFormat
from pipeline.parse import ParseOptions, locate, parse
from schemas import Document, Line, Page

LEASE = "LEASE\n1. RENT\nTenant shall pay $950 a month.\n2. TERM\nOne year."
CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "leases"


def test_a_text_is_read_with_its_sections(tmp_path: Path) -> None:
    path = tmp_path / "lease.pdf"  # the name lies
    path.write_text(LEASE)
    document = parse(path)
    assert (document.name, document.media_type, document.text) == ("lease.pdf", "text/plain", LEASE)
    assert document.sha256 == hashlib.sha256(LEASE.encode()).hexdigest()
    assert {"RENT", "TERM"} <= {section.title for section in document.sections}


@pytest.mark.parametrize(
    "name", ["a b.txt", 'it\'s "quoted".txt', "賃貸契約.txt", "договор ё.TXT", "no suffix", "-rf.txt"]
)
def test_odd_names_are_no_trouble(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(LEASE, encoding="utf-8")
    assert parse(path).name == name


def hostile(folder: Path) -> Iterator[tuple[Path, type[ClauselineError], str]]:
    """Files nobody can read, the error each deserves, and a word of advice in it."""
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "blank.txt").write_bytes(b" \n\0" * 5_000)
    (folder / "binary.docx").write_bytes(bytes(range(256)) * 100)
    (folder / "big.txt").write_bytes(b"a" * 2_000)
    (folder / "loop").symlink_to(folder / "loop")
    (folder / "nowhere").symlink_to(folder / "gone")
    os.mkfifo(folder / "pipe")
    yield folder / "empty.pdf", UnreadableFile, "is empty"
    yield folder / "blank.txt", UnreadableFile, "is empty"
    yield folder / "binary.docx", UnsupportedFormat, "give a PDF"
    yield folder / "big.txt", DocumentTooLarge, "CLAUSELINE_MAX_BYTES"
    yield folder, UnreadableFile, "is a folder"
    yield folder / "loop", UnreadableFile, "symbolic link"
    yield folder / "nowhere", UnreadableFile, "check the path"
    yield folder / "pipe", UnreadableFile, "not a regular file"
    yield folder / "missing.pdf", UnreadableFile, "check the path"
    yield folder / "a\0b", UnreadableFile, "check the path"


def test_what_cant_be_read_is_answered_in_one_line(tmp_path: Path) -> None:
    for path, error, advice in hostile(tmp_path):
        with pytest.raises(error) as caught:
            parse(path, ParseOptions(max_bytes=30_000 if path.name != "big.txt" else 1_000))
        assert advice in str(caught.value)
        assert "\n" not in str(caught.value)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_answered(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(LEASE)
    path.chmod(0)
    with pytest.raises(UnreadableFile, match="permission"):
        parse(path)


def test_places_of_recognised_lines_are_shared_out_by_characters() -> None:
    lines = (Line(0, 10, box=(100.0, 10.0, 200.0, 20.0)), Line(11, 15, box=(100.0, 30.0, 140.0, 40.0)), Line(16, 20))
    document = Document("a.png", "", "image/png", "0123456789\nabcd\nwxyz", (Page(1, 0, 20, lines),))
    boxes = locate(Path("a.png"), document, [(5, 10), (8, 13), (16, 20), (3, 3)])
    assert boxes == [
        [(150.0, 10.0, 200.0, 20.0)],
        [(180.0, 10.0, 200.0, 20.0), (100.0, 30.0, 120.0, 40.0)],
        [],
        [],
    ]


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the development corpus is not there")
@pytest.mark.parametrize("suffix", ["docx", "html", "txt"])
def test_documents_of_the_corpus_lose_and_gain_no_letter(suffix: str) -> None:
    def letters(text: str) -> str:
        return "".join(c for c in text.casefold() if c.isalnum())

    for path in sorted(CORPUS.glob(f"*/document.{suffix}")):
        document = parse(path)
        assert letters(document.text) == letters((path.parent / "text.txt").read_text("utf-8")), path.parent.name
