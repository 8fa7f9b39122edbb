"""Where a run writes: what is done stays, what a killed writer left goes."""

from pathlib import Path

from pipeline.batch.sink import sink_for
from pipeline.stores.files import part_of


def test_what_a_killed_writer_left_is_taken_away_and_what_was_written_stays(tmp_path: Path) -> None:
    sink = sink_for(tmp_path)
    sink.write("a.txt/result.json", b"{}")
    left = part_of(tmp_path / "a.txt" / "result.json")
    left.write_bytes(b"{")
    sink.tidy("a.txt/result.json")
    assert not left.exists() and sink.read("a.txt/result.json") == b"{}"


def test_nothing_is_there_to_be_taken_away(tmp_path: Path) -> None:
    sink_for(tmp_path).tidy("never/begun/result.json")
    assert list(tmp_path.iterdir()) == []
