"""Run by Alembic: the migrations, on the connection (and in the transaction) they are handed."""

from alembic import context

from pipeline.stores.sql.tables import metadata

if hasattr(context, "config"):  # not when it is merely imported
    context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
    context.run_migrations()
