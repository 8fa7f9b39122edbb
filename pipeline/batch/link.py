"""After a run: each amendment's result names the lease of the run that it amends."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.batch.layout import RESULT
from pipeline.stores.files import write_whole
from pipeline.tenancies import Key, amends, lease_of
from schemas import Result


def link_amendments(out: Path, leases: Sequence[str], amendments: Sequence[str]) -> None:
    """Rewrite the results of amendments whose lease is in the run.

    Args:
        out: the output folder.
        leases, amendments: names of their folders below it.
    """
    if not amendments:
        return
    known = {key: name for name, result in _results(out, leases) if (key := Key.of(result))}
    for name, result in _results(out, amendments):
        key = Key.of(result)
        lease = lease_of(key, known) if key else None
        if lease is None:
            continue
        ((_, base),) = _results(out, [known[lease]])
        linked = result.model_copy(update={"amends": amends(result, base)})
        if linked.amends != result.amends:
            write_whole(out / name / RESULT, linked.model_dump_json(indent=2).encode() + b"\n")


def _results(out: Path, names: Sequence[str]) -> Iterator[tuple[str, Result]]:
    for name in names:
        yield name, Result.model_validate_json((out / name / RESULT).read_bytes())
