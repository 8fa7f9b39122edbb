"""What one lease asks of AWS: seconds, pages, bytes, requests. Reads the sample leases as the function of deploy/aws does, with
AWS on loopback (moto), counts the calls, and prints the figures that `deploy/aws/usage.yaml` holds.

    python -m eval.bench.aws_usage
"""

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from time import monotonic, process_time
from typing import Any

import yaml

SAMPLES = Path(__file__).parents[2] / "samples"


def main() -> None:
    """Print the usage of the sample leases, a lease each."""
    with _aws() as url, TemporaryDirectory() as folder:
        os.environ.update(_environment(url, folder))
        print(yaml.safe_dump(_measure(), sort_keys=False), end="")


def _measure() -> dict[str, Any]:
    from pipeline.aws import aws_client
    from pipeline.desk.events import WorkOrder
    from pipeline.desk.work import DeskWork
    from pipeline.settings import Settings
    from pipeline.stores import open_records
    from schemas import Result

    files = [f for folder in ("leases", "gold") for f in sorted((SAMPLES / folder).iterdir()) if f.suffix != ".json"]
    s3, calls = aws_client("s3"), Counter[str]()
    for bucket in ("documents", "results"):
        s3.create_bucket(Bucket=bucket)
    work = DeskWork(Settings(), "s3://results/results")
    for file in files:
        s3.upload_file(str(file), "documents", file.name)
    s3.meta.events.register("before-call.s3.*", lambda model, **_: calls.update([model.name]))
    work(_order(WorkOrder, files[0]))  # the process warms up, as one of many leases does not pay for
    calls.clear()
    started, cpu = monotonic(), process_time()
    for file in files[1:]:
        work(_order(WorkOrder, file))
    wall, cpu, count = monotonic() - started, process_time() - cpu, len(files) - 1
    writes = calls["PutObject"]
    with open_records(Settings()) as records:
        kept = [len(record.model_dump_json().encode()) for record in records.find()]
    held = [
        o for page in s3.get_paginator("list_objects_v2").paginate(Bucket="results") for o in page.get("Contents", ())
    ]
    results = [o for o in held if o["Key"].endswith("/result.json")]
    pages = sum(
        Result.model_validate_json(s3.get_object(Bucket="results", Key=o["Key"])["Body"].read()).document.pages
        for o in results
    )
    return {
        "leases_measured": count,
        "pages": round(pages / len(results), 2),
        "seconds": round(wall / count, 2),
        "cpu_seconds": round(cpu / count, 2),
        "document_bytes": sum(f.stat().st_size for f in files) // len(files),
        "result_bytes": sum(o["Size"] for o in held) // len(results),
        "s3_writes": round(writes / count, 2),
        "s3_reads": round((sum(calls.values()) - writes - calls["DeleteObject"]) / count, 2),
        "records": round(len(kept) / len(files), 2),
        "record_bytes": sum(kept) // max(1, len(kept)),
    }


def _order(made: Any, file: Path) -> Any:
    return made(bucket="documents", key=file.name)


@contextmanager
def _aws() -> Iterator[str]:
    command = [sys.executable, "-u", "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert process.stdout is not None
        port = next(m[1] for line in process.stdout if (m := re.search(r"http://127\.0\.0\.1:(\d+)", line)))
        Thread(target=process.stdout.read, daemon=True).start()  # a full pipe would stop the server
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def _environment(url: str, folder: str) -> dict[str, str]:
    return {
        "AWS_ENDPOINT_URL": url, "AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing", "CLAUSELINE_DATABASE": f"sqlite:///{folder}/clauseline.db",
    }  # fmt: skip


if __name__ == "__main__":
    main()
