"""Labels are known by their telling words, in any order, number and spelling."""

import pytest

from pipeline.generate.offline.protocol.labels import label_key


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Study Title", "title"), ("TITLE", "title"), ("Title of the Trial", "title"),
        ("Protocol No.", "protocol_id"), ("Study Code", "protocol_id"), ("Protocol/Amendment No.", "protocol_id"),
        ("Number of Patients (planned)", "enrollment"), ("Planned Number of Participants", "enrollment"),
        ("Number of study centres", "sites"), ("Phase of Development", "phase"), ("Sponsor Name", "sponsor"),
        ("Duration of Treatment", "duration"), ("Reference Therapy", "comparator"), ("Test Product(s)", "product"),
    ],
)  # fmt: skip
def test_known_labels(label: str, key: str) -> None:
    assert label_key(label) == key


@pytest.mark.parametrize("label", ["The weather", "Version 2", "", "a" * 500])
def test_other_words_are_no_labels(label: str) -> None:
    assert label_key(label) is None
