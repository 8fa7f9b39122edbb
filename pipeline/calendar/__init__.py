"""The calendar of a tenancy: when rent, notices and the deposit are due, as files to import and as schedules."""

from pipeline.calendar.calendar import MONTHS_AHEAD, calendar_of, gone_occasions
from pipeline.calendar.occasion import Gap, LawSource, Occasion, TenancyCalendar, TermSource

__all__ = [
    "MONTHS_AHEAD",
    "Gap",
    "LawSource",
    "Occasion",
    "TenancyCalendar",
    "TermSource",
    "calendar_of",
    "gone_occasions",
]
