"""A gateway made from settings, to a real server."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import BudgetSpent, WrongUsage
from pipeline.generate.chat.gateway import Gateway
from pipeline.generate.chat.opening import gateway_for
from pipeline.settings import Settings
from tests.generate.chat.providers import about
from tests.services.openai_server import openai_server
from tests.services.script import Turn
from tests.services.service import Service

PRICE = "- {models: 'openai:*', input: 3, output: 0}"


@pytest.fixture
def server() -> Iterator[Service]:
    with openai_server([Turn("{}", input_tokens=100_000, output_tokens=0)]) as service:
        yield service


@pytest.fixture
def paid(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server counts as one that is paid for."""
    monkeypatch.setattr("pipeline.generate.chat.opening.is_local", lambda url: False)


def opened(server: Service, tmp_path: Path, **more: object) -> Gateway:
    database = f"sqlite:///{tmp_path}/a.db"
    settings = Settings(base_url=f"{server.url}/v1", database=database, _env_file=None, **more)  # type: ignore[arg-type,call-arg]
    return gateway_for("openai:gpt-4o-mini", settings)


@pytest.mark.usefixtures("paid")
def test_price_and_budget_come_from_the_settings(server: Service, tmp_path: Path) -> None:
    with opened(server, tmp_path, max_cost=0.02) as gateway:
        assert gateway.ask(about("a" * 400)).cost_usd == pytest.approx(0.015)
        assert gateway.ask(about("b" * 400)).cost_usd == pytest.approx(0.015)  # taken for a hundred tokens before
        with pytest.raises(BudgetSpent, match=r"\$0\.03 of the \$0\.02"):
            gateway.ask(about("c" * 400))
        assert gateway.ask(about("a" * 400)).kept, "what is known costs nothing, whatever is left"
        assert gateway.statistics().cost_usd == pytest.approx(0.03)


def test_a_server_of_ones_own_costs_nothing(server: Service, tmp_path: Path) -> None:
    with opened(server, tmp_path, max_cost=1.0) as gateway:
        assert gateway.ask(about("a")).cost_usd == 0.0


def test_an_answer_of_another_length_is_asked_for_anew(server: Service, tmp_path: Path) -> None:
    for tokens, kept in ((100, False), (100, True), (200, False)):
        with opened(server, tmp_path, answer_tokens=tokens) as gateway:
            assert gateway.ask(about("a")).kept is kept


@pytest.mark.usefixtures("paid")
def test_a_users_prices_come_first(server: Service, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(PRICE)
    with opened(server, tmp_path, prices=tmp_path / "mine.yaml") as gateway:
        assert gateway.ask(about("a")).cost_usd == pytest.approx(0.3)
    with pytest.raises(WrongUsage, match=r"none\.yaml can't be read"):
        opened(server, tmp_path, prices=tmp_path / "none.yaml")


def test_replies_are_kept_in_the_database_unless_told_not_to(server: Service, tmp_path: Path) -> None:
    for more, kept in (
        ({}, False),
        ({}, True),
        ({"reply_cache": False}, False),
        ({"seed": 7}, False),
        ({"workers": 3}, True),
    ):
        with opened(server, tmp_path, **more) as gateway:  # type: ignore[arg-type]
            assert gateway.ask(about("rent")).kept is kept
    assert server.count == 3


def test_without_a_database_it_works_and_says_so(
    server: Service, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a.db").write_text("this is no database, it is a long enough text" * 100)
    with caplog.at_level(logging.WARNING, "clauseline"), opened(server, tmp_path) as gateway:
        assert gateway.ask(about("rent")).data == {} and gateway.ask(about("term")).data == {}
    assert caplog.text.count("are not kept") == 1
