"""Reports that remember: each is compared with the last one on the same agreement, and an amendment is read with its lease."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from pipeline.pipeline import Pipeline
from pipeline.stores.protocols import Reported, ReportStore
from pipeline.tenancies import Key, amends, consolidate, lease_of
from pipeline.validate import as_amended, compare, to_html, to_markdown
from schemas import Document, Result, Terms, ValidationReport


def report_on(
    path: Path,
    pipeline: Pipeline,
    reports: ReportStore,
    *,
    jurisdiction: str | None = None,
    as_of: date | None = None,
    called: str = "",
) -> Result:
    """Read and validate a document, compare its report with the last one, and keep it.

    An amendment is validated together with the lease it amends, if that was validated before: its report is that of the
    agreement as amended, compared with the lease's.

    Args:
        path: the file.
        pipeline: what reads and validates.
        reports: where the last reports are.
        jurisdiction, as_of: as in `Pipeline.run`.
        called: the URL of what the file is a copy of, by which it is known instead of by its path.
    """
    result, document = pipeline.run_with_document(path, jurisdiction=jurisdiction, as_of=as_of)
    if called:
        result = result.model_copy(update={"document": result.document.model_copy(update={"path": called})})
    if result.validation is None or document is None:
        return result
    name = called or str(path.resolve())
    before, values = reports.last(name), (result.terms, result.terms)
    if before:
        values = (before.result.terms, result.terms)
    if result.doc_type == "lease_amendment" and (lease := _lease_of(result, reports)):
        earlier = _earlier(lease, name, reports)
        result, terms = with_lease(result, document, lease.result, [e.result for e in earlier], pipeline, as_of)
        before = before or (earlier[-1] if earlier else lease)
        values = (consolidate(lease.result, [e.result for e in earlier]).terms, terms)
    if before:
        result = _compared(result, before, values)
    reports.put(name, result)
    return result


def report_files(result: Result) -> Iterator[tuple[str, bytes]]:
    """The report of a result as files: JSON, Markdown and HTML, each with its name; nothing where there is no report."""
    if result.validation is None:
        return
    title = Path(result.document.path).name
    said = result.model_dump_json(include={"document", "doc_type", "jurisdiction", "validation"}, indent=1)
    for name, text in (
        ("report.json", said),
        ("report.md", to_markdown(result.validation, title)),
        ("report.html", to_html(result.validation, title)),
    ):
        yield name, text.encode("utf-8", "replace")


def _compared(result: Result, before: Reported, values: tuple[Terms, Terms]) -> Result:
    then, now = before.result.validation, result.validation
    if then is None or now is None:
        return result
    since = compare(then, now, made=before.made, path=before.result.document.path, terms=values)
    return result.model_copy(update={"validation": now.model_copy(update={"since": since})})


def _lease_of(amendment: Result, reports: ReportStore) -> Reported | None:
    """The lease an amendment amends, among those validated before."""
    leases = {found.result.document.path: found for found in reports.latest("lease")}
    keys = [key for found in leases.values() if (key := Key.of(found.result))]
    own = Key.of(amendment)
    found = lease_of(own, keys) if own else None
    return leases[found.path] if found else None


def _earlier(lease: Reported, name: str, reports: ReportStore) -> list[Reported]:
    """Other amendments of a lease, in the order they were validated."""
    sha256 = lease.result.document.sha256
    found = [r for r in reports.latest("lease_amendment") if r.result.amends and r.result.amends.sha256 == sha256]
    return sorted((r for r in found if r.path != name), key=lambda r: r.made)


def with_lease(
    result: Result,
    document: Document,
    lease: Result,
    earlier: Sequence[Result],
    pipeline: Pipeline,
    as_of: date | None = None,
) -> tuple[Result, Terms]:
    """An amendment's result with the report on the agreement as amended, and the terms that result.

    Args:
        result, document: of the amendment.
        lease: the result of the lease it amends.
        earlier: the results of that lease's other amendments, in the order they were validated.
        pipeline: what validates.
        as_of: as in `Pipeline.run`.
    """
    terms = consolidate(lease, [*earlier, result]).terms
    result = result.model_copy(
        update={"amends": amends(result, lease), "jurisdiction": result.jurisdiction or lease.jurisdiction}
    )
    assert result.validation is not None
    day = as_of or result.validation.as_of  # the law of the amendment's own day, not of the lease's
    own = pipeline.revalidate(result, document, terms, as_of=day)
    base = (earlier[-1] if earlier else lease).validation
    if own is None or base is None:
        return result, terms
    names = [Path(r.document.path).name for r in (lease, *earlier, result)]
    report: ValidationReport = as_amended(base, own, pipeline.settings.validation_threshold, names)
    return result.model_copy(update={"validation": report}), terms
