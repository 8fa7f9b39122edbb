"""The place of a US ZIP code, as the post has it."""

import gzip
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

FILE = files("pipeline.classify") / "zip_codes.tsv.gz"
"""Code, state, city and county of each, one a line; written by `eval.zip_codes` from the data of the package
`zipcodes` (github.com/seanpianka/Zipcodes), which is under the MIT licence."""


@dataclass(frozen=True, slots=True)
class ZipCode:
    """What a ZIP code implies.

    Args:
        state: its code, such as "OH"; also of territories and of the armed forces.
        city: its first one.
        county: "" where there is none.
    """

    state: str
    city: str
    county: str


@lru_cache(maxsize=4_096)
def zip_code(code: str) -> ZipCode | None:
    """The place of five digits, None if there is no such ZIP code.

    >>> zip_code("43065")
    ZipCode(state='OH', city='Powell', county='Delaware County')
    >>> zip_code("00000") is None
    True
    """
    start = _table().find(f"\n{code}\t")
    if start < 0:
        return None
    _, state, city, county = _table()[start + 1 : _table().index("\n", start + 1)].split("\t")
    return ZipCode(state, city, county)


@cache
def _table() -> str:
    """The file, with a line's end before each line."""
    return "\n" + gzip.decompress(FILE.read_bytes()).decode()
