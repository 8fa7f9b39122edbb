"""What is loaded before workers are forked can be forked: nothing is left open, and no thread runs."""

import os
import subprocess
import sys

import pytest

from pipeline.warming import lease
from pipeline.workers.crew import FRUGAL

SCRIPT = """
import os, sys
before = set(os.listdir("/proc/self/fd"))
from pipeline.pipeline import warm
from pipeline.settings import Settings
result = warm(Settings(backend="openai:nobody-is-asked", database="sqlite:////no/such/folder/x.db", _env_file=None))
print(result.status, result.doc_type, result.validation is not None)
print(*sorted(sys.modules.keys() & {"bm25s", "wordllama", "langchain_core"}))
print(len(os.listdir("/proc/self/task")), sorted(set(os.listdir("/proc/self/fd")) - before))
"""


def test_the_lease_is_one_of_a_place_with_many_rules() -> None:
    assert "California" in lease().text


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")
def test_a_lease_is_read_and_checked_and_retrieval_loaded_without_model_database_or_thread() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT], env={**os.environ, **FRUGAL}, capture_output=True, text=True, timeout=120, check=False
    )  # fmt: skip
    assert ran.stdout.splitlines() == ["needs_review lease True", "bm25s wordllama", "1 []"], ran.stderr
