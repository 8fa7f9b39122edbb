"""The image of the function: a pinned base, no network, no root."""

import re

from tests.deploy.cloudformation import FOLDER

LINES = [line.strip() for line in (FOLDER / "Dockerfile").read_text().splitlines() if not line.startswith("#")]


def instructions(name: str) -> list[str]:
    return [line.removeprefix(name).strip() for line in LINES if line.startswith(f"{name} ")]


def test_it_is_made_in_two_stages_of_one_pinned_base() -> None:
    (python,) = instructions("ARG")
    assert re.fullmatch(r"PYTHON=\d+\.\d+\.\d+-slim-\w+", python)
    assert instructions("FROM") == ["python:${PYTHON} AS build", "python:${PYTHON}"]


def test_it_runs_as_somebody_without_rights() -> None:
    (user,) = instructions("USER")
    assert user.isdecimal() and int(user) >= 1000
    after = LINES[LINES.index(f"USER {user}") :]
    assert not [line for line in after if line.startswith(("RUN", "COPY", "ADD"))]


def test_nothing_is_fetched_while_it_is_made() -> None:
    text = "\n".join(LINES)
    assert "--no-index" in text
    assert not re.search(r"https?://|\bcurl\b|\bwget\b|apt-get|--index-url|^ADD ", text, re.MULTILINE)


def test_it_starts_the_handler() -> None:
    assert instructions("CMD") == ['["pipeline.desk.lambda_handler.handler"]']
    assert instructions("ENTRYPOINT") == ['["python", "-m", "awslambdaric"]']


def test_only_the_wheels_are_sent_to_the_builder() -> None:
    assert (FOLDER / "Dockerfile.dockerignore").read_text().split() == ["*", "!deploy/aws/wheels"]
