"""Which fields the offline reader finds nowhere in leases that nobody has labelled: where all of a kind are silent, look there.

    python -m eval.unread [FOLDER...]

Folders hold leases as `eval/mutants` has them; the one that ships as `seen` if none is given. What a lease does not say can't
be found either, so the counts say nothing by themselves; names, dates and rent are in every lease.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.mutants.run import examples
from pipeline import Pipeline, Settings
from schemas import LeaseTerms

SEEN = Path(__file__).parent / "mutants" / "seen"
_NAMED = 12  # leases that are named of a field


def unread(folders: Iterable[Path], pipeline: Pipeline) -> Iterator[tuple[str, list[str]]]:
    """Each field of a lease that is not read from all, those read from most first, and the leases it was not read from.

    Args:
        folders: hold YAML files, each a `schemas.example.Example`, of which the lease without faults is read.
        pipeline: what reads.
    """
    silent: dict[str, list[str]] = defaultdict(list)
    for name, example in (named for folder in folders for named in examples(folder)):
        with TemporaryDirectory() as place:
            file = Path(place) / f"{name}.txt"
            file.write_text(example.lease, encoding="utf-8")
            terms = pipeline.run(file).terms
        for field in LeaseTerms.model_fields:
            if (term := getattr(terms, field, None)) is None or term.value is None:
                silent[field].append(name)
    yield from sorted(silent.items(), key=lambda item: len(item[1]))


def main() -> int:
    """Print a line for each field."""
    parser = argparse.ArgumentParser(prog="python -m eval.unread", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[SEEN])
    pipeline = Pipeline(Settings(boxes=False, database="sqlite://"))
    for field, leases in unread(parser.parse_args().folders, pipeline):
        named = ", ".join(leases[:_NAMED]) + (" ..." if len(leases) > _NAMED else "")
        print(f"{field:28} {len(leases):4}  {named}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
