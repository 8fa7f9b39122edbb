"""The `clauseline` command: parses flags, calls the API, prints. Everything heavy is imported by the command that needs it."""

from __future__ import annotations

import atexit
import gc
import json
import logging
import sys
from pathlib import Path
from typing import Any

import click

from pipeline.commands.aws_commands import aws
from pipeline.commands.calendar_commands import calendar
from pipeline.commands.desk_commands import dlq, worker
from pipeline.commands.index_commands import index
from pipeline.commands.kb_commands import kb
from pipeline.commands.letters_commands import letter, letters
from pipeline.commands.options import (
    BACKEND,
    OCR,
    PASSWORD,
    PATHS,
    PLACE,
    OcrCommand,
    Place,
    model_options,
    settings_of,
)
from pipeline.commands.records_commands import records


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="clauseline", message="clauseline %(version)s")
@click.option(
    "--log-level", type=click.Choice(["debug", "info", "warning", "error"]), default="warning", show_default=True,
    help="How much is told on stderr; debug has the traces of unexpected errors.",
)  # fmt: skip
@click.option("--log-json", is_flag=True, help="Logs on stderr as JSON lines (never with document text).")
@click.option("--log-paths", is_flag=True, help="Paths of documents, which may name people, in the logs; else only digests of the content.")  # fmt: skip
def main(log_level: str, log_json: bool, log_paths: bool) -> None:
    """Read leases and clinical-trial protocols: every term with its evidence, checked against the law of its place.

    \b
    Start here:
      clauseline run samples --out out        terms of a folder of documents, as JSON and a table
      clauseline validate lease.pdf           what is missing or against the law, and what to write instead
      clauseline search "late fee"            across everything processed so far

    Everything runs on this machine and needs no account. Settings can also be given as environment variables
    (CLAUSELINE_BACKEND, CLAUSELINE_WORKERS ...) or in a .env file; `clauseline doctor` shows them.
    """
    from pipeline.telemetry.logs import JsonFormatter, TextFormatter, start_logging

    start_logging(log_level.upper(), JsonFormatter(log_paths) if log_json else TextFormatter(log_paths))


@main.command(cls=OcrCommand)
@PATHS
@click.option("--out", type=Place(file_okay=False), default=Path("out"), show_default=True, help="Folder for the results, or s3://BUCKET/PREFIX.")  # fmt: skip
@BACKEND
@click.option("--workers", type=click.IntRange(0), help="Processes; 0 (default) is one per CPU.")
@click.option("--executor", type=click.Choice(["local", "ray"]), help="Where the processes run: on this machine (local, default), or on a Ray cluster.")  # fmt: skip
@click.option("--ray-address", metavar="ADDRESS", help="With --executor ray: auto, or HOST:PORT of the cluster's head (default: this machine's CPUs).")  # fmt: skip
@PLACE
@click.option(
    "--resume/--no-resume", default=True, show_default=True, help="Skip documents whose result is there already."
)
@click.option("--glob", "globs", multiple=True, metavar="PATTERN", help="Within folders and buckets take only matching names; repeatable.")  # fmt: skip
@click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), help="Seconds a document may take (default: 120)."
)
@model_options
@OCR
@PASSWORD
def run(
    paths: tuple[Path | str, ...],
    out: Path | str,
    backend: str | None,
    workers: int | None,
    executor: str | None,
    ray_address: str | None,
    jurisdiction: str | None,
    resume: bool,
    globs: tuple[str, ...],
    timeout: float | None,
    ocr: str | None,
    password: str | None,
    **model: Any,
) -> None:
    """Extract the terms of documents: files, or folders and buckets with everything below them.

    Writes OUT/<path of the document>/result.json for each, OUT/results.jsonl with a line for each, and
    OUT/summary.json. A run that was interrupted and is started again does only what is missing.

    \b
      clauseline run leases --out out
      clauseline run s3://inbox/leases --out s3://results/leases    fetched one at a time; written with SSE-KMS

    \b
    Exit status: 0 all documents done, 1 some failed or the run had to stop (the others are done and written),
    2 the command was wrong.
    """
    from pipeline.commands.run import run_and_show

    settings = settings_of(
        backend=backend, workers=workers, executor=executor, ray_address=ray_address, document_timeout=timeout, ocr=ocr,
        password=password, **model,
    )  # fmt: skip
    sys.exit(run_and_show(paths, out, settings, jurisdiction=jurisdiction, resume=resume, globs=globs))


@main.command(cls=OcrCommand)
@PATHS
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Apply the law of this day (default: the document's own date)."
)
@BACKEND
@PLACE
@model_options
@OCR
@PASSWORD
@click.option("--json", "form", flag_value="json", help="Print the reports as JSON, one a line.")
@click.option("--html", "form", flag_value="html", help="Print the report as a web page; redirect it into a file.")
@click.option("--out", type=Place(file_okay=False), help="Write report.json, .md and .html of each document below this folder, or s3://BUCKET/PREFIX.")  # fmt: skip
def validate(
    paths: tuple[Path | str, ...],
    as_of: Any,
    backend: str | None,
    jurisdiction: str | None,
    ocr: str | None,
    password: str | None,
    form: Any,
    out: Path | str | None,
    **model: Any,
) -> None:
    """Check documents against the law of their place and day, and say what to write instead.

    A document that was validated before is compared with its last report. An amendment is checked together with the lease
    it amends, if that was validated before or stands before it in the command.

    \b
    Exit status: 0 every document was read and checked, 1 some could not be, 2 the command was wrong.
    """
    from pipeline.commands.validate import validate_and_show

    settings = settings_of(backend=backend, ocr=ocr, password=password, **model)
    day = as_of.date() if as_of else None
    sys.exit(validate_and_show(paths, settings, jurisdiction=jurisdiction, as_of=day, form=form or "text", out=out))


@main.command()
@click.argument("query")
@click.option("--type", "doc_type", type=click.Choice(["lease", "lease_amendment", "clinical_protocol", "other"]), help="Only documents of this type.")  # fmt: skip
@click.option("--state", metavar="NAME", help="Only leases of property in this state, e.g. Ohio.")
@click.option("--limit", type=click.IntRange(1, 1_000), default=10, show_default=True, help="Most hits shown.")
@click.option("--json", "as_json", is_flag=True, help="Print the hits as JSON, one a line.")
def search(query: str, doc_type: str | None, state: str | None, limit: int, as_json: bool) -> None:
    """Search everything processed so far, by words and by meaning; "quoted words" stay together.

    Each hit has its document, page, heading, the passage with the words marked, and the terms that were read there.

    \b
    Example:
      clauseline search "security deposit above two months" --type lease --state Pennsylvania
    """
    from pipeline.commands.search import search_and_show

    search_and_show(query, settings_of(), doc_type=doc_type, state=state, limit=limit, as_json=as_json)


@main.command()
@click.argument("result", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--format", "form", type=click.Choice(["usdm", "csv", "xlsx", "html"]), default="usdm", show_default=True)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write (default: standard output)."
)
def export(result: Path, form: str, out: Path | None) -> None:
    """Write a protocol's result in the form another tool reads. RESULT is a result.json of a run.

    \b
      usdm              the study as CDISC USDM v4 JSON: identifiers, design, arms, criteria, timeline ...
      csv, xlsx, html   the schedule of activities: visits as columns, activities as rows, footnotes below
    """
    from pipeline.commands.export import export_and_write

    export_and_write(result, form, out)


@main.command("eval", cls=OcrCommand)
@click.argument("corpus", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--backend",
    "backends",
    multiple=True,
    metavar="NAME",
    help="Repeatable; the first is the baseline (default: offline).",
)
@click.option(
    "--prompt",
    "prompts",
    multiple=True,
    metavar="NAME",
    help="Variant of the prompts of a chat model; repeatable, compared like backends (default: zero-shot).",
)
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="Write a self-contained HTML report.")
@click.option(
    "--data", type=click.Path(path_type=Path, dir_okay=False), help="Write every judged field, as .json or .parquet."
)
@click.option("--fail-under", type=click.FloatRange(0, 1), metavar="F1", help="Exit status 1 if a group's F1 is lower.")
@click.option(
    "--part", metavar="K/N", help="Of each folder only the documents whose place in the order of names is K modulo N."
)
@OCR
def evaluate(
    corpus: Path,
    backends: tuple[str, ...],
    prompts: tuple[str, ...],
    report: Path | None,
    data: Path | None,
    fail_under: float | None,
    part: str | None,
    ocr: str | None,
) -> None:
    """Score backends over labelled documents: a folder each with document.* and gold.json, or NAME.gold.json beside NAME.*."""
    from pipeline.commands.evaluate import evaluate_and_show

    split, settings = _part(part), settings_of(ocr=ocr)
    chosen = backends or ("offline",)
    sys.exit(evaluate_and_show(corpus, chosen, settings, report, data, fail_under, split, prompts))


def _part(text: str | None) -> tuple[int, int] | None:
    """K and N of "K/N".

    Raises:
        click.UsageError: it is not of that form, or K is not below N.
    """
    if text is None:
        return None
    k, slash, n = text.partition("/")
    if not (slash and k.isdecimal() and n.isdecimal() and int(k) < int(n)):
        raise click.UsageError(f"--part takes K/N with K below N, such as 2/3; not {text!r}")
    return int(k), int(n)


main.add_command(kb)
main.add_command(aws)
main.add_command(records)
main.add_command(worker)
main.add_command(dlq)
main.add_command(index)
main.add_command(calendar)
main.add_command(letter)
main.add_command(letters)


@main.command()
@click.argument("name", type=click.Choice(["lease", "protocol", "result"]))
def schema(name: str) -> None:
    """Print the JSON Schema of the terms or of result.json, for users of other languages."""
    from pydantic import BaseModel

    from schemas import LeaseTerms, ProtocolTerms, Result

    models: dict[str, type[BaseModel]] = {"lease": LeaseTerms, "protocol": ProtocolTerms, "result": Result}
    click.echo(json.dumps(models[name].model_json_schema(mode="serialization"), indent=2))


@main.command()
def doctor() -> None:
    """Say what is configured, installed and reachable; exit status 1 if something needed is not."""
    from pipeline.commands.doctor import examine

    sys.exit(examine(settings_of()))


def entry() -> None:
    """Run the command; a bug of ours is told in one line, its trace goes to the debug log."""
    # what is there goes with the process: to look for cycles in it first takes half a second
    atexit.register(gc.freeze)
    try:
        main()
    except OSError as error:  # a full disk behind the pipe, a file asked for that can't be made
        click.echo(f"clauseline: {error.filename or 'the output'} can't be used: {error.strerror or error}", err=True)
        sys.exit(1)
    except Exception as error:
        from pipeline.errors import trace_of

        logging.getLogger("clauseline").debug("unexpected error: %s", trace_of(error))
        click.echo(f"clauseline: unexpected {type(error).__name__}; please report it (see --log-level debug)", err=True)
        sys.exit(1)
