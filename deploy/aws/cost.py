"""What the stack costs in a month, from usage.yaml and prices.yaml beside this file, as a Markdown table.

python deploy/aws/cost.py --leases 10000
python deploy/aws/cost.py --leases 10000 --pages 20 --scanned 0.1
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

import click
import yaml

HERE = Path(__file__).parent
KB, GB = 1_024, 1_000_000_000
POLLS = 30 * 24 * 3600 // 20
"""Requests of one poller in a month: one every 20 seconds."""


@dataclass(frozen=True, slots=True)
class Line:
    """One position of the bill: how much of what, at which price."""

    what: str
    price: str
    quantity: float


def lines(
    usage: dict[str, Any], memory_mb: int, leases: int, pages: float | None = None, scanned: float = 0
) -> Iterator[Line]:
    """The positions of a month.

    Args:
        usage: as usage.yaml has it.
        memory_mb: of the function.
        leases: read in the month; all that is stored is stored for the whole of it.
        pages: of a lease; seconds and bytes are taken to grow with them. Those of the samples if not given.
        scanned: share of the pages that Textract reads.
    """
    measured, assumed = usage["measured"], usage["assumed"]
    grown = (pages or measured["pages"]) / measured["pages"]
    kilobytes = ceil(measured["record_bytes"] / KB)
    yield Line("function: time", "lambda_gb_second", leases * measured["seconds"] * grown * memory_mb / 1024)
    yield Line("function: calls", "lambda_request", leases)
    yield Line("bucket: writes, the upload included", "s3_write", leases * (measured["s3_writes"] + 1))
    yield Line("bucket: reads", "s3_read", leases * measured["s3_reads"])
    stored = leases * (measured["document_bytes"] * grown + measured["result_bytes"])
    yield Line("bucket: stored", "s3_gb_month", stored / GB)
    yield Line("queue: messages", "sqs_request", leases * assumed["messages"])
    yield Line("queue: polls while idle", "sqs_request", assumed["pollers"] * POLLS)
    records = leases * assumed["records"]
    yield Line("tables: writes, in transactions", "dynamodb_write", records * 2 * (kilobytes + assumed["unit_items"]))
    yield Line("tables: reads", "dynamodb_read", records * assumed["record_reads"] * ceil(kilobytes / 4))
    yield Line("tables: stored", "dynamodb_gb_month", records * measured["record_bytes"] / GB)
    yield Line("tables: backed up to any moment", "dynamodb_backup_gb_month", records * measured["record_bytes"] / GB)
    yield Line("key", "kms_key", 1)
    yield Line("key: requests", "kms_request", leases * assumed["key_requests"])
    yield Line("reminders: schedules", "scheduler_invocation", leases * assumed["reminders"])
    yield Line("reminders: published", "sns_publish", leases * assumed["reminders"])
    yield Line("reminders: by e-mail", "sns_email", leases * assumed["reminders"])
    yield Line("logs", "logs_gb", leases * assumed["log_bytes"] / GB)
    yield Line("alarms", "alarm", assumed["alarms"])
    yield Line("image", "ecr_gb_month", assumed["image_gb"])
    if read := leases * (pages or measured["pages"]) * scanned:
        yield Line("Textract: tables of scanned pages", "textract_tables_page", read)
        yield Line("Textract: forms of scanned pages", "textract_forms_page", read)


def cost_of(line: Line, prices: dict[str, Any]) -> float:
    """US dollars of a position."""
    price = prices[line.price]
    return float(line.quantity * price["usd"] / price["per"])


def table(found: list[Line], prices: dict[str, Any]) -> str:
    """The positions as a Markdown table with their sum; prices that could not be confirmed have a star."""
    rows = ["| | quantity | price | US$ |", "|---|---:|---:|---:|"]
    for line in found:
        price = prices[line.price]
        star = "" if price["confirmed"] else " *"
        each = f"{price['usd']:.10f}".rstrip("0").rstrip(".")
        per = f"{price['per']:,} × " if price["per"] > 1 else ""
        quantity = f"{line.quantity:,.0f}" if line.quantity >= 100 else f"{line.quantity:,.2f}"
        rows.append(f"| {line.what} | {quantity} | {each} / {per}{price['unit']}{star} | {cost_of(line, prices):.2f} |")
    return "\n".join([*rows, f"| **together** | | | **{sum(cost_of(line, prices) for line in found):.2f}** |"])


def loaded(name: str) -> dict[str, Any]:
    """A YAML file of this folder."""
    data: dict[str, Any] = yaml.safe_load((HERE / name).read_text())
    return data


def memory_of(template: str) -> int:
    """Megabytes that the template gives the function."""
    found = re.search(r"^\s+MemorySize: (\d+)$", template, re.MULTILINE)
    assert found, "the template gives the function no memory"
    return int(found[1])


@click.command()
@click.option("--leases", type=click.IntRange(1), default=10_000, show_default=True, help="Leases read in a month.")
@click.option("--pages", type=click.FloatRange(min=0, min_open=True), help="Pages of a lease (default: as measured).")
@click.option(
    "--scanned", type=click.FloatRange(0, 1), default=0.0, show_default=True, help="Share of pages for Textract."
)
def main(leases: int, pages: float | None, scanned: float) -> None:
    """Print what a month costs."""
    prices = loaded("prices.yaml")
    memory = memory_of((HERE / "template.yaml").read_text())
    found = list(lines(loaded("usage.yaml"), memory, leases, pages, scanned))
    click.echo(table(found, prices["prices"]))
    if unsure := sum(not prices["prices"][line.price]["confirmed"] for line in found):
        click.echo(
            f"\n{prices['region']}, on demand, free tiers not taken off. * {unsure} prices were not confirmed; see prices.yaml."
        )


if __name__ == "__main__":
    main()
