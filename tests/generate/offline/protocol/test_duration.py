"""How long a participant is treated, not followed or screened."""

from collections.abc import Callable

import pytest

from pipeline.generate.offline.protocol.duration import duration
from pipeline.generate.offline.protocol.sources import Protocol


@pytest.mark.parametrize(
    ("synopsis", "length"),
    [
        ("Duration of Treatment: 130 weeks", "130 weeks"),
        ("A 4-week screening period is followed by a 24-week double-blind treatment period.", "24 weeks"),
        ("The treatment period will last up to 12 months. The follow-up period is 30 days.", "up to 12 months"),
        ("Patients will receive treatment until disease progression or unacceptable toxicity.", "until disease progression or unacceptable toxicity"),
        ("This is a placebo-controlled trial of 18 weeks duration.", "18 weeks"),
        ("Subjects are followed every 4 weeks after the last dose.", None),
    ],
)  # fmt: skip
def test_durations(opened: Callable[..., Protocol], synopsis: str, length: str | None) -> None:
    assert duration(opened("A Study", f"SYNOPSIS\n{synopsis}"))["treatment_duration"].value == length
