"""Validates each lease of a folder, plants its faults one at a time, and counts what is found and what is reported wrongly."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from pipeline import Pipeline
from schemas import RequirementResult, ValidationReport
from schemas.example import Example, Fault

_OPEN = ("violated", "missing", "incomplete", "unclear")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One lease, whole (`fault` None) or with a fault: whether that was found, and what else was reported."""

    lease: str
    fault: Fault | None
    found: bool
    validated: bool
    wrong: tuple[str, ...]
    confidence: float
    validate_ms: float

    @property
    def right(self) -> int:
        """Findings that a planted fault explains: 1 or 0, as one fault is one defect however many rules it breaks."""
        return int(self.found)


@dataclass(frozen=True, slots=True)
class Tally:
    """What a set of leases came to; shares are of 1."""

    leases: int
    passed: int
    mutants: int
    found: int
    wrong: int

    @property
    def recall(self) -> float:
        """Planted faults that were found."""
        return self.found / self.mutants if self.mutants else 1.0

    @property
    def precision(self) -> float:
        """Findings that a planted fault explains, of all findings in mutants and in whole leases."""
        return self.found / (self.found + self.wrong) if self.found + self.wrong else 1.0

    @property
    def pass_rate(self) -> float:
        """Leases without a fault that are validated."""
        return self.passed / self.leases if self.leases else 1.0


def examples(folder: Path) -> Iterator[tuple[str, Example]]:
    """The name and the lease of every YAML file below a folder, in order."""
    for path in sorted(folder.rglob("*.yaml")):
        yield path.stem, Example.model_validate(yaml.safe_load(path.read_text("utf-8")))


def judge_folder(folder: Path, pipeline: Pipeline) -> Iterator[Outcome]:
    """Every lease below a folder, whole and with each of its faults.

    Args:
        folder: holds YAML files, each a `schemas.example.Example`.
        pipeline: what reads and validates.
    """
    for name, example in examples(folder):
        with TemporaryDirectory() as place:
            file = Path(place) / "lease.txt"
            for fault in (None, *example.faults):
                file.write_text(fault.planted(example.lease) if fault else example.lease, encoding="utf-8")
                result = pipeline.run(file)
                spent = result.timings_ms.get("validate", 0.0)
                if result.validation is None:  # not taken for a lease: nothing is found, nothing passes
                    wrong = (f"read as {result.doc_type}",) if fault is None else ()
                    yield Outcome(name, fault, False, False, wrong, 0.0, spent)
                else:
                    yield _outcome(name, fault, result.validation, spent)


def _outcome(lease: str, fault: Fault | None, report: ValidationReport, spent: float) -> Outcome:
    failed = [r for r in report.requirements if r.result in _OPEN]
    right = [
        r
        for r in failed
        if fault is not None and fault.allows(r.id, r.topic) and (r.mandatory or r.result == "violated")
    ]
    wrong = tuple(_said(r) for r in failed if r.mandatory and r not in right)
    validated = report.status == "agreement is validated"
    return Outcome(lease, fault, bool(right), validated, wrong, report.confidence, spent)


def _said(result: RequirementResult) -> str:
    quote = f" “{result.evidence[0].quote[:120]}”" if result.evidence else ""
    return f"{result.id} {result.result}{quote}"


def tally(outcomes: Iterable[Outcome]) -> Tally:
    """Counts over outcomes.

    A report that a whole lease already has against it is counted once, not again in each of its mutants.

    >>> tally([]).recall
    1.0
    """
    kept = list(outcomes)
    whole = {o.lease: o for o in kept if o.fault is None}
    known = {lease: {w.split(" ")[0] for w in o.wrong} for lease, o in whole.items()}
    mutants = [o for o in kept if o.fault is not None]
    fresh = sum(1 for o in mutants for w in o.wrong if w.split(" ")[0] not in known.get(o.lease, set()))
    return Tally(
        leases=len(whole),
        passed=sum(o.validated for o in whole.values()),
        mutants=len(mutants),
        found=sum(o.right for o in mutants),
        wrong=sum(len(o.wrong) for o in whole.values()) + fresh,
    )
