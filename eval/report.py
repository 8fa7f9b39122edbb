"""An evaluation as one self-contained HTML file, as JSON, and as a table for notebooks."""

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from eval.calibration import calibration_error, coverage_at, coverage_curve, reliability
from eval.charts import coverage_svg, reliability_svg
from eval.evaluate import Evaluation, Run
from eval.judge import Judged
from eval.metrics import by_field, groups, score, significance
from pipeline import ClauselineError, Pipeline, Settings

_CONTEXT = 160  # characters shown either side of an error's evidence
_LONGEST = 300
_ERRORS = ("wrong", "missing", "spurious")


def summary(evaluation: Evaluation) -> dict[str, Any]:
    """The figures of an evaluation as plain data: per backend its groups, fields, calibration, time and cost."""
    return {
        "corpus": evaluation.corpus,
        "documents": len(evaluation.documents),
        "runs": [_figures(run) for run in evaluation.runs],
        "differences": _differences(evaluation),
    }


def write_json(evaluation: Evaluation, path: Path) -> None:
    """Write the figures and every judged field as JSON."""
    data = summary(evaluation)
    for run, figures in zip(evaluation.runs, data["runs"], strict=True):
        figures["judged"] = [asdict(j) for j in run.judged]
    path.write_text(json.dumps(data, indent=1, default=str), encoding="utf-8")


def write_parquet(evaluation: Evaluation, path: Path) -> None:
    """Write every judged field as a row, values as JSON text.

    Raises:
        ImportError: pandas with pyarrow is not installed; `pip install "clauseline[notebook]"`.
    """
    import pandas

    rows = [
        {"backend": run.backend, "prompt": run.prompt, **asdict(j), "predicted": json.dumps(j.predicted, default=str),
         "right": json.dumps(j.right, default=str)}
        for run in evaluation.runs
        for j in run.judged
    ]  # fmt: skip
    pandas.DataFrame(rows).to_parquet(path)


def write_html(evaluation: Evaluation, path: Path) -> None:
    """Write the report: tables, reliability diagram, coverage curve, and every error with its evidence in context."""
    from jinja2 import Environment

    template = (files("eval") / "report.html.j2").read_text(encoding="utf-8")
    context = _Contexts(evaluation)
    runs = [_shown(run, context.of) for run in evaluation.runs]
    html = (
        Environment(autoescape=True)
        .from_string(template)
        .render(
            corpus=evaluation.corpus,
            documents=len(evaluation.documents),
            runs=runs,
            group_names=list(dict.fromkeys(name for run in runs for name in run["groups"])),
            differences=_differences(evaluation),
        )
    )
    path.write_text(html, encoding="utf-8")


def _figures(run: Run) -> dict[str, Any]:
    covered = coverage_at(run.judged)
    return {
        "name": run.name,
        "backend": run.backend,
        "prompt": run.prompt,
        "groups": {name: asdict(score(members)) for name, members in groups(run.judged).items()},
        "fields": {name: asdict(score(members)) for name, members in by_field(run.judged).items()},
        "doc_type_accuracy": run.typed,
        "grounded": run.grounded,
        "calibration_error": calibration_error(run.judged),
        "coverage_at_99": asdict(covered) if covered else None,
        "seconds": run.seconds,
        "tokens": run.usage.input_tokens + run.usage.output_tokens,
        "cost_usd": run.usage.cost_usd,
        "usage": run.usage.model_dump(),
    }


def _differences(evaluation: Evaluation) -> dict[str, float]:
    """The p-value of each group's difference between the first two runs."""
    if len(evaluation.runs) < 2:
        return {}
    one, other = (groups(run.judged) for run in evaluation.runs[:2])
    return {name: significance(one[name], other[name]) for name in one if name in other}


def _shown(run: Run, context: Callable[[Judged], tuple[str, str]]) -> dict[str, Any]:
    """What the template needs of a run."""
    errors: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for j in run.judged:
        if j.verdict in _ERRORS:
            before, after = context(j)
            said = {"predicted": _short(j.predicted), "right": _short(j.right), "quote": _short(j.quote)}
            errors[j.field].append({**asdict(j), **said, "before": before, "after": after})
    return {
        "name": run.name, "typed": run.typed, "grounded": run.grounded, "seconds": run.seconds,
        "usage": run.usage, "ece": calibration_error(run.judged), "covered": coverage_at(run.judged),
        "reliability": reliability_svg(reliability(run.judged)), "curve": coverage_svg(coverage_curve(run.judged)),
        "groups": {name: score(members) for name, members in groups(run.judged).items()},
        "fields": {name: score(members) for name, members in by_field(run.judged).items()},
        "errors": dict(errors),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Text:
    name: str
    text: str


class _Contexts:
    """The text around an error's evidence; a document is parsed again for it, scans are not read a second time."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._paths = {d.name: d.path for d in evaluation.documents}
        self._pipeline = Pipeline(Settings(ocr="off"))
        self._last = _Text("", "")

    def of(self, judged: Judged) -> tuple[str, str]:
        """The characters before and after the evidence."""
        if judged.start < 0:
            return "", ""
        if self._last.name != judged.document:
            try:
                self._last = _Text(judged.document, self._pipeline.read(self._paths[judged.document]).text)
            except ClauselineError:
                self._last = _Text(judged.document, "")
        text = self._last.text
        if text[judged.start : judged.end] != judged.quote:
            return "", ""
        return text[max(0, judged.start - _CONTEXT) : judged.start], text[judged.end : judged.end + _CONTEXT]


def _short(value: Any) -> str:
    text = "—" if value is None else " | ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
