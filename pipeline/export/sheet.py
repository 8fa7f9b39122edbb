"""The schedule of activities as CSV and as an Excel workbook, in which no text of the document can become a formula."""

import csv
import io
import re

from schemas import ScheduleOfActivities
from schemas.schedule_rows import Row, Span, footnote, rows

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # what spreadsheets start a formula with
_NUMBER = re.compile(r"[+-]\d{1,9}(?:\.\d{1,9})?$")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LONGEST = 32_767  # characters an Excel cell holds
_FIRST_COLUMN, _COLUMN = 42, 13  # widths in characters
_TITLE = "Schedule of activities"


def schedule_csv(schedule: ScheduleOfActivities) -> bytes:
    """The schedule as CSV (RFC 4180) in UTF-8 with a byte order mark, by which Excel knows the encoding.

    Head rows first (period, visit, timing, window), then a row per group heading and activity, a blank row, and the footnotes.
    A cell over several visits is repeated in each of them. A text that a spreadsheet would run as a formula gets an apostrophe
    in front (https://owasp.org/www-community/attacks/CSV_Injection).
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    width = len(schedule.visits)
    for row in rows(schedule):
        writer.writerow([safe(row.name.written), *map(safe, _spread(row, width))])
    if schedule.footnotes:
        writer.writerow([""] * (width + 1))
        for note in schedule.footnotes:
            writer.writerow([safe(footnote(note)), *[""] * width])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def safe(text: str) -> str:
    """A cell's text that no spreadsheet runs as a formula; a plain number stays as it is.

    >>> safe('=HYPERLINK("http://x")'), safe("-28"), safe("X")
    ('\\'=HYPERLINK("http://x")', '-28', 'X')
    """
    text = _CONTROL.sub("", text)
    return f"'{text}" if text.lstrip(" \xa0").startswith(_FORMULA) and not _NUMBER.match(text) else text


def schedule_xlsx(schedule: ScheduleOfActivities) -> bytes:
    """The schedule as an Excel workbook: head and first column stay in view, cells over several visits are merged.

    Every cell is written as a string, so none is ever a formula or a link.
    """
    import xlsxwriter  # only this needs it

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_TITLE)
        frame = {"border": 1, "border_color": "#BBBBBB", "text_wrap": True, "valign": "vcenter"}
        heading = {"bold": True, "bg_color": "#E8EEF4"}
        styles = {
            "head": book.add_format(frame | heading | {"align": "center"}),
            "group": book.add_format(frame | heading),
            "activity": book.add_format(frame | {"align": "center"}),
        }
        named = book.add_format(frame)
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        laid = rows(schedule)
        width = len(schedule.visits)
        for number, row in enumerate(laid):
            style = styles[row.kind]
            sheet.write_string(number, 0, _plain(row.name), named if row.kind == "activity" else style)
            for column in range(1, width + 1):
                sheet.write_blank(number, column, None, style)
            for cell in row.cells:
                if cell.last > cell.first:
                    sheet.merge_range(number, cell.first + 1, number, cell.last + 1, "", style)
                sheet.write_string(number, cell.first + 1, _plain(cell), style)
        for number, note in enumerate(schedule.footnotes, len(laid) + 1):
            text = footnote(note)
            if width:
                sheet.merge_range(number, 0, number, width, "", wrapped)
            sheet.write_string(number, 0, _cut(text), wrapped)
            sheet.set_row(number, 15 * (1 + len(text) // (_FIRST_COLUMN + _COLUMN * width)))
        sheet.set_column(0, 0, _FIRST_COLUMN)
        sheet.set_column(1, max(width, 1), _COLUMN)
        sheet.freeze_panes(sum(row.kind == "head" for row in laid), 1)
    return out.getvalue()


def _spread(row: Row, width: int) -> list[str]:
    cells = [""] * width
    for cell in row.cells:
        cells[cell.first : cell.last + 1] = [cell.written] * (cell.last - cell.first + 1)
    return cells


def _plain(cell: Span) -> str:
    return _cut(cell.written)


def _cut(text: str) -> str:
    return _CONTROL.sub("", text)[:_LONGEST]
