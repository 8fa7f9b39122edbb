"""`clauseline eval`: scores of one or more backends, or variants of their prompts, over a labelled corpus."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from eval.evaluate import Evaluation, evaluate
from eval.report import summary, write_html, write_json, write_parquet
from pipeline.commands.tables import console
from pipeline.errors import ClauselineError
from pipeline.settings import Settings


def evaluate_and_show(
    corpus: Path,
    backends: Sequence[str],
    settings: Settings,
    report: Path | None,
    data: Path | None,
    floor: float | None,
    part: tuple[int, int] | None = None,
    prompts: Sequence[str] = (),
) -> int:
    """Evaluate, print the headline table, write the files asked for; 1 if a group's F1 is under `floor`."""
    from rich.table import Table

    try:
        evaluation = evaluate(corpus, backends, settings, part, prompts)
    except (ClauselineError, ValueError) as error:
        raise click.ClickException(str(error)) from None
    figures = summary(evaluation)
    table = Table(box=None, header_style="bold")
    for name in ("backend", "group", "F1", "95 % interval", "precision", "recall", "accuracy", "fields"):
        table.add_column(name, justify="left" if name in ("backend", "group") else "right")
    lowest = 1.0
    for run in figures["runs"]:
        for name, s in run["groups"].items():
            lowest = min(lowest, s["f1"])
            cells = (f"{s[key]:.3f}" for key in ("precision", "recall", "accuracy"))
            interval = f"{s['low']:.3f}–{s['high']:.3f}"
            table.add_row(run["name"], name, f"{s['f1']:.3f}", interval, *cells, str(s["fields"]))
    console().print(table)
    for run in figures["runs"]:
        covered = run["coverage_at_99"]
        click.echo(
            f"{run['name']}: document type {run['doc_type_accuracy']:.3f}, grounded {run['grounded']:.3f}, "
            f"calibration error {run['calibration_error']:.3f}, coverage at 99 % precision "
            f"{covered['coverage'] if covered else 0:.3f}, {run['seconds'] / max(1, figures['documents']):.2f} s a document"
            + _spent(run["usage"], max(1, figures["documents"]))
        )
    _write(evaluation, report, data)
    return int(floor is not None and lowest < floor)


def _spent(usage: Mapping[str, Any], documents: int) -> str:
    """What a model was asked for each document; nothing for a backend that asks none."""
    if not usage["input_tokens"]:
        return ""
    said = {name: usage[name] / documents for name in ("input_tokens", "cached_input_tokens", "output_tokens")}
    return (
        f", {usage['calls'] / documents:.1f} calls, {said['input_tokens']:,.0f} tokens read "
        f"({said['cached_input_tokens']:,.0f} from the provider's cache), {said['output_tokens']:,.0f} written, "
        f"${usage['cost_usd'] / documents:.4f}"
    )


def _write(evaluation: Evaluation, report: Path | None, data: Path | None) -> None:
    """The files that were asked for."""
    if report:
        write_html(evaluation, report)
        click.echo(f"report: {report}")
    if data:
        try:
            (write_parquet if data.suffix == ".parquet" else write_json)(evaluation, data)
        except ImportError:
            raise click.ClickException('Parquet needs: pip install "clauseline[notebook]"') from None
        click.echo(f"data: {data}")
