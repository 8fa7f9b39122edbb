"""The doctor says of each configured service whether it can be reached, and shows no password."""

import pytest

from pipeline.aws import aws_client
from pipeline.commands.doctor import examine
from pipeline.commands.doctor_checks import checks
from pipeline.errors import ServiceRefused
from pipeline.settings import Settings
from pipeline.telemetry.signals import exporting
from tests.services.textract_server import TextractServer, textract_server


def settings(**given: object) -> Settings:
    return Settings(_env_file=None, **{"database": "sqlite://", **given})  # type: ignore[arg-type]


def test_what_is_not_configured_is_not_looked_for() -> None:
    made = checks(settings())
    names = ("records", "search index", "queue", "schedules", "Textract", "Textract's bucket", "telemetry")
    assert [made[name]() for name in names] == [None] * len(names)


def test_textract_and_its_bucket_are_reached(aws: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with textract_server(TextractServer(lambda _: [])) as server:
        monkeypatch.setenv("AWS_ENDPOINT_URL_TEXTRACT", server.url)
        aws_client.cache_clear()
        aws_client("s3").create_bucket(Bucket="doctors-bucket")
        made = checks(settings(ocr="textract", textract_bucket="s3://doctors-bucket/pages"))
        assert made["Textract"]() == "answers in us-east-1"
        assert made["Textract's bucket"]() == "s3://doctors-bucket/pages"
        server.faults.append(("GetDocumentAnalysis", "AccessDeniedException"))
        with pytest.raises(ServiceRefused, match="AccessDeniedException"):
            made["Textract"]()
    with pytest.raises(ServiceRefused, match="NoSuchBucket"):
        checks(settings(textract_bucket="s3://no-such-bucket-of-the-doctor"))["Textract's bucket"]()


@pytest.mark.usefixtures("aws")
def test_the_group_of_schedules_is_reached() -> None:
    aws_client("scheduler").create_schedule_group(Name="doctors-group")
    arns = "target=arn:aws:sns:us-east-1:123456789012:dates&role=arn:aws:iam::123456789012:role/schedules"
    assert checks(settings(schedules=f"scheduler://doctors-group?{arns}"))["schedules"]() == "group doctors-group"
    with pytest.raises(ServiceRefused, match="there is no schedule group nowhere"):
        checks(settings(schedules=f"scheduler://nowhere?{arns}"))["schedules"]()


@pytest.mark.usefixtures("aws")
def test_queue_and_collector_that_are_not_there_are_broken_and_no_password_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://ada:s3cret@127.0.0.1:9")
    monkeypatch.setattr("pipeline.telemetry.signals.wanted", lambda: True)
    exporting.cache_clear()
    try:
        status = examine(settings(queue="sqs://no-such-queue", records="postgresql://ada:s3cret@127.0.0.1:9/x"))
    finally:
        exporting.cache_clear()
    shown = capsys.readouterr().out
    assert status == 1 and "s3cret" not in shown
    assert all(f"broken {name}" in " ".join(shown.split()) for name in ("queue:", "records:", "telemetry:"))
