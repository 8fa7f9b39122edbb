"""Bring a database up to date when it is opened, however many processes open it at once."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from pipeline.errors import StoreError
from pipeline.stores.sql.engine import Database

HEAD = "0007"
"""The newest migration; known here so that Alembic is imported only when there is something to do."""


def bring_up_to_date(database: Database) -> None:
    """Run the missing migrations, in one transaction that others wait for.

    Raises:
        StoreError: the database can't be opened, or was made by a newer version.
    """
    if database.read(_version) == HEAD:
        return

    def migrate(connection: Connection) -> None:
        database.dialect.alone(connection)  # nobody else migrates from here on: look again
        current = _version(connection)
        if current == HEAD:
            return
        if current is None and inspect(connection).get_table_names():
            raise StoreError(f"{database.place} is a database of something else; give another one")
        _upgrade(connection, current, database.place)

    database.write(migrate)


def _version(connection: Connection) -> str | None:
    """The migration the database is at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return version


def _upgrade(connection: Connection, current: str | None, place: str) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    if current and current not in {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}:
        raise StoreError(
            f"{place} was written by a newer Clauseline (schema {current}); upgrade Clauseline, "
            "or give another database (CLAUSELINE_DATABASE)"
        )
    command.upgrade(config, "head")
