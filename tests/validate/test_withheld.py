"""What a lease names only to withhold it, and sentences with the same words that tell all the same."""

import pytest

from pipeline.validate.withheld import withholds

WITHHELD = [
    "Radon has been measured, but the results stay with Owner.",
    "Flood history: no statement made.",
    "What we know of mold in the unit we keep to ourselves.",
    "Which bank holds your deposit is our own concern.",
    "Bed bug history is confidential.",
    "Owner offers no leaflet on mold.",
    "Tenant is given no copy of the inventory.",
    "No radon information comes with this lease.",
    "Statement of condition: dispensed with",
    "Tenant gives up the flood notice.",
    "Whether the lot lies in a flood zone Tenant may learn from the county.",
    "We will not say where the deposit is.",
]
TOLD = [
    "No radon test is known of; the guide is attached.",
    "Mold: none known.",
    "Owner has no reports on lead paint.",
    "We gave you the booklet and keep a copy of your receipt.",
    "The registry may be searched by you on the internet.",
    "No fee is charged for the condition report.",
    "No one moves in before the report is signed.",
    "Nothing has been kept from you.",
    "The deposit is not held with Owner's own money; it is in trust at a bank.",
]


@pytest.mark.parametrize("sentence", WITHHELD)
def test_a_sentence_that_withholds(sentence):
    assert withholds(sentence.lower())


@pytest.mark.parametrize("sentence", TOLD)
def test_a_sentence_that_tells(sentence):
    assert not withholds(sentence.lower())
