"""Age limits as inclusion criteria word them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.generate.offline.protocol.ages import age_limits


@pytest.mark.parametrize(
    ("words", "limits"),
    [
        ("The participant must be 20 to 65 years of age, inclusive", (20, 65)),
        ("Men and postmenopausal women at least 45 years of age.", (45, None)),
        ("Age ≥ 18 years at time of signing the consent", (18, None)),
        ("Aged between 40 and 85 years", (40, 85)),
        ("≥12 to <18 years of age", (12, 18)),
        ("At least 18 years of age (≥ 20 years of age in Japan)", (18, None)),
        (
            "Cohort 1: adults 60 years of age and older. Cohort 2: 50 through 59 years. Cohort 3: 18 through 49 years.",
            (18, None),
        ),
        ("Children aged 6 months or older", (0.5, None)),
        ("Male and female subjects, 6 months to 85 years of age", (0.5, 85)),
        ("Signed informed consent", (None, None)),
        ("No malignancy within 5 years", (None, None)),
        ("Disease duration of at least 2 years", (None, None)),
    ],
)
def test_limits(words: str, limits: tuple[float | None, float | None]) -> None:
    assert age_limits(words) == limits


@given(st.integers(1, 60), st.integers(1, 39))
def test_every_range_is_read(low: int, span: int) -> None:
    assert age_limits(f"Subjects {low} to {low + span + 3} years of age") == (low, low + span + 3)
