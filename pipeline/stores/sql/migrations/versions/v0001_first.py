"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "documents",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("doc_type", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=True),
        sa.Column("content", sa.String(length=64), nullable=False, comment="digest of the indexed passages"),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_index("documents_by_type", "documents", ["doc_type", "state"], unique=False)
    op.create_table(
        "packs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("jurisdiction", sa.String(length=64), nullable=False),
        sa.Column("doc_type", sa.String(length=32), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False, comment="the pack without its requirements"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("jurisdiction", "doc_type", "version", name="packs_key"),
    )
    op.create_table(
        "results",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("doc_type", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=True),
        sa.Column("backend", sa.Text(), nullable=False),
        sa.Column("made", sa.String(length=32), nullable=False, comment="ISO 8601, UTC"),
        sa.Column("body", sa.Text(), nullable=False, comment="result.json"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("sha256", "fingerprint", name="results_key"),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("started", sa.String(length=32), nullable=False),
        sa.Column("finished", sa.String(length=32), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("backend", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("out", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "vector_indexes",
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("dimension", sa.Integer(), nullable=False),
        sa.Column(
            "identity", sa.String(length=32), nullable=False, comment="random; ties the index file to this database"
        ),
        sa.PrimaryKeyConstraint("model"),
    )
    op.create_table(
        "chunks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False, comment="the path, parted by line breaks"),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["documents.sha256"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("chunks_by_document", "chunks", ["sha256"], unique=False)
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run", sa.String(length=64), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("finished", sa.String(length=32), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("error_type", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("journal_by_path", "journal", ["path"], unique=False)
    op.create_index("journal_by_run", "journal", ["run"], unique=False)
    op.create_table(
        "requirements",
        sa.Column("pack", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("in_force_to", sa.Date(), nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["pack"], ["packs.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("pack", "position"),
    )
    op.create_table(
        "vectors",
        sa.Column("id", sa.Integer(), nullable=False, comment="rises with each vector written"),
        sa.Column("chunk", sa.Integer(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False, comment="float32, little-endian, length 1"),
        sa.ForeignKeyConstraint(["chunk"], ["chunks.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("model", "chunk", name="vectors_key"),
        sqlite_autoincrement=True,
    )
    _full_text()


def _full_text() -> None:
    """The full-text index over the chunks (FTS5, kept by triggers; the text itself is stored once, in the chunks)."""
    if op.get_bind().dialect.name != "sqlite":
        return
    old = "INSERT INTO chunks_fts (chunks_fts, rowid, heading, text) VALUES ('delete', old.id, old.heading, old.text);"
    new = "INSERT INTO chunks_fts (rowid, heading, text) VALUES (new.id, new.heading, new.text);"
    for statement in (
        "CREATE VIRTUAL TABLE chunks_fts USING fts5 (heading, text, content = 'chunks', content_rowid = 'id', "
        "tokenize = 'porter unicode61 remove_diacritics 2')",
        f"CREATE TRIGGER chunks_fts_insert AFTER INSERT ON chunks BEGIN {new} END",
        f"CREATE TRIGGER chunks_fts_delete AFTER DELETE ON chunks BEGIN {old} END",
        f"CREATE TRIGGER chunks_fts_update AFTER UPDATE ON chunks BEGIN {old} {new} END",
    ):
        op.execute(statement)
