"""`clauseline validate`: each document's report, as text on a terminal, Markdown in a pipe, JSON on demand."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from pipeline.commands.tables import console, printable
from pipeline.errors import ClauselineError, WrongUsage
from pipeline.pipeline import Pipeline
from pipeline.settings import Settings
from pipeline.sources import discover
from pipeline.validate import to_markdown
from schemas import Result


def validate_and_show(
    paths: Sequence[Path], settings: Settings, *, jurisdiction: str | None, as_of: date | None, as_json: bool
) -> int:
    """Print the report of every document; the exit status of the command."""
    failed = seen = 0
    try:
        pipeline = Pipeline(settings)
        for source in discover(paths):
            seen += 1
            result = pipeline.run(source.path, jurisdiction=jurisdiction, as_of=as_of)
            failed += result.status == "failed" or any(e.stage == "validate" for e in result.errors)
            _show(result, as_json)
    except WrongUsage as error:
        raise click.UsageError(str(error)) from None
    except ClauselineError as error:
        click.echo(f"clauseline: {error}", err=True)
        return 1
    if not seen:
        click.echo("no documents found below the given folders", err=True)
    return 1 if failed else 0


def _show(result: Result, as_json: bool) -> None:
    """One document's report, or why there is none."""
    for error in result.errors:
        click.echo(printable(f"clauseline: {result.document.path}: {error.message}"), err=True)
    if as_json:
        click.echo(result.model_dump_json(include={"document", "doc_type", "jurisdiction", "validation"}))
    elif result.validation is not None:
        report = to_markdown(result.validation, Path(result.document.path).name)
        text = "\n".join(map(printable, report.split("\n")))
        if sys.stdout.isatty():
            from rich.markdown import Markdown

            console().print(Markdown(text))
        else:
            click.echo(text)
    elif result.status != "failed":
        kind = "neither a lease nor a protocol" if result.doc_type == "other" else result.doc_type.replace("_", " ")
        click.echo(printable(f"{result.document.path}: {kind}, nothing to check"))
