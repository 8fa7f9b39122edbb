"""Runs over files and folders: in parallel, resumable, each result written whole."""

from pipeline.batch.events import BatchSummary, Event, Outcome
from pipeline.batch.run import run_batch
from pipeline.batch.task import PipelineProcess, Processed

__all__ = ["BatchSummary", "Event", "Outcome", "PipelineProcess", "Processed", "run_batch"]
