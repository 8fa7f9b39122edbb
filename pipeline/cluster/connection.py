"""The way to a Ray cluster: one that is there, or one of this machine's CPUs that lasts as long as the run."""

import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pipeline.errors import WrongUsage

QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",  # nothing is told to anybody
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    "RAY_DEDUP_LOGS": "0",
    "RAY_worker_niceness": "0",  # workers of a cluster started here are what the run is for: they give way as little as local ones
}
"""Set before Ray is imported, unless the user has set them."""

STORE = 200_000_000
"""Bytes of shared memory for what goes between the processes of one machine: results, a few at a time."""

CONNECT_SECONDS = 5.0
"""How long to wait for the first sign of life of a cluster."""

START = "start one there with `ray start --head`, or leave --ray-address out for one of this machine's CPUs"


@dataclass(frozen=True, slots=True)
class Cluster:
    """A Ray cluster that this process has joined.

    Args:
        host: the address at which its machines reach this one; None if it is this machine alone.
    """

    host: str | None

    @property
    def cpus(self) -> int:
        """How many CPUs it has at present; it may grow and shrink. At least one: a cluster may grow from nothing."""
        return max(1, int(_ray().cluster_resources().get("CPU", 0)))


@contextmanager
def joined(address: str | None, cpus: int) -> Iterator[Cluster]:
    """A Ray cluster, as long as the context lasts; one that this process has joined already is used, and not left.

    Args:
        address: "auto" for the one this machine belongs to, or HOST:PORT of its head; None starts one here.
        cpus: of the one that is started here.

    Raises:
        WrongUsage: Ray is not installed, or there is no cluster at the address, or it is not one for this program.
    """
    ray = _ray()
    ours = not ray.is_initialized()
    if ours:
        _join(ray, address, cpus)
    try:
        yield Cluster(ray.util.get_node_ip_address() if address else None)
    finally:
        if ours:
            ray.shutdown()


def _ray() -> Any:
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    try:
        import ray
    except ImportError:
        raise WrongUsage("--executor ray needs Ray; install it with: pip install 'clauseline[ray]'") from None
    return ray


def _join(ray: Any, address: str | None, cpus: int) -> None:
    quiet = {"logging_level": logging.ERROR, "log_to_driver": False}
    if address is None:
        here = {"num_cpus": cpus, "object_store_memory": STORE, "_node_ip_address": "127.0.0.1"}
        ray.init("local", include_dashboard=False, **here, **quiet)
        return
    if address != "auto":
        _check(address)
    try:
        ray.init(address, **quiet)
    except ConnectionError:
        raise WrongUsage(f"no Ray cluster answers at {address!r}: {START}") from None
    except (RuntimeError, ValueError) as error:  # of another version of Ray or Python, among others
        reason = str(error).strip().partition("\n")[0]
        raise WrongUsage(f"the Ray cluster at {address!r} can't be joined: {reason}") from None


def _check(address: str) -> None:
    """See that something listens at HOST:PORT, where Ray itself would try for minutes.

    Raises:
        WrongUsage: nothing does, or it is no such address.

    >>> _check("ray://head:10001")
    Traceback (most recent call last):
    ...
    pipeline.errors.WrongUsage: the run must be inside the cluster: submit the command as a Ray job there, with --ray-address auto
    """
    if "://" in address:
        raise WrongUsage(
            "the run must be inside the cluster: submit the command as a Ray job there, with --ray-address auto"
        )
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65_535:
        raise WrongUsage(f'--ray-address takes "auto" or HOST:PORT, such as 10.0.0.7:6379; not {address!r}')
    try:
        socket.create_connection((host.strip("[]"), int(port)), CONNECT_SECONDS).close()
    except OSError as error:
        reason = error.strerror or str(error)
        raise WrongUsage(f"no Ray cluster answers at {address!r} ({reason.lower()}): {START}") from None
