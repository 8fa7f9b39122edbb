"""`clauseline export`: a result in the form another tool reads, to a file or to standard output."""

import sys
from pathlib import Path
from typing import cast

import click
from pydantic import ValidationError

from pipeline.errors import ClauselineError
from pipeline.export import Format, export
from pipeline.stores.files import write_whole
from schemas import Result

_MOST = 256 * 1024 * 1024  # bytes of a result that are read


def export_and_write(path: Path, form: str, out: Path | None) -> None:
    """Write a result in another format.

    Raises:
        click.ClickException: the file is no result, or there is nothing in it to export.
    """
    result = _read(path)
    try:
        data = export(result, cast("Format", form))
        if out is not None:
            write_whole(out, data)
    except ClauselineError as error:
        raise click.ClickException(str(error)) from None
    if out is not None:
        click.echo(f"wrote {out} ({len(data):,} bytes)", err=True)
    elif form == "xlsx" and sys.stdout.isatty():
        raise click.UsageError("an Excel workbook can't be shown on a terminal; give --out FILE.xlsx")
    else:
        sys.stdout.buffer.write(data)


def _read(path: Path) -> Result:
    try:
        if path.stat().st_size > _MOST:
            raise click.ClickException(f"{path} is too large to be a result")
        return Result.model_validate_json(path.read_bytes())
    except OSError as error:
        raise click.ClickException(f"{path} can't be read: {error.strerror}; give a result.json of a run") from None
    except ValidationError:
        raise click.ClickException(f"{path} is no result; give a result.json that `clauseline run` wrote") from None
