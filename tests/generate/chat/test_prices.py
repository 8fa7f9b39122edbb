"""The price table, a user's own over it, and what a question costs by them."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import WrongUsage
from pipeline.generate.chat.prices import prices_with, shipped_prices

DAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("model", "tokens", "expected"),
    [
        ("openai:gpt-4o-mini-2024-07-18", 1_000, (0.15, 0.075, 0.60)),
        ("openai:gpt-4o-2024-11-20", 1_000, (2.50, 1.25, 10.0)),
        ("anthropic:claude-haiku-5-5", 100_001, (0.50, 0.05, 2.50)),
        ("anthropic:claude-haiku-5-5", 100_000, (0.10, 0.01, 0.50)),
        ("anthropic:claude-haiku-4-5-20251001", 1_000, (1.0, 0.10, 5.0)),
        ("google_genai:gemini-2.5-flash-lite", 1_000, (0.10, 0.01, 0.40)),
        ("bedrock_converse:amazon.nova-lite-v1:0", 1_000, (0.06, 0.015, 0.24)),
        ("bedrock_converse:us.amazon.nova-lite-v1:0", 1_000, (0.06, 0.015, 0.24)),
        ("bedrock_converse:global.anthropic.claude-haiku-4-5-20251001-v1:0", 1_000, (1.0, 0.10, 5.0)),
        ("bedrock_converse:eu.anthropic.claude-haiku-4-5-20251001-v1:0", 1_000, (1.1, 0.11, 5.5)),
        ("ollama:qwen3:4b", 1_000, (0.0, None, 0.0)),
    ],
)
def test_models_are_priced_by_their_own_row(
    model: str, tokens: int, expected: tuple[float, float | None, float]
) -> None:
    price = shipped_prices().of(model, tokens, DAY)
    assert price and (price.input, price.cached, price.output) == expected


def test_a_price_holds_from_its_day_on() -> None:
    prices = shipped_prices()
    before, after = (
        prices.of("anthropic:claude-sonnet-5-5", day=day) for day in (date(2026, 10, 6), date(2026, 10, 7))
    )
    assert before and after and (before.cached, after.cached) == (0.20, 0.10)
    assert prices.of("anthropic:claude-sonnet-5-5", day=date(2026, 1, 1)) is None


def test_a_model_without_a_row_has_no_price() -> None:
    assert shipped_prices().of("openai:never-heard-of") is None


def test_every_shipped_price_says_where_and_when_it_was_found() -> None:
    rows = shipped_prices().shipped
    assert rows and all(row.looked_up and (row.source.startswith("https://") or row.source == "local") for row in rows)
    assert all(row.cached is None or row.cached <= row.input <= row.output for row in rows)


def test_a_users_own_file_comes_first(tmp_path: Path) -> None:
    own = tmp_path / "prices.yaml"
    own.write_text(
        "- {models: 'openai:*', input: 7, output: 8}\n- source: x\n  prices: [{models: [mine:*], input: 1, output: 2}]"
    )
    prices = prices_with(own)
    for model, expected in {"openai:gpt-4o-mini": 7, "mine:a": 1, "ollama:a": 0}.items():
        price = prices.of(model)
        assert price and price.input == expected


@pytest.mark.parametrize(
    "text", ["input: 3", "- {models: a, input: cheap, output: 1}", "- {models: a, inptu: 1}", "- [", "- 3"]
)
def test_a_file_of_another_form_is_refused_by_name(tmp_path: Path, text: str) -> None:
    own = tmp_path / "mine.yaml"
    own.write_text(text)
    with pytest.raises(WrongUsage, match=r"mine\.yaml is not of the form"):
        prices_with(own)
    with pytest.raises(WrongUsage, match="can't be read"):
        prices_with(tmp_path / "none.yaml")
