"""AWS on loopback: the moto server in a process of its own, and the environment that makes boto3 go there."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest

REGION = "us-east-1"


@contextmanager
def aws_server() -> Iterator[str]:
    """The URL of an AWS without anything in it; it forgets everything at the end."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, **environment("")},
    )  # fmt: skip
    try:
        assert process.stdout is not None
        port = next(m[1] for line in process.stdout if (m := re.search(r"http://127\.0\.0\.1:(\d+)", line)))
        threading.Thread(target=process.stdout.read, daemon=True).start()  # a full pipe would stop the server
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()  # it keeps nothing, and would wait for connections that are open
        process.wait(20)


def environment(url: str) -> Mapping[str, str]:
    """The variables by which boto3, in this process or another, finds that AWS."""
    return {
        "AWS_ENDPOINT_URL": url, "AWS_REGION": REGION, "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }  # fmt: skip


def point_at(url: str, patch: pytest.MonkeyPatch) -> None:
    """Make boto3 go there, and our clients be made anew."""
    from pipeline.aws import aws_client

    for name, value in environment(url).items():
        patch.setenv(name, value)
    patch.delenv("AWS_PROFILE", raising=False)
    patch.delenv("AWS_SESSION_TOKEN", raising=False)
    aws_client.cache_clear()
