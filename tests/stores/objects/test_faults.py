"""A bucket that answers 500, throttles and hangs up: everything is done all the same, nothing lost, nothing double."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline.aws import aws_client
from pipeline.stores.objects import open_objects
from tests.services.aws_server import point_at
from tests.services.faults import FaultProxy, Rates
from tests.stores.objects.conftest import new_bucket


@pytest.fixture
def proxy(aws: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultProxy]:
    with FaultProxy(aws, Rates(0, 0, 0, 0), seed=7) as made:
        point_at(made.url, monkeypatch)
        yield made
        aws_client.cache_clear()


def test_two_hundred_objects_are_written_listed_and_fetched(proxy: FaultProxy, tmp_path: Path) -> None:
    objects = open_objects(f"s3://{new_bucket()}/leases")
    proxy.rates = Rates(errors=0.05, throttles=0.05, drops=0.02, losses=0.02, halves=0.05)
    contents = {f"{number:03}.txt": f"lease {number} ".encode() * number for number in range(200)}

    def fetched(key: str) -> bytes:
        objects.fetch(key, tmp_path / key)
        return (tmp_path / key).read_bytes()

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda entry: objects.write(*entry, new=True), contents.items()))
        assert [info.key for info in objects.list()] == list(contents)
        assert dict(zip(contents, pool.map(fetched, contents), strict=True)) == contents
    assert min(proxy.counts[fault] for fault in ("errors", "throttles", "drops", "losses", "halves")) > 0
    assert proxy.faults >= 30
