"""What a month of the stack costs, from its tables."""

import importlib.util
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner

from tests.deploy.cloudformation import FOLDER, of_type


@pytest.fixture(scope="module")
def cost() -> ModuleType:
    spec = importlib.util.spec_from_file_location("deploy_aws_cost", FOLDER / "cost.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def total(cost: ModuleType, **wanted: Any) -> float:
    usage, prices = cost.loaded("usage.yaml"), cost.loaded("prices.yaml")["prices"]
    return sum(cost.cost_of(line, prices) for line in cost.lines(usage, 3008, **wanted))


def test_every_position_has_a_price_with_its_source(cost: ModuleType) -> None:
    prices = cost.loaded("prices.yaml")["prices"]
    used = {line.price for line in cost.lines(cost.loaded("usage.yaml"), 3008, 10_000, scanned=0.1)}
    assert used == set(prices)
    for name, price in prices.items():
        assert price["source"].startswith("https://aws.amazon.com/"), name
        assert bool(price["read"]) == price["confirmed"], f"{name}: a price is confirmed by a page on which it was read"


def test_a_position_is_quantity_times_price(cost: ModuleType) -> None:
    usage, prices = cost.loaded("usage.yaml"), cost.loaded("prices.yaml")["prices"]
    (time,) = [line for line in cost.lines(usage, 3008, 1_000) if line.price == "lambda_gb_second"]
    seconds = usage["measured"]["seconds"]
    assert cost.cost_of(time, prices) == pytest.approx(1_000 * seconds * 3008 / 1024 * 0.0000166667)


def test_what_grows_with_leases_pages_and_scans_does(cost: ModuleType) -> None:
    few, many = total(cost, leases=1_000), total(cost, leases=10_000)
    assert few < many < 10 * few  # key, alarms, image and idle polls are there anyway
    assert total(cost, leases=1_000, pages=20) > few
    assert total(cost, leases=1_000, scanned=0.5) > 2 * few


def test_the_function_is_charged_for_the_memory_of_the_template(cost: ModuleType) -> None:
    assert (
        cost.memory_of((FOLDER / "template.yaml").read_text())
        == of_type("AWS::Serverless::Function")["Desk"]["MemorySize"]
    )


def test_alarms_are_counted_as_the_template_has_them(cost: ModuleType) -> None:
    assert cost.loaded("usage.yaml")["assumed"]["alarms"] == len(of_type("AWS::CloudWatch::Alarm"))


def test_the_command_prints_a_table(cost: ModuleType) -> None:
    said = CliRunner().invoke(cost.main, ["--leases", "10000"]).output
    assert said.startswith("| | quantity | price | US$ |")
    assert "| **together** |" in said and "prices were not confirmed" in said
