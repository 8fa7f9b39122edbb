"""Leases made from the sample templates: their blanks filled in, a clause left out or replaced."""

import importlib.util
import re
from collections.abc import Callable
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "samples"

spec = importlib.util.spec_from_file_location("samples_build", SAMPLES / "build.py")
assert spec and spec.loader
builder = importlib.util.module_from_spec(spec)
spec.loader.exec_module(builder)

BLANK = re.compile(r"_{4,}(?:, 20_+)?")
FILLED = tuple(
    (re.compile(f"(?:{before})$", re.IGNORECASE), text)
    for before, text in {  # what stands before a blank, and what goes into it
        r"(pet|animal) deposit (of )?\$": "200.00",
        r"late (charge|fee)[^.]*\$|(charge|fee) (of|is) \$": "40.00",
        r"\$": "1,400.00",
        r"\b(ends|expires) on ": "February 28, 2027",
        r"\b(begins|starts) on ": "March 1, 2026",
        r"(dated|date of this lease:(\*\*)?|date of lease \||lease( is made)?|is made on|entered into) (on )?": "February 20, 2026",
        r"first payment is due on |\\$1,400\\.00 on (or before )?": "March 1, 2026",
        r"received by the ": "6th",
        r"(within|more than) ": "five",
        r"\b(before|on) the ": "1st",
        r"landlord(\"\))?:(\*\*)? |landlord \| |between |(2026|\(date\)) by |of the premises is ": "Harbor Row LLC",
        r"tenant( \([^)]*\))?:(\*\*)? |tenant \| |\(\"landlord\"\)\,? and ": "Marta Lindgren",
        r"(address \||,? of|address:?|goes? to|notices to) ": "450 Quarry Street, Suite 2",
        r"(dwelling|property|premises|unit|apartment) at ": "1180 Alder Court, Unit 4",
        r"\bat ": "450 Quarry Street, Suite 2",
        r"apartment ": "4",
        r"appliances: |other ": "refrigerator and range",
    }.items()
)
PLACES = {
    "ohio": ("Powell", "Delaware", "43065"), "california": ("Sacramento", "Sacramento", "95814"),
    "texas": ("Denton", "Denton", "76201"), "florida": ("Ocala", "Marion", "34470"),
    "new-york": ("Troy", "Rensselaer", "12180"), "pennsylvania": ("Lancaster", "Lancaster", "17602"),
    "washington": ("Bellingham", "Whatcom", "98225"), "illinois": ("Peoria", "Peoria", "61602"),
}  # fmt: skip


def _fill(body: str, state: str) -> str:
    """A template's text with every blank filled in, left to right."""
    city, county, zipcode = PLACES[state]
    name = " ".join(state.split("-")).title()
    made = ""
    while blank := BLANK.search(body):
        made, after = made + body[: blank.start()], body[blank.end() :]
        before = made[-80:]
        if before.endswith(f"{name} "):
            text = zipcode
        elif after.startswith(" County,") or before.endswith("County of "):
            text = county
        elif before.endswith(("City of ", "Unit 4, ", "in the ")) or re.search(r"Apartment 4, in the \S+ of $", before):
            text = city
        else:
            text = next((text for pattern, text in FILLED if pattern.search(before)), "Kim Doyle")
        made, body = made + text, after
    return made + body


@pytest.fixture
def lease(tmp_path: Path) -> Callable[..., Path]:
    """Makes a lease from the template of a state, in the template's own format."""

    def make(state: str, *, without: str = "", replace: tuple[str, str] = ("", "")) -> Path:
        head, body = builder.read_source(SAMPLES / "sources" / "templates" / f"{state}-standard-lease.source")
        if without:
            body, gone = re.subn(rf"\n## [^\n]*{re.escape(without)}[^\n]*\n.*?(?=\n## )", "", body, flags=re.DOTALL)
            assert gone == 1, f"{state} has no clause {without}"
        assert replace[0] in body
        filled = _fill(body.replace(*replace) if replace[0] else body, state)
        source = tmp_path / f"{state}.source"
        path = f"made/{state}{Path(str(head['output'])).suffix}"
        kept = {name: head[name] for name in ("style", "widths") if name in head}
        source.write_text(f"---\n{builder.yaml.safe_dump(kept | {'output': path})}---\n{filled}", encoding="utf-8")
        made: Path = builder.build(source, tmp_path)
        return made

    return make
