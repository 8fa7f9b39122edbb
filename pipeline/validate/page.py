"""The report as a web page of its own, to be read on a screen or printed."""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from pipeline.validate.markdown import FOOT
from pipeline.validate.report import is_open
from schemas import RequirementResult, ValidationReport

if TYPE_CHECKING:
    from jinja2 import Template

_QUOTE = 600


def to_html(report: ValidationReport, title: str = "") -> str:
    """The report as one HTML file that needs nothing else; everything in it is escaped.

    Args:
        report: as `validate` gave it.
        title: what to call the document in the heading.
    """
    settled = [r for r in report.requirements if r.result in ("satisfied", "not_applicable")]
    open_ones = [r for r in report.requirements if r not in settled]
    return _template().render(
        report=report,
        title=title or "Lease",
        whole=not report.status.endswith(("not fully validated", "incomplete")),
        to_do=[r for r in open_ones if is_open(r)],
        advice=[r for r in open_ones if not is_open(r)],
        satisfied=[r for r in settled if r.result == "satisfied"],
        not_applicable=[r for r in settled if r.result == "not_applicable"],
        unconfirmed=sum(r.low_confidence for r in report.requirements),
        names={r.id: r.name for r in report.requirements},
        foot=FOOT.strip("*"),
    )


@cache
def _template() -> "Template":
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["spoken"] = lambda text: str(text).replace("_", " ")
    environment.filters["short"] = _short
    environment.filters["web"] = _web
    return environment.from_string((files("pipeline.validate") / "report.html.j2").read_text("utf-8"))


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _QUOTE else flat[:_QUOTE].rsplit(" ", 1)[0] + " …"


def _web(result: RequirementResult) -> str:
    """The law's address if it is one of the web: nothing else becomes a link."""
    return result.url if result.url.startswith(("https://", "http://")) else ""
