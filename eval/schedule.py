"""Schedules of activities against CDISC USDM: `python -m eval.schedule CORPUS` compares the cells of every protocol
that has a `usdm.json` beside it.

Both sides are laid on the encounters of the USDM main timeline: a column of the protocol's table that stands for several
encounters ("Day 10-22") counts for each. Columns and rows that the main timeline does not have (early termination,
unscheduled visits, adverse events: USDM keeps them in timelines of their own) are left out, cells that only a timeline
opened by an activity holds (sampling around a dose) count neither way; activities are matched by their names.
"""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from eval.compare import words
from pipeline import Pipeline
from schemas import ScheduleOfActivities

_ALIKE = 70.0
_LEAST_PART = 8  # letters of a name that may be a part of another
_TIME = re.compile(
    r"\b(day|week|month|visit)s?\s?(-?\.?\d+(?:\.\d+)?)(?:\s?(?:to|through|-)\s?(-?\d+(?:\.\d+)?))?", re.I
)
_PERIOD = re.compile(r"\bperiod (\d+)", re.IGNORECASE)

Cells = frozenset[tuple[str, str]]
"""(activity, encounter) pairs at which something is done."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A USDM main timeline: encounters and activities in order, and its cells, by the labels of both.

    `detailed` are the cells that only a timeline opened by an activity of the encounter holds (sampling around a dose).
    """

    encounters: tuple[str, ...]
    activities: tuple[str, ...]
    cells: Cells
    detailed: Cells = frozenset()


@dataclass(frozen=True, slots=True)
class Compared:
    """A schedule against its reference: cells both have, cells only one has."""

    both: Cells
    extra: Cells
    missing: Cells

    @property
    def f1(self) -> float:
        """Of the cells."""
        return 2 * len(self.both) / max(1, 2 * len(self.both) + len(self.extra) + len(self.missing))


def reference(usdm: dict[str, Any]) -> Reference:
    """The main timeline of a USDM v4 file as a table; activities that only group others are left out."""
    design = usdm["study"]["versions"][0]["studyDesigns"][0]
    activities = {a["id"]: a["label"] or a["name"] for a in design["activities"] if not a.get("childIds")}
    encounters = {e["id"]: e["label"] or e["name"] for e in design["encounters"]}
    timelines = {t["id"]: t["instances"] for t in design["scheduleTimelines"]}
    opened = {a["id"]: timelines.get(a.get("timelineId") or "", []) for a in design["activities"]}
    main = next(t for t in design["scheduleTimelines"] if t["mainTimeline"])
    found: set[tuple[str, str]] = set()
    inner: set[tuple[str, str]] = set()
    for instance in main["instances"]:
        encounter = encounters.get(instance.get("encounterId") or "")
        if not encounter:
            continue
        done = [a for a in instance.get("activityIds") or () if a in activities]
        below = [a for o in done for i in opened.get(o, ()) for a in i.get("activityIds") or () if a in activities]
        found |= {(activities[a], encounter) for a in done}
        inner |= {(activities[a], encounter) for a in below}
    held = {e for _, e in found}
    places = tuple(e for e in encounters.values() if e in held)
    return Reference(places, tuple(activities.values()), frozenset(found), frozenset(inner - found))


def compare_cells(found: ScheduleOfActivities, right: Reference) -> Compared:
    """The cells of a schedule against a reference.

    >>> right = Reference(("Day 1", "Day 2"), ("ECG",), frozenset({("ECG", "Day 1")}))
    >>> compare_cells(ScheduleOfActivities(), right).missing
    frozenset({('ECG', 'Day 1')})
    """
    columns = encounters_of([visit.name for visit in found.visits], right.encounters)
    names = _paired([activity.name for activity in found.activities], right.activities)
    elsewhere = set(right.activities) - {activity for activity, _ in right.cells}
    said = {
        (names.get(k, activity.name), encounter)
        for k, activity in enumerate(found.activities)
        for cell in activity.cells
        for visit in range(cell.visit, (cell.last_visit if cell.last_visit is not None else cell.visit) + 1)
        for encounter in columns.get(visit, ())
        if names.get(k) not in elsewhere
    }
    return Compared(
        frozenset(said & right.cells), frozenset(said - right.cells - right.detailed), frozenset(right.cells - said)
    )


def encounters_of(visits: Sequence[str], encounters: Sequence[str]) -> dict[int, tuple[str, ...]]:
    """Which encounters each column stands for: by its time or name; what is left over in between, in order.

    >>> encounters_of(["Visit 1 (Week -2)", "Visit 2 (Week 2)", "ET"], ["Screening", "Week 2"])
    {1: ('Week 2',), 0: ('Screening',)}
    """
    found: dict[int, tuple[str, ...]] = {}
    taken: set[str] = set()
    for fits in (_same_time, _same_name, _takes_in):
        for k, visit in enumerate(visits):
            free = () if k in found else tuple(e for e in encounters if e not in taken and fits(visit, e))
            if free:
                found[k] = free
                taken |= set(free)
    before = [k for k in range(len(visits)) if k not in found and k < max(found, default=0)]
    for k, encounter in zip(before, [e for e in encounters if e not in taken], strict=False):
        found[k] = (encounter,)
    return found


def _same_time(visit: str, encounter: str) -> bool:
    return _same_period(visit, encounter) and bool(set(_spans(visit)) & set(_spans(encounter)))


def _same_name(visit: str, encounter: str) -> bool:
    return not any(_spans(encounter)) and f" {words(encounter)} " in f" {words(visit)} "


def _takes_in(visit: str, encounter: str) -> bool:
    """Whether one of a column's times takes in an encounter's."""
    wanted = list(_spans(encounter))
    inside = any(u == v and low <= a and b <= high for u, a, b in wanted for v, low, high in _spans(visit))
    return _same_period(visit, encounter) and inside


def _same_period(visit: str, encounter: str) -> bool:
    mine, theirs = _PERIOD.search(visit), _PERIOD.search(encounter)
    return not mine or not theirs or mine.group(1) == theirs.group(1)


def _spans(text: str) -> Iterator[tuple[str, float, float]]:
    for unit, low, high in _TIME.findall(text.replace("–", "-").replace("−", "-")):
        yield unit.lower(), float(low), float(high or low)


def _paired(names: Sequence[str], right: Sequence[str]) -> dict[int, str]:
    """The reference's activity for each row, the most alike pairs first."""
    pairs = sorted(
        ((_alike(words(a), words(b)), -i, b) for i, a in enumerate(names) for b in right), reverse=True
    )  # fmt: skip
    found: dict[int, str] = {}
    for alike, i, b in pairs:
        if alike >= _ALIKE and -i not in found and b not in found.values():
            found[-i] = b
    return found


def _alike(a: str, b: str) -> float:
    """How alike two names are, of 100; equal length breaks ties."""
    part = 0.9 * fuzz.partial_ratio(a, b) if min(len(a), len(b)) >= _LEAST_PART else 0.0
    return max(fuzz.token_set_ratio(a, b), part) + fuzz.ratio(a, b) / 100


def main(corpus: Path) -> None:
    """Print the comparison of every protocol below a folder that has a USDM file."""
    pipeline = Pipeline()
    scores = []
    for path in sorted(corpus.rglob("usdm.json")):
        result = pipeline.run(next(p for p in path.parent.glob("document.*")))
        compared = compare_cells(
            result.schedule_of_activities or ScheduleOfActivities(), reference(json.loads(path.read_text("utf-8")))
        )
        scores.append(compared.f1)
        counts = f"{len(compared.both)} both, {len(compared.extra)} extra, {len(compared.missing)} missing"
        print(f"{path.parent.name}: cells F1 {compared.f1:.3f} ({counts})")
        for kind, cells in (("extra", compared.extra), ("missing", compared.missing)):
            for activity in sorted({a for a, _ in cells}):
                print(f"  {kind}: {activity}: {', '.join(sorted(e for a, e in cells if a == activity))[:150]}")
    print(f"mean cells F1 {sum(scores) / max(1, len(scores)):.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
