"""A small invented study with everything a schedule can have: periods, windows, groups, a wide cell, footnotes."""

import pytest

from schemas import (
    Activity,
    Criterion,
    DocumentInfo,
    Footnote,
    ProtocolTerms,
    Result,
    ScheduledCell,
    ScheduleOfActivities,
    Term,
    Visit,
)

VISITS = [
    Visit(name="Visit 1", period="Screening", timing="Day -28 to -1"),
    Visit(name="Visit 2", period="Treatment", timing="Day 1", footnotes=["a"]),
    Visit(name="Visit 3", period="Treatment", timing="Week 4", window="± 3 days"),
    Visit(name="Visit 4", period="Treatment", timing="Week 12", window="+ 7 days"),
    Visit(name="Visit 5", period="Follow-up", timing="Week 16"),
]


def at(*visits: int, text: str = "X", footnotes: tuple[str, ...] = ()) -> list[ScheduledCell]:
    return [ScheduledCell(visit=visit, text=text, footnotes=list(footnotes)) for visit in visits]


@pytest.fixture
def schedule() -> ScheduleOfActivities:
    return ScheduleOfActivities(
        title="Schedule of Activities",
        pages=[12, 13],
        visits=VISITS,
        activities=[
            Activity(name="Informed consent", group="Administration", cells=at(0)),
            Activity(name="Randomisation", group="Administration", cells=at(1, footnotes=("b",))),
            Activity(name="12-lead ECG", group="Safety", cells=at(0, 2, 4), footnotes=["c"]),
            Activity(
                name="Adverse events", group="Safety", cells=[ScheduledCell(visit=1, last_visit=4, text="continuously")]
            ),
            Activity(name="Serum urate", cells=[*at(1), *at(3, text="2 mL", footnotes=("b",))]),
        ],
        footnotes=[
            Footnote(mark="a", text="Baseline."),
            Footnote(mark="b", text="Before the first dose."),
            Footnote(mark="c", text="In triplicate."),
        ],
    )


@pytest.fixture
def result(schedule: ScheduleOfActivities) -> Result:
    terms = {
        "protocol_id": "VLT-204", "nct_id": "NCT00000204", "eudract_number": "2020-000204-11", "ind_number": "112204",
        "title": "A randomised, double-blind study of velotinib in gout", "acronym": "QUIET", "version": "2.0",
        "version_date": "2024-05-03", "sponsor": "Northgale Pharma Ltd", "phase": "2/3", "indication": "gout",
        "investigational_products": ["velotinib"], "comparators": ["placebo", "allopurinol"],
        "arms": ["Velotinib 50 mg", "Allopurinol 300 mg", "Placebo"], "planned_enrollment": 240, "allocation": "randomized",
        "masking": "double-blind", "min_age_years": 18.0, "max_age_years": 75.0, "sex": "all",
        "primary_objectives": ["To compare the change in serum urate."], "primary_endpoints": ["Change in serum urate at week 12."],
    }  # fmt: skip
    limits = Criterion(kind="inclusion", number="2", text="One of:", children=[
        Criterion(kind="inclusion", number="a", text="tophi"), Criterion(kind="inclusion", number="b", text="two flares"),
    ])  # fmt: skip
    return Result(
        document=DocumentInfo(path="quiet.pdf", sha256="0" * 64),
        doc_type="clinical_protocol",
        terms=ProtocolTerms(**{name: Term(value=value, confidence=0.9) for name, value in terms.items()}),
        schedule_of_activities=schedule,
        eligibility=[
            Criterion(kind="inclusion", number="1", text="Age 18 to 75 years", category="age"),
            limits,
            Criterion(kind="exclusion", number="1", text="Pregnancy", category="pregnancy"),
        ],
    )
