"""A worker that is closed while its process is being started leaves no process behind."""

import os
import pickle
import resource
import stat
import subprocess
from multiprocessing import Pipe
from pathlib import Path

import pytest

from pipeline.errors import WorkerDied
from pipeline.workers import run_tasks
from pipeline.workers.template import Order, Template
from pipeline.workers.worker import Worker


class ClosedMeanwhile(Template):
    """A template that is asked for a process just when the run is ended, and other threads open things of their own."""

    worker: Worker

    def __init__(self) -> None:
        super().__init__(pickle.dumps(int), {})
        self.asked = 0

    def fork(self, order: Order) -> None:
        self.asked += 1
        self.worker.close()
        with Path(os.devnull).open(), Path(os.devnull).open():  # these get whatever numbers have become free
            assert stat.S_ISFIFO(os.fstat(order.lifeline).st_mode)
        assert os.read(order.lifeline, 1) == b""  # its other end is closed, so the process ends


@pytest.fixture
def template() -> ClosedMeanwhile:
    template = ClosedMeanwhile()
    template.worker = Worker(pickle.dumps(len), 0, 1, dict(os.environ), template)
    return template


def test_a_worker_that_is_closed_while_it_starts_hands_on_its_own_lifeline(template: ClosedMeanwhile) -> None:
    with pytest.raises(WorkerDied, match="the run was ended"):
        template.worker.call("item", 10)
    assert template.asked == 1


def test_a_worker_that_is_closed_starts_no_process(template: ClosedMeanwhile) -> None:
    template.worker.close()
    with pytest.raises(WorkerDied, match="the run was ended"):
        template.worker.call("item", 10)
    assert template.asked == 0


def test_a_process_starts_whatever_the_number_of_its_lifeline() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4_096, hard), hard))
    held = [os.open(os.devnull, os.O_RDONLY) for _ in range(1_100)]  # as a process with many connections has
    try:
        assert list(run_tasks(len, ["four"], workers=1)) == [("four", 4)]
    finally:
        for descriptor in held:
            os.close(descriptor)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_process_ends_whose_parent_was_gone_before_it_looked() -> None:
    ours, theirs = Pipe()
    lifeline, end = os.pipe()
    with ours, theirs:  # the connection stays open: only the lifeline tells it
        os.close(end)
        started = Order(theirs.fileno(), lifeline, 0, 1, dict(os.environ)).start()
        os.close(lifeline)
        try:
            assert started.wait(20) == 0
        except subprocess.TimeoutExpired:
            started.kill()
            raise
