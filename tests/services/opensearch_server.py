"""OpenSearch for tests: the server that OPENSEARCH_URL names, else a real node with its k-NN plugin, from Maven's jars."""

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

HERE = Path(__file__).parent / "opensearch"
HEAP = "-Xmx1g"
QUICK_START = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")
"""The tests ask little of the node; compiling it well would cost more than it saves."""


class Absent(Exception):
    """Why there is no server here."""


@contextmanager
def opensearch_server(options: tuple[str, ...] = QUICK_START, heap: str = HEAP) -> Iterator[str]:
    """The address of a server as HOST:PORT; one that is started here is empty, and gone afterwards.

    Args:
        options, heap: of the Java machine.

    Raises:
        Absent: there is no Java or Maven, or Maven can't bring the jars.
    """
    if given := os.environ.get("OPENSEARCH_URL"):
        yield re.sub(r"^\w+://", "", given).rstrip("/")
        return
    jars = _jars()
    with tempfile.TemporaryDirectory(prefix="opensearch-") as home:
        command = ["java", heap, *options, "-cp", f"{jars}/server/*:{jars}/knn/*", str(HERE / "OpenSearch.java"), home]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        try:
            assert process.stdout is not None
            port = next((m[1] for line in process.stdout if (m := re.search(r"listening on (\d+)", line))), None)
            if port is None:
                raise Absent(f"the OpenSearch node ended with status {process.wait(20)}")
            yield f"127.0.0.1:{port}"
        finally:
            process.kill()  # nothing of it is to be kept
            process.wait(20)


@contextmanager
def place(server: str) -> Iterator[str]:
    """The URL of a search index of one's own on a server; taken away afterwards.

    Args:
        server: as `opensearch_server` gives it.
    """
    from pipeline.stores.opensearch import Address
    from pipeline.stores.opensearch.client import connect

    prefix = f"test-{uuid4().hex[:12]}"
    url = f"opensearch://{server}/{prefix}"
    try:
        yield url
    finally:
        client = connect(Address.of(url))
        client.indices.delete(index=f"{prefix}-*")
        client.indices.delete_index_template(name=f"{prefix}-passages", ignore=404)


def _jars() -> Path:
    """The folder with the server's jars; Maven brings them the first time."""
    for tool in ("java", "mvn"):
        if shutil.which(tool) is None:
            raise Absent(f"OPENSEARCH_URL is not set, and there is no {tool} to start a server with")
    pom = HERE / "pom.xml"
    folder = Path.home() / ".cache" / "clauseline" / f"opensearch-{hashlib.sha256(pom.read_bytes()).hexdigest()[:8]}"
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as made:
        ran = subprocess.run(
            ["mvn", "-q", "-B", "-f", pom, "process-resources", f"-Dfolder={made}/jars"],
            capture_output=True, text=True, timeout=600,
        )  # fmt: skip
        if ran.returncode != 0:
            raise Absent(f"Maven can't bring OpenSearch: {ran.stdout.strip().splitlines()[0][:300]}")
        if not folder.is_dir():  # another process may have been faster
            Path(made, "jars").rename(folder)
    return folder


if __name__ == "__main__":
    with opensearch_server() as address:
        print(address, flush=True)
        input()
