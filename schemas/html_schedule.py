"""The schedule of activities as an HTML table: head and first column stay in view while a long one scrolls."""

from functools import cache
from typing import TYPE_CHECKING

from schemas.schedule_rows import UNMARKED, Span, rows

if TYPE_CHECKING:
    from jinja2 import Template

    from schemas.schedule import ScheduleOfActivities

_TABLE = """
{%- macro said(cell) %}{{ cell.text }}{% if cell.marks %}<sup>{{ cell.marks | join(",") }}</sup>{% endif %}{% endmacro -%}
<style>
 .clauseline-soa { overflow: auto; font-size: 12px }
 .clauseline-soa table { border-collapse: separate; border-spacing: 0 }
 .clauseline-soa th, .clauseline-soa td { border-bottom: 1px solid #8883; border-right: 1px solid #8883; padding: 2px 7px; text-align: center }
 .clauseline-soa thead th { background: #eef2f6; color: #223 }
 .clauseline-soa th:first-child { position: sticky; left: 0; text-align: left; min-width: 14em; max-width: 26em; background: #f7f9fb; color: #223; font-weight: normal; z-index: 1 }
 .clauseline-soa thead { position: sticky; top: 0; z-index: 2 }  .clauseline-soa tr.group th { font-weight: bold }
 .clauseline-soa-notes { font-size: 11px; opacity: .85; margin: 4px 0 }
</style>
<div class="clauseline-soa"{% if height %} style="max-height: {{ height }}"{% endif %}><table>
<thead>{% for row in head %}<tr><th>{{ said(row.name) }}</th>
{%- for cell, colspan in row.tiles %}<th{% if colspan > 1 %} colspan="{{ colspan }}"{% endif %}>{% if cell %}{{ said(cell) }}{% endif %}</th>{% endfor %}</tr>
{% endfor %}</thead><tbody>
{% for row in body %}<tr class="{{ row.kind }}"><th>{{ said(row.name) }}</th>
{%- for cell, colspan in row.tiles %}<td{% if colspan > 1 %} colspan="{{ colspan }}"{% endif %}>{% if cell %}{{ said(cell) }}{% endif %}</td>{% endfor %}</tr>
{% endfor %}</tbody></table></div>
{% for note in notes %}<p class="clauseline-soa-notes">{% if note.mark != unmarked %}<sup>{{ note.mark }}</sup> {% endif %}{{ note.text }}</p>
{% endfor %}"""


def schedule_html(schedule: "ScheduleOfActivities", height: str = "30em") -> str:
    """A schedule as a table; everything from the document is escaped.

    Args:
        schedule: what was read.
        height: CSS height past which the table scrolls; "" for no limit.

    >>> from schemas.schedule import Activity, ScheduledCell, ScheduleOfActivities, Visit
    >>> cell = ScheduledCell(visit=0, text="<X>", footnotes=["a"])
    >>> schedule = ScheduleOfActivities(visits=[Visit(name="Day 1")], activities=[Activity(name="ECG", cells=[cell])])
    >>> "&lt;X&gt;<sup>a</sup>" in schedule_html(schedule)
    True
    """
    width = len(schedule.visits)
    laid = [{"kind": row.kind, "name": row.name, "tiles": _tiles(row.cells, width)} for row in rows(schedule)]
    head = [row for row in laid if row["kind"] == "head"]
    body = [row for row in laid if row["kind"] != "head"]
    return _template().render(head=head, body=body, notes=schedule.footnotes, unmarked=UNMARKED, height=height)


def _tiles(cells: tuple[Span, ...], width: int) -> list[tuple[Span | None, int]]:
    """The cells of a row with the blanks between them, each with the columns it takes."""
    tiles: list[tuple[Span | None, int]] = []
    at = 0
    for cell in cells:
        tiles += [(None, 1)] * (cell.first - at)
        tiles.append((cell, cell.last - cell.first + 1))
        at = cell.last + 1
    return tiles + [(None, 1)] * (width - at)


@cache
def _template() -> "Template":
    """The template, compiled once; autoescaping, because documents are hostile."""
    from jinja2 import Environment

    return Environment(autoescape=True).from_string(_TABLE)
