"""The schedule as a page, and in a notebook: a table that scrolls, with everything of the document escaped."""

from pipeline.export.page import schedule_page
from schemas import Activity, Footnote, ScheduledCell, ScheduleOfActivities, Visit


def test_the_page_shows_heads_groups_spans_and_marks(schedule):
    page = schedule_page(schedule).decode()
    assert '<th colspan="3">Treatment</th>' in page
    assert '<td colspan="4">continuously</td>' in page
    assert "<td>2 mL<sup>b</sup></td>" in page
    assert '<tr class="group"><th>Safety</th>' in page
    assert "<sup>b</sup> Before the first dose." in page
    assert page.startswith("<!DOCTYPE html>")


def test_a_result_shows_its_schedule_in_a_box_that_scrolls(result):
    shown = result._repr_html_()
    assert "Schedule of activities" in shown and "p. 12, 13" in shown
    assert "max-height: 30em" in shown and "2 mL" in shown
    without = result.model_copy(update={"schedule_of_activities": None})._repr_html_()
    assert "clauseline-soa" not in without


def test_nothing_of_the_document_is_markup():
    bad = "<script>alert(1)</script>"
    schedule = ScheduleOfActivities(
        title=bad,
        visits=[Visit(name=bad, period=bad, timing=bad, window=bad, footnotes=[bad])],
        activities=[
            Activity(name=bad, group=bad, footnotes=[bad], cells=[ScheduledCell(visit=0, text=bad, footnotes=[bad])])
        ],
        footnotes=[Footnote(mark=bad, text=bad)],
    )
    page = schedule_page(schedule).decode()
    assert "<script" not in page and page.count("&lt;script&gt;") > 10
