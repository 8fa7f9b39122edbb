"""What the command prints: the summary table, the progress bar, reports. Rich is imported only when something is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from schemas import Result, Status, Usage

_STATUS_STYLE: dict[Status, str] = {"ok": "green", "needs_review": "yellow", "partial": "dark_orange", "failed": "red"}
_PIPE_WIDTH = 160  # columns where there is no terminal to ask
_COLUMNS = {
    "document": 0,
    "type": 0,
    "place": 100,
    "in brief": 125,
    "terms": 0,
    "validation": 90,
    "tokens": 110,
    "USD": 110,
    "status": 0,
}
"""The columns of the summary table, and how wide a terminal must be for each."""

_OPEN = ("violated", "missing", "incomplete")
MOST_ROWS = 60  # a folder of thousands is summed up, not listed


def console(stderr: bool = False) -> Console:
    """A console on stdout or stderr that respects NO_COLOR and pipes."""
    from rich.console import Console

    out = Console(stderr=stderr, highlight=False)
    return out if out.is_terminal else Console(stderr=stderr, highlight=False, width=_PIPE_WIDTH)


def printable(text: str) -> str:
    """Text from outside (a file's name, a document's words) as one line that can't steer the terminal.

    >>> printable("lease\\x1b[2J\\n2026.pdf")
    'lease�[2J 2026.pdf'
    """
    return "".join(c if c.isprintable() else " " if c.isspace() else "�" for c in text)


def summary_table(results: Sequence[Result], total: int, root: Path | None = None, width: int = _PIPE_WIDTH) -> Table:
    """One row per document: what it is, its terms in brief, its validation, its status.

    Args:
        results: of the run, in input order.
        total: how many documents the run had; of a long run only the failures are listed.
        root: paths are shown relative to it.
        width: columns of the terminal; where there are few, what is told elsewhere is left out.
    """
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False, expand=True)
    spent = {"tokens": any(r.usage.input_tokens for r in results), "USD": any(r.usage.cost_usd for r in results)}
    columns = [name for name, least in _COLUMNS.items() if width >= least and spent.get(name, True)]
    for name in columns:
        table.add_column(
            name,
            overflow="ellipsis",
            no_wrap=True,
            justify="right" if name in ("terms", "tokens", "USD") else "left",
            ratio=2 if name in ("document", "in brief") else None,
        )
    shown = list(results) if total <= MOST_ROWS else [r for r in results if r.status == "failed"][:MOST_ROWS]
    for result in shown:
        style = _STATUS_STYLE[result.status]
        note = result.errors[0].message if result.errors else ""
        cells = {
            "document": escape(printable(_relative(result.document.path, root))),
            "type": result.doc_type.replace("_", " ") if result.status != "failed" else "",
            "place": escape(printable(_place(result))),
            "in brief": escape(" ".join(printable(note or _brief(result)).split())),
            "terms": _counts(result),
            "validation": _validation(result),
            "tokens": f"{result.usage.input_tokens + result.usage.output_tokens:,}",
            "USD": f"{result.usage.cost_usd:.4f}",
            "status": f"[{style}]{result.status.replace('_', ' ')}[/]",
        }
        table.add_row(*(cells[name] for name in columns))
    return table


def summary_line(by_status: Mapping[Status, int], seconds: float, kept: int, out: object) -> str:
    """How the run ended, in one line.

    >>> summary_line({"ok": 2, "failed": 1}, 1.25, 1, Path("out"))
    '3 documents in 1.2 s (1 kept from before): 2 ok, 1 failed → out'
    """
    total = sum(by_status.values())
    parts = (
        ", ".join(f"{by_status[s]} {s.replace('_', ' ')}" for s in _STATUS_STYLE if by_status.get(s)) or "nothing to do"
    )
    before = f" ({kept} kept from before)" if kept else ""
    return f"{total} document{'' if total == 1 else 's'} in {seconds:.1f} s{before}: {parts} → {out}"


def usage_line(usage: Usage, throttled: float = 0.0) -> str:
    """What a chat model was asked and cost, in one line; "" if none was.

    Args:
        usage: of the run.
        throttled: seconds for which its provider took no questions.

    >>> from schemas import Usage
    >>> usage_line(Usage(backend="openai:a", calls=9, input_tokens=12_000, output_tokens=800, cost_usd=0.0123, kept=2))
    'openai:a: 9 calls, 12,000 tokens read, 800 written, $0.0123 (2 replies kept from before)'
    >>> usage_line(Usage(calls=9))
    ''
    """
    if not (usage.input_tokens or usage.output_tokens or usage.kept):
        return ""
    cached = f" ({usage.cached_input_tokens:,} from the provider's cache)" if usage.cached_input_tokens else ""
    dollars = f", ${usage.cost_usd:,.4f}" if usage.cost_usd else ""
    kept = f" ({usage.kept:,} replies kept from before)" if usage.kept else ""
    waited = f", {throttled:.0f} s of throttling waited out" if throttled >= 1 else ""
    calls = f"{usage.calls:,} call{'' if usage.calls == 1 else 's'}"
    return (
        f"{usage.backend}: {calls}, {usage.input_tokens:,} tokens read{cached}, {usage.output_tokens:,} written"
        f"{dollars}{kept}{waited}"
    )


def _relative(path: str, root: Path | None) -> str:
    try:
        return str(Path(path).relative_to(root)) if root else path
    except ValueError:
        return path


def _place(result: Result) -> str:
    place = result.jurisdiction
    return ", ".join(p for p in (place.city, place.state or place.country) if p) if place else ""


def _counts(result: Result) -> str:
    """How many terms have a value, of how many."""
    names = type(result.terms).model_fields
    found = sum(getattr(result.terms, name).value is not None for name in names)
    return f"{found}/{len(names)}" if names else ""


def _validation(result: Result) -> str:
    report = result.validation
    if report is None:
        return ""
    wrong = Counter(r.result for r in report.requirements if r.mandatory and r.result in _OPEN)
    if report.status in ("agreement is validated", "protocol is complete"):
        return "[green]validated[/]" if report.status.startswith("agreement") else "[green]complete[/]"
    return ", ".join(f"{count} {kind}" for kind, count in wrong.most_common()) or "not fully validated"


def _brief(result: Result) -> str:
    """The terms a reader looks for first."""
    from schemas import LeaseTerms, ProtocolTerms

    terms = result.terms
    if isinstance(terms, LeaseTerms):
        rent = (
            f"{terms.rent_amount.value:,.2f} {terms.rent_currency.value or ''}".strip()
            if terms.rent_amount.value
            else ""
        )
        start, end = terms.tenancy_start_date.value, terms.tenancy_end_date.value
        dates = f"{start or '?'} – {end or '?'}" if start or end else ""
        return " · ".join(p for p in (", ".join(terms.tenant_name.value or ()), rent, dates) if p)
    if isinstance(terms, ProtocolTerms):
        phase = f"phase {terms.phase.value}" if terms.phase.value else ""
        criteria = f"{terms.inclusion_criteria_count.value or 0}+{terms.exclusion_criteria_count.value or 0} criteria"
        return " · ".join(p for p in (terms.protocol_id.value, phase, terms.indication.value, criteria) if p)
    return ""
