"""What plain leases say of appliances, pets and electricity is read in every wording."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from pipeline import read_document
from pipeline.generate.offline.lease import read
from pipeline.generate.offline.lease.fixtures import PRIORS as FIXTURES
from pipeline.generate.offline.lease.quotes import whole_words, words_about
from schemas import Document, Line, Page

HEAD = """RESIDENTIAL LEASE

This lease is made on May 3, 2024 between Ada Poe ("Landlord") and Ben Roe ("Tenant") for the apartment at
12 Elm Street, Dayton, Ohio 45402, with two bedrooms, from June 1, 2024 to May 31, 2025.

"""


def values(text: str) -> dict[str, Any]:
    """What is read from a plain text."""
    starts = [0, *(i + 1 for i, c in enumerate(text) if c == "\n")]
    lines = tuple(Line(a, max(a, b - 1)) for a, b in zip(starts, [*starts[1:], len(text) + 1], strict=True))
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    document = Document("lease.txt", sha256, "text/plain", text, (Page(1, 0, len(text), lines),))
    return {name: answer.value for name, answer in read(document).items() if answer.value is not None}


@pytest.mark.parametrize(
    ("said", "payer"),
    [
        ("Tenant pays for electricity and gas.", "tenant"),
        ("Owner pays: water, trash. Resident pays: electricity, gas.", "tenant"),
        ("Electricity: [ ] Landlord [X] Tenant", "tenant"),
        ("Electricity: [X] Landlord [ ] Tenant", "owner"),
        ("Electricity, heat and water are included in the rent.", "owner"),
        ("Heat is mine and electricity is yours. You and I share the yard, my car has one place and you have one.", "tenant"),
        ("Electricity comes through one meter; the Tenant pays one half of each electric bill.", "shared"),
    ],
)  # fmt: skip
def test_who_pays_the_electricity(said: str, payer: str) -> None:
    assert values(f"{HEAD}5. Utilities. {said}\n").get("utilities_terms_electricity") == payer


@pytest.mark.parametrize(
    ("said", "allowed"),
    [
        ("No pets.", False),
        ("14. PETS. None without consent; assistance animals are admitted.", False),
        ("Section 17. Pets. One dog or two cats, with written registration.", True),
        ("15. PETS. Up to two, with $25 monthly pet rent each.", True),
        ("Tenant may keep one cat; no dogs.", True),
        ("Pets: None permitted", False),
        ("Pets: 1 dog ok (Huck). No cats.", True),
        ("PETS [ ] No [X] Yes, the following: one dog. No other animals.", True),
        ("Assistance animals are welcome as the law provides.", None),
    ],
)
def test_whether_pets_may_be_kept(said: str, allowed: bool | None) -> None:
    assert values(f"{HEAD}{said}\n").get("pets_allowed") is allowed


def test_the_number_of_an_article_is_no_number_of_pets(tmp_path: Path) -> None:
    file = tmp_path / "lease.txt"
    articles = ("KEYS. Tenant has two keys.", "ANIMALS. No pets are allowed except fish in one tank.", "PARKING. None.")
    numbered = (f"ARTICLE {number}. {article}" for number, article in enumerate(articles, 1))
    file.write_text(HEAD + "\n\n".join(numbered), encoding="utf-8")
    assert read(read_document(file))["pets_allowed"].value is False


@pytest.mark.parametrize(
    ("said", "items"),
    [
        ("The unit comes with a stove, a refrigerator and two desk chairs.", ["stove", "refrigerator", "desk chairs"]),
        ("Appliances: stove, refrigerator, microwave; hookups for washer and dryer", ["stove", "refrigerator", "microwave"]),
        ("APPLIANCES SUPPLIED BY LANDLORD\n[X] refrigerator [X] range/oven [ ] washer [ ] dryer", ["refrigerator", "range/oven"]),
        ("Tenant shall keep the stove and the refrigerator clean.", None),
    ],
)  # fmt: skip
def test_what_the_landlord_provides(said: str, items: list[str] | None) -> None:
    assert values(f"{HEAD}{said}\n").get("fixtures") == items


def test_quotes_end_between_words() -> None:
    text = "A late charge of $50.00 for that month is due."
    start, end = whole_words(text, 17, text.index("month") + 4)
    assert text[start:end] == "$50.00 for that month"
    start, end = words_about(text, 17, 23, before=9, after=12)
    assert text[start:end] == "of $50.00 for that"


def test_a_lone_appliance_needs_more_to_be_believed() -> None:
    assert FIXTURES["fixtures"]["one"] < 0
