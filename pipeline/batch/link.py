"""After a run: each amendment's result names the lease of the run that it amends."""

from collections.abc import Iterator, Sequence

from pipeline.batch.layout import RESULT
from pipeline.batch.sink import Sink
from pipeline.tenancies import Key, amends, lease_of
from schemas import Result


def link_amendments(sink: Sink, leases: Sequence[str], amendments: Sequence[str]) -> None:
    """Rewrite the results of amendments whose lease is in the run.

    Args:
        sink: where the results are.
        leases, amendments: names of their folders there.
    """
    if not amendments:
        return
    known = {key: name for name, result in _results(sink, leases) if (key := Key.of(result))}
    for name, result in _results(sink, amendments):
        key = Key.of(result)
        lease = lease_of(key, known) if key else None
        if lease is None:
            continue
        ((_, base),) = _results(sink, [known[lease]])
        linked = result.model_copy(update={"amends": amends(result, base)})
        if linked.amends != result.amends:
            sink.write(f"{name}/{RESULT}", linked.model_dump_json(indent=2).encode() + b"\n")


def _results(sink: Sink, names: Sequence[str]) -> Iterator[tuple[str, Result]]:
    written = sink.read_many(f"{name}/{RESULT}" for name in names)
    for name, data in zip(names, written, strict=True):
        if data is not None:
            yield name, Result.model_validate_json(data)
