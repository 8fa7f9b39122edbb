"""What validation finds of known defects.

    python -m eval.mutants [FOLDER...] [--errors] [--json FILE]

Folders default to the two that ship beside this file: `seen` (rules were improved with its misses in view) and `unseen` (never
looked at: only its totals). `--errors` lists misses and wrong reports; not to be used on `unseen`.
"""

import argparse
import json
from collections import defaultdict
from pathlib import Path
from statistics import median

from eval.mutants.run import Outcome, judge_folder, tally
from pipeline import Pipeline, Settings

HERE = Path(__file__).parent


def main() -> int:
    """Print a line of figures for each folder, and the faults by what they break."""
    parser = argparse.ArgumentParser(prog="python -m eval.mutants", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[HERE / "seen", HERE / "unseen"])
    parser.add_argument("--errors", action="store_true", help="list what was missed and what was reported wrongly")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    given = parser.parse_args()
    pipeline = Pipeline(Settings(boxes=False, database="sqlite://"))
    figures = {}
    for folder in given.folders:
        outcomes = list(judge_folder(folder, pipeline))
        figures[folder.name] = _show(folder.name, outcomes)
        if given.errors:
            _show_errors(outcomes)
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return 0


def _show(name: str, outcomes: list[Outcome]) -> dict[str, float]:
    t = tally(outcomes)
    figures = {"recall": t.recall, "precision": t.precision, "pass_rate": t.pass_rate}
    spent = [o.validate_ms for o in outcomes]
    print(
        f"{name}: {t.leases} leases, {t.passed} pass ({t.pass_rate:.3f}); {t.mutants} faults, {t.found} found"
        f" (recall {t.recall:.3f}); {t.wrong} wrong reports (precision {t.precision:.3f});"
        f" validation {median(spent) if spent else 0:.0f} ms median, {max(spent, default=0):.0f} ms at most"
    )
    kinds: dict[str, list[bool]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.fault is not None:
            kinds[outcome.fault.breaks.rpartition(".")[2]].append(outcome.found)
    print("  " + ", ".join(f"{kind} {sum(found)}/{len(found)}" for kind, found in sorted(kinds.items())))
    return figures


def _show_errors(outcomes: list[Outcome]) -> None:
    for o in outcomes:
        about = (
            f"{o.lease}, {o.fault.breaks}: {(o.fault.add or o.fault.by or 'without ' + o.fault.replace)[:160]!r}"
            if o.fault
            else o.lease
        )
        if o.fault is not None and not o.found:
            print(f"missed  {about}")
        if o.fault is None and not o.validated and not o.wrong:
            print(f"unsure  {about}: {o.confidence:g} %")
        for wrong in o.wrong:
            print(f"wrong   {about}: {wrong}")


if __name__ == "__main__":
    raise SystemExit(main())
