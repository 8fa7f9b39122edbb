"""Several processes keep replies in one database at once."""

import subprocess
import sys
from pathlib import Path

from pipeline.stores import open_stores
from schemas import Reply

_WRITER = """
import sys
from pipeline.stores import open_stores
from schemas import Reply
with open_stores(sys.argv[1]) as stores:
    for number in range(150):
        stores.replies.put(f"{sys.argv[2]} {number}", "openai:a", Reply({"n": number}))
        assert stores.replies.get(f"{sys.argv[2]} {number}") == Reply({"n": number})
        stores.replies.put(f"shared {number}", "openai:a", Reply({"n": number}))
"""


def test_processes_write_and_read_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new.db"
    root = Path(__file__).parents[2]
    writers = [subprocess.Popen([sys.executable, "-c", _WRITER, url, name], cwd=root) for name in "abc"]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0, 0]
    with open_stores(url) as stores:
        for name in ("a", "b", "c", "shared"):
            assert all(stores.replies.get(f"{name} {number}") == Reply({"n": number}) for number in range(150))
