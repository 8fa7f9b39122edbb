"""How a result looks in a notebook: terms with their evidence, and the requirements, as self-contained HTML."""

from functools import cache
from typing import TYPE_CHECKING, Any

from schemas.html_schedule import schedule_html

if TYPE_CHECKING:
    from jinja2 import Template

    from schemas.result import Result

_RESULT = """
<div style="font-family: system-ui, sans-serif; font-size: 13px; line-height: 1.4; max-width: 1100px">
<style>
 .clauseline td, .clauseline th { text-align: left; vertical-align: top; padding: 4px 10px; border-bottom: 1px solid #8883 }
 .clauseline q { font-style: italic; opacity: .8 }  .clauseline .quiet { opacity: .55 }
 .clauseline .bar { display: inline-block; width: 60px; height: 7px; border-radius: 3px; background: #8883 }
 .clauseline .bar i { display: block; height: 7px; border-radius: 3px }
</style>
<p><b>{{ r.document.path or r.document.sha256[:12] }}</b> &nbsp;
{{ r.doc_type | replace("_", " ") }} ({{ "%.0f" | format(100 * r.doc_type_confidence) }} %)
{%- if r.jurisdiction %} &nbsp;·&nbsp; {{ [r.jurisdiction.city, r.jurisdiction.county, r.jurisdiction.state, r.jurisdiction.country] | select | join(", ") }}{% endif %}
&nbsp;·&nbsp; {{ r.document.pages }} page{{ "" if r.document.pages == 1 else "s" }}
&nbsp;·&nbsp; <b>{{ r.status | replace("_", " ") }}</b></p>
{% for e in r.errors %}<p style="color: #b00">{{ e.stage }}: {{ e.message }}</p>{% endfor %}
{% if rows %}<table class="clauseline"><thead><tr><th>field</th><th>value</th><th>confidence</th><th>evidence</th></tr></thead><tbody>
{% for row in rows %}<tr{% if row.value is none %} class="quiet"{% endif %}>
<td title="{{ row.description }}">{{ row.name | replace("_", " ") }}{% if row.review %} <span title="to review">⚠</span>{% endif %}</td>
<td>{% if row.value is none %}—{% elif row.listed %}<ul style="margin: 0; padding-left: 16px">{% for item in row.listed %}<li>{{ item }}</li>{% endfor %}</ul>{% else %}{{ row.value }}{% endif %}</td>
<td style="white-space: nowrap">{% if row.value is not none %}<span class="bar"><i style="width: {{ (60 * row.confidence) | round | int }}px; background: {{ row.colour }}"></i></span> {{ "%.2f" | format(row.confidence) }}{% endif %}</td>
<td>{% if row.quote %}<q>{{ row.quote }}</q> <span class="quiet">p. {{ row.page }}</span>{% endif %}
{% for flag in row.flags %} <code>{{ flag }}</code>{% endfor %}</td></tr>
{% endfor %}</tbody></table>{% endif %}
{% if schedule %}<p><b>Schedule of activities</b> <span class="quiet">p. {{ r.schedule_of_activities.pages | join(", ") }}</span></p>
{{ schedule }}{% endif %}
{% if r.validation %}<p><b>{{ r.validation.status }}</b> ({{ "%.0f" | format(r.validation.confidence) }} %), law as of {{ r.validation.as_of }}</p>
<table class="clauseline"><tbody>{% for q in r.validation.requirements if q.result != "not_applicable" %}<tr>
<td>{{ q.result }}</td><td>{{ q.name }}<br><span class="quiet">{{ q.citation }}</span></td>
<td>{% if q.result != "satisfied" %}{{ q.recommendation }}{% endif %}</td></tr>{% endfor %}</tbody></table>{% endif %}
</div>
"""
_SHOWN_ITEMS = 8
_SHOWN_CHARACTERS = 160


def result_html(result: "Result") -> str:
    """A result as HTML that needs nothing else; everything from the document is escaped.

    >>> from schemas.result import DocumentInfo, Result
    >>> "<b>a&lt;b.pdf</b>" in result_html(Result(document=DocumentInfo(path="a<b.pdf")))
    True
    """
    from markupsafe import Markup

    found = result.schedule_of_activities
    schedule = Markup(schedule_html(found)) if found and found.activities else ""  # noqa: S704 (escaped by its own template)
    shown = [_row(result, name) for name in type(result.terms).model_fields]
    return _template().render(r=result, rows=shown, schedule=schedule)


def _row(result: "Result", name: str) -> dict[str, Any]:
    """What the table says of one field."""
    term = getattr(result.terms, name)
    value, evidence = term.value, term.evidence[:1]
    items = [_shortened(str(item)) for item in value[:_SHOWN_ITEMS]] if isinstance(value, list) else []
    if isinstance(value, list) and len(value) > _SHOWN_ITEMS:
        items.append(f"… {len(value) - _SHOWN_ITEMS} more")
    return {
        "name": name,
        "description": type(result.terms).model_fields[name].description or "",
        "value": value if value is None else _shortened(str(value)),
        "listed": items,
        "confidence": term.confidence,
        "colour": "#2a9d5c" if term.confidence >= 0.8 else "#d9a400" if term.confidence >= 0.5 else "#c0392b",
        "quote": _shortened(evidence[0].quote) if evidence else "",
        "page": evidence[0].page if evidence else 0,
        "flags": term.flags,
        "review": name in result.needs_review,
    }


def _shortened(text: str) -> str:
    """One line of at most `_SHOWN_CHARACTERS`."""
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN_CHARACTERS else text[: _SHOWN_CHARACTERS - 1] + "…"


@cache
def _template() -> "Template":
    """The template, compiled once; autoescaping, because documents are hostile."""
    from jinja2 import Environment

    return Environment(autoescape=True).from_string(_RESULT)
