"""Files appear whole or not at all."""

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import StoreError
from pipeline.stores.files import write_whole


def test_folders_are_made_and_old_content_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "result.json"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


def test_what_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"could not be written: .*; check the folder") as caught:
        write_whole(tmp_path / "file" / "result.json", b"")
    assert "\n" not in str(caught.value)


def test_a_full_disk_leaves_the_old_file_and_no_part(tmp_path: Path) -> None:
    """The kernel refuses the write half way (a limit on the size of files stands for the full disk)."""
    path = tmp_path / "result.json"
    write_whole(path, b"old")
    script = f"""
import resource, signal
from pathlib import Path
from pipeline.stores.files import DiskFull, write_whole
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
try:
    write_whole(Path({str(path)!r}), b"x" * 1_000_000)
except DiskFull as error:
    print(error)
"""
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "make room" in run.stdout and run.stderr == ""
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
