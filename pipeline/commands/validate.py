"""`clauseline validate`: each document's report, as text on a terminal, Markdown in a pipe, JSON or HTML on demand, and as files."""

import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Literal

import click

from pipeline.batch.layout import named
from pipeline.commands.tables import console, printable
from pipeline.errors import ClauselineError, StoreError, WrongUsage
from pipeline.pipeline import Pipeline
from pipeline.reporting import report_files, report_on
from pipeline.settings import Settings
from pipeline.sources import discover
from pipeline.stores import open_stores
from pipeline.stores.files import write_whole
from pipeline.stores.protocols import Stores
from pipeline.validate import to_html, to_markdown
from schemas import Result

Form = Literal["text", "json", "html"]


def validate_and_show(
    paths: Sequence[Path],
    settings: Settings,
    *,
    jurisdiction: str | None,
    as_of: date | None,
    form: Form,
    out: Path | None = None,
) -> int:
    """Print the report of every document, and write it below `out`; the exit status of the command."""
    failed = seen = 0
    try:
        with closing(Pipeline(settings)) as pipeline, _stores(settings) as stores:
            for source, name in named(discover(paths)):
                seen += 1
                result = report_on(source.path, pipeline, stores.reports, jurisdiction=jurisdiction, as_of=as_of)
                failed += result.status == "failed" or any(e.stage == "validate" for e in result.errors)
                _show(result, form)
                if out is not None:
                    _write(result, out / name)
    except WrongUsage as error:
        raise click.UsageError(str(error)) from None
    except ClauselineError as error:
        click.echo(f"clauseline: {error}", err=True)
        return 1
    if not seen:
        click.echo("no documents found below the given folders", err=True)
    return 1 if failed else 0


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


def _write(result: Result, folder: Path) -> None:
    """The report as JSON, Markdown and HTML, in the document's own folder."""
    for name, data in report_files(result):
        write_whole(folder / name, data)
