"""How the tests share a machine when several processes run them (`pytest -n 2`, which is `make test`).

Tests of a file stay in one process, and so do all tests of a server that is slow to start. A test marked
`alone` measures time, or uses all processors itself: while it runs, the other processes wait.
"""

import fcntl
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

SLOW_TO_START = {"opensearch": "opensearch", "amqp_url": "rabbitmq", "amqp": "rabbitmq", "machines": "ray"}
"""Fixtures, and values of parametrised ones, that stand for such a server, and the group of its tests; a test that starts
one itself says `xdist_group`."""


def group(item: pytest.Item) -> str:
    """What a test is run together with: others that are alone, those of a server, or those of its file."""
    if item.get_closest_marker("alone"):
        return "alone"
    if said := item.get_closest_marker("xdist_group"):
        return str(said.args[0])
    needs = [*getattr(item, "fixturenames", ()), *getattr(getattr(item, "callspec", None), "params", {}).values()]
    servers = (SLOW_TO_START[need] for need in needs if isinstance(need, str) and need in SLOW_TO_START)
    return next(servers, item.nodeid.partition("::")[0])


def in_order(items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """Tests by group; groups with most slow tests first, so that no process is left with one at the end; "alone" last."""
    groups: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        groups[group(item)].append(item)

    def place(name: str) -> tuple[bool, int]:
        return name == "alone", -sum(item.get_closest_marker("slow") is not None for item in groups[name])

    return [item for name in sorted(groups, key=place) for item in groups[name]]


@pytest.hookimpl(tryfirst=True)  # before xdist, which reads the marks
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):  # of several processes; one by itself keeps the order of the files
        items[:] = in_order(items)
        for item in items:
            item.add_marker(pytest.mark.xdist_group(group(item)))


@pytest.hookimpl(wrapper=True, tryfirst=True)  # before the clock of its timeout starts
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[Any]:
    if not hasattr(item.config, "workerinput"):
        return (yield)
    with turn(alone=item.get_closest_marker("alone") is not None):
        return (yield)


@contextmanager
def turn(*, alone: bool) -> Iterator[None]:
    """Wait until a test may run, and keep others from running beside one that is alone.

    Two files are locked, both of which are there anyway: the first by whoever waits, so that who wants to be alone is
    not overtaken for ever; the second by all that run.
    """
    with Path(__file__).open() as waiting, (Path(__file__).parent / "pyproject.toml").open() as running:
        fcntl.flock(waiting, fcntl.LOCK_EX)
        fcntl.flock(running, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        fcntl.flock(waiting, fcntl.LOCK_UN)  # said expressly: a process forked meanwhile has the files open too
        try:
            yield
        finally:
            fcntl.flock(running, fcntl.LOCK_UN)
