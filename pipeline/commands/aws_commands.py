"""`clauseline aws`: what is made once in an account, when somebody asks for it."""

from __future__ import annotations

import sys

import click


@click.group()
def aws() -> None:
    """Prepare an AWS account; everything else that clauseline does makes nothing there by itself."""


@aws.command()
@click.argument("url", metavar="dynamodb://REGION/PREFIX")
def init(url: str) -> None:
    """Make the tables for lease records and requirements, those that are not there yet.

    They are PREFIX-records and PREFIX-requirements: paid by request, encrypted by KMS, with point-in-time recovery. The
    template in deploy/aws makes the same ones.

    \b
      clauseline aws init dynamodb://us-east-1/team
      CLAUSELINE_RECORDS=dynamodb://us-east-1/team clauseline records list
    """
    from pipeline.errors import ClauselineError
    from pipeline.stores.dynamo import create_tables

    try:
        made = create_tables(url)
    except ClauselineError as error:
        click.echo(f"clauseline: {error}", err=True)
        sys.exit(1)
    click.echo(f"made {' and '.join(made)}" if made else "the tables are there already")
