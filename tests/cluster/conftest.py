"""A Ray cluster of two machines, both of which are this one."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline.cluster import joined
from pipeline.cluster.connection import QUIET
from tests.services.aws_server import environment as environment_of

STORE = 80_000_000


@dataclass(frozen=True)
class Machines:
    """The cluster's address, and machines of one CPU that come and go."""

    address: str
    cluster: Any

    def come(self) -> Any:
        return self.cluster.add_node(num_cpus=1, object_store_memory=STORE)

    def go(self, machine: Any) -> None:
        """Not in good order: as when its power fails."""
        self.cluster.remove_node(machine, allow_graceful=False)


@pytest.fixture(scope="package")
def machines(aws_url: str) -> Iterator[Machines]:
    """Two machines with a CPU each, joined by this process; both reach the AWS on loopback."""
    pytest.importorskip("ray", reason="Ray is not installed")
    with pytest.MonkeyPatch.context() as environment:
        for name, value in (QUIET | environment_of(aws_url)).items():
            environment.setenv(name, value)
        root = str(Path(__file__).parents[2])  # where the functions of the tests are found
        environment.setenv("PYTHONPATH", os.pathsep.join((root, os.environ.get("PYTHONPATH", ""))))
        from ray.cluster_utils import Cluster

        quick = {"health_check_initial_delay_ms": 0, "health_check_period_ms": 300, "health_check_failure_threshold": 5}
        head = {"num_cpus": 1, "object_store_memory": STORE, "include_dashboard": False, "_system_config": quick}
        cluster = Cluster(initialize_head=True, head_node_args=head)
        try:
            made = Machines(cluster.address, cluster)
            made.come()
            with joined(cluster.address, 0):
                yield made
        finally:
            cluster.shutdown()
