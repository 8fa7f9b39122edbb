"""`clauseline worker` and `clauseline dlq` through the command itself."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.desk import Queue, open_queue
from pipeline.settings import Settings
from tests.desk.conftest import make_sqs
from tests.desk.uploads import Inbox, lease

Run = Callable[..., Result]


@pytest.fixture
def queue(aws: str) -> Queue:
    return open_queue(make_sqs(), Settings(_env_file=None))


@pytest.fixture
def run(queue: Queue, tmp_path: Path) -> Run:
    def run_it(*arguments: str) -> Result:
        environment = {
            "CLAUSELINE_DATABASE": f"sqlite:///{tmp_path / 'c.db'}", "CLAUSELINE_QUEUE": queue.url, "CLAUSELINE_WORKERS": "1",
        }  # fmt: skip
        return CliRunner().invoke(main, list(arguments), env=environment)

    return run_it


def test_dead_letters_are_listed_shown_and_tried_again(run: Run, queue: Queue, tmp_path: Path) -> None:
    inbox, out = Inbox.new(queue), str(tmp_path / "out")
    inbox.put("broken.pdf", b"%PDF-1.7 and nothing else")
    inbox.put("good.txt", lease(1))
    worked = run("worker", "--out", out, "--drain")
    assert worked.exit_code == 0
    assert f"done s3://{inbox.bucket}/good.txt (done, lease, " in worked.stderr
    assert f"dead s3://{inbox.bucket}/broken.pdf: CorruptDocument: " in worked.stderr
    assert worked.stdout == "1 done, 1 to the dead letters\n"

    listed = run("dlq", "list")
    assert listed.exit_code == 0 and "broken.pdf" in listed.stdout and "CorruptDocument" in listed.stdout
    (letter,) = (json.loads(line) for line in run("dlq", "list", "--json").stdout.splitlines())
    assert letter["reason"].startswith("CorruptDocument") and len(letter["attempts"]) == 1
    shown = run("dlq", "show", letter["id"][:8])
    assert "attempts  1" in shown.stdout and f"upload    s3://{inbox.bucket}/broken.pdf" in shown.stdout

    inbox.put("broken.pdf", lease(2), tell=False)  # the person who was asked has sent a whole one
    assert run("dlq", "retry", letter["id"]).stdout == "1 dead letter put back into the queue\n"
    assert run("worker", "--out", out, "--drain").stdout == "1 done\n"
    assert run("dlq", "list").stdout == "no dead letters\n"


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("worker", "--out", "x", "--queue", "ftp://x"), 2, "no queue at ftp://x"),
        (("worker", "--out", "ftp://x"), 2, "no objects at ftp://x"),
        (("worker", "--out", "x", "--queue", "sqs://nowhere"), 1, "does not exist"),
        (("worker", "--out", "x", "--backend", "no:such"), 2, "no"),
        (("worker", "--out", "x", "--jurisdiction", "US-XX"), 2, "US-XX"),
        (("dlq", "retry"), 2, "or --all"),
        (("dlq", "show", "abc"), 1, "no dead letter with the id abc"),
    ],
)
def test_what_is_wrong_is_told_in_a_line(run: Run, arguments: tuple[str, ...], status: int, said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == status
    assert said in result.stderr and "Traceback" not in result.stderr


def test_help_is_quick_and_imports_nothing_heavy(run: Run) -> None:
    for command in (("worker",), ("dlq",), ("dlq", "list"), ("dlq", "retry")):
        assert run(*command, "--help").exit_code == 0
