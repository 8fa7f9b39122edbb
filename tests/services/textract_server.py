"""Amazon Textract on loopback: its JSON protocol, jobs that take a while, answers in parts, throttling, failures.

It fetches what a job is to read from the S3 it is told of, so that a file that is not there is refused as by the real one.
"""

import base64
import json
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.services.textract_blocks import Block

Read = Callable[[bytes], Sequence[Block]]
"""What it reads in a file: the blocks of all its pages."""


@dataclass
class Job:
    """A file that is being read: how often it is still said to be in progress, and what comes then."""

    blocks: Sequence[Block]
    looks: int


@dataclass
class TextractServer:
    """What it does, and what it was asked.

    Args:
        read: what it reads in a file.
        s3: client of the S3 that it fetches files from.
        looks: times that a job is in progress before it is done.
        most: blocks in one answer, however many are asked for.
        end: of every job: "SUCCEEDED", "PARTIAL_SUCCESS" or "FAILED".
        told: added to the end's answer, such as {"StatusMessage": "..."}.
        faults: (operation, error code) to answer with, each once, as soon as that operation is asked for.
        asked: the operations and their requests.
        files: those that it has read.
        encrypted: how the objects it fetched were encrypted.
    """

    read: Read
    s3: Any = None
    looks: int = 1
    most: int = 1_000
    end: str = "SUCCEEDED"
    told: dict[str, Any] = field(default_factory=dict)
    faults: deque[tuple[str, str]] = field(default_factory=deque)
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    files: list[bytes] = field(default_factory=list)
    encrypted: list[str] = field(default_factory=list)
    jobs: dict[str, Job] = field(default_factory=dict)
    url: str = ""

    def operations(self) -> list[str]:
        """What was asked, in order."""
        return [operation for operation, _ in self.asked]

    def answer(self, operation: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Status and body of the answer."""
        self.asked.append((operation, body))
        for fault in self.faults:
            if fault[0] == operation:
                self.faults.remove(fault)
                return 500 if fault[1] == "InternalServerError" else 400, {"__type": fault[1], "message": "as told"}
        match operation:
            case "AnalyzeDocument":
                data = base64.b64decode(body["Document"]["Bytes"])
                self.files.append(data)
                return 200, {"DocumentMetadata": {"Pages": 1}, "Blocks": list(self.read(data))}
            case "StartDocumentAnalysis":
                return self._start(body)
            case "GetDocumentAnalysis":
                return self._look(body)
        return 400, {"__type": "UnknownOperationException", "message": operation}

    def _start(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        token, where = body["ClientRequestToken"], body["DocumentLocation"]["S3Object"]
        if token not in self.jobs:  # the same request again is the same job
            try:
                found = self.s3.get_object(Bucket=where["Bucket"], Key=where["Name"])
            except self.s3.exceptions.ClientError:
                return 400, {"__type": "InvalidS3ObjectException", "message": "Unable to get object metadata from S3."}
            self.encrypted.append(found.get("ServerSideEncryption", ""))
            self.files.append(found["Body"].read())
            self.jobs[token] = Job(self.read(self.files[-1]), self.looks)
        return 200, {"JobId": token}

    def _look(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        job = self.jobs.get(body["JobId"])
        if job is None:
            return 400, {"__type": "InvalidJobIdException", "message": "no such job"}
        if job.looks > 0:
            job.looks -= 1
            return 200, {"JobStatus": "IN_PROGRESS"}
        if self.end == "FAILED":
            return 200, {"JobStatus": "FAILED", **self.told}
        start, most = int(body.get("NextToken", 0)), min(self.most, body.get("MaxResults", 1_000))
        rest = {"NextToken": str(start + most)} if start + most < len(job.blocks) else {}
        blocks = list(job.blocks[start : start + most])
        return 200, {"JobStatus": self.end, "Blocks": blocks, "DocumentMetadata": {"Pages": 1}, **self.told, **rest}


@contextmanager
def textract_server(server: TextractServer) -> Iterator[TextractServer]:
    """Listens at `server.url` on loopback."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            operation = self.headers["X-Amz-Target"].removeprefix("Textract.")
            status, answer = server.answer(operation, json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            data = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/x-amz-json-1.1")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listening.daemon_threads = True
    thread = threading.Thread(target=listening.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    server.url = f"http://127.0.0.1:{listening.server_port}"
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join(10)
