"""A local process pool that survives its workers: a killed or hanging one costs only the task it was on."""

from pipeline.workers.pool import run_tasks, worker_count

__all__ = ["run_tasks", "worker_count"]
