"""Criteria of any therapeutic area are sorted by what they are about."""

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.generate.offline.protocol.criteria_category import category

Kind = Literal["inclusion", "exclusion"]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("inclusion", "Signed written informed consent before any procedure", "consent"),
        ("inclusion", "Aged 40 years or over at the time of signing informed consent", "age"),
        ("inclusion", "Male or female participants between 6 and 11 years of age", "age"),
        ("inclusion", "Female", "sex"),
        ("inclusion", "Diagnosis of moderate asthma for at least one year", "diagnosis"),
        ("inclusion", "Histologically confirmed squamous cell carcinoma of the lung", "diagnosis"),
        ("exclusion", "History of epilepsy or febrile seizures", "comorbidity"),
        ("exclusion", "Clinically significant cardiac arrhythmia", "comorbidity"),
        ("inclusion", "ECOG performance status of 0 or 1", "disease severity"),
        ("inclusion", "At least one measurable lesion per RECIST 1.1", "disease severity"),
        ("inclusion", "Adequate bone marrow, renal and hepatic function", "organ function"),
        ("inclusion", "Hemoglobin of at least 9 g/dL without transfusion", "laboratory"),
        ("exclusion", "Serum creatinine > 2 mg/dL", "laboratory"),
        ("exclusion", "Sitting systolic blood pressure above 180 mmHg", "vital signs"),
        ("exclusion", "QTcF interval longer than 480 ms", "vital signs"),
        ("exclusion", "Pregnant or breast-feeding women", "pregnancy"),
        ("inclusion", "Women of childbearing potential must agree to use contraception", "pregnancy"),
        ("exclusion", "Known HIV infection or active hepatitis B", "infection"),
        ("exclusion", "Hypersensitivity to any component of the formulation", "allergy"),
        ("exclusion", "Alcohol or drug abuse in the year before screening", "substance use"),
        ("exclusion", "Major surgery within four weeks of the first dose", "surgery"),
        ("exclusion", "Prior treatment with a monoclonal antibody", "prior therapy"),
        ("exclusion", "Has received radiotherapy within 14 days", "prior therapy"),
        ("exclusion", "Concomitant use of strong CYP3A4 inhibitors", "concomitant medication"),
        ("inclusion", "On a stable dose of methotrexate for 8 weeks", "concomitant medication"),
        ("exclusion", "Participation in another interventional trial in the last 30 days", "study participation"),
        ("exclusion", "Employees of the sponsor and their families", "study participation"),
        ("inclusion", "Willing and able to comply with all study visits", "compliance"),
        ("exclusion", "Unsuitable in the judgement of the investigator", "other"),
    ],
)
def test_categories(kind: Kind, text: str, expected: str) -> None:
    assert category(text, kind=kind) == expected


def test_the_heading_decides_where_the_text_does_not() -> None:
    assert category("Must be at least 50", group="Age") == "age"


@given(st.text(max_size=400))
def test_every_text_has_a_category(text: str) -> None:
    assert category(text)
