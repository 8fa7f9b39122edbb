"""Clients of AWS: where they go, how they retry, what their errors say."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from uuid import uuid4

import pytest

from pipeline.aws import aws_client, told
from pipeline.errors import ServiceDown, ServiceRefused


def test_a_client_goes_where_the_environment_says(aws: str) -> None:
    name = f"test-{uuid4().hex}"
    url = aws_client("sqs").create_queue(QueueName=name)["QueueUrl"]
    assert url.startswith(aws) and url.endswith(name)


def test_the_same_client_is_given_again(aws: str) -> None:
    assert aws_client("s3") is aws_client("s3")


def test_what_is_not_there_is_refused_in_one_line(aws: str) -> None:
    with pytest.raises(ServiceRefused, match=r"^s3://no-such/key: NoSuchBucket: ") as caught, told("s3://no-such/key"):
        aws_client("s3").get_object(Bucket=f"no-such-{uuid4().hex}", Key="key")
    assert "\n" not in str(caught.value)


def test_a_server_that_is_away_is_down_not_refused(monkeypatch: pytest.MonkeyPatch, aws: str) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setattr("pipeline.aws.ATTEMPTS", 1)
    aws_client.cache_clear()
    with pytest.raises(ServiceDown, match="Could not connect"), told("sqs"):
        aws_client("sqs").list_queues()
    aws_client.cache_clear()


@pytest.mark.parametrize("cut", [False, True], ids=["no XML", "broken off"])
def test_an_answer_that_nobody_can_read_is_waited_for(monkeypatch: pytest.MonkeyPatch, aws: str, cut: bool) -> None:
    class Portal(BaseHTTPRequestHandler):
        """What a proxy puts in between, or a connection that ends half way."""

        def do_GET(self) -> None:
            body = b"<html><p>please log in" + b" " * 5_000
            self.send_response(200)
            self.send_header("Content-Length", str(len(body) + cut * 500))
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Portal) as server:
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")
        monkeypatch.setattr("pipeline.aws.ATTEMPTS", 1)
        aws_client.cache_clear()
        with pytest.raises(ServiceDown) as caught, told("s3://leases"):
            aws_client("s3").list_objects_v2(Bucket="leases")
        assert len(str(caught.value)) < 400
        server.shutdown()
    aws_client.cache_clear()


def test_no_credentials_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch, aws: str) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    aws_client.cache_clear()
    with pytest.raises(ServiceRefused, match="configure credentials"), told("sqs"):
        aws_client("sqs").list_queues()
    aws_client.cache_clear()
