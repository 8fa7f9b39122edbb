"""Full-text search on PostgreSQL; SQLite has had its own from the beginning."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute(
        "ALTER TABLE chunks ADD COLUMN search tsvector GENERATED ALWAYS AS ("
        "setweight(to_tsvector('english', heading), 'A') || setweight(to_tsvector('english', text), 'B')) STORED"
    )
    op.execute("CREATE INDEX chunks_by_words ON chunks USING gin (search)")
