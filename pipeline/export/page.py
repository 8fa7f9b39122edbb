"""The schedule of activities as a web page of its own."""

from html import escape

from schemas import ScheduleOfActivities
from schemas.html_schedule import schedule_html

_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>
<body style="font-family: system-ui, sans-serif; font-size: 13px; margin: 2em">
<h1 style="font-size: 1.4em">{title}</h1>
{table}
</body></html>
"""


def schedule_page(schedule: ScheduleOfActivities) -> bytes:
    """The schedule as HTML that needs nothing else; everything from the document is escaped.

    >>> b"&lt;script&gt;" in schedule_page(ScheduleOfActivities(title="<script>"))
    True
    """
    title = escape(schedule.title or "Schedule of activities")
    return _PAGE.format(title=title, table=schedule_html(schedule, height="")).encode("utf-8", "replace")
