"""A gateway made from settings, against a real server where there is one to talk to."""

import logging
from pathlib import Path

import pytest

from pipeline.errors import BudgetSpent, WrongUsage
from pipeline.generate.chat.opening import open_gateway
from pipeline.settings import Settings
from schemas import Reply
from tests.generate.chat.providers import Provider, about

GPT = Provider(seconds=0, name="openai:gpt-4o-mini", said=Reply({}, "", input_tokens=1_000_000, output_tokens=0))


def settings(tmp_path: Path, **more: object) -> Settings:
    return Settings(database=f"sqlite:///{tmp_path}/a.db", _env_file=None, **more)  # type: ignore[arg-type]


def test_price_and_budget_come_from_the_settings(tmp_path: Path) -> None:
    with open_gateway(GPT, settings(tmp_path, max_cost=0.20)) as gateway:
        assert gateway.ask(about("a" * 400)).cost_usd == pytest.approx(0.15)
        assert gateway.ask(about("b" * 400)).cost_usd == pytest.approx(0.15)  # taken for a hundred tokens before
        with pytest.raises(BudgetSpent, match=r"\$0\.30 of the \$0\.20"):
            gateway.ask(about("c" * 400))
        assert gateway.ask(about("a" * 400)).kept, "what is known costs nothing, whatever is left"


def test_a_server_of_ones_own_costs_nothing(tmp_path: Path) -> None:
    with open_gateway(GPT, settings(tmp_path, base_url="http://127.0.0.1:8080/v1", max_cost=1.0)) as gateway:
        assert gateway.ask(about("a")).cost_usd == 0.0


def test_a_users_prices_come_first(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("- {models: 'openai:*', input: 3, output: 3}")
    with open_gateway(GPT, settings(tmp_path, prices=tmp_path / "mine.yaml")) as gateway:
        assert gateway.ask(about("a")).cost_usd == pytest.approx(3.0)
    with pytest.raises(WrongUsage, match=r"none\.yaml can't be read"):
        open_gateway(GPT, settings(tmp_path, prices=tmp_path / "none.yaml"))


def test_replies_are_kept_in_the_database_unless_told_not_to(tmp_path: Path) -> None:
    for cache, kept in ((True, False), (True, True), (False, False)):
        with open_gateway(GPT, settings(tmp_path, reply_cache=cache)) as gateway:
            assert gateway.ask(about("rent")).kept is kept


def test_without_a_database_it_works_and_says_so(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "a.db").write_text("this is no database, it is a long enough text" * 100)
    with caplog.at_level(logging.WARNING, "clauseline"), open_gateway(GPT, settings(tmp_path)) as gateway:
        assert gateway.ask(about("rent")).data == {}
    assert "replies are not kept" in caplog.text
