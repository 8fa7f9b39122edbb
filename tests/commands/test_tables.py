"""The summary table: one row per document, failures never cut, nothing from a document taken for markup."""

import io
from pathlib import Path
from typing import Any

from rich.console import Console

from pipeline.commands.tables import MOST_ROWS, summary_line, summary_table
from schemas import DocumentInfo, Jurisdiction, LeaseTerms, Result, StageError


def lease(path: str = "a/lease.pdf", **more: Any) -> Result:
    terms = LeaseTerms()
    terms.tenant_name.value = ["Ada [bold]Byron"]
    place = Jurisdiction(country="US", state="Ohio", city="Powell")
    return Result(document=DocumentInfo(path=path), doc_type="lease", terms=terms, jurisdiction=place, **more)


def printed(results: list[Result], total: int | None = None) -> str:
    out = io.StringIO()
    Console(file=out, width=160).print(summary_table(results, total or len(results), Path("a")))
    return out.getvalue()


def test_a_row_says_what_the_document_is_and_where() -> None:
    shown = printed([lease(status="needs_review")])
    assert all(part in shown for part in ("lease.pdf", "Powell, Ohio", "1/25", "needs review"))
    assert "a/lease.pdf" not in shown, "paths are relative to the run's folder"


def test_markup_in_a_document_is_shown_as_it_is() -> None:
    assert "Ada [bold]Byron" in printed([lease()])


def test_a_failed_document_shows_its_error() -> None:
    error = StageError(stage="parse", type="CorruptDocument", message="damaged beyond repair; export it again")
    assert "damaged beyond repair" in printed([lease(status="failed", errors=[error])])


def test_a_long_run_lists_its_failures_only() -> None:
    results = [lease(f"a/{i}.pdf") for i in range(MOST_ROWS)] + [lease("a/bad.pdf", status="failed")]
    shown = printed(results, total=10_000)
    assert "bad.pdf" in shown and "7.pdf" not in shown


def test_an_empty_run_says_so() -> None:
    assert "nothing to do" in summary_line({}, 0.0, 0, Path("out"))


def test_names_and_values_cannot_steer_the_terminal() -> None:
    result = lease("a/evil\x1b[2J\n.pdf", status="ok")
    result.terms.tenant_name.value = ["Ada\x1b]0;owned\x07Byron"]  # type: ignore[union-attr]
    shown = printed([result])
    assert "\x1b" not in shown and "\x07" not in shown
    assert len(shown.splitlines()) == 2, "a head and one row"


def test_a_narrow_terminal_still_names_each_document_and_its_status() -> None:
    out = io.StringIO()
    Console(file=out, width=80).print(summary_table([lease("a/ohio-noncompliant.pdf")], 1, Path("a"), width=80))
    assert "ohio-noncompliant.pdf" in out.getvalue() and "ok" in out.getvalue()
