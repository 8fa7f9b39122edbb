"""The last reports, for a new one to be compared with."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False, comment="absolute, with links resolved"),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("doc_type", sa.String(length=32), nullable=False),
        sa.Column("made", sa.String(length=32), nullable=False, comment="ISO 8601, UTC"),
        sa.Column("body", sa.Text(), nullable=False, comment="result.json"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("reports_by_path", "reports", ["path", "id"], unique=False)
