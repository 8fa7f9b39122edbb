"""The schedule of activities and the eligibility criteria of a protocol as data: rows, columns, cells, footnotes."""

from typing import Literal

from pydantic import BaseModel, Field

from schemas.terms import Evidence


class Visit(BaseModel):
    """A column of the schedule: its name, and what the head says of it."""

    name: str
    period: str = Field(default="", description='heading above several visits ("Screening", "Treatment Period")')
    timing: str = Field(default="", description='week, day or month ("Week 12", "Day -28 to -1")')
    window: str = Field(default="", description='allowed deviation ("± 3 days")')
    footnotes: list[str] = Field(default_factory=list, description="marks of the footnotes that apply")


class ScheduledCell(BaseModel):
    """What an activity's row says at a visit; cells without text are left out."""

    visit: int = Field(description="index into `visits`")
    text: str = Field(description='as printed, without footnote marks ("X", "2 mL", "every 3 months")')
    footnotes: list[str] = Field(default_factory=list)
    last_visit: int | None = Field(default=None, description="index of the last visit of a cell that spans several")


class Activity(BaseModel):
    """A row of the schedule: a procedure, the heading of its group, and its cells."""

    name: str
    group: str = ""
    cells: list[ScheduledCell] = Field(default_factory=list)
    footnotes: list[str] = Field(default_factory=list)
    evidence: list[Evidence] = Field(default_factory=list)


class Footnote(BaseModel):
    """A footnote of the schedule."""

    mark: str
    text: str


class ScheduleOfActivities(BaseModel):
    """The main schedule of activities of a protocol; `pages` are those it stands on."""

    title: str = ""
    pages: list[int] = Field(default_factory=list)
    visits: list[Visit] = Field(default_factory=list)
    activities: list[Activity] = Field(default_factory=list)
    footnotes: list[Footnote] = Field(default_factory=list)

    def grid(self) -> list[list[str]]:
        """The schedule as a full table: a head row with the visits, then a row per activity.

        >>> cell = ScheduledCell(visit=0, text="X")
        >>> ScheduleOfActivities(visits=[Visit(name="Day 1")], activities=[Activity(name="ECG", cells=[cell])]).grid()
        [['', 'Day 1'], ['ECG', 'X']]
        """
        rows = [["", *(visit.name for visit in self.visits)]]
        for activity in self.activities:
            row = [activity.name, *[""] * len(self.visits)]
            for cell in activity.cells:
                for visit in range(cell.visit, (cell.last_visit if cell.last_visit is not None else cell.visit) + 1):
                    row[visit + 1] = cell.text
            rows.append(row)
        return rows


class Threshold(BaseModel):
    """A measurable bound in a criterion: "platelet count ≥ 100 x 10^9/L"."""

    test: str
    operator: Literal["<", "<=", "=", ">=", ">"]
    value: float
    unit: str = ""


class Criterion(BaseModel):
    """An inclusion or exclusion criterion, whole, with its sub-items and what it is about."""

    kind: Literal["inclusion", "exclusion"]
    number: str
    text: str
    group: str = Field(default="", description="heading the criterion stands under")
    category: str = Field(default="other", description='"age", "sex", "diagnosis", "prior therapy", "laboratory" ...')
    thresholds: list[Threshold] = Field(default_factory=list)
    children: list["Criterion"] = Field(default_factory=list)
    evidence: list[Evidence] = Field(default_factory=list)
