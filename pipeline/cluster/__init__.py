"""Worker processes on the machines of a Ray cluster; a machine that is lost costs nothing but time."""

from pipeline.cluster.connection import Cluster, joined
from pipeline.cluster.run import run_tasks

__all__ = ["Cluster", "joined", "run_tasks"]
