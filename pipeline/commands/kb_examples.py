"""The packs' own leases: the one that complies must be validated, and each fault planted in it must be found."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from pydantic import ValidationError

from pipeline.pipeline import Pipeline
from schemas import RequirementResult, ValidationReport
from schemas.example import Example, Fault

_EXAMPLES = files("pipeline.knowledge") / "examples"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_OPEN = ("violated", "missing", "incomplete", "unclear")


@cache
def example_codes() -> tuple[str, ...]:
    """The jurisdictions that have a lease of their own, sorted."""
    return tuple(sorted(p.name.removesuffix(".yaml") for p in _EXAMPLES.iterdir() if p.name.endswith(".yaml")))


def load_example(code: str) -> Example:
    """The lease and the faults of one jurisdiction.

    Raises:
        pydantic.ValidationError: the file is not of the schema.
    """
    return Example.model_validate(yaml.load((_EXAMPLES / f"{code}.yaml").read_bytes(), Loader=_LOADER))  # noqa: S506 (a safe loader)


def check_example(code: str, pipeline: Pipeline) -> Iterator[str]:
    """What is wrong with a jurisdiction's example, one line each: the lease is not validated, a fault is not found.

    Args:
        code: the jurisdiction.
        pipeline: what reads and validates the leases.
    """
    try:
        example = load_example(code)
    except (ValidationError, yaml.YAMLError) as error:
        yield f"{code}: the example is wrong: {' '.join(str(error).split())[:300]}"
        return
    with TemporaryDirectory() as folder:
        report = _report(example.lease, Path(folder), pipeline)
        if report.status != "agreement is validated":
            why = "; ".join(_said(r) for r in _open(report)) or " ".join(report.notes)
            yield f"{code}: the compliant lease is not validated ({report.confidence:g} %): {why}"
        for fault in example.faults:
            yield from _missed(fault, example, Path(folder), pipeline)


def _missed(fault: Fault, example: Example, folder: Path, pipeline: Pipeline) -> Iterator[str]:
    what = f"{fault.breaks} by {(fault.add or fault.by or 'leaving out ' + fault.replace)[:70]!r}"
    try:
        report = _report(fault.planted(example.lease), folder, pipeline)
    except ValueError as error:
        yield f"{what}: {error}"
        return
    asked = [r for r in report.requirements if fault.allows(r.id, r.topic)]
    if not any(r.result in _OPEN for r in asked):
        yield f"{what}: not found, the result is {', '.join(r.result for r in asked) or 'not looked up'}"
    for other in _open(report):
        if not fault.allows(other.id, other.topic):
            yield f"{what}: also reports {_said(other)}"


def _open(report: ValidationReport) -> list[RequirementResult]:
    return [r for r in report.requirements if r.mandatory and r.result in _OPEN]


def _said(result: RequirementResult) -> str:
    quote = f" “{result.evidence[0].quote[:90]}”" if result.evidence else ""
    return f"{result.id} {result.result}{quote}"


def _report(text: str, folder: Path, pipeline: Pipeline) -> ValidationReport:
    path = folder / "lease.txt"
    path.write_text(text, encoding="utf-8")
    report = pipeline.run(path).validation
    assert report is not None
    return report
