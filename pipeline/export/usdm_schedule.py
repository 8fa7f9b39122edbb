"""The schedule of activities in USDM: epochs, encounters, activities, conditions, and the main timeline with its timings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from pipeline.export import usdm_codes as ct
from pipeline.export.usdm_nodes import Node, Nodes, in_order, unlike, xhtml
from pipeline.export.usdm_timing import When, anchor, times, window
from schemas import Activity, ScheduleOfActivities, Visit

_PERIODS = (
    ("Screening", re.compile(r"\bscreen|\beligib", re.I)),
    ("Run-in", re.compile(r"\b(?:run|lead)[- ]?in\b", re.I)),
    ("Washout", re.compile(r"\bwash[- ]?out\b", re.I)),
    ("Follow-up", re.compile(r"\bfollow[- ]?up\b|\bpost[- ]?treatment\b|\bend of (?:study|trial)\b|\bEOS\b", re.I)),
)
_MARKED = re.compile(r"[x✓✔√●•■*]+", re.I)  # a cell that says only: here


@dataclass(frozen=True, slots=True)
class Scheduled:
    """What the schedule gives to a study design."""

    epochs: list[Node] = field(default_factory=list)
    encounters: list[Node] = field(default_factory=list)
    activities: list[Node] = field(default_factory=list)
    timelines: list[Node] = field(default_factory=list)
    conditions: list[Node] = field(default_factory=list)
    surrogates: list[Node] = field(default_factory=list)


def scheduled(schedule: ScheduleOfActivities | None, nodes: Nodes) -> Scheduled:
    """A schedule in USDM; without one there is a single treatment epoch, which every design needs.

    A visit is an encounter with its instance on the timeline; a group heading is an activity whose children are the group's rows.
    Footnotes of rows and columns are notes; a footnote of single cells is a condition on the activity at those visits. What a
    row measures is not coded: a surrogate stands for its biomedical concept, as the model provides.
    """
    if schedule is None or not schedule.visits:
        return Scheduled(epochs=in_order([_epoch("Treatment", nodes)]))
    notes = {footnote.mark: footnote.text for footnote in schedule.footnotes}
    runs = [(period, len(list(run))) for period, run in groupby(_periods(schedule.visits))]
    epochs = [_epoch(name, nodes) for name in unlike([period for period, _ in runs], "Period")]
    epoch_of = [epoch["id"] for epoch, (_, visits) in zip(epochs, runs, strict=True) for _ in range(visits)]
    encounters = [
        nodes(
            "Encounter", name=name, label=visit.name, description=visit.timing or visit.name, type=nodes.code(ct.VISIT),
            environmentalSettings=[], contactModes=[], notes=[nodes.note(notes[m]) for m in visit.footnotes if m in notes],
        )
        for name, visit in zip(unlike([v.name for v in schedule.visits], "Visit"), schedule.visits, strict=True)
    ]  # fmt: skip
    listed, rows = _activities(schedule, notes, nodes)
    instances = [
        nodes(
            "ScheduledActivityInstance", name=encounter["name"], label=encounter["label"], description=encounter["description"],
            epochId=epoch, encounterId=encounter["id"],
            activityIds=[row["id"] for row, activity in zip(rows, schedule.activities, strict=True) if _at(activity, number)],
        )
        for number, (encounter, epoch) in enumerate(zip(encounters, epoch_of, strict=True))
    ]  # fmt: skip
    surrogates = [
        nodes("BiomedicalConceptSurrogate", name=row["name"], label=row["label"], description=row["description"], reference=None, notes=[])
        for row in rows
    ]  # fmt: skip
    for row, surrogate in zip(rows, surrogates, strict=True):
        row["bcSurrogateIds"] = [surrogate["id"]]
    timeline = _timeline(schedule.visits, instances, nodes)
    for encounter, timing in zip(encounters, _timing_of(timeline, instances), strict=True):
        encounter["scheduledAtId"] = timing
    return Scheduled(
        in_order(epochs),
        in_order(encounters),
        in_order(listed),
        [timeline],
        list(_conditions(schedule, notes, rows, instances, nodes)),
        surrogates,
    )


def _epoch(name: str, nodes: Nodes) -> Node:
    term = next((term for said, term in ct.EPOCHS if re.search(said, name, re.I)), ct.TREATMENT_EPOCH)
    return nodes("StudyEpoch", name=name, label=name, description=name, type=nodes.code(term))


def _periods(visits: list[Visit]) -> list[str]:
    """The period of each visit: as the head says, else what its own name says, else that of its left neighbour."""
    found: list[str] = []
    stated = any(visit.period for visit in visits)
    for visit, point in zip(visits, times(visits), strict=True):
        said = " ".join(visit.period.split()) or _period_named(f"{visit.name} {visit.timing}")
        before = point is not None and point.days < 0
        if said == "Screening" and any(period != "Screening" for period in found) and not visit.period:
            said = ""  # "Rescreening" and the like, once treatment has begun
        if not said and before and not stated and set(found) <= {"Screening"}:
            said = "Screening"
        if not said and (not stated or not found):
            said = "Treatment"
        found.append(said or found[-1])
    return found


def _period_named(text: str) -> str:
    """The period that a visit's own name tells."""
    return next((period for period, said in _PERIODS if said.search(text)), "")


def _activities(schedule: ScheduleOfActivities, notes: dict[str, str], nodes: Nodes) -> tuple[list[Node], list[Node]]:
    """All activities with the group headings before their rows; and the rows alone, in the schedule's order."""
    listed: list[Node] = []
    rows: list[Node] = []
    headings: dict[str, Node] = {}
    for activity in schedule.activities:
        row = nodes(
            "Activity", name=activity.name, label=activity.name, description=activity.name, childIds=[],
            definedProcedures=[], biomedicalConceptIds=[], bcCategoryIds=[], bcSurrogateIds=[],
            notes=[nodes.note(notes[m]) for m in activity.footnotes if m in notes] + list(_said(activity, schedule, nodes)),
        )  # fmt: skip
        if activity.group:
            heading = headings.get(activity.group)
            if heading is None:
                heading = headings[activity.group] = nodes("Activity", name=activity.group, label=activity.group, description=activity.group, childIds=[], notes=[])  # fmt: skip
                listed.append(heading)
            heading["childIds"].append(row["id"])
        rows.append(row)
        listed.append(row)
    for node, name in zip(listed, unlike([node["name"] for node in listed], "Activity"), strict=True):
        node["name"] = name
    return listed, rows


def _said(activity: Activity, schedule: ScheduleOfActivities, nodes: Nodes) -> Iterator[Node]:
    """What the cells of a row say beyond a mark ("2 mL", "every 3 months")."""
    for cell in activity.cells:
        if cell.text and not _MARKED.fullmatch(cell.text) and cell.visit < len(schedule.visits):
            yield nodes.note(f"{schedule.visits[cell.visit].name}: {cell.text}")


def _at(activity: Activity, visit: int) -> bool:
    """Whether a row has a cell at a visit."""
    return any(c.visit <= visit <= (c.visit if c.last_visit is None else c.last_visit) for c in activity.cells)


def _timeline(visits: list[Visit], instances: list[Node], nodes: Nodes) -> Node:
    """The main timeline: each instance leads to the next, the last to the exit; times are counted from the anchor."""
    way_out = nodes("ScheduleTimelineExit")
    for here, after in zip(instances, [*instances[1:], None], strict=True):
        here["defaultConditionId"] = after["id"] if after else None
        here["timelineExitId"] = None if after else way_out["id"]
        here["timelineId"] = None
    fixed = anchor(visits)
    points = times(visits)
    timings = [
        timing
        for number, visit in enumerate(visits)
        if (timing := _timing(visit, points[number], instances[number], instances[fixed], points[fixed], nodes))
    ]
    for timing, name in zip(timings, unlike([t["name"] for t in timings], "Timing"), strict=True):
        timing["name"] = name
    return nodes(
        "ScheduleTimeline", name="Main Timeline", label="Main Timeline", description="The main schedule of activities",
        mainTimeline=True, entryCondition="Potential participant identified", entryId=instances[0]["id"],
        exits=[way_out], timings=timings, instances=instances, plannedDuration=None,
    )  # fmt: skip


def _timing(visit: Visit, point: When | None, here: Node, fixed: Node, zero: When | None, nodes: Nodes) -> Node | None:
    """When an instance is, relative to the anchor; None where the head does not say."""
    label = visit.timing or visit.name
    common = {
        "name": label or "Visit",
        "label": label,
        "description": label,
        "relativeToFrom": nodes.code(ct.START_TO_START),
    }
    if here is fixed:
        return nodes(
            "Timing", **common, type=nodes.code(ct.TIMING["fixed"]), value="P0D", valueLabel=label,
            relativeFromScheduledInstanceId=here["id"], relativeToScheduledInstanceId=here["id"],
            windowLower=None, windowUpper=None, windowLabel=None,
        )  # fmt: skip
    if point is None:
        return None
    origin = zero.days if zero else 0
    away = point.days - origin
    natural = origin == 0 and point.unit in "wmy"
    length = f"P{abs(point.count)}{point.unit.upper()}" if natural else f"P{abs(away)}D"
    allowed = window(visit.window) or (("P0D", f"P{point.until - point.days}D") if point.until > point.days else None)
    return nodes(
        "Timing", **common, type=nodes.code(ct.TIMING["before" if away < 0 else "after"]), value=length, valueLabel=label,
        relativeFromScheduledInstanceId=here["id"], relativeToScheduledInstanceId=fixed["id"],
        windowLower=allowed[0] if allowed else None, windowUpper=allowed[1] if allowed else None,
        windowLabel=(visit.window or label) if allowed else None,
    )  # fmt: skip


def _timing_of(timeline: Node, instances: list[Node]) -> list[str | None]:
    """For each instance the id of its timing."""
    ids = {timing["relativeFromScheduledInstanceId"]: timing["id"] for timing in timeline["timings"]}
    return [ids.get(instance["id"]) for instance in instances]


def _conditions(
    schedule: ScheduleOfActivities, notes: dict[str, str], rows: list[Node], instances: list[Node], nodes: Nodes
) -> Iterator[Node]:
    """A condition for each footnote of single cells: it applies to the rows, at the visits, that bear its mark."""
    for mark, text in notes.items():
        bearing = [
            (row["id"], instances[cell.visit]["id"])
            for row, activity in zip(rows, schedule.activities, strict=True)
            for cell in activity.cells
            if mark in cell.footnotes and cell.visit < len(instances)
        ]
        if bearing and text:
            yield nodes(
                "Condition", name=f"Footnote {mark}", label=f"Footnote {mark}", description=None, text=xhtml(text), dictionaryId=None,
                contextIds=list(dict.fromkeys(instance for _, instance in bearing)),
                appliesToIds=list(dict.fromkeys(row for row, _ in bearing)), notes=[],
            )  # fmt: skip
