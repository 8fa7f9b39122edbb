"""Every kind of place for objects; the contract tests run against each."""

import os
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from pipeline.aws import aws_client
from pipeline.stores.objects import Objects, open_objects
from tests.services.aws_server import point_at


def _folder(request: pytest.FixtureRequest) -> str:
    folder: Path = request.getfixturevalue("tmp_path")
    return (folder / "objects").as_uri()


def _s3(request: pytest.FixtureRequest) -> str:
    point_at(request.getfixturevalue("aws_url"), request.getfixturevalue("monkeypatch"))
    return f"s3://{new_bucket()}/some/prefix"


def _real_s3(request: pytest.FixtureRequest) -> str:
    place = os.environ.get("CLAUSELINE_TEST_S3")
    if not place:
        pytest.skip("CLAUSELINE_TEST_S3=s3://bucket/prefix names no real bucket")
    return f"{place.rstrip('/')}/{uuid4().hex}"


KINDS: dict[str, Callable[[pytest.FixtureRequest], str]] = {"folder": _folder, "s3": _s3, "real s3": _real_s3}


@pytest.fixture(params=KINDS)
def objects(request: pytest.FixtureRequest) -> Objects:
    """An empty place of each kind."""
    return open_objects(KINDS[request.param](request))


def new_bucket(*, versions: bool = False) -> str:
    """A bucket of its own for a test."""
    name = f"test-{uuid4().hex}"
    aws_client("s3").create_bucket(Bucket=name)
    if versions:
        aws_client("s3").put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    return name
