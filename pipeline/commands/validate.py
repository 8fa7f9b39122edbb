"""`clauseline validate`: each document's report, as text on a terminal, Markdown in a pipe, JSON or HTML on demand, and as files."""

import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import click

from pipeline.batch.discovery import documents
from pipeline.batch.layout import named
from pipeline.batch.sink import sink_for
from pipeline.commands.tables import console, printable
from pipeline.errors import (
    ClauselineError,
    DocumentTooLarge,
    ServiceDown,
    ServiceRefused,
    StoreError,
    UnreadableFile,
    WrongUsage,
    told,
)
from pipeline.originals import Original
from pipeline.pipeline import Pipeline
from pipeline.reporting import report_files, report_on
from pipeline.settings import Settings
from pipeline.stores import open_stores
from pipeline.stores.protocols import Stores
from pipeline.validate import to_html, to_markdown
from schemas import DocumentInfo, Result

Form = Literal["text", "json", "html"]


def validate_and_show(
    paths: Sequence[Path | str],
    settings: Settings,
    *,
    jurisdiction: str | None,
    as_of: date | None,
    form: Form,
    out: Path | str | None = None,
) -> int:
    """Print the report of every document, and write it below `out`; the exit status of the command."""
    failed = seen = 0
    try:
        sink = sink_for(out, kms_key=settings.s3_kms_key) if out is not None else None
        with closing(Pipeline(settings)) as pipeline, _stores(settings) as stores:
            for document, name in named(documents(paths)):
                seen += 1
                result = _report(document.original, pipeline, stores, jurisdiction, as_of)
                failed += result.status == "failed" or any(e.stage == "validate" for e in result.errors)
                _show(result, form)
                if sink is not None:
                    for file, data in report_files(result):
                        sink.write(f"{name}/{file}", data)
    except WrongUsage as error:
        raise click.UsageError(str(error)) from None
    except ClauselineError as error:
        click.echo(f"clauseline: {error}", err=True)
        return 1
    if not seen:
        click.echo("no documents found below the given folders", err=True)
    return 1 if failed else 0


def _report(
    original: Original, pipeline: Pipeline, stores: Stores, jurisdiction: str | None, as_of: date | None
) -> Result:
    """The report on a document; one that can't be fetched is a failed result, as one that can't be read."""
    try:
        with TemporaryDirectory() as scratch, original.opened(Path(scratch), pipeline.settings.max_bytes) as copy:
            called = original.shown if original.identity is not None else ""
            return report_on(copy.path, pipeline, stores.reports, jurisdiction=jurisdiction, as_of=as_of, called=called)
    except (DocumentTooLarge, UnreadableFile, ServiceDown, ServiceRefused) as error:
        return Result(document=DocumentInfo(path=original.shown), status="failed", errors=[told(error, "parse")])


def _stores(settings: Settings) -> Stores:
    """The database of the settings; where it can't be opened, one that lasts as long as the command."""
    try:
        return open_stores(settings.database, settings.database_patience)
    except StoreError as error:
        click.echo(f"clauseline: {error}; this report is compared with none before and is not kept", err=True)
        return open_stores("sqlite://")


def _show(result: Result, form: Form) -> None:
    """One document's report, or why there is none."""
    for error in result.errors:
        click.echo(printable(f"clauseline: {result.document.path}: {error.message}"), err=True)
    if form == "json":
        click.echo(result.model_dump_json(include={"document", "doc_type", "jurisdiction", "validation"}))
    elif form == "html" and result.validation is not None:
        click.echo(to_html(result.validation, Path(result.document.path).name))
    elif result.validation is not None:
        _print(to_markdown(result.validation, Path(result.document.path).name))
    elif result.status != "failed":
        kind = "neither a lease nor a protocol" if result.doc_type == "other" else result.doc_type.replace("_", " ")
        click.echo(printable(f"{result.document.path}: {kind}, nothing to check"), err=form == "html")


def _print(report: str) -> None:
    text = "\n".join(map(printable, report.split("\n")))
    if sys.stdout.isatty():
        from rich.markdown import Markdown

        console().print(Markdown(text))
    else:
        click.echo(text)
