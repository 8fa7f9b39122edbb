"""Writes what is known of each US ZIP code into the file that the pipeline looks it up in.

    python -m eval.zip_codes

The places are those of the package `zipcodes` (MIT licence), which takes a third of a second of every process to read them; the
file takes it a few thousandths. To be run again when the package has new ones; `tests/classify` says when the two differ.
"""

import gzip
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pipeline.classify.zip_codes import FILE


def lines(records: Iterable[Mapping[str, Any]]) -> str:
    """A line for each ZIP code, in order, as `pipeline.classify.zip_codes` reads it.

    >>> lines([{"zip_code": "43065", "state": "OH", "city": "Powell", "county": "Delaware County"}])
    '43065\\tOH\\tPowell\\tDelaware County\\n'
    """
    rows = ("\t".join((r["zip_code"], r["state"], r["city"], r["county"] or "")) for r in records)
    return "".join(f"{row}\n" for row in sorted(rows))


if __name__ == "__main__":
    import zipcodes

    list_all: Any = zipcodes.list_all  # its package says it is typed, but this is not
    Path(str(FILE)).write_bytes(gzip.compress(lines(list_all()).encode(), mtime=0))
