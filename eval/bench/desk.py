"""What the event-driven worker costs over a local batch: the same documents, in turn, at equal processes.

    python -m eval.bench.desk [ROUNDS [DOCUMENTS]] [--sink s3] [--cpu]

Uploads lie in a bucket of moto and their notifications in a queue of it, on loopback, before the time is taken; moto computes on
the same cores. With --sink s3 results are written there too, else to a folder, as the batch does. Both start their processes
within the time. With --cpu processor time is compared, of this process and its workers, moto's left out: on a machine that has
other things to do, it says what the clock can't. Documents: samples/leases, as often as needed, under names of their own.
"""

import os
import resource
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter
from uuid import uuid4

from eval.bench.in_turn import copied, median_ratio
from pipeline import Settings
from pipeline.batch import run_batch
from pipeline.desk import WorkOrder, open_queue
from pipeline.desk.worker import run_worker
from tests.services.aws_server import aws_server, environment

WORKERS = 2
SAMPLES = Path(__file__).parents[2] / "samples" / "leases"


def compare(rounds: int, count: int, *, to_s3: bool, clock: Callable[[], float] = perf_counter) -> float:
    """Median over rounds of the batch's seconds by the worker's; prints each."""
    originals = [path for path in sorted(SAMPLES.iterdir()) if path.suffix in (".pdf", ".docx")]
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        os.environ |= environment(stack.enter_context(aws_server()))
        settings = Settings(
            ocr="off", workers=WORKERS, database=f"sqlite:///{root}/bench.db", reply_cache=False, _env_file=None
        )
        names = copied(originals, root / "in", count)
        ways = {
            "batch": lambda: _batch(root, settings, count, clock),
            "worker": lambda: _worker(root, settings, names, to_s3, clock),
        }
        return median_ratio(ways, rounds, f"{count} documents")


def processor_time() -> float:
    """Seconds of processor time that this process and those it has waited for have taken."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _batch(root: Path, settings: Settings, count: int, clock: Callable[[], float]) -> float:
    start = clock()
    summary = run_batch([root / "in"], root / "out", settings, resume=False)
    assert summary.documents == count and not summary.failed
    return clock() - start


def _worker(root: Path, settings: Settings, names: list[str], to_s3: bool, clock: Callable[[], float]) -> float:
    """Upload the documents and tell a queue of them; the seconds from there until all messages are acknowledged."""
    from pipeline.aws import aws_client

    bucket, sqs = f"bench-{uuid4().hex[:12]}", aws_client("sqs")
    aws_client("s3").create_bucket(Bucket=bucket)
    dead = sqs.create_queue(QueueName=f"{bucket}-dead")["QueueUrl"]
    url = sqs.create_queue(QueueName=bucket)["QueueUrl"]
    queue = open_queue(url, settings.model_copy(update={"dead_letters": dead}))
    for name in names:
        content = (root / "in" / name).read_bytes()
        aws_client("s3").put_object(Bucket=bucket, Key=name, Body=content)
        queue.send(WorkOrder(bucket, name, size=len(content)).as_message())
    out = f"s3://{bucket}/out" if to_s3 else str(root / f"out-{bucket}")
    start = clock()
    summary = run_worker(queue, settings, out, mode="drain")
    seconds = clock() - start
    assert summary.handled == {"done": len(names)}, summary
    # the last request waits a second for messages that do not come
    return seconds - 1.0 if clock is perf_counter else seconds


if __name__ == "__main__":
    given = [argument for argument in sys.argv[1:] if argument.isdigit()]
    rounds, documents = ([int(argument) for argument in given] + [3, 200][len(given) :])[:2]
    clock = processor_time if "--cpu" in sys.argv else perf_counter
    print(f"median ratio {compare(rounds, documents, to_s3='s3' in sys.argv, clock=clock):.3f}")
