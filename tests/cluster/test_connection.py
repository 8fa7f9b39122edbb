"""Where there is no Ray, or no cluster, one line says what to do; nobody else loads it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ENTRY = "from pipeline.cli import entry; entry()"


def command(tmp_path: Path, *flags: str, before: str = "") -> tuple[int, str]:
    """Exit status and errors of a run on a cluster."""
    (tmp_path / "a.txt").write_text("LEASE")
    run = [sys.executable, "-c", before + ENTRY, "run", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out")]
    environment = os.environ | {"CLAUSELINE_DATABASE": f"sqlite:///{tmp_path}/store.db"}
    done = subprocess.run(
        [*run, "--executor", "ray", *flags], capture_output=True, text=True, env=environment, timeout=200
    )
    assert "Traceback" not in done.stderr and not (tmp_path / "out").exists()
    return done.returncode, done.stderr


def test_without_ray_one_line_names_what_to_install(tmp_path: Path) -> None:
    status, err = command(tmp_path, before="import sys; sys.modules['ray'] = None; ")
    assert status == 2 and "pip install 'clauseline[ray]'" in err


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("127.0.0.1:1", "no Ray cluster answers at '127.0.0.1:1'"),
        ("ray://127.0.0.1:10001", "submit the command as a Ray job"),
        ("nonsense", "HOST:PORT"),
    ],
)
def test_an_address_without_a_cluster_is_the_commands_error(tmp_path: Path, address: str, words: str) -> None:
    pytest.importorskip("ray", reason="Ray is not installed")
    status, err = command(tmp_path, "--ray-address", address)
    assert status == 2 and words in err.splitlines()[-1]


def test_ray_is_not_loaded_unless_asked_for() -> None:
    script = "import sys, pipeline.batch, pipeline.cluster, pipeline.cli; sys.exit('ray' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], timeout=60).returncode == 0


@pytest.mark.slow
def test_workers_of_a_cluster_started_here_give_way_no_more_than_local_ones() -> None:
    pytest.importorskip("ray", reason="Ray is not installed")
    script = """
import os
from pipeline.cluster import joined, run_tasks
with joined(None, 1):
    ((_, niceness),) = run_tasks(os.nice, [0], workers=lambda: 1, timeout=lambda item: 60.0)
print(niceness - os.nice(0))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120)
    assert done.stdout.split()[-1:] == ["0"], done.stderr
