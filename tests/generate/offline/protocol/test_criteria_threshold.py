"""Bounds in criteria are read with their test, operator, value and unit; doses and time windows are no bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.generate.offline.protocol.criteria_threshold import thresholds


def read(text: str) -> list[tuple[str, str, float, str]]:
    return [(t.test, t.operator, t.value, t.unit) for t in thresholds(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Platelet count ≥ 75 × 10^9/L", [("platelets", ">=", 75.0, "× 10^9/L")]),
        ("absolute neutrophil count (ANC) of at least 1,200/mm3", [("neutrophils", ">=", 1200.0, "/mm3")]),
        ("ALT > 3 x ULN", [("ALT", ">", 3.0, "x ULN")]),
        ("total bilirubin less than or equal to 1.5 times ULN", [("bilirubin", "<=", 1.5, "times ULN")]),
        ("eGFR ≥25 mL/min/1.73 m2", [("eGFR", ">=", 25.0, "mL/min/1.73 m2")]),
        ("eGFR ≥ 30 to < 75 mL/min", [("eGFR", ">=", 30.0, "mL/min"), ("eGFR", "<", 75.0, "mL/min")]),
        ("age 18 to 75 years", [("age", ">=", 18.0, "years"), ("age", "<=", 75.0, "years")]),
        ("between the ages of 12 and 17 years", [("age", ">=", 12.0, "years"), ("age", "<=", 17.0, "years")]),
        ("Adults 21 years of age or older", [("age", ">=", 21.0, "years")]),
        ("no older than 64 years of age and BMI over 40 kg/m2", [("age", "<=", 64.0, "years"), ("BMI", ">", 40.0, "kg/m2")]),
        ("HbA1c ≥7.5% and ≤ 10%", [("HbA1c", ">=", 7.5, "%"), ("HbA1c", "<=", 10.0, "%")]),
        ("blood pressure ≥150/95 mmHg",
         [("systolic blood pressure", ">=", 150.0, "mmHg"), ("diastolic blood pressure", ">=", 95.0, "mmHg")]),
        ("ECOG performance status of 0 or 1",
         [("ECOG performance status", ">=", 0.0, ""), ("ECOG performance status", "<=", 1.0, "")]),
        ("a pain intensity score of at least 4", [("pain intensity score", ">=", 4.0, "")]),
        ("life expectancy of at least 6 months", [("life expectancy", ">=", 6.0, "months")]),
        ("QTcF >470 msec", [("QTc interval", ">", 470.0, "msec")]),
        ("ALT>3 x ULN, platelets≥100 x 10^9/L", [("ALT", ">", 3.0, "x ULN"), ("platelets", ">=", 100.0, "x 10^9/L")]),
        ("hemoglobin below 9 g/dL", [("hemoglobin", "<", 9.0, "g/dL")]),
    ],
)  # fmt: skip
def test_bounds(text: str, expected: list[tuple[str, str, float, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Stroke within 6 months before screening",
        "took more than 2 doses in the last 30 days",
        "prednisone > 10 mg/day",
        "amenorrhea for at least 12 months",
        "Known hypersensitivity",
        "",
    ],
)
def test_doses_and_time_windows_are_no_bounds(text: str) -> None:
    assert thresholds(text) == []


@given(st.text(alphabet="0123456789 .,/≥<>=xULNage(platelets)to-–%", max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert len(thresholds(text)) <= 40


@pytest.mark.parametrize("part", ["1 ", "≥ 1 to ", "between 1", "1,000,", "score of ", "not "])
def test_long_texts_are_read_in_bounded_time(part: str) -> None:
    assert len(thresholds(part * 5_000)) <= 40
