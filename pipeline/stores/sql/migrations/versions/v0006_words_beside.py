"""SQLite's words go into an index beside the database, which is faster among many; this says whose that is."""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

COMMENT = "random; ties an index of words in files to this database"


def upgrade() -> None:
    made = op.create_table("word_index", sa.Column("identity", sa.String(length=32), primary_key=True, comment=COMMENT))
    op.bulk_insert(made, [{"identity": uuid4().hex}])
    if op.get_bind().dialect.name == "sqlite":
        for name in ("insert", "delete", "update"):
            op.execute(f"DROP TRIGGER chunks_fts_{name}")
        op.execute("DROP TABLE chunks_fts")
