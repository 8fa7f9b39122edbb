"""What ZIP codes imply is what the package says that it was taken from."""

import gzip

import pytest

from eval.zip_codes import lines
from pipeline.classify.zip_codes import FILE, zip_code


def test_the_file_holds_every_code_of_the_package() -> None:
    zipcodes = pytest.importorskip("zipcodes", reason="only `eval.zip_codes` needs it")
    assert gzip.decompress(FILE.read_bytes()).decode() == lines(zipcodes.list_all())


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("00501", ("NY", "Holtsville", "Suffolk County")), ("99950", ("AK", "Ketchikan", "Prince of Wales-Outer Ketchikan Borough")),
        ("09001", ("AE", "Apo", "")), ("00000", None), ("0050", None), ("", None),
    ],
)  # fmt: skip
def test_a_code_has_one_place_or_none(code: str, place: tuple[str, str, str] | None) -> None:
    found = zip_code(code)
    assert (found and (found.state, found.city, found.county)) == place
