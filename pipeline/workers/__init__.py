"""A local process pool that survives its workers: a killed or hanging one costs only the task it was on."""

from pipeline.workers.pool import run_tasks, worker_count
from pipeline.workers.slots import documents_at_once

__all__ = ["documents_at_once", "run_tasks", "worker_count"]
