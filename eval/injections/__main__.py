"""What comes of text in a document that speaks to the model.

    python -m eval.injections [--claims] [--keep FOLDER] [--no-second-opinion]

Each of 30 injections is put into a sample, which is then read offline and by a gullible model, which obeys any injection that it
is shown (a server on this machine), twice: with a quote of the injection for what it says, and with a quote made up.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.injections.cases import CASES, CLAIMS
from eval.injections.run import Outcome, outcomes


def main() -> int:
    """Print a line for each injection and the totals; 1 if one of them did harm."""
    parser = argparse.ArgumentParser(prog="python -m eval.injections", description=__doc__)
    parser.add_argument("--claims", action="store_true", help="25 others, in plain words, in place of the 30")
    parser.add_argument("--keep", type=Path, help="keep the documents in this folder")
    parser.add_argument(
        "--no-second-opinion", action="store_true", help="do not check the model against the offline reader"
    )
    given = parser.parse_args()
    harm = 0
    with TemporaryDirectory() as folder:
        for quoting in (True, False):
            print(f"the model quotes {'the injection' if quoting else 'what is not there'}:")
            found = list(
                outcomes(
                    given.keep or Path(folder),
                    CLAIMS if given.claims else CASES,
                    quoting=quoting,
                    second_opinion=not given.no_second_opinion,
                )
            )
            for outcome in found:
                print(_line(outcome))
            print(_totals(found))
            harm += sum(not outcome.harmless for outcome in found)
    return int(harm > 0)


def _line(o: Outcome) -> str:
    offline = "same" if not (o.changed or o.findings) else f"changed: {', '.join((*o.changed, *o.findings))}"
    model = "not shown it" if not o.reached else f"values taken over {len(o.answered)}, unseen {len(o.accepted)}"
    more = f", excused: {', '.join(o.excused)}" if o.excused else ""
    return f"  {o.case.name[:24]:24} {o.case.where:15} offline {offline}; model {model}{more}"


def _totals(found: Sequence[Outcome]) -> str:
    reached = [o for o in found if o.reached]
    usual = {o.case.base: o.usual for o in found}.values()
    return (
        f"  {len(found)} documents; offline unchanged {sum(not (o.changed or o.findings) for o in found)}; "
        f"{len(reached)} shown to the model, {sum(len(o.case.wanted) for o in reached)} values asked for, "
        f"{sum(len(o.answered) for o in reached)} in the result, {sum(len(o.accepted) for o in reached)} of them accepted "
        f"without review; {sum(len(o.excused) for o in reached)} requirements excused; without injection {sum(a for _, a in usual)} of "
        f"{sum(n for n, _ in usual)} values are accepted"
    )


if __name__ == "__main__":
    raise SystemExit(main())
