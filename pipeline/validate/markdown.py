"""The report as Markdown: what to do first, then everything that was checked."""

from collections.abc import Iterator

from schemas import Comparison, RequirementResult, ValidationReport

FOOT = "*Clauseline checks documents against recorded rules. This is not legal advice.*"
_OPEN = ("violated", "missing", "incomplete", "unclear")
_QUOTE = 300


def to_markdown(report: ValidationReport, title: str = "") -> str:
    """The report as Markdown, ending with its disclaimer.

    Args:
        report: as `validate` gave it.
        title: what to call the document in the heading.
    """
    return "\n".join(_lines(report, title)).rstrip() + "\n"


def _lines(report: ValidationReport, title: str) -> Iterator[str]:
    yield f"# {_inline(title) or 'Validation report'}: {report.status}"
    yield ""
    place = report.jurisdiction or "not known"
    yield f"Confidence {report.confidence:g} % · jurisdiction {place} · law as of {report.as_of} · knowledge {report.knowledge_version}"
    for name, laws in (("Applied", report.basis), ("Not applied", report.not_applied)):
        if laws:
            yield f"\n{name}: {_inline('; '.join(laws))}"
    for note in report.notes:
        yield f"\n> {_inline(note)}"
    if report.since is not None:
        yield from _since(report.since)
    to_do = [r for r in report.requirements if r.result in _OPEN and r.mandatory]
    advice = [r for r in report.requirements if r.result in _OPEN and not r.mandatory]
    settled = [r for r in report.requirements if r.result not in _OPEN]
    for heading, results in (("To be done", to_do), ("Advice", advice)):
        if results:
            yield f"\n## {heading}"
            for result in results:
                yield from _item(result)
    if settled:
        yield "\n## Checked\n"
        yield "| Requirement | Result | Law |"
        yield "|---|---|---|"
        for result in settled:
            yield f"| {_inline(result.name)} | {result.result.replace('_', ' ')} | {_law(result)} |"
    yield f"\n---\n{FOOT}"


def _since(since: Comparison) -> Iterator[str]:
    made = since.made.strftime("%Y-%m-%d %H:%M")
    yield f"\n## Since the last report\n\nThe last report, of {made} UTC on {_inline(since.path)}, said: {since.status}."
    if since.terms:
        yield f"\nValues that changed: {_inline(', '.join(n.replace('_', ' ') for n in since.terms))}."
    if not since.requirements:
        yield "\nNo requirement has another result."
        return
    yield "\n| Requirement | Then | Now |\n|---|---|---|"
    for change in since.requirements:
        then, now = ((result or "not asked").replace("_", " ") for result in (change.before, change.after))
        yield f"| {_inline(change.name)} | {then} | {now} |"


def _item(result: RequirementResult) -> Iterator[str]:
    yield f"\n### {_inline(result.name)}: {result.result} ({result.severity})\n"
    yield _inline(result.condition)
    if result.explanation:
        yield f"\n{_inline(result.explanation)}"
    for evidence in result.evidence[:2]:
        yield f"\n> p. {evidence.page}: “{_inline(evidence.quote[:_QUOTE])}”"
    if result.recommendation:
        yield f"\n**Do:** {_inline(result.recommendation)}"
    if result.suggested_wording:
        yield f"\n**Wording:** {_inline(result.suggested_wording)}"
    doubt = " (this rule could not be confirmed against a published source)" if result.low_confidence else ""
    yield f"\nLaw: {_law(result)}{doubt}"


def _law(result: RequirementResult) -> str:
    citation = _inline(result.citation)
    return f"[{citation}]({result.url})" if result.url else citation


def _inline(text: str) -> str:
    """One line, with nothing the document wrote taken as markup."""
    flat = " ".join(text.split())
    return "".join(f"\\{c}" if c in "<>[]*_`|#" else c for c in flat)
